import { base32, keyHash, keyPrefix, keyToken } from "../src/accounts/key_token.ts";
import type { KnowledgeUnit, Status } from "../src/knowledge/unit.ts";
import { isoZ } from "../src/wire/time.ts";
import { between, bytes, distinct, hex32, pick, type Random, seededRandom, zipf } from "./random.ts";

export const TAG_COUNT = 400;
export const USER_COUNT = 20;
export const PASSWORD = "bench password of every user";

const LANGUAGES = ["python", "typescript", "go", "rust", "java"];
const FRAMEWORKS = ["django", "react", "axum", "spring", "fastapi", "deno"];
const PATTERNS = ["", "", "", "repository", "retry", "event sourcing"];
const WORDS = (
  "the connection pool must be closed before fork because a shared socket is read twice and answers get mixed up so " +
  "set a timeout on every call retry only what is idempotent and log the request id with the error cache keys need " +
  "a version or an old value is served after deploy"
).split(" ");
const START_US = Date.parse("2026-01-01T00:00:00Z") * 1000;
const STEP_US = 61_234_567;
const SHARE_APPROVED = 0.8, SHARE_PENDING = 0.15;

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

export function usernameOf(index: number): string {
  return `bench-user-${index}`;
}

/** The texts, tags and context of a proposal, as a client sends them. */
export function contents(
  random: Random,
): () => Pick<KnowledgeUnit, "domains" | "insight" | "context"> {
  const rank = zipf(random, TAG_COUNT);
  const text = (words: number): string => Array.from({ length: words }, () => pick(random, WORDS)).join(" ");
  return () => ({
    domains: distinct(between(random, 1, 4), rank).map(tagOf),
    insight: { summary: text(9), detail: text(between(random, 20, 90)), action: text(18) },
    context: {
      languages: distinct(between(random, 0, 2), () => pick(random, LANGUAGES)),
      frameworks: distinct(between(random, 0, 2), () => pick(random, FRAMEWORKS)),
      pattern: pick(random, PATTERNS),
    },
  });
}

/** The units of a database, the same for the same seed. */
export function* units(seed: number, count: number): Generator<StoredUnit> {
  const random = seededRandom(seed);
  const content = contents(random);
  for (let index = 0; index < count; index++) {
    const time = isoZ(START_US + index * STEP_US);
    const confirmations = random() < 0.5 ? 1 : between(random, 2, 6);
    const fate = random();
    yield {
      status: fate < SHARE_APPROVED
        ? "approved"
        : fate < SHARE_APPROVED + SHARE_PENDING
        ? "pending"
        : "rejected",
      unit: {
        id: `ku_${hex32(random)}`,
        version: 1,
        ...content(),
        evidence: {
          confidence: confidenceAfter(confirmations - 1),
          confirmations,
          first_observed: time,
          last_confirmed: time,
        },
        tier: "private",
        created_by: usernameOf(between(random, 0, USER_COUNT - 1)),
        superseded_by: null,
        extensions: null,
        flags: [],
      },
    };
  }
}

function confidenceAfter(confirmations: number): number {
  let confidence = 0.5;
  for (let i = 0; i < confirmations; i++) confidence = Math.min(confidence + 0.1, 1);
  return confidence;
}

/** The key of a user, the same for the same seed and pepper. */
export function keyOf(user: number, { seed, pepper }: { seed: number; pepper: string }): BenchKey {
  const random = seededRandom(seed + 7919 * (user + 1));
  const id = hex32(random);
  const secret = base32(bytes(random, 32));
  return { id, prefix: keyPrefix(secret), hash: keyHash(secret, pepper), token: keyToken(id, secret) };
}
