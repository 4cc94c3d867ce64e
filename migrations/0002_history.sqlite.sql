-- What was applied to this database, and what happened to its units. Both only ever grow.

CREATE TABLE schema_history (
  revision TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  checksum TEXT NOT NULL,
  applied_at TEXT NOT NULL,
  duration_ms INTEGER NOT NULL,
  app_version TEXT NOT NULL
);

-- unit_id has no foreign key: what happened to a unit stays known after the unit is gone.
CREATE TABLE knowledge_events (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  unit_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  actor TEXT NOT NULL,
  api_key_id TEXT,
  occurred_at TEXT NOT NULL,
  detail TEXT
);

CREATE INDEX cq_events_unit ON knowledge_events (unit_id, id);

CREATE TRIGGER cq_events_no_update BEFORE UPDATE ON knowledge_events
BEGIN
  SELECT RAISE(ABORT, 'knowledge_events is append-only');
END;

CREATE TRIGGER cq_events_no_delete BEFORE DELETE ON knowledge_events
BEGIN
  SELECT RAISE(ABORT, 'knowledge_events is append-only');
END;
