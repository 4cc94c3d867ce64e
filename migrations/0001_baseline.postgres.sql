-- The original server's schema at its revision 0001, as it stands on Postgres.

CREATE TABLE IF NOT EXISTS alembic_version (
  version_num VARCHAR(32) NOT NULL,
  CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

CREATE TABLE knowledge_units (
  id TEXT NOT NULL,
  data TEXT NOT NULL,
  status TEXT DEFAULT 'pending' NOT NULL,
  reviewed_by TEXT,
  reviewed_at TEXT,
  created_at TEXT,
  tier TEXT DEFAULT 'private' NOT NULL,
  PRIMARY KEY (id)
);

CREATE TABLE knowledge_unit_domains (
  unit_id TEXT NOT NULL,
  domain TEXT NOT NULL,
  PRIMARY KEY (unit_id, domain),
  FOREIGN KEY (unit_id) REFERENCES knowledge_units (id) ON DELETE CASCADE
);

CREATE INDEX idx_domains_domain ON knowledge_unit_domains (domain);

CREATE TABLE users (
  id SERIAL NOT NULL,
  username TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  created_at TEXT NOT NULL,
  PRIMARY KEY (id),
  UNIQUE (username)
);

CREATE TABLE api_keys (
  id TEXT NOT NULL,
  user_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  labels TEXT DEFAULT '[]' NOT NULL,
  key_prefix TEXT NOT NULL,
  key_hash TEXT NOT NULL,
  ttl TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  created_at TEXT NOT NULL,
  last_used_at TEXT,
  revoked_at TEXT,
  PRIMARY KEY (id),
  UNIQUE (key_hash),
  FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);

CREATE INDEX idx_api_keys_user ON api_keys (user_id);
