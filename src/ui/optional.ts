import { CqError } from "../errors.ts";
import type { Knowledge } from "../knowledge/service.ts";
import type { SimilarUnit } from "../knowledge/similar.ts";
import type { KnowledgeUnit } from "../knowledge/unit.ts";
import { logger } from "../telemetry/log.ts";

const log = logger("ui");

/** A list that a page does without where it cannot be had: it is empty then. What is no refusal is logged. */
export async function optional<T>(list: Promise<readonly T[]>): Promise<readonly T[]> {
  try {
    return await list;
  } catch (error) {
    if (!(error instanceof CqError)) log.error("a page goes without a part", { reason: String(error) });
    return [];
  }
}

/** What a unit may be a duplicate of, whatever became of it, the most alike first. */
export async function likelyDuplicates(
  knowledge: Pick<Knowledge, "similar">,
  unit: KnowledgeUnit,
): Promise<readonly SimilarUnit[]> {
  return await optional(knowledge.similar(unit, { withUnapproved: true }));
}
