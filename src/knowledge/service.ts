import type { Database } from "../database/database.ts";
import { invalid, notFound } from "../errors.ts";
import { eventInsertion } from "../events/events.ts";
import { QUERY_TAGS_MAX } from "../limits.ts";
import type { LiveProjection } from "../projection/live.ts";
import type { Projection } from "../projection/projection.ts";
import type { Caller } from "../wire/endpoint.ts";
import { cleanDomains } from "../wire/text.ts";
import { type Clock, isoOffset, isoZ } from "../wire/time.ts";
import { checkExtensionKeys, type FlagRequest, type Proposal, proposedDomains } from "./proposal.ts";
import { type BoundedQuery, QueryAnswers } from "./query.ts";
import { readable } from "./readable.ts";
import { confirmed, flagged, INITIAL_CONFIDENCE } from "./scoring.ts";
import { countsByFrequency, countsByName, namedBuckets, STORE_BUCKETS } from "./statistics.ts";
import { findUnit, holdApprovedUnit, newUnitInsertion, unitDomains, unitReplacement } from "./store.ts";
import { encodeUnit, type Evidence, type Flag, type KnowledgeUnit, rewriteUnit } from "./unit.ts";

/** What can be done with knowledge. */
export interface Knowledge {
  /** Stores a proposal as pending. */
  propose(proposal: Proposal, caller: Caller): Promise<KnowledgeUnit>;
  /**
   * The approved units that answer a query best, as agents are shown them, each as JSON.
   *
   * @param isFresh whether the caller has just seen to it that the projection knows everything that was committed.
   */
  query(query: BoundedQuery, isFresh?: boolean): Promise<string[]>;
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

/** Knowledge in `database`. */
export function createKnowledge(
  { database, clock, live }: { database: Database; clock: Clock; live: LiveProjection },
): Knowledge {
  const answers = new QueryAnswers(database, live);
  return {
    propose: (proposal, caller) => propose(database, clock, { proposal, caller }),
    async query(query, isFresh = false): Promise<string[]> {
      if (!isFresh && live.isReady) await live.fresh();
      const domains = cleanDomains(query.domains).slice(0, QUERY_TAGS_MAX);
      if (domains.length === 0) return [];
      const languages = query.languages.slice(0, QUERY_TAGS_MAX);
      const frameworks = query.frameworks.slice(0, QUERY_TAGS_MAX);
      return await answers.find({ ...query, domains, languages, frameworks });
    },
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
    statistics: async () => statistics(await live.fresh()),
  };
}

function statistics(projection: Projection): Statistics {
  const { statuses, tiers, domains, confidence } = projection.census;
  return {
    total_count: [...statuses.values()].reduce((total, count) => total + count, 0),
    tier_counts: countsByName(projection.named(tiers)),
    domain_counts: countsByFrequency(projection.named(domains)),
    confidence_distribution: namedBuckets(STORE_BUCKETS, confidence),
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
