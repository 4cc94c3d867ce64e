-- The queue, the lists and the dashboard read in index order. Named cq_*, so that the original's idx_* stay recognisable.

CREATE INDEX cq_units_status_created ON knowledge_units (status, created_at, id);

CREATE INDEX cq_units_created ON knowledge_units (created_at, id);

CREATE INDEX cq_units_reviewed ON knowledge_units (status, reviewed_at);

CREATE INDEX cq_units_activity ON knowledge_units (COALESCE(reviewed_at, created_at), id);
