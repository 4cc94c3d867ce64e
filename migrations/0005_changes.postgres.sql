-- What the server keeps in memory of every unit, and in which order it came to be: see docs/architecture.md.
-- Triggers keep it, so that a write by any program counts.

-- What a reviewer found right again: the flags up to then are answered, and the unit is fresh from then on.
CREATE TABLE knowledge_standing (
  unit_id TEXT NOT NULL PRIMARY KEY,
  flags_resolved INTEGER NOT NULL,
  verified_at TEXT NOT NULL,
  FOREIGN KEY (unit_id) REFERENCES knowledge_units (id) ON DELETE CASCADE
);

-- The parts of a unit's JSON that rank it, as JSON, then its number of flags and its last confirmation; NULL where Postgres cannot read the text. Like cq_json_number it is not
-- PARALLEL SAFE.
CREATE FUNCTION cq_ranked_parts(document TEXT) RETURNS TEXT LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  value JSON;
BEGIN
  value := document::json;
  RETURN json_build_array(
    value -> 'domains', value -> 'context' -> 'languages', value -> 'context' -> 'frameworks',
    value -> 'context' -> 'pattern', value -> 'evidence' -> 'confidence',
    CASE json_typeof(value -> 'flags') WHEN 'array' THEN json_array_length(value -> 'flags') ELSE 0 END,
    CASE json_typeof(value -> 'evidence' -> 'last_confirmed')
      WHEN 'string' THEN value -> 'evidence' -> 'last_confirmed'
    END
  )::text;
EXCEPTION WHEN OTHERS THEN
  RETURN NULL;
END
$$;

-- Derived from the base tables: what ranks, counts and lists a unit. `facts` is JSON:
-- [id, status, tier, created day, reviewed day, domain rows, [domains, languages, frameworks, pattern, confidence, …],
-- unanswered flags, day since which it is fresh]; what comes after the reviewed day is there for approved units only, the
-- last three null where Postgres cannot read the text.
CREATE VIEW knowledge_facts AS
SELECT
  unit_id,
  status,
  created_at,
  confidence,
  CASE
    WHEN status = 'approved' THEN json_build_array(
      unit_id, status, tier, created_day, reviewed_day,
      (SELECT COALESCE(json_agg(domain), '[]') FROM knowledge_unit_domains AS d WHERE d.unit_id = base.unit_id),
      parts,
      GREATEST((parts ->> 5)::integer - flags_resolved, 0),
      CASE WHEN parts IS NOT NULL THEN
        GREATEST(COALESCE(cq_utc_day(parts ->> 6), created_day), verified_day)
      END
    )::text
    ELSE json_build_array(unit_id, status, tier, created_day, reviewed_day)::text
  END AS facts
FROM (
  SELECT
    u.id AS unit_id,
    status,
    tier,
    CASE WHEN status = 'approved' THEN cq_ranked_parts(data)::json END AS parts,
    created_at,
    COALESCE(s.flags_resolved, 0) AS flags_resolved,
    cq_utc_day(s.verified_at) AS verified_day,
    cq_utc_day(created_at) AS created_day,
    cq_utc_day(reviewed_at) AS reviewed_day,
    -- Postgres reads no text with a NUL or half a surrogate pair in it: the number is the same without them.
    COALESCE(
      cq_json_number(data, 'evidence', 'confidence', 0.5),
      cq_json_number(
        regexp_replace(data, '\\u(0000|d[89a-f]..)', '\\ufffd', 'gi'), 'evidence', 'confidence', 0.5
      )
    ) AS confidence
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
    WHEN (
      SELECT COUNT(*) FROM (SELECT 1 FROM knowledge_unit_domains AS d WHERE d.unit_id = f.unit_id LIMIT 65) AS counted
    ) <= 64 THEN facts
  END AS facts
FROM knowledge_facts AS f;

-- One row for each unit, the latest change last; of a unit that is gone, `[id]` stays.
CREATE SEQUENCE cq_change_seq;

CREATE TABLE knowledge_changes (
  seq BIGINT NOT NULL DEFAULT nextval('cq_change_seq') PRIMARY KEY,
  unit_id TEXT NOT NULL UNIQUE,
  status TEXT,
  created_at TEXT,
  confidence DOUBLE PRECISION,
  confidence_bucket INTEGER GENERATED ALWAYS AS (
    width_bucket(confidence, ARRAY[0.3, 0.5, 0.6, 0.7, 0.8]::double precision[])
  ) STORED,
  facts TEXT
);

INSERT INTO knowledge_changes (unit_id, status, created_at, confidence, facts)
SELECT unit_id, status, created_at, confidence, facts FROM knowledge_kept_facts;

-- Lists by confidence, newest first.
CREATE INDEX cq_changes_confidence
ON knowledge_changes (confidence_bucket, created_at COLLATE "C", unit_id COLLATE "C", status);

-- What is counted by day is counted in memory now.
DROP INDEX cq_units_reviewed;

-- What a trigger does must not depend on who wrote: on a search path, a time zone or the right to write these tables.
SELECT set_config('search_path', current_setting('search_path') || ', pg_temp', true);

-- Numbers must be given in the order of commits, or a reader who has seen a later one would never ask for an earlier one:
-- so they are given at the end of a transaction, under a lock that is held until it has committed.
CREATE FUNCTION cq_note_change(changed TEXT) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('knowledge_changes'));
  INSERT INTO knowledge_changes AS c (unit_id, status, created_at, confidence, facts)
  SELECT
    changed, f.status, f.created_at, f.confidence,
    CASE WHEN f.unit_id IS NULL THEN json_build_array(changed)::text ELSE f.facts END
  FROM (SELECT 1) AS one LEFT JOIN knowledge_kept_facts AS f ON f.unit_id = changed
  ON CONFLICT (unit_id) DO UPDATE SET
    seq = excluded.seq, status = excluded.status, created_at = excluded.created_at,
    confidence = excluded.confidence, facts = excluded.facts;
END
$$;

CREATE FUNCTION cq_unit_changed() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path FROM CURRENT SET timezone = 'UTC' AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    PERFORM cq_note_change(OLD.id);
  END IF;
  IF TG_OP = 'INSERT' OR (TG_OP = 'UPDATE' AND NEW.id <> OLD.id) THEN
    PERFORM cq_note_change(NEW.id);
  END IF;
  RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER cq_unit_changed AFTER INSERT OR UPDATE OR DELETE ON knowledge_units
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION cq_unit_changed();

-- The domain rows of a unit matter once it is approved; before that they are only being written. Whether it is approved is
-- asked under the lock: whoever is about to approve it would not see these rows yet. A unit that was noted with its rows by the
-- same transaction needs no other number.
CREATE FUNCTION cq_note_domains(changed TEXT) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('knowledge_changes'));
  IF NOT EXISTS (SELECT 1 FROM knowledge_units WHERE id = changed AND status = 'approved') OR EXISTS (
    SELECT 1 FROM knowledge_changes WHERE unit_id = changed AND facts IS NULL AND xmin = pg_current_xact_id()::xid
  ) THEN
    RETURN;
  END IF;
  UPDATE knowledge_changes AS c SET seq = nextval('cq_change_seq'), facts = f.facts
  FROM knowledge_kept_facts AS f
  WHERE c.unit_id = changed AND f.unit_id = changed AND (c.facts IS NULL OR c.facts IS DISTINCT FROM f.facts);
END
$$;

CREATE FUNCTION cq_unit_domain_changed() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path FROM CURRENT SET timezone = 'UTC' AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    PERFORM cq_note_domains(OLD.unit_id);
  END IF;
  IF TG_OP <> 'DELETE' THEN
    PERFORM cq_note_domains(NEW.unit_id);
  END IF;
  RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER cq_unit_domain_changed AFTER INSERT OR UPDATE OR DELETE ON knowledge_unit_domains
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION cq_unit_domain_changed();

CREATE FUNCTION cq_standing_changed() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path FROM CURRENT SET timezone = 'UTC' AS $$
BEGIN
  PERFORM cq_note_change(CASE TG_OP WHEN 'DELETE' THEN OLD.unit_id ELSE NEW.unit_id END);
  RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER cq_standing_changed AFTER INSERT OR UPDATE OR DELETE ON knowledge_standing
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION cq_standing_changed();

CREATE FUNCTION cq_units_truncated() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('knowledge_changes'));
  UPDATE knowledge_changes SET
    seq = nextval('cq_change_seq'), status = NULL, created_at = NULL, confidence = NULL,
    facts = json_build_array(unit_id)::text;
  RETURN NULL;
END
$$;

CREATE FUNCTION cq_domains_truncated() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path FROM CURRENT SET timezone = 'UTC' AS $$
BEGIN
  PERFORM cq_note_domains(id) FROM knowledge_units WHERE status = 'approved';
  RETURN NULL;
END
$$;

CREATE TRIGGER cq_domains_truncated AFTER TRUNCATE ON knowledge_unit_domains
FOR EACH STATEMENT EXECUTE FUNCTION cq_domains_truncated();

CREATE TRIGGER cq_units_truncated AFTER TRUNCATE ON knowledge_units
FOR EACH STATEMENT EXECUTE FUNCTION cq_units_truncated();
