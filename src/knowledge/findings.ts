import type { Queryable } from "../database/database.ts";
import { bytewise } from "../database/dialect.ts";
import { join, type Sql, sql } from "../database/sql.ts";
import type { Finding } from "../guard/finding.ts";

/** Compared by its bytes: other orders take no notice of a dot. */
const RULE = bytewise(sql`f.rule`);

/** What the guard found in a unit, severest first. */
export async function findingsIn(database: Queryable, unitId: string): Promise<Finding[]> {
  return await database.all<Finding & object>(sql`
    SELECT rule, field, severity, message FROM knowledge_findings WHERE unit_id = ${unitId}
    ORDER BY CASE severity WHEN 'block' THEN 0 WHEN 'hold' THEN 1 ELSE 2 END, rule, field`);
}

/** The statements that keep what was found in a new unit. */
export function findingsInsertion(unitId: string, findings: readonly Finding[], at: string): Sql[] {
  if (findings.length === 0) return [];
  const rows = findings.map(({ rule, field, severity, message }) =>
    sql`(${unitId}, ${rule}, ${field}, ${severity}, ${message}, ${at})`
  );
  return [sql`
    INSERT INTO knowledge_findings (unit_id, rule, field, severity, message, found_at)
    VALUES ${join(rows, ", ")} ON CONFLICT DO NOTHING`];
}

/** The statements that keep what was found in a unit whose text changed. */
export function findingsReplacement(unitId: string, findings: readonly Finding[], at: string): Sql[] {
  return [
    sql`DELETE FROM knowledge_findings WHERE unit_id = ${unitId}`,
    ...findingsInsertion(unitId, findings, at),
  ];
}

/** Whether a unit `u` has a finding: of a rule, of a family of rules, or any. */
export function hasFinding(name: string): Sql {
  const isNamed = name === "any"
    ? sql``
    : name.includes(".")
    ? sql`AND f.rule = ${name}`
    : sql`AND ${RULE} >= ${`${name}.`} AND ${RULE} < ${`${name}/`}`;
  return sql`EXISTS (SELECT 1 FROM knowledge_findings AS f WHERE f.unit_id = u.id ${isNamed})`;
}

/** Whether the guard holds the unit with this id back from approval until somebody has looked at it. */
export function isHeld(unitId: string): Sql {
  return sql`EXISTS (SELECT 1 FROM knowledge_findings AS f WHERE f.unit_id = ${unitId} AND f.severity = 'hold')`;
}
