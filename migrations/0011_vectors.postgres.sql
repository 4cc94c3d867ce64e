-- What semantic search finds units by. Only this server writes it, from the table of changes: see docs/semantic-search.md.

CREATE TABLE knowledge_vectors (
  unit_id TEXT NOT NULL PRIMARY KEY,
  -- Of the text that the vector is of, or is to be made of.
  fingerprint TEXT NOT NULL,
  dimension INTEGER NOT NULL,
  -- Rises with every commit, so that every process can tell what it has not seen.
  version BIGINT NOT NULL,
  -- When to try again, where the service refused the text: microseconds since 1970.
  not_before BIGINT NOT NULL DEFAULT 0,
  -- Little-endian 32-bit floats, of length 1; NULL as long as it is missing.
  embedding BYTEA
);

CREATE INDEX cq_vectors_version ON knowledge_vectors (version);
CREATE INDEX cq_vectors_missing ON knowledge_vectors (unit_id) WHERE embedding IS NULL;

-- One row: the change up to which it is known what is missing, the highest version, and who makes vectors until when (in microseconds
-- since 1970).
CREATE TABLE knowledge_vector_state (
  followed_seq BIGINT NOT NULL,
  version BIGINT NOT NULL,
  dimension INTEGER NOT NULL,
  filler TEXT NOT NULL,
  filling_until BIGINT NOT NULL
);

INSERT INTO knowledge_vector_state (followed_seq, version, dimension, filler, filling_until) VALUES (0, 0, 0, '', 0);
