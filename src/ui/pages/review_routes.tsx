import { CqError, notFound } from "../../errors.ts";
import type { Desk, DeskList, Dossier } from "../../review/desk.ts";
import { reasonNamed } from "../../review/reasons.ts";
import type { Flash } from "../cookies.ts";
import { redirect, renderPage } from "../respond.ts";
import { localPath, signedInRoute, type SignedInVisit, type UiRoute } from "../route.ts";
import { type EditFaults, faultsOf, readEdit } from "./edit_form.tsx";
import { ReviewPage } from "./review_page.tsx";
import { listRequest, readReviewQuery, REVIEW_PATH, type ReviewQuery } from "./review_query.ts";
import type { Edit } from "../../review/edits.ts";

/** The queue, and what is done about its units. */
export function reviewRoutes(desk: Desk): UiRoute[] {
  const act = (
    verb: string,
    handle: (visit: SignedInVisit & { readonly id: string }) => Promise<Flash>,
  ): UiRoute =>
    signedInRoute("POST", `${REVIEW_PATH}/{id}/${verb}`, {
      handle: (visit) => acted(visit, () => handle({ ...visit, id: visit.params["id"]! })),
    });
  return [
    signedInRoute("GET", REVIEW_PATH, { handle: (visit) => showReview(visit, desk) }),
    act("approve", async ({ id, viewer }) => {
      return decidedFlash(await desk.decide(id, "approved", { caller: viewer }));
    }),
    act("reject", async ({ id, viewer, form }) => {
      const remark = { reason: reasonNamed(form.get("reason")), note: textOf(form, "note") };
      return decidedFlash(await desk.decide(id, "rejected", { caller: viewer, ...remark }));
    }),
    act("snooze", async ({ id, viewer, form, now_us }) => {
      await desk.snooze(id, now_us + Number(form.get("seconds")) * 1_000_000, viewer);
      return { tone: "info", text: "Snoozed. It comes back by itself." };
    }),
    act("wake", async ({ id, viewer }) => {
      await desk.wake(id, viewer);
      return { tone: "info", text: "Back in the queue." };
    }),
    act("undo", async ({ id, viewer, form }) => {
      await desk.undo(id, form.get("decided_at") ?? "", viewer);
      return { tone: "info", text: "Undone. The unit is pending again." };
    }),
    act("reopen", async ({ id, viewer }) => {
      await desk.reopen(id, viewer);
      return { tone: "info", text: "Reopened. The unit is pending again." };
    }),
    signedInRoute("POST", `${REVIEW_PATH}/{id}/edit`, { handle: (visit) => approveEdited(visit, desk) }),
    signedInRoute("POST", `${REVIEW_PATH}/{id}/claim`, {
      async handle({ params, viewer }): Promise<Response> {
        const others = await desk.claim(params["id"]!, viewer);
        return Response.json({ others }, { headers: { "cache-control": "no-store" } });
      },
    }),
  ];
}

function textOf(form: URLSearchParams, name: string): string {
  return (form.get(name) ?? "").replaceAll("\r\n", "\n");
}

function decidedFlash({ unit_id, status, reviewed_at }: {
  readonly unit_id: string;
  readonly status: string;
  readonly reviewed_at: string;
}): Flash {
  return {
    tone: "success",
    text: status === "approved" ? "Approved. Agents are served it from now on." : "Rejected.",
    undo: { unitId: unit_id, decidedAt: reviewed_at },
  };
}

/** Goes back to the list with what there is to say; to the unit itself where that was refused. */
async function acted(visit: SignedInVisit, work: () => Promise<Flash>): Promise<Response> {
  const { form, params } = visit;
  const back = localPath(form.get("back"), REVIEW_PATH);
  try {
    const flash = await work();
    const next = form.get("next");
    return redirect(next === null || next === "" ? back : withUnit(back, next), { flash });
  } catch (error) {
    if (!(error instanceof CqError) || error.status >= 500 || error.status === 404) throw error;
    return redirect(withUnit(back, params["id"]!), { flash: { tone: "error", text: error.message } });
  }
}

function withUnit(path: string, unit: string): string {
  const [pathname, search] = path.split("?", 2) as [string, string | undefined];
  if (pathname !== REVIEW_PATH) return path;
  const parameters = new URLSearchParams(search);
  parameters.set("unit", unit);
  return `${pathname}?${parameters}`;
}

async function showReview(visit: SignedInVisit, desk: Desk): Promise<Response> {
  const query = readReviewQuery(visit.url.searchParams);
  return await renderReview(visit, desk, { query });
}

interface RejectedEdit {
  readonly edit: Edit;
  readonly faults: EditFaults;
}

async function renderReview(
  visit: SignedInVisit,
  desk: Desk,
  { query, rejected }: { query: ReviewQuery; rejected?: RejectedEdit },
): Promise<Response> {
  const [list, pending] = await Promise.all([desk.list(listRequest(query)), desk.pendingCount()]);
  const open = await openUnit(visit, desk, { query, list });
  return await renderPage(visit, {
    status: rejected === undefined ? 200 : 422,
    title: open === undefined ? "Review" : `Review: ${open.dossier.unit.insight.summary}`,
    width: "wide",
    children: (
      <ReviewPage
        query={query}
        list={list}
        pending={pending}
        open={open}
        rejected={rejected}
        viewer={visit.viewer.username}
        now_us={visit.now_us}
      />
    ),
  });
}

interface OpenUnit {
  readonly dossier: Dossier;
  /** Who else has it open. */
  readonly others: readonly string[];
}

/** The unit that the address names, else the first of the list. */
async function openUnit(
  { viewer }: SignedInVisit,
  desk: Desk,
  { query, list }: { query: ReviewQuery; list: DeskList },
): Promise<OpenUnit | undefined> {
  const id = query.unit === "" ? list.units[0]?.row.id : query.unit;
  if (id === undefined) return undefined;
  try {
    const [dossier, others] = await Promise.all([desk.dossier(id), claimed(desk, id, viewer)]);
    return { dossier, others };
  } catch (error) {
    if (error instanceof CqError && error.status === 404) throw notFound("There is no such unit");
    throw error;
  }
}

/** A claim only informs: where none can be written, the unit is shown all the same. */
async function claimed(desk: Desk, id: string, viewer: SignedInVisit["viewer"]): Promise<string[]> {
  try {
    return await desk.claim(id, viewer);
  } catch (error) {
    if (error instanceof CqError) return [];
    throw error;
  }
}

async function approveEdited(visit: SignedInVisit, desk: Desk): Promise<Response> {
  const { form, params, viewer } = visit;
  const id = params["id"]!;
  const edit = readEdit(form);
  try {
    const decision = await desk.approveEdited(id, edit, viewer);
    return await acted(visit, () => Promise.resolve(decidedFlash(decision)));
  } catch (error) {
    if (!(error instanceof CqError)) throw error;
    if (error.status !== 422) return await acted(visit, () => Promise.reject(error));
    const [, search] = localPath(form.get("back"), REVIEW_PATH).split("?", 2);
    const query = { ...readReviewQuery(new URLSearchParams(search)), unit: id, edit: true };
    return await renderReview(visit, desk, { query, rejected: { edit, faults: faultsOf(error) } });
  }
}
