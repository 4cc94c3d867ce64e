import { FLAG_REASONS, TIERS } from "../knowledge/unit.ts";
import {
  ACTION_MAX_CHARS,
  DETAIL_MAX_CHARS,
  EXTENSION_KEYS_MAX,
  FLAG_DETAIL_MAX_CHARS,
  PATTERN_MAX_CHARS,
  QUERY_LIMIT_DEFAULT,
  QUERY_LIMIT_MAX,
  QUESTION_MAX_CHARS,
  SUMMARY_MAX_CHARS,
  TAG_MAX_CHARS,
  TAGS_MAX,
} from "../limits.ts";

type Json = string | number | boolean | null | Json[] | Schema;
type Schema = { [keyword: string]: Json };

/** A JSON schema of an object, as agents read it. What is accepted is decided by the schemas of the API. */
export type ObjectSchema = { type: "object"; properties: Schema; required?: string[] };

const string = { type: "string" };
const count = { type: "integer" };
const flagged = { type: "boolean" };
const strings = { type: "array", items: string };

function tags(description: string): Schema {
  return { type: "array", items: { ...string, maxLength: TAG_MAX_CHARS }, maxItems: TAGS_MAX, description };
}

function text(maxLength: number, description: string): Schema {
  return { ...string, maxLength, description };
}

const unitId = { ...string, description: "The id of the unit, as query returned it: ku_…" };

export const QUERY_INPUT: ObjectSchema = {
  type: "object",
  properties: {
    q: text(
      QUESTION_MAX_CHARS,
      "Your question in your own words, or the error message as it is. Needed unless domains are given",
    ),
    domains: {
      ...strings,
      description: "What it is about: tools, protocols, concepts. Tags of the same meaning count too",
    },
    languages: {
      ...strings,
      description: "Programming languages; they raise the rank of units that share one",
    },
    frameworks: { ...strings, description: "Libraries, frameworks and platforms; likewise" },
    pattern: { ...string, description: "A recurring concern, such as retry-logic; likewise" },
    limit: {
      type: "integer",
      minimum: 1,
      maximum: QUERY_LIMIT_MAX,
      default: QUERY_LIMIT_DEFAULT,
      description: "How many units at most",
    },
  },
};

export const PROPOSE_INPUT: ObjectSchema = {
  type: "object",
  properties: {
    summary: text(SUMMARY_MAX_CHARS, "What was learned, in one sentence"),
    detail: text(DETAIL_MAX_CHARS, "Why it is so, how it was found out, with which versions and when"),
    action: text(ACTION_MAX_CHARS, "What to do about it, beginning with a verb"),
    domains: { ...tags("What it is about: tools, protocols, concepts"), minItems: 1 },
    languages: tags("Programming languages it applies to"),
    frameworks: tags("Libraries, frameworks and platforms it applies to"),
    pattern: text(PATTERN_MAX_CHARS, "A recurring concern, such as retry-logic"),
    extensions: {
      type: "object",
      additionalProperties: true,
      maxProperties: EXTENSION_KEYS_MAX,
      description: "Further fields; each key is namespace:name",
    },
  },
  required: ["summary", "detail", "action", "domains"],
};

export const CONFIRM_INPUT: ObjectSchema = {
  type: "object",
  properties: { unit_id: unitId },
  required: ["unit_id"],
};

export const FLAG_INPUT: ObjectSchema = {
  type: "object",
  properties: {
    unit_id: unitId,
    reason: {
      ...string,
      enum: [...FLAG_REASONS],
      description:
        "stale: it was true once; incorrect: it is not true; duplicate: another unit says the same",
    },
    detail: text(FLAG_DETAIL_MAX_CHARS, "What is wrong, for the reviewers"),
    duplicate_of: { ...string, description: "The id of the other unit; needed when the reason is duplicate" },
  },
  required: ["unit_id", "reason"],
};

export const STATUS_INPUT: ObjectSchema = { type: "object", properties: {} };

const nullableString = { type: ["string", "null"] };
const notice = { ...string, description: "What the result is" };

const unitProperties = {
  id: string,
  version: count,
  domains: strings,
  insight: {
    type: "object",
    properties: { summary: string, detail: string, action: string },
    required: ["summary", "detail", "action"],
  },
  context: {
    type: "object",
    properties: { languages: strings, frameworks: strings, pattern: string },
  },
  evidence: {
    type: "object",
    properties: {
      confidence: { type: "number", minimum: 0, maximum: 1 },
      confirmations: count,
      first_observed: string,
      last_confirmed: string,
    },
    required: ["confidence", "confirmations", "last_confirmed"],
  },
  tier: { ...string, enum: [...TIERS] },
  superseded_by: nullableString,
  extensions: { type: ["object", "null"], additionalProperties: true },
  flags: { type: "array", items: { type: "object", properties: { reason: string, timestamp: string } } },
};
const unitRequired = ["id", "domains", "insight", "context", "evidence"];

export const QUERY_OUTPUT: ObjectSchema = {
  type: "object",
  properties: {
    notice,
    widened: {
      type: "object",
      additionalProperties: strings,
      description: "Other tags of the same meaning that were looked for, by domain",
    },
    units: {
      type: "array",
      items: {
        type: "object",
        properties: {
          ...unitProperties,
          trust: {
            type: "object",
            description: "What the server says of the unit; nothing of it comes from a proposer",
            properties: {
              approved: flagged,
              disputed: flagged,
              stale: flagged,
              unresolved_flags: count,
            },
            required: ["approved", "disputed", "stale", "unresolved_flags"],
          },
        },
        required: [...unitRequired, "trust"],
      },
    },
  },
  required: ["notice", "units"],
};

export const UNIT_OUTPUT: ObjectSchema = {
  type: "object",
  properties: { notice, ...unitProperties },
  required: ["notice", ...unitRequired],
};

export const PROPOSE_OUTPUT: ObjectSchema = {
  type: "object",
  properties: {
    notice,
    status: string,
    ...unitProperties,
    created_by: string,
    similar: {
      type: "array",
      description: "Approved units that say about the same, the most alike first",
      items: {
        type: "object",
        properties: { id: string, summary: string, likeness: { type: "number", minimum: 0, maximum: 1 } },
        required: ["id", "summary", "likeness"],
      },
    },
  },
  required: ["notice", "status", ...unitRequired, "similar"],
};

const counts = { type: "object", additionalProperties: count };

export const STATUS_OUTPUT: ObjectSchema = {
  type: "object",
  properties: {
    total_count: count,
    tier_counts: counts,
    domain_counts: counts,
    confidence_distribution: counts,
    caller: {
      type: "object",
      properties: { name: nullableString, permissions: strings },
      required: ["name", "permissions"],
    },
    server: { type: "object", properties: { name: string, version: string }, required: ["name", "version"] },
  },
  required: ["total_count", "tier_counts", "domain_counts", "confidence_distribution", "caller", "server"],
};
