import { MIGRATIONS } from "../../migrations/mod.ts";
import type { Migration } from "../../src/migrate/plan.ts";

const [baseline, history] = MIGRATIONS as [Migration, Migration];
const ROWS = 60_000;

/**
 * Three migrations that take long enough to be killed in the middle: the real baseline and two made-up ones that fill,
 * rewrite and index a table, and rewrite every unit there is.
 */
export const SLOW_MIGRATIONS: readonly Migration[] = [baseline, {
  revision: "0002",
  name: "made-up-fill",
  sql: {
    sqlite: `${history.sql.sqlite};
      CREATE TABLE made_up (id INTEGER NOT NULL PRIMARY KEY, text TEXT NOT NULL);
      INSERT INTO made_up
        WITH RECURSIVE counter(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM counter WHERE id < ${ROWS})
        SELECT id, 'row ' || id FROM counter;
      UPDATE knowledge_units SET tier = 'public';`,
    postgres: `${history.sql.postgres};
      CREATE TABLE made_up (id INTEGER NOT NULL PRIMARY KEY, text TEXT NOT NULL);
      INSERT INTO made_up SELECT id, 'row ' || id FROM generate_series(1, ${ROWS}) AS id;
      UPDATE knowledge_units SET tier = 'public';`,
  },
}, {
  revision: "0003",
  name: "made-up-rewrite",
  sql: {
    sqlite: `UPDATE made_up SET text = text || ', rewritten';
      CREATE INDEX made_up_text ON made_up (text);
      UPDATE knowledge_units SET data = json_set(data, '$.made_up', 1);`,
    postgres: `UPDATE made_up SET text = text || ', rewritten';
      CREATE INDEX made_up_text ON made_up (text);
      UPDATE knowledge_units SET data = (data::jsonb || '{"made_up":1}')::text;`,
  },
}];
