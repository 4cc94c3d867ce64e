import { DatabaseSync } from "node:sqlite";
import { openSqlite } from "../../src/database/sqlite.ts";
import { fileDigest } from "../fixtures/directory.ts";
import { sampleDatabase } from "./case_file.ts";
import { baselineScript, fill, isSample } from "./database_setup.ts";
import type { CaseDatabase, CaseEngine } from "./engine.ts";
import { type JsonValue, parseJson } from "./exact_json.ts";
import preAlembic from "./pre_alembic.sqlite.sql" with { type: "text" };

/** The engine the cases were recorded on: all of them apply. */
export const SQLITE: CaseEngine = {
  name: "SQLite",
  inapplicable: () => undefined,
  async prepare({ directory, setup, pepper }): Promise<CaseDatabase> {
    const path = `${directory}/${setup.db_file ?? "cq.db"}`;
    if (isSample(setup.database)) await Deno.copyFile(sampleDatabase(setup.database.file), path);
    const database = openSqlite(path, { keepJournalMode: true });
    try {
      const script = setup.database === "pre-alembic" ? preAlembic : baselineScript("sqlite");
      await fill(database, { setup, pepper, script });
    } finally {
      await database.close();
    }
    return {
      env: { CQ_DB_PATH: path },
      place: path,
      fingerprint: () => fileDigest(path).catch(() => undefined),
      rows: (query) => Promise.resolve(rowsFrom(path, query)),
      [Symbol.asyncDispose]: () => Promise.resolve(),
    };
  },
};

// As lists: a join may return two columns of one name. Apart, because the library definitions lack `returnArrays`.
const READ_AS_LISTS = { readOnly: true, timeout: 5000, returnArrays: true };

/** Rows of a database that a server may be writing to. */
export function rowsFrom(path: string, query: string): JsonValue[][] {
  const database = new DatabaseSync(path, READ_AS_LISTS);
  try {
    const statement = database.prepare(query);
    statement.setReadBigInts(true);
    const rows = statement.all() as unknown as (string | bigint | number | null)[][];
    return rows.map((row) => row.map(columnValue));
  } finally {
    database.close();
  }
}

function columnValue(value: string | bigint | number | null): JsonValue {
  return typeof value === "bigint" ? parseJson(String(value)) : value;
}
