import { z } from "@hono/zod-openapi";
import { invalid } from "../errors.ts";
import {
  ACTION_MAX_CHARS,
  DETAIL_MAX_CHARS,
  EXTENSION_DEPTH_MAX,
  EXTENSION_KEYS_MAX,
  FLAG_DETAIL_MAX_CHARS,
  PATTERN_MAX_CHARS,
  SUMMARY_MAX_CHARS,
  TAG_MAX_CHARS,
  TAGS_MAX,
} from "../limits.ts";
import { isObject } from "../wire/json.ts";
import { cleanDomains, codePointLength } from "../wire/text.ts";
import { fault, limitedText, sizedText, text } from "../wire/validation.ts";
import { FLAG_REASONS, isExtensionKey } from "./unit.ts";

const tags = (name: string): z.ZodDefault<z.ZodArray<z.ZodType<string, string>>> =>
  z.array(limitedText(name, TAG_MAX_CHARS)).max(TAGS_MAX).default([]);

// Not a record of the schema library: that drops a key named __proto__ without a word.
const extensions = z.custom<Record<string, unknown>>(isObject, {
  message: "Input should be a valid dictionary",
  params: { type: "dict_type" },
}).superRefine((value, context) => {
  const size = Object.keys(value).length;
  if (size > EXTENSION_KEYS_MAX) {
    context.addIssue(
      fault(
        "too_long",
        `Dictionary should have at most ${EXTENSION_KEYS_MAX} items after validation, not ${size}`,
      ),
    );
  }
  if (!isWellFormed(value)) {
    context.addIssue(fault("string_unicode", "Input should be valid unicode throughout"));
  }
  if (depthOf(value) > EXTENSION_DEPTH_MAX) {
    context.addIssue(
      fault("value_error", `Value error, extensions must be nested at most ${EXTENSION_DEPTH_MAX} deep`),
    );
  }
});

/** The body of a proposal. What a client sends beyond this is ignored. */
export const proposalSchema = z.object({
  domains: z.array(text).min(1).openapi({ example: ["postgres", "migrations"] }),
  insight: z.object({
    summary: limitedText("summary", SUMMARY_MAX_CHARS),
    detail: limitedText("detail", DETAIL_MAX_CHARS),
    action: limitedText("action", ACTION_MAX_CHARS),
  }),
  context: z.object({
    languages: tags("languages"),
    frameworks: tags("frameworks"),
    pattern: limitedText("pattern", PATTERN_MAX_CHARS).default(""),
  }).prefault({}),
  extensions: extensions.nullable().default(null)
    .openapi({ type: ["object", "null"], additionalProperties: {}, default: null }),
  created_by: text.optional().openapi({ description: "Ignored: the owner of the API key is recorded." }),
}).openapi("Proposal");

export type Proposal = z.output<typeof proposalSchema>;

const UNIT_ID = /^ku_[0-9a-f]{32}$/;

/** The body of a flag. */
export const flagSchema = z.object({
  reason: z.enum(FLAG_REASONS),
  detail: sizedText(0, FLAG_DETAIL_MAX_CHARS).nullish().openapi({ description: "Shown to reviewers only." }),
  duplicate_of: z.string().regex(UNIT_ID, "Should be ku_ and 32 lower-case hex digits").nullish(),
}).superRefine((flag, context) => {
  if (flag.reason !== "duplicate" || (flag.duplicate_of ?? null) !== null) return;
  context.addIssue(fault("missing", "Field required when the reason is duplicate", ["duplicate_of"]));
}).openapi("FlagRequest");

export type FlagRequest = z.output<typeof flagSchema>;

/**
 * The domains of a proposal, cleaned.
 *
 * @throws {CqError} 422 with a sentence where none is left, or too many or too long ones.
 */
export function proposedDomains(given: readonly string[]): string[] {
  const domains = cleanDomains(given);
  if (domains.length === 0) throw invalid("At least one non-empty domain is required");
  if (domains.length > TAGS_MAX) {
    throw invalid(`domains: at most ${TAGS_MAX} different domains are allowed, got ${domains.length}`);
  }
  const long = domains.find((domain) => codePointLength(domain) > TAG_MAX_CHARS);
  if (long !== undefined) {
    throw invalid(`domains: a domain has at most ${TAG_MAX_CHARS} characters, got ${codePointLength(long)}`);
  }
  if (domains.some((domain) => domain.includes("\0"))) {
    throw invalid("domains: a domain must not contain the NUL character");
  }
  return domains;
}

/**
 * Refuses extension keys that are not `namespace:name`.
 *
 * @throws {CqError} 422 with a sentence.
 */
export function checkExtensionKeys(extensions: Readonly<Record<string, unknown>> | null): void {
  const place = Object.keys(extensions ?? {}).findIndex((key) => !isExtensionKey(key));
  if (place === -1) return;
  // The key itself is not repeated: it may hold anything.
  throw invalid(
    `extensions: key ${
      place + 1
    } is not of the form namespace:name (lower-case letters, digits, - and _, then a colon, ` +
      "then characters without white space)",
  );
}

function depthOf(value: unknown): number {
  const children = Array.isArray(value) ? value : isObject(value) ? Object.values(value) : undefined;
  return children === undefined
    ? 0
    : 1 + children.reduce<number>((most, child) => Math.max(most, depthOf(child)), 0);
}

function isWellFormed(value: unknown): boolean {
  if (typeof value === "string") return value.isWellFormed();
  if (Array.isArray(value)) return value.every(isWellFormed);
  return !isObject(value) ||
    Object.entries(value).every(([key, child]) => key.isWellFormed() && isWellFormed(child));
}
