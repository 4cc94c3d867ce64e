import { z } from "@hono/zod-openapi";
import { invalid } from "../errors.ts";
import { flagSchema, proposalSchema } from "../knowledge/proposal.ts";
import type { FlagRequest, Proposal } from "../knowledge/proposal.ts";
import type { KnowledgeQuery } from "../knowledge/service.ts";
import { QUERY_LIMIT_DEFAULT, QUERY_LIMIT_MAX } from "../limits.ts";
import { trimSpace } from "../wire/text.ts";
import { fault, text, validate } from "../wire/validation.ts";

/** The arguments of a call, as they came. */
export type Arguments = Readonly<Record<string, unknown>>;

const { insight, context, domains, extensions } = proposalSchema.shape;
const proposeSchema = z.object({
  ...insight.shape,
  domains,
  ...context.unwrap().shape,
  extensions,
});

const querySchema = z.object({
  domains: z.array(text).default([]),
  q: text.default(""),
  languages: z.array(text).default([]),
  frameworks: z.array(text).default([]),
  pattern: text.default(""),
  limit: z.number().default(QUERY_LIMIT_DEFAULT),
});

const unitSchema = z.object({
  unit_id: text.superRefine((id, issues) => {
    if (id.includes("\0")) issues.addIssue(fault("value_error", "Value error, there is no such unit"));
  }),
});

/**
 * What a `query` asks for. `domain`, `language` and `framework`, the names of the cq command line's earlier versions, and a single
 * text for a list are understood too.
 *
 * @throws {CqError} 422.
 */
export function queryArguments(given: Arguments): KnowledgeQuery {
  const { domain, language, framework, ...named } = present(given);
  const { q = "" } = named;
  const domains = asList(named["domains"] ?? domain);
  if (typeof q === "string" && trimSpace(q) === "" && isEmptyList(domains)) {
    throw invalid("q or domains is needed: a question or an error message, or tags of what it is about");
  }
  const { limit, ...query } = validate(querySchema, {
    ...named,
    domains,
    languages: asList(named["languages"] ?? language),
    frameworks: asList(named["frameworks"] ?? framework),
  }, "body");
  // As with the command line: what is no number of units is the default.
  const count = Math.trunc(limit) < 1 ? QUERY_LIMIT_DEFAULT : Math.trunc(limit);
  return { ...query, limit: Math.min(count, QUERY_LIMIT_MAX) };
}

/** What `propose` brings, as the API takes it. @throws {CqError} 422. */
export function proposeArguments(given: Arguments): Proposal {
  const { summary, detail, action, languages, frameworks, pattern, ...rest } = validate(
    proposeSchema,
    present(given),
    "body",
  );
  return { ...rest, insight: { summary, detail, action }, context: { languages, frameworks, pattern } };
}

/** The unit that is meant. @throws {CqError} 422. */
export function unitArgument(given: Arguments): string {
  return validate(unitSchema, present(given), "body").unit_id;
}

/** What `flag` says of a unit; empty texts are none. @throws {CqError} 422. */
export function flagArguments(given: Arguments): FlagRequest {
  const { reason, ...rest } = present(given);
  const filled = Object.entries(rest).filter(([, value]) => value !== "");
  return validate(flagSchema, {
    ...Object.fromEntries(filled),
    reason: typeof reason === "string" ? reason.toLowerCase() : reason,
  }, "body");
}

/** Agents write null for what they leave out. */
function present(given: Arguments): Record<string, unknown> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));
}

function isEmptyList(value: unknown): boolean {
  return value === undefined || Array.isArray(value) && value.length === 0;
}

function asList(value: unknown): unknown {
  return typeof value === "string" ? [value] : value;
}
