import { isObject, numberOf, parseExact, type RawNumber, spelledDouble } from "../wire/json.ts";
import { hasSpace } from "../wire/text.ts";
import { normalizeTime } from "../wire/time.ts";

export const TIERS = ["local", "private", "public"] as const;
export const FLAG_REASONS = ["stale", "incorrect", "duplicate"] as const;
export const STATUSES = ["pending", "approved", "rejected"] as const;

export type FlagReason = typeof FLAG_REASONS[number];
export type Status = typeof STATUSES[number];

/** A doubt about a unit. `detail` is for reviewers only. */
export interface Flag {
  readonly reason: FlagReason;
  readonly timestamp: string;
  readonly detail: string | null;
  readonly duplicate_of: string | null;
}

export interface Insight {
  readonly summary: string;
  readonly detail: string;
  readonly action: string;
}

export interface Context {
  readonly languages: readonly string[];
  readonly frameworks: readonly string[];
  readonly pattern: string;
}

export interface Evidence {
  readonly confidence: number;
  readonly confirmations: number;
  readonly first_observed: string;
  readonly last_confirmed: string;
}

/** A piece of knowledge: what was learned, where it applies and how well it is borne out. */
export interface KnowledgeUnit {
  readonly id: string;
  readonly version: number;
  readonly domains: readonly string[];
  readonly insight: Insight;
  readonly context: Context;
  readonly evidence: Evidence;
  readonly tier: typeof TIERS[number];
  readonly created_by: string;
  readonly superseded_by: string | null;
  readonly extensions: Readonly<Record<string, unknown>> | null;
  readonly flags: readonly Flag[];
}

/** What of a unit decides its place in an answer. */
export interface RankedFacts {
  readonly domains: readonly string[];
  readonly languages: readonly string[];
  readonly frameworks: readonly string[];
  readonly pattern: string;
  readonly confidence: number;
}

/** What decides the rank of a unit that was read whole. */
export interface CandidateFacts extends RankedFacts {
  /** How many flags it has. */
  readonly flags: number;
  readonly last_confirmed: string | null;
}

/** The time of a unit that says nothing of when it was made. */
const UNKNOWN_TIME = "1970-01-01T00:00:00Z";
/** The confidence of a unit that has none. */
const DEFAULT_CONFIDENCE = 0.5;
const EXTENSION_PREFIX = /^[a-z0-9][a-z0-9_-]*:/;

/** Whether an extension's key is `namespace:name`. */
export function isExtensionKey(key: string): boolean {
  const prefix = EXTENSION_PREFIX.exec(key)?.[0];
  return prefix !== undefined && key.length > prefix.length && !hasSpace(key);
}

/** Why a stored row cannot be read as a unit. */
export class UnreadableUnit extends Error {
  override readonly name = "UnreadableUnit";
}

/**
 * Reads a unit as it is stored. Lenient in what the original's older versions left out; limits of length and number are never
 * applied here: what was once stored stays readable.
 *
 * @param createdAt the row's `created_at`, the time of a unit whose evidence has none.
 * @throws {UnreadableUnit} where something has a type or value that no client could read.
 */
export function decodeUnit(text: string, createdAt: string | null): KnowledgeUnit {
  return decodeDocument(parseDocument(text), createdAt);
}

/** Parses a stored unit without looking into it; numbers keep their spelling. */
export function parseDocument(text: string): Record<string, unknown> {
  try {
    return objectAt(parseExact(text), "the unit");
  } catch (error) {
    if (error instanceof UnreadableUnit) throw error;
    throw new UnreadableUnit(error instanceof RangeError ? error.message : "is not JSON", { cause: error });
  }
}

/** Reads a parsed unit, see {@link decodeUnit}. */
export function decodeDocument(document: Record<string, unknown>, createdAt: string | null): KnowledgeUnit {
  const insight = objectAt(document["insight"], "insight");
  const context = objectAt(document["context"] ?? {}, "context");
  return {
    id: textAt(document["id"], "id"),
    version: integerAt(document["version"] ?? 1, "version"),
    domains: textsAt(document["domains"], "domains"),
    insight: {
      summary: textAt(insight["summary"], "insight.summary"),
      detail: textAt(insight["detail"], "insight.detail"),
      action: textAt(insight["action"], "insight.action"),
    },
    context: {
      languages: textsAt(context["languages"] ?? [], "context.languages"),
      frameworks: textsAt(context["frameworks"] ?? [], "context.frameworks"),
      pattern: textAt(context["pattern"] ?? "", "context.pattern"),
    },
    evidence: decodeEvidence(objectAt(document["evidence"] ?? {}, "evidence"), createdAt),
    tier: oneOf(TIERS, document["tier"] ?? "local", "tier"),
    created_by: textAt(document["created_by"] ?? "", "created_by"),
    superseded_by: optionalTextAt(document["superseded_by"], "superseded_by"),
    extensions: decodeExtensions(document["extensions"] ?? null),
    flags: decodeFlags(document["flags"] ?? [], createdAt),
  };
}

function decodeEvidence(evidence: Record<string, unknown>, createdAt: string | null): Evidence {
  const first = timeAt(evidence["first_observed"]);
  const last = timeAt(evidence["last_confirmed"]);
  const fallback = timeAt(createdAt) ?? UNKNOWN_TIME;
  return {
    confidence: confidenceOf(evidence),
    confirmations: integerAt(evidence["confirmations"] ?? 1, "evidence.confirmations"),
    first_observed: first ?? last ?? fallback,
    last_confirmed: last ?? first ?? fallback,
  };
}

function confidenceOf(evidence: Record<string, unknown>): number {
  const confidence = numberOf(evidence["confidence"] ?? DEFAULT_CONFIDENCE);
  if (confidence === undefined || !(confidence >= 0 && confidence <= 1)) {
    throw new UnreadableUnit("evidence.confidence is no number from 0 to 1");
  }
  return confidence;
}

function decodeExtensions(value: unknown): Record<string, unknown> | null {
  if (value === null) return null;
  const extensions = objectAt(value, "extensions");
  const bad = Object.keys(extensions).find((key) => !isExtensionKey(key));
  if (bad !== undefined) throw new UnreadableUnit("an extension's key is not namespace:name");
  return extensions;
}

function decodeFlags(value: unknown, createdAt: string | null): Flag[] {
  if (!Array.isArray(value)) throw new UnreadableUnit("flags is no list");
  return value.map((item): Flag => {
    const flag = objectAt(item, "a flag");
    const reason = oneOf(FLAG_REASONS, flag["reason"], "a flag's reason");
    const original = optionalTextAt(flag["duplicate_of"], "a flag's duplicate_of");
    if (reason === "duplicate" && original === null) {
      throw new UnreadableUnit("a flag of reason duplicate has no duplicate_of");
    }
    return {
      reason,
      timestamp: timeAt(flag["timestamp"]) ?? timeAt(createdAt) ?? UNKNOWN_TIME,
      detail: optionalTextAt(flag["detail"], "a flag's detail"),
      duplicate_of: original,
    };
  });
}

const NO_FACTS: CandidateFacts = {
  domains: [],
  languages: [],
  frameworks: [],
  pattern: "",
  confidence: 0,
  flags: 0,
  last_confirmed: null,
};

/**
 * What of a stored unit decides its rank: cheaper than the whole unit, and right for every unit that can be read. One that cannot
 * gets some rank or other; who wants to show it will notice.
 */
export function rankedFacts(text: string): CandidateFacts {
  try {
    const { domains, context, evidence, flags } = JSON.parse(text);
    return {
      domains: textsOrNone(domains),
      languages: textsOrNone(context?.languages),
      frameworks: textsOrNone(context?.frameworks),
      pattern: typeof context?.pattern === "string" ? context.pattern : "",
      confidence: Number(evidence?.confidence ?? DEFAULT_CONFIDENCE),
      flags: Array.isArray(flags) ? flags.length : 0,
      last_confirmed: typeof evidence?.last_confirmed === "string" ? evidence.last_confirmed : null,
    };
  } catch {
    return NO_FACTS;
  }
}

function textsOrNone(value: unknown): string[] {
  return Array.isArray(value) ? value : [];
}

/** A unit as it is stored: compact JSON, null fields left out, `extensions` as they are. */
export function encodeUnit(unit: KnowledgeUnit): string {
  return JSON.stringify(storedForm(unit));
}

/** A stored unit written again with new evidence and perhaps one more flag; what this server does not know of it is kept. */
export function rewriteUnit(document: Record<string, unknown>, unit: KnowledgeUnit, newFlag?: Flag): string {
  const known = storedForm(unit);
  const flags = Array.isArray(document["flags"]) ? document["flags"] : [];
  return JSON.stringify({
    ...known,
    insight: withUnknown(known.insight, document["insight"]),
    context: withUnknown(known.context, document["context"]),
    evidence: withUnknown(known.evidence, document["evidence"]),
    flags: newFlag === undefined ? flags : [...flags, encodeFlag(newFlag)],
    ...unknownFields(wireUnit(unit), document),
  });
}

function withUnknown(known: object, stored: unknown): object {
  return isObject(stored) ? { ...known, ...unknownFields(known, stored) } : known;
}

function unknownFields(known: object, stored: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(stored).filter(([name]) => !Object.hasOwn(known, name)));
}

function storedForm(
  unit: KnowledgeUnit,
): Partial<WireUnit> & Pick<WireUnit, "insight" | "context" | "evidence"> {
  const { superseded_by, extensions, flags, ...rest } = wireUnit(unit);
  return {
    ...rest,
    ...(superseded_by === null ? {} : { superseded_by }),
    ...(extensions === null ? {} : { extensions }),
    flags: flags.map(encodeFlag),
  };
}

function encodeFlag(flag: Flag): Flag {
  const present = Object.entries(flag).filter(([, value]) => value !== null);
  return Object.fromEntries(present) as unknown as Flag;
}

/** A unit in the order and spelling of the wire: what proposals and reviewers are shown. */
export interface WireUnit extends Omit<KnowledgeUnit, "evidence"> {
  readonly evidence: Omit<Evidence, "confidence"> & { readonly confidence: number | RawNumber };
}

/** See {@link WireUnit}. */
export function wireUnit(unit: KnowledgeUnit): WireUnit {
  return { ...unit, evidence: { ...unit.evidence, confidence: spelledDouble(unit.evidence.confidence) } };
}

/** A unit as agents are shown it: without its proposer, and without what reviewers were told about flags. */
export function publicUnit(unit: KnowledgeUnit): Omit<WireUnit, "created_by"> {
  const { created_by: _, ...rest } = wireUnit(unit);
  return { ...rest, flags: rest.flags.map((flag) => ({ ...flag, detail: null })) };
}

function objectAt(value: unknown, name: string): Record<string, unknown> {
  if (isObject(value)) return value;
  throw new UnreadableUnit(`${name} is no object`);
}

function textAt(value: unknown, name: string): string {
  if (typeof value === "string") return value;
  throw new UnreadableUnit(`${name} is no text`);
}

function optionalTextAt(value: unknown, name: string): string | null {
  return value === undefined || value === null ? null : textAt(value, name);
}

function textsAt(value: unknown, name: string): string[] {
  if (Array.isArray(value)) return value.map((item) => textAt(item, `an item of ${name}`));
  throw new UnreadableUnit(`${name} is no list`);
}

function integerAt(value: unknown, name: string): number {
  const number = numberOf(value);
  if (number !== undefined && Number.isInteger(number)) return number;
  throw new UnreadableUnit(`${name} is no integer`);
}

function oneOf<T extends string>(values: readonly T[], value: unknown, name: string): T {
  const found = values.find((candidate) => candidate === value);
  if (found !== undefined) return found;
  throw new UnreadableUnit(`${name} is none of ${values.join(", ")}`);
}

function timeAt(value: unknown): string | undefined {
  return typeof value === "string" ? normalizeTime(value) : undefined;
}
