import type { Database } from "../database/database.ts";
import { internal, invalid, notFound } from "../errors.ts";
import { eventInsertion } from "../events/events.ts";
import { QUERY_TAGS_MAX } from "../limits.ts";
import { logger } from "../telemetry/log.ts";
import type { Caller } from "../wire/endpoint.ts";
import { cleanDomains } from "../wire/text.ts";
import { type Clock, isoOffset, isoZ } from "../wire/time.ts";
import { checkExtensionKeys, type FlagRequest, type Proposal, proposedDomains } from "./proposal.ts";
import { ranked } from "./ranking.ts";
import { confirmed, flagged, INITIAL_CONFIDENCE, type Query } from "./scoring.ts";
import { namedBuckets, STORE_BUCKETS } from "./statistics.ts";
import {
  countConfidence,
  countDomains,
  countTiers,
  countUnits,
  findCandidates,
  findUnit,
  holdApprovedUnit,
  newUnitInsertion,
  unitDomains,
  unitReplacement,
  type UnitRow,
} from "./store.ts";
import {
  decodeDocument,
  decodeUnit,
  encodeUnit,
  type Evidence,
  type Flag,
  type KnowledgeUnit,
  parseDocument,
  rankedFacts,
  rewriteUnit,
  UnreadableUnit,
} from "./unit.ts";

const log = logger("knowledge");

/** What can be done with knowledge. */
export interface Knowledge {
  /** Stores a proposal as pending. */
  propose(proposal: Proposal, caller: Caller): Promise<KnowledgeUnit>;
  /** The approved units that answer a query best. */
  query(query: Query & { readonly limit: number }): Promise<KnowledgeUnit[]>;
  /** Counts one more confirmation of an approved unit. */
  confirm(id: string, caller: Caller): Promise<KnowledgeUnit>;
  /** Records a doubt about an approved unit. */
  flag(id: string, request: FlagRequest, caller: Caller): Promise<KnowledgeUnit>;
  /** Counts of the whole store. */
  statistics(): Promise<Statistics>;
}

interface Statistics {
  readonly total_count: number;
  readonly tier_counts: Record<string, number>;
  readonly domain_counts: Record<string, number>;
  readonly confidence_distribution: Record<string, number>;
}

/** The unit in a row, or undefined (and a line in the log) where it cannot be read: one bad row must not break a list. */
export function readableUnit(row: Pick<UnitRow, "id" | "data" | "created_at">): KnowledgeUnit | undefined {
  try {
    return decodeUnit(row.data, row.created_at);
  } catch (error) {
    if (!(error instanceof UnreadableUnit)) throw error;
    log.warn("an unreadable unit was left out", { unitId: row.id, reason: error.message });
    return undefined;
  }
}

/** Knowledge in `database`. */
export function createKnowledge({ database, clock }: { database: Database; clock: Clock }): Knowledge {
  return {
    propose: (proposal, caller) => propose(database, clock, { proposal, caller }),
    query: (query) => answer(database, query),
    confirm(id, caller): Promise<KnowledgeUnit> {
      return amend(database, clock, {
        id,
        caller,
        change: (unit, time) => ({ evidence: confirmed(unit.evidence, time) }),
      });
    },
    async flag(id, request, caller): Promise<KnowledgeUnit> {
      return await amend(database, clock, {
        id,
        caller,
        change: (unit, time) => flagging(unit, request, time),
      });
    },
    async statistics(): Promise<Statistics> {
      return {
        total_count: await countUnits(database),
        tier_counts: await countTiers(database),
        domain_counts: await countDomains(database),
        confidence_distribution: namedBuckets(
          STORE_BUCKETS,
          await countConfidence(database, STORE_BUCKETS.bounds),
        ),
      };
    },
  };
}

async function propose(
  database: Database,
  clock: Clock,
  { proposal, caller }: { proposal: Proposal; caller: Caller },
): Promise<KnowledgeUnit> {
  const domains = proposedDomains(proposal.domains);
  checkExtensionKeys(proposal.extensions);
  const now = clock.now();
  const unit: KnowledgeUnit = {
    id: `ku_${clock.hex32()}`,
    version: 1,
    domains,
    insight: proposal.insight,
    context: proposal.context,
    evidence: {
      confidence: INITIAL_CONFIDENCE,
      confirmations: 1,
      first_observed: isoZ(now),
      last_confirmed: isoZ(now),
    },
    tier: "private",
    created_by: caller.username,
    superseded_by: null,
    extensions: proposal.extensions,
    flags: [],
  };
  const at = isoOffset(now);
  await database.transaction(async (transaction) => {
    const row = { status: "pending", reviewed_by: null, reviewed_at: null, created_at: at, tier: unit.tier };
    await transaction.batch([
      ...newUnitInsertion({ ...row, id: unit.id, data: encodeUnit(unit), domains }),
      eventInsertion({ unitId: unit.id, kind: "proposed", by: caller, at }),
    ]);
  });
  return unit;
}

async function answer(
  database: Database,
  query: Query & { readonly limit: number },
): Promise<KnowledgeUnit[]> {
  const domains = cleanDomains(query.domains).slice(0, QUERY_TAGS_MAX);
  if (domains.length === 0) return [];
  const languages = query.languages.slice(0, QUERY_TAGS_MAX);
  const frameworks = query.frameworks.slice(0, QUERY_TAGS_MAX);
  const candidates = (await findCandidates(database, domains)).map((row) => {
    return { id: row.id, row, facts: rankedFacts(row.data) };
  });
  const units: KnowledgeUnit[] = [];
  // Most candidates are only ranked: what it takes to show a unit is left to those that are shown.
  for (const { row } of ranked(candidates, { domains, languages, frameworks, pattern: query.pattern })) {
    if (units.length === query.limit) break;
    const unit = readableUnit(row);
    if (unit !== undefined) units.push(unit);
  }
  return units;
}

interface Change {
  readonly evidence: Evidence;
  readonly newFlag?: Flag;
}

interface Amendment {
  readonly id: string;
  readonly caller: Caller;
  readonly change: (unit: KnowledgeUnit, time: string) => Change;
}

function flagging(unit: KnowledgeUnit, request: FlagRequest, timestamp: string): Change {
  if (request.duplicate_of === unit.id) throw invalid("duplicate_of: a unit cannot be a duplicate of itself");
  const { reason, detail = null, duplicate_of = null } = request;
  return { evidence: flagged(unit.evidence), newFlag: { reason, timestamp, detail, duplicate_of } };
}

/** Reads, changes and writes an approved unit under one write lock: nothing that comes at the same time is lost. */
async function amend(
  database: Database,
  clock: Clock,
  { id, caller, change }: Amendment,
): Promise<KnowledgeUnit> {
  return await database.transaction(async (transaction) => {
    // Asked together: on a distant engine that is one round trip.
    const [row, storedDomains] = await Promise.all([
      holdApprovedUnit(transaction, id),
      unitDomains(transaction, id),
    ]);
    if (row === undefined) throw notFound("Knowledge unit not found");
    const { document, unit } = readable(row);
    const now = clock.now();
    const { evidence, newFlag } = change(unit, isoZ(now));
    const original = newFlag?.duplicate_of ?? null;
    if (original !== null && await findUnit(transaction, original) === undefined) {
      throw invalid(`duplicate_of: there is no unit ${original}`);
    }
    const flags = newFlag === undefined ? unit.flags : [...unit.flags, newFlag];
    const amended: KnowledgeUnit = { ...unit, evidence, flags };
    const data = rewriteUnit(document, amended, newFlag);
    const domains = cleanDomains(unit.domains);
    const event = { unitId: id, by: caller, at: isoOffset(now) };
    await transaction.batch([
      ...unitReplacement({ id, data, tier: unit.tier, domains }, storedDomains),
      newFlag === undefined
        ? eventInsertion({ ...event, kind: "confirmed" })
        : eventInsertion({ ...event, kind: "flagged", detail: flagDetail(newFlag) }),
    ]);
    return amended;
  });
}

function flagDetail({ reason, detail, duplicate_of }: Flag): Record<string, unknown> {
  return { reason, detail, duplicate_of };
}

/**
 * The unit in a row that was asked for by its id.
 *
 * @throws {CqError} 500 that names the unit and what is wrong with it.
 */
export function readable(row: UnitRow): { document: Record<string, unknown>; unit: KnowledgeUnit } {
  try {
    const document = parseDocument(row.data);
    return { document, unit: decodeDocument(document, row.created_at) };
  } catch (error) {
    if (!(error instanceof UnreadableUnit)) throw error;
    throw internal(`The stored unit cannot be read: ${error.message}`, error);
  }
}
