-- What the server keeps in memory of every unit, and in which order it came to be: see docs/architecture.md.
-- Triggers keep it, so that a write by any program counts. They use nothing that SQLite 3.34 does not have.

-- Reading a whole store is several times as fast with its indexes in memory; the usual size comes back at the end.
PRAGMA cache_size = -131072;

-- What a reviewer found right again: the flags up to then are answered, and the unit is fresh from then on.
CREATE TABLE knowledge_standing (
  unit_id TEXT NOT NULL PRIMARY KEY,
  flags_resolved INTEGER NOT NULL,
  verified_at TEXT NOT NULL,
  FOREIGN KEY (unit_id) REFERENCES knowledge_units (id) ON DELETE CASCADE
);

-- Derived from the base tables: what ranks, counts and lists a unit. `facts` is JSON:
-- [id, status, tier, created day, reviewed day, domain rows, [domains, languages, frameworks, pattern, confidence],
-- unanswered flags, day since which it is fresh]; what comes after the reviewed day is there for approved units only, the
-- last three null where the text is no JSON.
CREATE VIEW knowledge_facts AS
SELECT
  unit_id,
  status,
  created_at,
  confidence,
  CASE
    WHEN status = 'approved' THEN json_array(
      unit_id, status, tier, created_day, reviewed_day,
      json((SELECT json_group_array(domain) FROM knowledge_unit_domains WHERE unit_id = base.unit_id)),
      json(CASE WHEN is_json THEN json_extract(
        data, '$.domains', '$.context.languages', '$.context.frameworks', '$.context.pattern', '$.evidence.confidence'
      ) END),
      CASE WHEN is_json THEN MAX(COALESCE(json_array_length(data, '$.flags'), 0) - flags_resolved, 0) END,
      CASE WHEN is_json THEN NULLIF(MAX(
        COALESCE(
          CASE json_type(data, '$.evidence.last_confirmed')
            WHEN 'text' THEN date(json_extract(data, '$.evidence.last_confirmed'))
          END,
          created_day,
          ''
        ),
        COALESCE(verified_day, '')
      ), '') END
    )
    ELSE json_array(unit_id, status, tier, created_day, reviewed_day)
  END AS facts
FROM (
  SELECT
    u.id AS unit_id,
    status,
    tier,
    data,
    json_valid(data) AS is_json,
    COALESCE(s.flags_resolved, 0) AS flags_resolved,
    date(s.verified_at) AS verified_day,
    created_at,
    date(created_at) AS created_day,
    date(reviewed_at) AS reviewed_day,
    CASE WHEN json_valid(data) THEN
      CASE COALESCE(json_type(data, '$.evidence.confidence'), 'null')
        WHEN 'null' THEN 0.5
        WHEN 'real' THEN json_extract(data, '$.evidence.confidence')
        WHEN 'integer' THEN json_extract(data, '$.evidence.confidence')
      END
    END AS confidence
  FROM knowledge_units AS u LEFT JOIN knowledge_standing AS s ON s.unit_id = u.id
) AS base;

-- What is kept of them: the facts of a unit with more than 64 domain rows are left to be derived by whoever asks, or each
-- further row would derive all of them again.
CREATE VIEW knowledge_kept_facts AS
SELECT
  unit_id,
  status,
  created_at,
  confidence,
  CASE
    WHEN (SELECT COUNT(*) FROM (SELECT 1 FROM knowledge_unit_domains AS d WHERE d.unit_id = f.unit_id LIMIT 65)) <= 64
    THEN facts
  END AS facts
FROM knowledge_facts AS f;

-- One row for each unit, the latest change last; of a unit that is gone, `[id]` stays. AUTOINCREMENT: a number is never
-- given twice, or the removal of the newest row would hide what comes after it.
CREATE TABLE knowledge_changes (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  unit_id TEXT NOT NULL,
  status TEXT,
  created_at TEXT,
  confidence REAL,
  confidence_bucket INTEGER GENERATED ALWAYS AS (
    (confidence >= 0.3) + (confidence >= 0.5) + (confidence >= 0.6) + (confidence >= 0.7) + (confidence >= 0.8)
  ) VIRTUAL,
  facts TEXT
);

INSERT INTO knowledge_changes (unit_id, status, created_at, confidence, facts)
SELECT unit_id, status, created_at, confidence, facts FROM knowledge_kept_facts;

CREATE UNIQUE INDEX cq_changes_unit ON knowledge_changes (unit_id);

-- Lists by confidence, newest first.
CREATE INDEX cq_changes_confidence ON knowledge_changes (confidence_bucket, created_at, unit_id, status);

-- What is counted by day is counted in memory now.
DROP INDEX cq_units_reviewed;

-- A deletion and an insertion: the conflict clause of the statement that fired a trigger would override an upsert.
CREATE TRIGGER cq_unit_inserted AFTER INSERT ON knowledge_units
BEGIN
  DELETE FROM knowledge_changes WHERE unit_id = NEW.id;
  INSERT INTO knowledge_changes (unit_id, status, created_at, confidence, facts)
  SELECT unit_id, status, created_at, confidence, facts
  FROM knowledge_kept_facts WHERE unit_id = NEW.id;
END;

CREATE TRIGGER cq_unit_updated AFTER UPDATE ON knowledge_units
BEGIN
  DELETE FROM knowledge_changes WHERE unit_id IN (OLD.id, NEW.id);
  INSERT INTO knowledge_changes (unit_id, facts) SELECT OLD.id, json_array(OLD.id) WHERE OLD.id <> NEW.id;
  INSERT INTO knowledge_changes (unit_id, status, created_at, confidence, facts)
  SELECT unit_id, status, created_at, confidence, facts
  FROM knowledge_kept_facts WHERE unit_id = NEW.id;
END;

CREATE TRIGGER cq_unit_deleted AFTER DELETE ON knowledge_units
BEGIN
  DELETE FROM knowledge_changes WHERE unit_id = OLD.id;
  INSERT INTO knowledge_changes (unit_id, facts) VALUES (OLD.id, json_array(OLD.id));
END;

-- The domain rows of a unit matter once it is approved; before that they are only being written.
CREATE TRIGGER cq_unit_domain_inserted AFTER INSERT ON knowledge_unit_domains
WHEN EXISTS (SELECT 1 FROM knowledge_units WHERE id = NEW.unit_id AND status = 'approved')
BEGIN
  DELETE FROM knowledge_changes WHERE unit_id = NEW.unit_id;
  INSERT INTO knowledge_changes (unit_id, status, created_at, confidence, facts)
  SELECT unit_id, status, created_at, confidence, facts
  FROM knowledge_kept_facts WHERE unit_id = NEW.unit_id;
END;

CREATE TRIGGER cq_unit_domain_updated AFTER UPDATE ON knowledge_unit_domains
BEGIN
  DELETE FROM knowledge_changes
  WHERE unit_id IN (SELECT id FROM knowledge_units WHERE id IN (OLD.unit_id, NEW.unit_id));
  INSERT INTO knowledge_changes (unit_id, status, created_at, confidence, facts)
  SELECT unit_id, status, created_at, confidence, facts
  FROM knowledge_kept_facts WHERE unit_id IN (OLD.unit_id, NEW.unit_id);
END;

CREATE TRIGGER cq_unit_domain_deleted AFTER DELETE ON knowledge_unit_domains
WHEN EXISTS (SELECT 1 FROM knowledge_units WHERE id = OLD.unit_id AND status = 'approved')
BEGIN
  DELETE FROM knowledge_changes WHERE unit_id = OLD.unit_id;
  INSERT INTO knowledge_changes (unit_id, status, created_at, confidence, facts)
  SELECT unit_id, status, created_at, confidence, facts
  FROM knowledge_kept_facts WHERE unit_id = OLD.unit_id;
END;

CREATE TRIGGER cq_standing_inserted AFTER INSERT ON knowledge_standing
BEGIN
  DELETE FROM knowledge_changes WHERE unit_id = NEW.unit_id;
  INSERT INTO knowledge_changes (unit_id, status, created_at, confidence, facts)
  SELECT unit_id, status, created_at, confidence, facts
  FROM knowledge_kept_facts WHERE unit_id = NEW.unit_id;
END;

CREATE TRIGGER cq_standing_updated AFTER UPDATE ON knowledge_standing
BEGIN
  DELETE FROM knowledge_changes WHERE unit_id = NEW.unit_id;
  INSERT INTO knowledge_changes (unit_id, status, created_at, confidence, facts)
  SELECT unit_id, status, created_at, confidence, facts
  FROM knowledge_kept_facts WHERE unit_id = NEW.unit_id;
END;

CREATE TRIGGER cq_standing_deleted AFTER DELETE ON knowledge_standing
WHEN EXISTS (SELECT 1 FROM knowledge_units WHERE id = OLD.unit_id)
BEGIN
  DELETE FROM knowledge_changes WHERE unit_id = OLD.unit_id;
  INSERT INTO knowledge_changes (unit_id, status, created_at, confidence, facts)
  SELECT unit_id, status, created_at, confidence, facts
  FROM knowledge_kept_facts WHERE unit_id = OLD.unit_id;
END;

PRAGMA cache_size = -2000;
PRAGMA shrink_memory;
