-- What text search finds units by. Only this server writes it, from the table of changes: see docs/architecture.md.

CREATE TABLE knowledge_text (
  number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  unit_id TEXT NOT NULL UNIQUE,
  -- 'a' for approved units, 'o' for all others.
  scope TEXT NOT NULL,
  -- Of the texts that were indexed.
  fingerprint TEXT NOT NULL,
  -- What the unit says of each of its words.
  impacts BYTEA NOT NULL
);

CREATE TABLE knowledge_text_words (
  rowid BIGINT NOT NULL PRIMARY KEY,
  words TSVECTOR NOT NULL
);

CREATE INDEX cq_text_words ON knowledge_text_words USING gin (words);

-- How many units of a scope have a word; term 0 counts the units.
CREATE TABLE knowledge_text_terms (
  scope TEXT NOT NULL,
  term INTEGER NOT NULL,
  units INTEGER NOT NULL,
  PRIMARY KEY (scope, term)
);

-- One row: the change up to which all is indexed, and by which rules words were made.
CREATE TABLE knowledge_text_state (
  indexed_seq BIGINT NOT NULL,
  word_rules INTEGER NOT NULL
);

INSERT INTO knowledge_text_state (indexed_seq, word_rules) VALUES (0, 0);
