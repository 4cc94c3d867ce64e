-- What the unit list is filtered by beside 0007: days, and confidence that is none. The days are those that the counts are made of.

ALTER TABLE knowledge_changes ADD COLUMN created_day TEXT GENERATED ALWAYS AS (json_extract(facts, '$[3]')) VIRTUAL;

ALTER TABLE knowledge_changes ADD COLUMN reviewed_day TEXT GENERATED ALWAYS AS (json_extract(facts, '$[4]')) VIRTUAL;

CREATE INDEX cq_changes_created_day ON knowledge_changes (created_day, created_at, unit_id)
WHERE created_day IS NOT NULL;

CREATE INDEX cq_changes_reviewed_day ON knowledge_changes (status, reviewed_day, created_at, unit_id)
WHERE reviewed_day IS NOT NULL;

CREATE INDEX cq_changes_unrated ON knowledge_changes (status, created_at, unit_id)
WHERE confidence IS NULL AND status IS NOT NULL;

-- Units without a time, which no order by time has a place for.
CREATE INDEX cq_changes_timeless ON knowledge_changes (status, reviewed_day, unit_id)
WHERE created_at IS NULL AND status IS NOT NULL;
