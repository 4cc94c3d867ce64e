import { z } from "@hono/zod-openapi";
import { createHash } from "node:crypto";
import data from "./questions.json" with { type: "json" };

/** How questions differ, see the README beside this file. */
export const KINDS = [
  "error-message",
  "symptom",
  "paraphrase",
  "wrong-tags",
  "missing-tags",
  "unhelpful-tags",
] as const;

const questionSchema = z.strictObject({
  id: z.string(),
  kind: z.enum(KINDS),
  q: z.string(),
  domains: z.array(z.string()).min(1).optional(),
  languages: z.array(z.string()).min(1).optional(),
  frameworks: z.array(z.string()).min(1).optional(),
  relevant: z.array(z.string()),
});

/** What an agent asks, and the ids of all units of the store that answer it. */
export type Question = z.output<typeof questionSchema>;

/** All questions. Whoever tunes a search reads the tuning half of them, see {@link halves}. */
export const QUESTIONS: readonly Question[] = z.array(questionSchema).parse(data);

/**
 * The half that a search may be tuned by, and the half that it is judged by. A question is in the tuning half when the first byte of
 * the SHA-256 of its id is even: new questions move none of the others.
 */
export function halves(questions: readonly Question[]): { tuning: Question[]; held_out: Question[] } {
  const { tuning = [], held_out = [] } = Object.groupBy(questions, halfOf);
  return { tuning, held_out };
}

function halfOf({ id }: Question): "tuning" | "held_out" {
  return createHash("sha256").update(id).digest()[0]! % 2 === 0 ? "tuning" : "held_out";
}
