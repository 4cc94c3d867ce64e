import { CqError } from "../../errors.ts";
import type { Knowledge } from "../../knowledge/service.ts";
import type { KnowledgeUnit } from "../../knowledge/unit.ts";
import { SIMILAR_UNITS } from "../../limits.ts";
import type { Catalog, UnitRecord } from "../../review/catalog.ts";
import type { Desk } from "../../review/desk.ts";
import type { Upkeep } from "../../review/upkeep.ts";
import { reasonNamed, type Remark } from "../../review/reasons.ts";
import { SEEN_AT } from "../components/decision_seen.tsx";
import type { Flash } from "../cookies.ts";
import { likelyDuplicates, optional } from "../optional.ts";
import { redirect, renderPage } from "../respond.ts";
import { localPath, signedInRoute, type SignedInVisit, type UiRoute } from "../route.ts";
import { unitUrl } from "../unit_url.ts";
import { flagsShown, verifiedFlash } from "./flags_shown.tsx";
import { UnitPage } from "./unit_page.tsx";
import type { SimilarUnit } from "./unit_similar.tsx";
import { SupersedePage } from "./unit_supersede.tsx";
import { UNITS_PATH } from "./units_query.ts";

interface UnitServices {
  readonly catalog: Catalog;
  readonly desk: Desk;
  readonly upkeep: Upkeep;
  readonly knowledge: Pick<Knowledge, "query" | "similar">;
}

/** The page of one unit, and what takes it out of service or back. */
export function unitRoutes(services: UnitServices): UiRoute[] {
  const { desk } = services;
  const act = (
    verb: string,
    work: (visit: SignedInVisit & { readonly id: string }) => Promise<Flash>,
  ): UiRoute =>
    signedInRoute("POST", `${UNITS_PATH}/{id}/${verb}`, {
      needs: "review",
      handle: (visit) => acted(visit, () => work({ ...visit, id: visit.params["id"]! })),
    });
  return [
    signedInRoute("GET", `${UNITS_PATH}/{id}`, {
      needs: "review",
      handle: (visit) => showUnit(visit, services),
    }),
    signedInRoute("GET", `${UNITS_PATH}/{id}/supersede`, {
      needs: "review",
      handle: (visit) => askToSupersede(visit, services),
    }),
    act("verify", async ({ id, viewer, form }) => {
      const seen = { caller: viewer, flagsSeen: flagsShown(form) };
      const unanswered = await desk.verify(id, { ...seen, ...remarkIn(form) });
      return verifiedFlash({
        done: "Verified.",
        settled: "The unit is in no doubt any longer.",
        unanswered,
      });
    }),
    act("retire", async ({ id, viewer, form }) => {
      await desk.retire(id, { caller: viewer, ...remarkIn(form) });
      return { tone: "success", text: "Retired. No agent is served it any longer." };
    }),
    act("supersede", async ({ id, viewer, form }) => {
      const successor = { id: form.get("by") ?? "", seenStatus: form.get("by_status") ?? undefined };
      await desk.supersede(id, successor, { caller: viewer, ...remarkIn(form) });
      return { tone: "success", text: "Superseded. No agent is served it any longer." };
    }),
    act("reopen", async ({ id, viewer, form }) => {
      await desk.reopen(id, viewer, { seenAt: form.get(SEEN_AT) ?? undefined });
      return { tone: "info", text: "Reopened. The unit is pending again." };
    }),
  ];
}

function remarkIn(form: URLSearchParams): Remark {
  return { reason: reasonNamed(form.get("reason")), note: (form.get("note") ?? "").replaceAll("\r\n", "\n") };
}

/** Goes back to the unit, or to the list it was done in, with what there is to say. */
async function acted({ params, form }: SignedInVisit, work: () => Promise<Flash>): Promise<Response> {
  const back = localPath(form.get("back"), unitUrl(params["id"]!));
  try {
    return redirect(back, { flash: await work() });
  } catch (error) {
    if (!(error instanceof CqError) || error.status >= 500 || error.status === 404) throw error;
    return redirect(back, { flash: { tone: "error", text: error.message } });
  }
}

async function showUnit(
  visit: SignedInVisit,
  { catalog, knowledge, upkeep }: UnitServices,
): Promise<Response> {
  const id = visit.params["id"]!;
  const [record, doubts] = await Promise.all([catalog.record(id), upkeep.doubts([id])]);
  const { row, unit } = record;
  const [similar, duplicates] = unit === undefined ? [[], []] : await Promise.all([
    optional(similarTo(unit, knowledge)),
    row.status === "pending" ? likelyDuplicates(knowledge, unit) : [],
  ]);
  return await renderPage(visit, {
    title: unit?.insight.summary ?? row.id,
    width: "wide",
    scripts: ["unit.js"],
    children: (
      <UnitPage
        record={record}
        similar={similar}
        duplicates={duplicates}
        doubts={doubts.get(id)}
        canPurge={visit.viewer.permissions.has("administer")}
        now_us={visit.now_us}
      />
    ),
  });
}

/** What agents are served who ask for what this unit is about. */
async function similarTo(
  unit: KnowledgeUnit,
  knowledge: Pick<Knowledge, "query">,
): Promise<readonly SimilarUnit[]> {
  const { domains, insight: { summary: q }, context: { languages, frameworks, pattern } } = unit;
  const query = { q, domains, languages, frameworks, pattern, limit: SIMILAR_UNITS + 1 };
  const found = (await knowledge.query(query)).units.map((text) => JSON.parse(text) as SimilarUnit);
  return found.filter(({ id }) => id !== unit.id).slice(0, SIMILAR_UNITS);
}

/** Shows both units before anything is done: an id alone is easily the wrong one. */
async function askToSupersede(
  visit: SignedInVisit,
  { catalog }: UnitServices,
): Promise<Response> {
  const record = await catalog.record(visit.params["id"]!);
  const by = visit.url.searchParams.get("by")?.trim() ?? "";
  const { successor, fault } = await successorNamed(catalog, { by, record });
  return await renderPage(visit, {
    status: by !== "" && successor === undefined ? 422 : 200,
    title: "Supersede a unit",
    children: (
      <SupersedePage record={record} by={by} successor={successor} fault={fault} now_us={visit.now_us} />
    ),
  });
}

async function successorNamed(
  catalog: Catalog,
  { by, record }: { by: string; record: UnitRecord },
): Promise<{ successor?: UnitRecord; fault?: string }> {
  if (by === "") return {};
  if (by === record.row.id) return { fault: "A unit cannot take its own place." };
  try {
    return { successor: await catalog.record(by) };
  } catch (error) {
    if (!(error instanceof CqError) || error.status !== 404) throw error;
    return { fault: `There is no unit ${by}.` };
  }
}
