import type { Database } from "../database/database.ts";
import { invalid, notFound } from "../errors.ts";
import { eventInsertion } from "../events/events.ts";
import { QUERY_TAGS_MAX, QUESTION_MAX_CHARS, SIMILAR_UNITS_MAX } from "../limits.ts";
import type { Doubts, LiveProjection } from "../projection/live.ts";
import type { Projection } from "../projection/projection.ts";
import type { SemanticSearch } from "../search/semantic_search.ts";
import type { TextIndex } from "../search/text_index.ts";
import { CONFIRMATIONS, FLAGS, PROPOSALS } from "../telemetry/instruments.ts";
import type { Caller } from "../wire/endpoint.ts";
import { cleanDomains } from "../wire/text.ts";
import { type Clock, isoOffset, isoZ } from "../wire/time.ts";
import { checkExtensionKeys, type FlagRequest, type Proposal, proposedDomains } from "./proposal.ts";
import { DuplicateWatch } from "./duplicate_watch.ts";
import { type Answer, type BoundedQuery, QueryAnswers } from "./query.ts";
import { QuestionAnswers } from "./question_answers.ts";
import { readable } from "./readable.ts";
import { earlierFlags, hasRoomFor, listedFlag } from "./listed_flags.ts";
import { confirmed, flagged, INITIAL_CONFIDENCE } from "./scoring.ts";
import { findingsInsertion } from "./findings.ts";
import { createScreening, type Screening } from "./screening.ts";
import { countsByFrequency, countsByName, namedBuckets, STORE_BUCKETS } from "./statistics.ts";
import { contentInsertion, contentOf, contentReplacement, earlierUnit } from "./repeats.ts";
import { type SimilarUnit, similarUnits } from "./similar.ts";
import {
  findUnit,
  holdApprovedUnit,
  newUnitInsertion,
  unitDomains,
  unitReplacement,
  type UnitRow,
} from "./store.ts";
import { hasVoted, voteInsertion, type VoteKind } from "./votes.ts";
import {
  encodeUnit,
  type Evidence,
  type Flag,
  type FlagReason,
  type KnowledgeUnit,
  rewriteUnit,
} from "./unit.ts";

/** What can be done with knowledge. */
export interface Knowledge {
  /** Stores a proposal as pending, unless it repeats one of the caller's that is pending or approved. */
  propose(proposal: Proposal, caller: Caller): Promise<Proposed>;
  /** The units that say about the same as this one, the most alike first: approved ones, for reviewers all. */
  similar(
    unit: Pick<KnowledgeUnit, "id" | "insight">,
    options?: { readonly withUnapproved?: boolean },
  ): Promise<SimilarUnit[]>;
  /**
   * The approved units that answer a query best.
   *
   * @param query with `q`, a question in an agent's own words; it may do without domains then.
   * @param isFresh whether the caller has just seen to it that the projection knows everything that was committed.
   */
  query(query: KnowledgeQuery, isFresh?: boolean): Promise<Answer>;
  /** Counts one more confirmation of an approved unit. */
  confirm(id: string, caller: Caller): Promise<KnowledgeUnit>;
  /** Records a doubt about an approved unit; one that says nothing new is kept in the history only. */
  flag(id: string, request: FlagRequest, caller: Caller): Promise<KnowledgeUnit>;
  /** Counts of the whole store. */
  statistics(): Promise<Statistics>;
  /** Ends what it does beside requests. */
  close(): Promise<void>;
}

/** What became of a proposal. */
export interface Proposed {
  readonly unit: KnowledgeUnit;
  readonly status: string;
  /** Whether the unit was there already. */
  readonly isRepeat: boolean;
}

/** What agents ask; where `isTolerant` is left out, it is as the server does by default. */
export interface KnowledgeQuery extends Omit<BoundedQuery, "isTolerant"> {
  readonly q: string;
  readonly isTolerant?: boolean | undefined;
}

interface Statistics {
  readonly total_count: number;
  readonly tier_counts: Record<string, number>;
  readonly domain_counts: Record<string, number>;
  readonly confidence_distribution: Record<string, number>;
}

interface Dependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly live: LiveProjection;
  /** Undefined where doubts do not count. */
  readonly doubts: Doubts | undefined;
  /** Whether every confirmation and flag counts, whoever sends it and however often. */
  readonly everyVoteCounts: boolean;
  /** Whether every flag is added to its unit, however many of them one user sends. */
  readonly listsEveryFlag: boolean;
  readonly screening?: Screening;
  readonly index: TextIndex;
  /** Undefined where no embedding service is configured. */
  readonly semantic?: SemanticSearch | undefined;
  /** Whether tags of the same meaning fill up answers that are not told otherwise. */
  readonly isTolerant: boolean;
  /** Whether the same proposal by the same user again is the unit it made. */
  readonly mergesRepeats: boolean;
}

type Parts = Required<
  Pick<
    Dependencies,
    "database" | "clock" | "everyVoteCounts" | "listsEveryFlag" | "screening" | "mergesRepeats"
  >
>;

/** Knowledge in `database`. */
export function createKnowledge(dependencies: Dependencies): Knowledge {
  const { database, live, doubts, screening = createScreening(), index, semantic, isTolerant } = dependencies;
  const parts = { ...dependencies, screening };
  const answers = new QueryAnswers(database, live, doubts);
  const questions = new QuestionAnswers(database, index, live, doubts, semantic);
  const similarTo = async (
    unit: Pick<KnowledgeUnit, "id" | "insight">,
    withUnapproved: boolean,
  ): Promise<SimilarUnit[]> => {
    const newest = await live.newest();
    return await similarUnits({ database, index }, unit, {
      newest,
      withUnapproved,
      limit: SIMILAR_UNITS_MAX,
    });
  };
  const watch = new DuplicateWatch({ ...parts, similarTo: (unit) => similarTo(unit, true) });
  return {
    async propose(proposal, caller): Promise<Proposed> {
      const proposed = await propose(parts, { proposal, caller });
      PROPOSALS.increment(proposed.isRepeat ? "repeated" : "stored");
      if (!proposed.isRepeat) watch.note(proposed.unit);
      return proposed;
    },
    async query({ q, ...query }, isFresh = false): Promise<Answer> {
      if (!isFresh && live.isReady) await live.fresh();
      const domains = cleanDomains(query.domains).slice(0, QUERY_TAGS_MAX);
      const languages = query.languages.slice(0, QUERY_TAGS_MAX);
      const frameworks = query.frameworks.slice(0, QUERY_TAGS_MAX);
      const cleaned = {
        ...query,
        domains,
        languages,
        frameworks,
        isTolerant: query.isTolerant ?? isTolerant,
      };
      // Cut within a character, it would be no text to an embedding service.
      const words = q.trim().slice(0, QUESTION_MAX_CHARS).toWellFormed();
      if (words !== "") return await questions.find({ ...cleaned, q: words });
      return domains.length === 0 ? NOTHING : await answers.find(cleaned);
    },
    similar: async (unit, { withUnapproved = false } = {}) => await similarTo(unit, withUnapproved),
    async confirm(id, caller): Promise<KnowledgeUnit> {
      const unit = await amend(parts, {
        id,
        caller,
        kind: "confirmed",
        change: (unit, { time, counts }) => ({ evidence: confirmed(unit.evidence, time, counts) }),
      });
      CONFIRMATIONS.increment();
      return unit;
    },
    async flag(id, request, caller): Promise<KnowledgeUnit> {
      await screening.text(request.detail ?? "", "detail");
      const unit = await amend(parts, {
        id,
        caller,
        kind: "flagged",
        reason: request.reason,
        change: (unit, moment) => flagging(unit, request, moment),
      });
      FLAGS.increment();
      return unit;
    },
    statistics: async () => statistics(await live.fresh()),
    close: () => watch.close(),
  };
}

const NOTHING: Answer = { units: [], widened: new Map(), isWhole: true, isPassing: false, topics: [] };

function statistics(projection: Projection): Statistics {
  const { statuses, tiers, domains, confidence } = projection.census;
  return {
    total_count: [...statuses.values()].reduce((total, count) => total + count, 0),
    tier_counts: countsByName(projection.named(tiers)),
    domain_counts: countsByFrequency(projection.named(domains)),
    confidence_distribution: namedBuckets(STORE_BUCKETS, confidence),
  };
}

/** Why a proposal is taken back: the unit it would make is there. */
class Repeat extends Error {
  override readonly name = "Repeat";

  constructor(readonly row: UnitRow) {
    super("the same was proposed before");
  }
}

async function propose(
  { database, clock, screening, mergesRepeats }: Parts,
  { proposal, caller }: { proposal: Proposal; caller: Caller },
): Promise<Proposed> {
  const domains = proposedDomains(proposal.domains);
  checkExtensionKeys(proposal.extensions);
  const findings = await screening.unit({ ...proposal, domains });
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
  const content = contentOf(proposal, { proposer: caller.username, domains });
  const row = { status: "pending", reviewed_by: null, reviewed_at: null, created_at: at, tier: unit.tier };
  const statements = [
    contentInsertion(content, unit.id),
    ...newUnitInsertion({ ...row, id: unit.id, data: encodeUnit(unit), domains }),
    eventInsertion({ unitId: unit.id, kind: "proposed", by: caller, at }),
    ...findingsInsertion(unit.id, findings, at),
  ];
  try {
    await database.transaction(async (transaction) => {
      const [isNew] = await transaction.batch(statements);
      if (isNew === 1) return;
      const earlier = mergesRepeats ? await earlierUnit(transaction, content) : undefined;
      if (earlier !== undefined) throw new Repeat(earlier);
      await transaction.run(contentReplacement(content, unit.id));
    });
    return { unit, status: row.status, isRepeat: false };
  } catch (error) {
    if (!(error instanceof Repeat)) throw error;
    return { unit: readable(error.row).unit, status: error.row.status, isRepeat: true };
  }
}

interface Change {
  readonly evidence: Evidence;
  readonly newFlag?: Flag;
}

interface Moment {
  readonly time: string;
  /** Whether the caller's word moves the unit's confidence. */
  readonly counts: boolean;
}

interface Amendment {
  readonly id: string;
  readonly caller: Caller;
  readonly kind: VoteKind;
  /** Of a flag. */
  readonly reason?: FlagReason;
  readonly change: (unit: KnowledgeUnit, moment: Moment) => Change;
}

function flagging(unit: KnowledgeUnit, request: FlagRequest, { time: timestamp, counts }: Moment): Change {
  if (request.duplicate_of === unit.id) throw invalid("duplicate_of: a unit cannot be a duplicate of itself");
  const { reason, detail = null, duplicate_of = null } = request;
  return {
    evidence: counts ? flagged(unit.evidence) : unit.evidence,
    newFlag: { reason, timestamp, detail, duplicate_of },
  };
}

/** Reads, changes and writes an approved unit under one write lock: nothing that comes at the same time is lost. */
async function amend(
  { database, clock, everyVoteCounts, listsEveryFlag }: Parts,
  { id, caller, kind, reason, change }: Amendment,
): Promise<KnowledgeUnit> {
  const vote = { unitId: id, principal: caller.username, kind };
  const flagging = reason === undefined || listsEveryFlag ? undefined : { ...vote, reason };
  return await database.transaction(async (transaction) => {
    // Asked together: on a distant engine that is one round trip.
    const [row, storedDomains, isRepeated, earlier] = await Promise.all([
      holdApprovedUnit(transaction, id),
      unitDomains(transaction, id),
      everyVoteCounts ? false : hasVoted(transaction, vote),
      flagging === undefined ? undefined : earlierFlags(transaction, flagging),
    ]);
    if (row === undefined) throw notFound("Knowledge unit not found");
    const { document, unit } = readable(row);
    const now = clock.now();
    const isOwn = kind === "confirmed" && unit.created_by === caller.username;
    const counts = everyVoteCounts || !(isRepeated || isOwn);
    const { evidence, newFlag } = change(unit, { time: isoZ(now), counts });
    const original = newFlag?.duplicate_of ?? null;
    if (original !== null && await findUnit(transaction, original) === undefined) {
      throw invalid(`duplicate_of: there is no unit ${original}`);
    }
    const isListed = newFlag !== undefined &&
      (earlier === undefined || hasRoomFor(newFlag.reason, { flags: unit.flags, earlier }));
    const flags = isListed ? [...unit.flags, newFlag] : unit.flags;
    const amended: KnowledgeUnit = { ...unit, evidence, flags };
    const data = rewriteUnit(document, amended, isListed ? newFlag : undefined);
    const domains = cleanDomains(unit.domains);
    const event = { unitId: id, by: caller, at: isoOffset(now) };
    // Whoever repeats a flag again and again makes no work for those who read the unit.
    const isChanged = newFlag === undefined || isListed || counts;
    await transaction.batch([
      ...(isChanged ? unitReplacement({ id, data, tier: unit.tier, domains }, storedDomains) : []),
      eventInsertion({ ...event, kind, ...eventDetail(newFlag, { counts, isListed }) }),
      ...(counts ? [voteInsertion(vote, event.at)] : []),
      ...(isListed && flagging !== undefined ? [listedFlag(flagging, event.at)] : []),
    ]);
    return amended;
  });
}

function eventDetail(
  flag: Flag | undefined,
  { counts, isListed }: { counts: boolean; isListed: boolean },
): { detail?: Record<string, unknown> } {
  const told = {
    ...(flag === undefined
      ? {}
      : { reason: flag.reason, detail: flag.detail, duplicate_of: flag.duplicate_of }),
    ...(counts ? {} : { counted: false }),
    ...(flag === undefined || isListed ? {} : { listed: false }),
  };
  return Object.keys(told).length === 0 ? {} : { detail: told };
}
