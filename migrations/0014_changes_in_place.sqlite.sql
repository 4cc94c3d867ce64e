-- A change of a unit used to remove its row and make another, with an entry in each of seven indexes, most of them over what was
-- read from JSON once more for each. Now the row stays, and only what is not as before is written: see docs/decisions/0022.

-- Reading a whole store is several times as fast with its indexes in memory; the usual size comes back at the end.
PRAGMA cache_size = -131072;

DROP TRIGGER cq_unit_inserted;

DROP TRIGGER cq_unit_updated;

DROP TRIGGER cq_unit_deleted;

DROP TRIGGER cq_unit_domain_inserted;

DROP TRIGGER cq_unit_domain_updated;

DROP TRIGGER cq_unit_domain_deleted;

DROP TRIGGER cq_standing_inserted;

DROP TRIGGER cq_standing_updated;

DROP TRIGGER cq_standing_deleted;

ALTER TABLE knowledge_changes RENAME TO earlier_changes;

-- One row for each unit; of a unit that is gone, `[id]` stays in `facts`. No row is ever removed, so that one more than the highest
-- `seq` is a number that nobody had before.
CREATE TABLE knowledge_changes (
  -- What the row is stored by: it stays when `seq` rises.
  number INTEGER NOT NULL PRIMARY KEY,
  seq INTEGER NOT NULL,
  unit_id TEXT NOT NULL,
  status TEXT,
  created_at TEXT,
  confidence REAL,
  confidence_bucket INTEGER GENERATED ALWAYS AS (
    (confidence >= 0.3) + (confidence >= 0.5) + (confidence >= 0.6) + (confidence >= 0.7) + (confidence >= 0.8)
  ) VIRTUAL,
  facts TEXT,
  -- These four stand in `facts` as well.
  created_day TEXT,
  reviewed_day TEXT,
  unanswered_flags INTEGER,
  fresh_day TEXT
);

INSERT INTO knowledge_changes (
  seq, unit_id, status, created_at, confidence, facts, created_day, reviewed_day, unanswered_flags, fresh_day
)
SELECT seq, unit_id, status, created_at, confidence, facts, created_day, reviewed_day, unanswered_flags, fresh_day
FROM earlier_changes ORDER BY seq;

DROP TABLE earlier_changes;

CREATE UNIQUE INDEX cq_changes_seq ON knowledge_changes (seq);

CREATE UNIQUE INDEX cq_changes_unit ON knowledge_changes (unit_id);

CREATE INDEX cq_changes_confidence ON knowledge_changes (confidence_bucket, created_at, unit_id, status);

CREATE INDEX cq_changes_created_day ON knowledge_changes (created_day, created_at, unit_id)
WHERE created_day IS NOT NULL;

CREATE INDEX cq_changes_reviewed_day ON knowledge_changes (status, reviewed_day, created_at, unit_id)
WHERE reviewed_day IS NOT NULL;

CREATE INDEX cq_changes_unrated ON knowledge_changes (status, created_at, unit_id)
WHERE confidence IS NULL AND status IS NOT NULL;

CREATE INDEX cq_changes_timeless ON knowledge_changes (status, reviewed_day, unit_id)
WHERE created_at IS NULL AND status IS NOT NULL;

CREATE INDEX cq_changes_disputed ON knowledge_changes (unanswered_flags DESC, unit_id)
WHERE unanswered_flags > 0;

CREATE INDEX cq_changes_fresh_day ON knowledge_changes (fresh_day, unit_id, unanswered_flags) WHERE fresh_day IS NOT NULL;

CREATE TRIGGER cq_changes_no_delete BEFORE DELETE ON knowledge_changes
BEGIN
  SELECT RAISE(ABORT, 'knowledge_changes keeps a row for every unit that there ever was');
END;

-- Whoever gives a row a new number has what is derived of its unit derived anew. An UPDATE writes to every index over a column that
-- it names, so those that seldom change are named only where they do.
CREATE TRIGGER cq_changed AFTER UPDATE OF seq ON knowledge_changes
WHEN EXISTS (SELECT 1 FROM knowledge_units WHERE id = NEW.unit_id)
BEGIN
  UPDATE knowledge_changes SET (confidence, facts) = (
    SELECT confidence, facts FROM knowledge_kept_facts WHERE unit_id = NEW.unit_id
  )
  WHERE number = NEW.number;
  UPDATE knowledge_changes SET
    (status, created_at) = (SELECT status, created_at FROM knowledge_units WHERE id = NEW.unit_id),
    created_day = json_extract(facts, '$[3]'),
    reviewed_day = json_extract(facts, '$[4]'),
    unanswered_flags = json_extract(facts, '$[7]'),
    fresh_day = json_extract(facts, '$[8]')
  WHERE number = NEW.number AND (
    NOT EXISTS (
      SELECT 1 FROM knowledge_units AS u
      WHERE u.id = NEW.unit_id AND u.status IS NEW.status AND u.created_at IS NEW.created_at
    )
    OR created_day IS NOT json_extract(facts, '$[3]')
    OR reviewed_day IS NOT json_extract(facts, '$[4]')
    OR unanswered_flags IS NOT json_extract(facts, '$[7]')
    OR fresh_day IS NOT json_extract(facts, '$[8]')
  );
END;

-- No conflict clause: that of the statement that fired a trigger would override it.
CREATE TRIGGER cq_unit_inserted AFTER INSERT ON knowledge_units
BEGIN
  UPDATE knowledge_changes SET seq = (SELECT MAX(seq) + 1 FROM knowledge_changes) WHERE unit_id = NEW.id;
  INSERT INTO knowledge_changes (
    seq, unit_id, status, created_at, confidence, facts, created_day, reviewed_day, unanswered_flags, fresh_day
  )
  SELECT
    (SELECT COALESCE(MAX(seq), 0) + 1 FROM knowledge_changes), unit_id, status, created_at, confidence, facts,
    json_extract(facts, '$[3]'), json_extract(facts, '$[4]'), json_extract(facts, '$[7]'), json_extract(facts, '$[8]')
  FROM (
    SELECT unit_id, status, created_at, confidence, facts FROM knowledge_kept_facts WHERE unit_id = NEW.id LIMIT 1
  ) AS derived
  WHERE NOT EXISTS (SELECT 1 FROM knowledge_changes WHERE unit_id = NEW.id);
END;

CREATE TRIGGER cq_unit_updated AFTER UPDATE ON knowledge_units
BEGIN
  UPDATE knowledge_changes SET seq = (SELECT MAX(seq) + 1 FROM knowledge_changes) WHERE unit_id = NEW.id;
END;

-- Triggers of one statement fire in any order: this one leaves a row that is there already to the other.
CREATE TRIGGER cq_unit_renamed AFTER UPDATE OF id ON knowledge_units WHEN OLD.id <> NEW.id
BEGIN
  UPDATE knowledge_changes SET
    seq = (SELECT MAX(seq) + 1 FROM knowledge_changes), status = NULL, created_at = NULL, confidence = NULL,
    facts = json_array(OLD.id), created_day = NULL, reviewed_day = NULL, unanswered_flags = NULL, fresh_day = NULL
  WHERE unit_id = OLD.id;
  INSERT INTO knowledge_changes (seq, unit_id)
  SELECT (SELECT MAX(seq) + 1 FROM knowledge_changes), NEW.id
  WHERE NOT EXISTS (SELECT 1 FROM knowledge_changes WHERE unit_id = NEW.id);
  UPDATE knowledge_changes SET seq = (SELECT MAX(seq) + 1 FROM knowledge_changes) WHERE unit_id = NEW.id;
END;

CREATE TRIGGER cq_unit_deleted AFTER DELETE ON knowledge_units
BEGIN
  UPDATE knowledge_changes SET
    seq = (SELECT MAX(seq) + 1 FROM knowledge_changes), status = NULL, created_at = NULL, confidence = NULL,
    facts = json_array(OLD.id), created_day = NULL, reviewed_day = NULL, unanswered_flags = NULL, fresh_day = NULL
  WHERE unit_id = OLD.id;
END;

-- The domain rows of a unit matter once it is approved; before that they are only being written.
CREATE TRIGGER cq_unit_domain_inserted AFTER INSERT ON knowledge_unit_domains
WHEN EXISTS (SELECT 1 FROM knowledge_units WHERE id = NEW.unit_id AND status = 'approved')
BEGIN
  UPDATE knowledge_changes SET seq = (SELECT MAX(seq) + 1 FROM knowledge_changes) WHERE unit_id = NEW.unit_id;
END;

CREATE TRIGGER cq_unit_domain_updated AFTER UPDATE ON knowledge_unit_domains
BEGIN
  UPDATE knowledge_changes SET seq = (SELECT MAX(seq) + 1 FROM knowledge_changes)
  WHERE unit_id = OLD.unit_id AND OLD.unit_id <> NEW.unit_id AND status IS NOT NULL;
  UPDATE knowledge_changes SET seq = (SELECT MAX(seq) + 1 FROM knowledge_changes)
  WHERE unit_id = NEW.unit_id AND status IS NOT NULL;
END;

CREATE TRIGGER cq_unit_domain_deleted AFTER DELETE ON knowledge_unit_domains
WHEN EXISTS (SELECT 1 FROM knowledge_units WHERE id = OLD.unit_id AND status = 'approved')
BEGIN
  UPDATE knowledge_changes SET seq = (SELECT MAX(seq) + 1 FROM knowledge_changes) WHERE unit_id = OLD.unit_id;
END;

CREATE TRIGGER cq_standing_inserted AFTER INSERT ON knowledge_standing
BEGIN
  UPDATE knowledge_changes SET seq = (SELECT MAX(seq) + 1 FROM knowledge_changes) WHERE unit_id = NEW.unit_id;
END;

CREATE TRIGGER cq_standing_updated AFTER UPDATE ON knowledge_standing
BEGIN
  UPDATE knowledge_changes SET seq = (SELECT MAX(seq) + 1 FROM knowledge_changes) WHERE unit_id = NEW.unit_id;
END;

CREATE TRIGGER cq_standing_deleted AFTER DELETE ON knowledge_standing
WHEN EXISTS (SELECT 1 FROM knowledge_units WHERE id = OLD.unit_id)
BEGIN
  UPDATE knowledge_changes SET seq = (SELECT MAX(seq) + 1 FROM knowledge_changes) WHERE unit_id = OLD.unit_id;
END;

PRAGMA cache_size = -2000;
PRAGMA shrink_memory;
