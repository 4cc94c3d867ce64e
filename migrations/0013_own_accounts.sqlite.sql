-- What people are shown of their sessions and sign-ins, and how a text is purged from the log without breaking its chain.

-- Where a session was begun; NULL for those from before.
ALTER TABLE sessions ADD COLUMN address TEXT;

ALTER TABLE sessions ADD COLUMN device TEXT;

-- Who signed in and out and who was refused, counted by the hour: bounded, and so beside the chain. An empty username stands
-- for all names that nobody has.
CREATE TABLE sign_ins (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  hour TEXT NOT NULL,
  username TEXT NOT NULL,
  outcome TEXT NOT NULL,
  way TEXT NOT NULL,
  -- The address where it is counted for itself, else empty.
  place TEXT NOT NULL,
  -- The latest one.
  address TEXT NOT NULL,
  first_at TEXT NOT NULL,
  last_at TEXT NOT NULL,
  total INTEGER NOT NULL,
  UNIQUE (hour, username, outcome, way, place)
);

CREATE INDEX cq_sign_ins_user ON sign_ins (username, id);

-- The detail of an event may be removed, and nothing else of it.
DROP TRIGGER cq_events_no_update;

CREATE TRIGGER cq_events_no_update BEFORE UPDATE ON knowledge_events
WHEN NOT (
  NEW.detail IS '{"purged":true}' AND OLD.detail IS NOT NULL AND OLD.kind <> 'purged'
  AND NEW.id = OLD.id AND NEW.unit_id = OLD.unit_id AND NEW.kind = OLD.kind AND NEW.actor = OLD.actor
  AND NEW.api_key_id IS OLD.api_key_id AND NEW.occurred_at = OLD.occurred_at
)
BEGIN
  SELECT RAISE(ABORT, 'knowledge_events is append-only');
END;

-- From here on a link is made of the hash of its event's detail: with that kept, the rest of the event can be checked after the
-- detail is purged. Where there are older links, an event of its own says where they end.
INSERT INTO account_events (subject, kind, actor, occurred_at)
SELECT '(audit log)', 'details_hashed', '(migration)', strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')
WHERE EXISTS (SELECT 1 FROM knowledge_events WHERE detail IS NOT NULL);

DROP TRIGGER cq_knowledge_event_chained;

CREATE TRIGGER cq_knowledge_event_chained AFTER INSERT ON knowledge_events
BEGIN
  INSERT INTO audit_chain (source, event_id, hash) VALUES ('knowledge', NEW.id, cq_sha256(
    COALESCE((SELECT hash FROM audit_chain ORDER BY seq DESC LIMIT 1), '')
    || '|9:knowledge' || '|' || length(NEW.id) || ':' || NEW.id || '|' || length(NEW.unit_id) || ':' || NEW.unit_id
    || '|' || length(NEW.kind) || ':' || NEW.kind || '|' || length(NEW.actor) || ':' || NEW.actor
    || COALESCE('|' || length(NEW.api_key_id) || ':' || NEW.api_key_id, '|-')
    || '|' || length(NEW.occurred_at) || ':' || NEW.occurred_at
    || CASE WHEN NEW.detail IS NULL THEN '|-' ELSE '|#' || cq_sha256(NEW.detail) END
  ));
END;
