-- Who is signed in to the pages. A row holds the hash of a token, never the token.

CREATE TABLE sessions (
  token_hash TEXT NOT NULL PRIMARY KEY,
  user_id INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  last_seen_at TEXT NOT NULL,
  FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);

CREATE INDEX cq_sessions_user ON sessions (user_id);

CREATE INDEX cq_sessions_created ON sessions (created_at COLLATE "C");

CREATE INDEX cq_sessions_seen ON sessions (last_seen_at COLLATE "C");
