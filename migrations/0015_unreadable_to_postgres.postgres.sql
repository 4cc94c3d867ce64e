-- Postgres reads no text with a NUL or half a surrogate pair in it: who proposed such a unit and how many flags it has is the same
-- without them. Until now there was nobody and no number, so that the lists by proposer and of flagged units missed it.

CREATE FUNCTION cq_readable(document TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE AS $$
  SELECT regexp_replace(document, '\\u(0000|d[89a-f]..)', '\\ufffd', 'gi')
$$;

CREATE OR REPLACE FUNCTION cq_proposer(document TEXT) RETURNS TEXT LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN document::json ->> 'created_by';
EXCEPTION WHEN OTHERS THEN
  BEGIN
    RETURN cq_readable(document)::json ->> 'created_by';
  EXCEPTION WHEN OTHERS THEN
    RETURN NULL;
  END;
END
$$;

CREATE OR REPLACE FUNCTION cq_flag_count(document TEXT) RETURNS INTEGER LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN json_array_length(document::json -> 'flags');
EXCEPTION WHEN OTHERS THEN
  BEGIN
    RETURN json_array_length(cq_readable(document)::json -> 'flags');
  EXCEPTION WHEN OTHERS THEN
    RETURN NULL;
  END;
END
$$;

-- The indexes hold what the functions said before.
DO $$
BEGIN
  IF EXISTS (SELECT 1 FROM knowledge_units WHERE cq_readable(data) <> data) THEN
    REINDEX INDEX cq_units_proposer;
    REINDEX INDEX cq_units_flagged;
  END IF;
END
$$;
