-- What the unit list is filtered by beside 0007: days, and confidence that is none. The days are those that the counts are made of.

-- One of the facts of a unit as text. Like cq_json_number it is not PARALLEL SAFE.
CREATE FUNCTION cq_fact(facts TEXT, place INTEGER) RETURNS TEXT LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN facts::json ->> place;
EXCEPTION WHEN OTHERS THEN
  RETURN NULL;
END
$$;

ALTER TABLE knowledge_changes
  ADD COLUMN created_day TEXT GENERATED ALWAYS AS (cq_fact(facts, 3)) STORED,
  ADD COLUMN reviewed_day TEXT GENERATED ALWAYS AS (cq_fact(facts, 4)) STORED;

CREATE INDEX cq_changes_created_day
ON knowledge_changes (created_day COLLATE "C", created_at COLLATE "C", unit_id COLLATE "C")
WHERE created_day IS NOT NULL;

CREATE INDEX cq_changes_reviewed_day
ON knowledge_changes (status, reviewed_day COLLATE "C", created_at COLLATE "C", unit_id COLLATE "C")
WHERE reviewed_day IS NOT NULL;

CREATE INDEX cq_changes_unrated ON knowledge_changes (status, created_at COLLATE "C", unit_id COLLATE "C")
WHERE confidence IS NULL AND status IS NOT NULL;

-- Units without a time, which no order by time has a place for.
CREATE INDEX cq_changes_timeless ON knowledge_changes (status, reviewed_day COLLATE "C", unit_id COLLATE "C")
WHERE created_at IS NULL AND status IS NOT NULL;
