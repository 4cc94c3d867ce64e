import { CqError, notFound } from "../../errors.ts";
import type { Knowledge } from "../../knowledge/service.ts";
import type { SimilarUnit } from "../../knowledge/similar.ts";
import type { Desk, Dossier } from "../../review/desk.ts";
import { likelyDuplicates, optional } from "../optional.ts";
import type { SignedInVisit } from "../route.ts";
import type { ReviewQuery } from "./review_query.ts";

/** The unit that a reviewer looks at. */
export interface OpenUnit {
  readonly dossier: Dossier;
  /** Who else has it open. */
  readonly others: readonly string[];
  /** What it may be a duplicate of, the most alike first, while that is still to be decided. */
  readonly duplicates: readonly SimilarUnit[];
}

export interface OpeningServices {
  readonly desk: Pick<Desk, "dossier" | "claim">;
  readonly knowledge: Pick<Knowledge, "similar">;
}

/** Opens a unit, which others see unless it is only fetched ahead. @throws {CqError} 404. */
export async function openUnit(
  { viewer, headers }: SignedInVisit,
  services: OpeningServices,
  query: Pick<ReviewQuery, "unit" | "edit">,
): Promise<OpenUnit> {
  const { unit: id } = query;
  try {
    const [opened, others] = await Promise.all([
      withDuplicates(services, query),
      // A claim only informs: where none can be written, the unit is shown all the same.
      isAhead(headers) ? undefined : optional(services.desk.claim(id, viewer)),
    ]);
    const named = opened.dossier.openedBy.filter((name) => name !== viewer.username);
    return { ...opened, others: others ?? named };
  } catch (error) {
    if (error instanceof CqError && error.status === 404) throw notFound("There is no such unit");
    throw error;
  }
}

/** Whether the page is fetched before anybody looks at it: that claims nothing. */
function isAhead(headers: Headers): boolean {
  return ["purpose", "sec-purpose"].some((name) => headers.get(name)?.includes("prefetch"));
}

async function withDuplicates(
  { desk, knowledge }: OpeningServices,
  { unit: id, edit }: Pick<ReviewQuery, "unit" | "edit">,
): Promise<Omit<OpenUnit, "others">> {
  const dossier = await desk.dossier(id);
  const isUndecided = dossier.row.status === "pending" && !edit;
  return { dossier, duplicates: isUndecided ? await likelyDuplicates(knowledge, dossier.unit) : [] };
}
