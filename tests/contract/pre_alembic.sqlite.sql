-- What a deployment from before schema versions has: the baseline's columns, grown by ALTER TABLE, and no alembic_version.

CREATE TABLE knowledge_units (id TEXT PRIMARY KEY, data TEXT NOT NULL);
CREATE TABLE knowledge_unit_domains (
  unit_id TEXT NOT NULL,
  domain TEXT NOT NULL,
  FOREIGN KEY (unit_id) REFERENCES knowledge_units(id) ON DELETE CASCADE,
  PRIMARY KEY (unit_id, domain)
);
CREATE INDEX idx_domains_domain ON knowledge_unit_domains(domain);
ALTER TABLE knowledge_units ADD COLUMN status TEXT NOT NULL DEFAULT 'pending';
ALTER TABLE knowledge_units ADD COLUMN reviewed_by TEXT;
ALTER TABLE knowledge_units ADD COLUMN reviewed_at TEXT;
ALTER TABLE knowledge_units ADD COLUMN created_at TEXT;
ALTER TABLE knowledge_units ADD COLUMN tier TEXT NOT NULL DEFAULT 'private';
CREATE TABLE users (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  username TEXT NOT NULL UNIQUE,
  password_hash TEXT NOT NULL,
  created_at TEXT NOT NULL
);
CREATE TABLE api_keys (
  id TEXT PRIMARY KEY,
  user_id INTEGER NOT NULL REFERENCES users(id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  labels TEXT NOT NULL DEFAULT '[]',
  key_prefix TEXT NOT NULL,
  key_hash TEXT NOT NULL UNIQUE,
  ttl TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  created_at TEXT NOT NULL,
  last_used_at TEXT,
  revoked_at TEXT
);
CREATE INDEX idx_api_keys_user ON api_keys(user_id);
