import { deepEqual, equal } from "node:assert/strict";
import type { Database } from "../../src/database/database.ts";
import { type Sql, sql } from "../../src/database/sql.ts";

/** A row of the table of changes. */
export interface ChangeRow {
  readonly seq: number;
  readonly unit_id: string;
  readonly status: string | null;
  readonly created_at: string | null;
  readonly confidence: number | null;
  readonly facts: string | null;
}

const COLUMNS = { pieces: [{ text: "unit_id, status, created_at, confidence, facts" }] };

/**
 * Every row of the table of changes by its unit. Each must say of its unit what can be derived of it now, and of one that is not there
 * that it is gone; no unit may have none.
 */
export async function checkedChanges(database: Database): Promise<ReadonlyMap<string, ChangeRow>> {
  const list = await database.all<ChangeRow>(sql`SELECT seq, ${COLUMNS} FROM knowledge_changes`);
  const rows = new Map(list.map((row) => [row.unit_id, row]));
  equal(rows.size, list.length, "one row for each unit");
  const derived = await database.all<Omit<ChangeRow, "seq">>(sql`SELECT ${COLUMNS} FROM knowledge_facts`);
  const expected = new Map(derived.map((row) => [row.unit_id, row]));
  for (const [id, { seq: _, ...row }] of rows) {
    const gone = {
      unit_id: id,
      status: null,
      created_at: null,
      confidence: null,
      facts: JSON.stringify([id]),
    };
    deepEqual(comparable(row), comparable(expected.get(id) ?? gone));
  }
  deepEqual([...expected.keys()].filter((id) => !rows.has(id)), []);
  return rows;
}

const KEPT_ROWS_MAX = 64;

/** The order of a unit's domain rows is nobody's business, and where there are very many the facts are not kept. */
function comparable(row: Omit<ChangeRow, "seq">): unknown {
  const facts = JSON.parse(row.facts ?? "null");
  if (!Array.isArray(facts?.[5])) return { ...row, facts };
  return { ...row, facts: facts[5].length > KEPT_ROWS_MAX ? null : facts.with(5, facts[5].toSorted()) };
}

/** A statement as another program may send it. */
export function foreign(text: string): Sql {
  return { pieces: [{ text }] };
}
