-- What the original's users table has no column for. A user without a row here is enabled.

CREATE TABLE account_states (
  user_id INTEGER NOT NULL PRIMARY KEY,
  disabled_at TEXT,
  tokens_valid_from TEXT,
  FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
