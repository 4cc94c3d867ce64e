-- What each proposer has sent already, so that sending it again makes no second unit.

CREATE TABLE knowledge_proposals (
  proposer TEXT NOT NULL,
  -- Of what was proposed.
  fingerprint TEXT NOT NULL,
  unit_id TEXT NOT NULL,
  PRIMARY KEY (proposer, fingerprint)
) WITHOUT ROWID;
