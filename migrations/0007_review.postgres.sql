-- What reviewers do besides deciding, and what their lists are filtered by.

CREATE TABLE review_snoozes (
  unit_id TEXT NOT NULL PRIMARY KEY,
  until TEXT NOT NULL,
  snoozed_by TEXT NOT NULL,
  FOREIGN KEY (unit_id) REFERENCES knowledge_units (id) ON DELETE CASCADE
);

CREATE INDEX cq_snoozes_until ON review_snoozes (until COLLATE "C", unit_id COLLATE "C");

CREATE TABLE review_claims (
  unit_id TEXT NOT NULL,
  username TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  PRIMARY KEY (unit_id, username),
  FOREIGN KEY (unit_id) REFERENCES knowledge_units (id) ON DELETE CASCADE
);

CREATE INDEX cq_claims_expiry ON review_claims (expires_at COLLATE "C");

-- Who proposed a unit; NULL where the text is no JSON or says nothing of it.
CREATE FUNCTION cq_proposer(document TEXT) RETURNS TEXT LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN document::json ->> 'created_by';
EXCEPTION WHEN OTHERS THEN
  RETURN NULL;
END
$$;

-- How many flags a unit has; NULL where the text is no JSON or has no list of them.
CREATE FUNCTION cq_flag_count(document TEXT) RETURNS INTEGER LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN json_array_length(document::json -> 'flags');
EXCEPTION WHEN OTHERS THEN
  RETURN NULL;
END
$$;

CREATE INDEX cq_units_proposer ON knowledge_units (
  cq_proposer(data) COLLATE "C", status, created_at COLLATE "C", id COLLATE "C"
);

CREATE INDEX cq_units_flagged ON knowledge_units (status, created_at COLLATE "C", id COLLATE "C")
WHERE cq_flag_count(data) > 0;
