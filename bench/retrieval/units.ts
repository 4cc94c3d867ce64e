import { z } from "@hono/zod-openapi";
import data from "./units.json" with { type: "json" };

const unitSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  domains: z.array(z.string()),
  summary: z.string(),
  detail: z.string(),
  action: z.string(),
  languages: z.array(z.string()).optional(),
  frameworks: z.array(z.string()).optional(),
  pattern: z.string().optional(),
});

/** A unit of the benchmark's store; `id` is known to the benchmark alone. */
export type Unit = z.output<typeof unitSchema>;

/** The store that the questions are put to. */
export const UNITS: readonly Unit[] = z.array(unitSchema).parse(data);

/** The body of the proposal that makes the unit. */
export function proposalOf(
  { domains, summary, detail, action, languages, frameworks, pattern }: Unit,
): unknown {
  return { domains, insight: { summary, detail, action }, context: { languages, frameworks, pattern } };
}
