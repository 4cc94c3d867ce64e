import { z } from "@hono/zod-openapi";
import { FLAG_REASONS, TIERS } from "./unit.ts";

const nullableText = z.string().nullable();
const count = z.number().int();

const flag = z.object({
  reason: z.enum(FLAG_REASONS),
  timestamp: z.string(),
  detail: nullableText,
  duplicate_of: nullableText,
}).openapi("Flag");

/** A unit as agents are shown it. */
export const publicUnitSchema = z.object({
  id: z.string(),
  version: count,
  domains: z.array(z.string()),
  insight: z.object({ summary: z.string(), detail: z.string(), action: z.string() }),
  context: z.object({
    languages: z.array(z.string()),
    frameworks: z.array(z.string()),
    pattern: z.string(),
  }),
  evidence: z.object({
    confidence: z.number().min(0).max(1),
    confirmations: count,
    first_observed: z.string(),
    last_confirmed: z.string(),
  }),
  tier: z.enum(TIERS),
  superseded_by: nullableText,
  extensions: z.record(z.string(), z.unknown()).nullable(),
  flags: z.array(flag),
}).openapi("PublicKnowledgeUnit");

/** A unit as its proposer and reviewers are shown it. */
export const unitSchema = publicUnitSchema.extend({ created_by: z.string() }).openapi("KnowledgeUnit");

/** Name to number. */
export const countsSchema = z.record(z.string(), count);

export const statisticsSchema = z.object({
  total_count: count,
  tier_counts: countsSchema,
  domain_counts: countsSchema,
  confidence_distribution: countsSchema,
}).openapi("Statistics");
