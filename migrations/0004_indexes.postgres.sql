-- The queue, the lists and the dashboard read in index order: by bytes, whatever the collation of the database.

CREATE INDEX cq_units_status_created ON knowledge_units (status, created_at COLLATE "C", id COLLATE "C");

CREATE INDEX cq_units_created ON knowledge_units (created_at COLLATE "C", id COLLATE "C");

CREATE INDEX cq_units_reviewed ON knowledge_units (status, reviewed_at COLLATE "C");

CREATE INDEX cq_units_activity ON knowledge_units (COALESCE(reviewed_at, created_at) COLLATE "C", id COLLATE "C");

CREATE INDEX cq_units_id ON knowledge_units (id COLLATE "C");
