-- Who may do what, whose word counted, what the guard found, and a log that tells whether it was tampered with.

-- NULL where nobody ever gave a role: users from before, and of other programs, may do everything as they always could.
ALTER TABLE account_states ADD COLUMN role TEXT;

-- A key without a row here may do whatever its owner may.
CREATE TABLE api_key_scopes (
  key_id TEXT NOT NULL PRIMARY KEY,
  scopes TEXT NOT NULL,
  FOREIGN KEY (key_id) REFERENCES api_keys (id) ON DELETE CASCADE
);

-- Whose confirmation or flag counted in a unit's confidence: each principal's once.
CREATE TABLE knowledge_votes (
  unit_id TEXT NOT NULL,
  principal TEXT NOT NULL,
  kind TEXT NOT NULL,
  voted_at TEXT NOT NULL,
  PRIMARY KEY (unit_id, principal, kind),
  FOREIGN KEY (unit_id) REFERENCES knowledge_units (id) ON DELETE CASCADE
);

INSERT INTO knowledge_votes (unit_id, principal, kind, voted_at)
SELECT unit_id, actor, kind, MIN(occurred_at) FROM knowledge_events
WHERE kind IN ('confirmed', 'flagged') AND unit_id IN (SELECT id FROM knowledge_units)
GROUP BY unit_id, actor, kind;

-- What the guard found in a unit as it is now, without the text it found.
CREATE TABLE knowledge_findings (
  unit_id TEXT NOT NULL,
  rule TEXT NOT NULL,
  field TEXT NOT NULL,
  severity TEXT NOT NULL,
  message TEXT NOT NULL,
  found_at TEXT NOT NULL,
  PRIMARY KEY (unit_id, rule, field),
  FOREIGN KEY (unit_id) REFERENCES knowledge_units (id) ON DELETE CASCADE
);

CREATE INDEX cq_findings_rule ON knowledge_findings (rule, unit_id);

CREATE INDEX cq_findings_severity ON knowledge_findings (severity, unit_id);

-- What happened to accounts and keys. `subject` names whom it happened to.
CREATE TABLE account_events (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  subject TEXT NOT NULL,
  kind TEXT NOT NULL,
  actor TEXT NOT NULL,
  api_key_id TEXT,
  occurred_at TEXT NOT NULL,
  detail TEXT
);

CREATE TRIGGER cq_account_events_no_update BEFORE UPDATE ON account_events
BEGIN
  SELECT RAISE(ABORT, 'account_events is append-only');
END;

CREATE TRIGGER cq_account_events_no_delete BEFORE DELETE ON account_events
BEGIN
  SELECT RAISE(ABORT, 'account_events is append-only');
END;

-- One link for each event of both kinds, in the order in which they came to be. A link's hash is made of the one before it and of
-- every column of its event, each with its length before it. cq_sha256 is a function of the server's own connections.
CREATE TABLE audit_chain (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  source TEXT NOT NULL,
  event_id INTEGER NOT NULL,
  hash TEXT NOT NULL,
  UNIQUE (source, event_id)
);

INSERT INTO audit_chain (seq, source, event_id, hash)
WITH RECURSIVE chain (seq, event_id, hash) AS (
  SELECT 0, 0, ''
  UNION ALL
  SELECT
    chain.seq + 1,
    e.id,
    cq_sha256(
      chain.hash || '|9:knowledge' || '|' || length(e.id) || ':' || e.id || '|' || length(e.unit_id) || ':' || e.unit_id
      || '|' || length(e.kind) || ':' || e.kind || '|' || length(e.actor) || ':' || e.actor
      || COALESCE('|' || length(e.api_key_id) || ':' || e.api_key_id, '|-')
      || '|' || length(e.occurred_at) || ':' || e.occurred_at
      || COALESCE('|' || length(e.detail) || ':' || e.detail, '|-')
    )
  FROM chain JOIN knowledge_events AS e ON e.id = (SELECT MIN(id) FROM knowledge_events WHERE id > chain.event_id)
)
SELECT seq, 'knowledge', event_id, hash FROM chain WHERE seq > 0;

CREATE TRIGGER cq_audit_chain_no_update BEFORE UPDATE ON audit_chain
BEGIN
  SELECT RAISE(ABORT, 'audit_chain is append-only');
END;

CREATE TRIGGER cq_audit_chain_no_delete BEFORE DELETE ON audit_chain
BEGIN
  SELECT RAISE(ABORT, 'audit_chain is append-only');
END;

CREATE TRIGGER cq_knowledge_event_chained AFTER INSERT ON knowledge_events
BEGIN
  INSERT INTO audit_chain (source, event_id, hash) VALUES ('knowledge', NEW.id, cq_sha256(
    COALESCE((SELECT hash FROM audit_chain ORDER BY seq DESC LIMIT 1), '')
    || '|9:knowledge' || '|' || length(NEW.id) || ':' || NEW.id || '|' || length(NEW.unit_id) || ':' || NEW.unit_id
    || '|' || length(NEW.kind) || ':' || NEW.kind || '|' || length(NEW.actor) || ':' || NEW.actor
    || COALESCE('|' || length(NEW.api_key_id) || ':' || NEW.api_key_id, '|-')
    || '|' || length(NEW.occurred_at) || ':' || NEW.occurred_at
    || COALESCE('|' || length(NEW.detail) || ':' || NEW.detail, '|-')
  ));
END;

CREATE TRIGGER cq_account_event_chained AFTER INSERT ON account_events
BEGIN
  INSERT INTO audit_chain (source, event_id, hash) VALUES ('account', NEW.id, cq_sha256(
    COALESCE((SELECT hash FROM audit_chain ORDER BY seq DESC LIMIT 1), '')
    || '|7:account' || '|' || length(NEW.id) || ':' || NEW.id || '|' || length(NEW.subject) || ':' || NEW.subject
    || '|' || length(NEW.kind) || ':' || NEW.kind || '|' || length(NEW.actor) || ':' || NEW.actor
    || COALESCE('|' || length(NEW.api_key_id) || ':' || NEW.api_key_id, '|-')
    || '|' || length(NEW.occurred_at) || ':' || NEW.occurred_at
    || COALESCE('|' || length(NEW.detail) || ':' || NEW.detail, '|-')
  ));
END;

-- Approved units that are in doubt: whose flags nobody answered, and by the day since which they are fresh.
ALTER TABLE knowledge_changes ADD COLUMN unanswered_flags INTEGER GENERATED ALWAYS AS (json_extract(facts, '$[7]')) VIRTUAL;

ALTER TABLE knowledge_changes ADD COLUMN fresh_day TEXT GENERATED ALWAYS AS (json_extract(facts, '$[8]')) VIRTUAL;

CREATE INDEX cq_changes_disputed ON knowledge_changes (unanswered_flags DESC, unit_id)
WHERE unanswered_flags > 0;

CREATE INDEX cq_changes_fresh_day ON knowledge_changes (fresh_day, unit_id, unanswered_flags) WHERE fresh_day IS NOT NULL;

-- What somebody did, newest first.
CREATE INDEX cq_events_actor ON knowledge_events (actor, id);
