-- What reviewers do besides deciding, and what their lists are filtered by.

CREATE TABLE review_snoozes (
  unit_id TEXT NOT NULL PRIMARY KEY,
  until TEXT NOT NULL,
  snoozed_by TEXT NOT NULL,
  FOREIGN KEY (unit_id) REFERENCES knowledge_units (id) ON DELETE CASCADE
);

CREATE INDEX cq_snoozes_until ON review_snoozes (until, unit_id);

CREATE TABLE review_claims (
  unit_id TEXT NOT NULL,
  username TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  PRIMARY KEY (unit_id, username),
  FOREIGN KEY (unit_id) REFERENCES knowledge_units (id) ON DELETE CASCADE
);

CREATE INDEX cq_claims_expiry ON review_claims (expires_at);

CREATE INDEX cq_units_proposer ON knowledge_units (
  CASE WHEN json_valid(data) THEN json_extract(data, '$.created_by') END, status, created_at, id
);

CREATE INDEX cq_units_flagged ON knowledge_units (status, created_at, id)
WHERE CASE WHEN json_valid(data) THEN json_array_length(data, '$.flags') END > 0;
