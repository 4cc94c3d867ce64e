import { base32, keyHash, keyPrefix, keyToken } from "../src/accounts/key_token.ts";
import type { Flag, KnowledgeUnit, Status } from "../src/knowledge/unit.ts";
import { isoZ } from "../src/wire/time.ts";
import { between, bytes, distinct, hex32, pick, type Random, seededRandom, zipf } from "./random.ts";

/** What decides the content of a database, to the last byte. */
export interface Content {
  readonly units: number;
  readonly seed: number;
  readonly pepper: string;
  /** How many different words texts are made of, as unevenly as those of a language; some forty, all frequent, where it is left out. */
  readonly vocabulary?: number;
}

export const DEFAULT_CONTENT: Content = {
  units: 10_000,
  seed: 1,
  pepper: "bench-pepper-0123456789-0123456789",
};
/** The options that set it, for `parseArgs`. */
export const CONTENT_OPTIONS = {
  units: { type: "string", default: String(DEFAULT_CONTENT.units) },
  seed: { type: "string", default: String(DEFAULT_CONTENT.seed) },
  pepper: { type: "string", default: DEFAULT_CONTENT.pepper },
} as const;

/** The content that a command line asks for. */
export function contentOf(values: Readonly<Record<keyof typeof CONTENT_OPTIONS, string>>): Content {
  const content = { units: Number(values.units), seed: Number(values.seed), pepper: values.pepper };
  if (content.units >= 1 && Number.isInteger(content.units)) return content;
  throw new Error(`--units ${values.units} is no whole number above 0`);
}

export const TAG_COUNT = 400;
export const USER_COUNT = 20;
export const PASSWORD = "bench password of every user";

export const LANGUAGES = ["python", "typescript", "go", "rust", "java"];
const FRAMEWORKS = ["django", "react", "axum", "spring", "fastapi", "deno"];
const PATTERNS = ["", "", "", "repository", "retry", "event sourcing"];
/** Languages, frameworks and patterns that hardly any unit has; each one there is takes this share of the uses. */
const RARE_COUNT = 300, RARE_SHARE = 0.01;
const WORDS = (
  "the connection pool must be closed before fork because a shared socket is read twice and answers get mixed up so " +
  "set a timeout on every call retry only what is idempotent and log the request id with the error cache keys need " +
  "a version or an old value is served after deploy"
).split(" ");
const CONSONANTS = [..."bdfgklmnprtvz"], VOWELS = [..."aeiou"];
const START_US = Date.parse("2025-01-01T00:00:00Z") * 1000;
const YEAR_US = 365 * 86_400 * 1_000_000;
const SHARE_APPROVED = 0.8, SHARE_PENDING = 0.15, SHARE_FLAGGED = 0.1;

/** A unit with what the review columns hold. */
export interface StoredUnit {
  readonly unit: KnowledgeUnit;
  readonly status: Status;
}

/** An API key: the row's columns and the token that a client sends. */
export interface BenchKey {
  readonly id: string;
  readonly prefix: string;
  readonly hash: string;
  readonly token: string;
}

/** The tag of a popularity rank: 0 is the hottest. */
export function tagOf(rank: number): string {
  return `topic-${rank}`;
}

/** One of the names that hardly any unit has. */
export function rareName(kind: "language" | "framework" | "pattern", random: Random): string {
  return `${kind} ${between(random, 1, RARE_COUNT)}`;
}

export function usernameOf(index: number): string {
  return `bench-user-${index}`;
}

type Tags = Pick<KnowledgeUnit, "domains" | "context">;

/** The tags and contexts of units. */
export function tags(random: Random): () => Tags {
  const rank = zipf(random, TAG_COUNT);
  const common = { language: LANGUAGES, framework: FRAMEWORKS, pattern: PATTERNS };
  const name = (kind: "language" | "framework" | "pattern") => (): string =>
    random() < RARE_SHARE ? rareName(kind, random) : pick(random, common[kind]);
  return () => ({
    domains: distinct(between(random, 1, 4), rank).map(tagOf),
    context: {
      languages: distinct(between(random, 0, 2), name("language")),
      frameworks: distinct(between(random, 0, 2), name("framework")),
      pattern: name("pattern")(),
    },
  });
}

/** The texts, tags and context of a proposal, as a client sends them. */
export function proposals(
  random: Random,
  vocabulary?: number,
): () => Tags & Pick<KnowledgeUnit, "insight"> {
  const nextTags = tags(random);
  const rank = vocabulary === undefined ? undefined : zipf(random, vocabulary);
  const nextWord = (): string => rank === undefined ? pick(random, WORDS) : wordOf(rank());
  const text = (words: number): string => {
    let joined = nextWord();
    for (let word = 1; word < words; word++) joined += ` ${nextWord()}`;
    return joined;
  };
  return () => {
    const { domains, context } = nextTags();
    return {
      domains,
      insight: { summary: text(9), detail: text(between(random, 20, 90)), action: text(18) },
      context,
    };
  };
}

/** A made-up word for a rank, the same each time: two syllables, or more for rare words. */
function wordOf(rank: number): string {
  let word = "";
  for (
    let rest = rank + VOWELS.length * CONSONANTS.length;
    rest > 0;
    rest = Math.floor(rest / CONSONANTS.length)
  ) {
    word += CONSONANTS[rest % CONSONANTS.length]! + VOWELS[rest % VOWELS.length]!;
  }
  return word;
}

/** The units of a database, the same for the same content; made one at a time, so that a million need no memory. */
export function* units(
  { seed, units: count, vocabulary }: Pick<Content, "seed" | "units" | "vocabulary">,
): Generator<StoredUnit> {
  const random = seededRandom(seed);
  const nextProposal = proposals(random, vocabulary);
  for (let index = 0; index < count; index++) {
    const time = isoZ(START_US + Math.floor((index / count) * YEAR_US));
    const confirmations = random() < 0.5 ? 1 : between(random, 2, 6);
    const fate = random();
    const flags = random() < SHARE_FLAGGED ? [flagAt(time)] : [];
    yield {
      status: fate < SHARE_APPROVED
        ? "approved"
        : fate < SHARE_APPROVED + SHARE_PENDING
        ? "pending"
        : "rejected",
      unit: {
        id: `ku_${hex32(random)}`,
        version: 1,
        ...nextProposal(),
        evidence: {
          confidence: earnedConfidence(confirmations - 1, flags.length),
          confirmations,
          first_observed: time,
          last_confirmed: time,
        },
        tier: "private",
        created_by: usernameOf(between(random, 0, USER_COUNT - 1)),
        superseded_by: null,
        extensions: null,
        flags,
      },
    };
  }
}

function flagAt(timestamp: string): Flag {
  return { reason: "stale", timestamp, detail: null, duplicate_of: null };
}

/** The confidence of a unit after so many confirmations and flags. */
export function earnedConfidence(confirmations: number, flags: number): number {
  let confidence = 0.5;
  for (let i = 0; i < confirmations; i++) confidence = Math.min(confidence + 0.1, 1);
  for (let i = 0; i < flags; i++) confidence = Math.max(confidence - 0.15, 0);
  return confidence;
}

/** The key of a user, the same for the same seed and pepper. */
export function keyOf(user: number, { seed, pepper }: Pick<Content, "seed" | "pepper">): BenchKey {
  const random = seededRandom(seed + 7919 * (user + 1));
  const id = hex32(random);
  const secret = base32(bytes(random, 32));
  return { id, prefix: keyPrefix(secret), hash: keyHash(secret, pepper), token: keyToken(id, secret) };
}
