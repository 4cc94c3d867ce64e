import type { Transaction } from "../database/database.ts";
import { forUpdate } from "../database/dialect.ts";
import { type Sql, sql } from "../database/sql.ts";
import { UNIT_COLUMNS, type UnitRow } from "../knowledge/store.ts";

/** A unit in any status, held until the transaction ends. */
export function holdUnit(transaction: Transaction, id: string): Promise<UnitRow | undefined> {
  return transaction.first<UnitRow>(sql`
    SELECT ${UNIT_COLUMNS} FROM knowledge_units WHERE id = ${id} ${forUpdate()}`);
}

/** The statement that makes a decided unit pending again, with `data` as what is stored of it. */
export function reopening(id: string, data: string): Sql {
  return sql`
    UPDATE knowledge_units SET status = 'pending', reviewed_by = NULL, reviewed_at = NULL, data = ${data}
    WHERE id = ${id}`;
}

/** The statement that takes an approved unit out of service; it changes nothing where the unit is not approved. */
export function retirement(retired: { id: string; reviewer: string; now: string }): Sql {
  return sql`
    UPDATE knowledge_units SET status = 'rejected', reviewed_by = ${retired.reviewer}, reviewed_at = ${retired.now}
    WHERE id = ${retired.id} AND status = 'approved'`;
}
