import { createHash } from "node:crypto";
import type { Transaction } from "../database/database.ts";
import { forUpdate } from "../database/dialect.ts";
import { type Sql, sql } from "../database/sql.ts";
import type { Proposal } from "./proposal.ts";
import { UNIT_COLUMNS, type UnitRow } from "./store.ts";

/** What somebody proposed, by which a repeat is known. */
export interface ProposedContent {
  readonly proposer: string;
  readonly fingerprint: string;
}

/** The content of a proposal with its cleaned domains, whatever their order. */
export function contentOf(
  { insight, context, extensions }: Proposal,
  { proposer, domains }: { proposer: string; domains: readonly string[] },
): ProposedContent {
  const { summary, detail, action } = insight;
  const { languages, frameworks, pattern } = context;
  const said = [domains.toSorted(), summary, detail, action, languages, frameworks, pattern, extensions];
  return { proposer, fingerprint: createHash("sha256").update(JSON.stringify(said)).digest("base64url") };
}

/** The statement that remembers a proposal; it changes no row where the same one is remembered. */
export function contentInsertion({ proposer, fingerprint }: ProposedContent, unitId: string): Sql {
  return sql`
    INSERT INTO knowledge_proposals (proposer, fingerprint, unit_id)
    VALUES (${proposer}, ${fingerprint}, ${unitId}) ON CONFLICT (proposer, fingerprint) DO NOTHING`;
}

/** The unit that the same proposal made before, as long as it is pending or approved; held until the transaction ends. */
export function earlierUnit(
  transaction: Transaction,
  { proposer, fingerprint }: ProposedContent,
): Promise<UnitRow | undefined> {
  return transaction.first<UnitRow>(sql`
    SELECT ${UNIT_COLUMNS} FROM knowledge_units
    WHERE id = (SELECT unit_id FROM knowledge_proposals WHERE proposer = ${proposer} AND fingerprint = ${fingerprint})
    AND status <> 'rejected' ${forUpdate()}`);
}

/** The statement that remembers another unit of the same proposal. */
export function contentReplacement({ proposer, fingerprint }: ProposedContent, unitId: string): Sql {
  return sql`
    UPDATE knowledge_proposals SET unit_id = ${unitId}
    WHERE proposer = ${proposer} AND fingerprint = ${fingerprint}`;
}
