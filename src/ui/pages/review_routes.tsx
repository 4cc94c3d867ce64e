import { CqError } from "../../errors.ts";
import type { KnowledgeUnit } from "../../knowledge/unit.ts";
import type { Desk } from "../../review/desk.ts";
import { reasonNamed } from "../../review/reasons.ts";
import { isolated } from "../../wire/text.ts";
import type { Upkeep } from "../../review/upkeep.ts";
import type { Flash } from "../cookies.ts";
import { redirect, renderPage, renderPart } from "../respond.ts";
import { localPath, signedInRoute, type SignedInVisit, type UiRoute } from "../route.ts";
import { SEEN_AT } from "../components/decision_seen.tsx";
import { readEdit, type RejectedEdit, rejectedEdit } from "./edit_form.tsx";
import { type OpeningServices, type OpenUnit, openUnit } from "./review_open.ts";
import { ReviewPage, ReviewPart } from "./review_page.tsx";
import { listRequest, readReviewQuery, REVIEW_PATH, type ReviewQuery, reviewUrl } from "./review_query.ts";
import { sentTexts, type Unsaved } from "./review_unsaved.tsx";

/** Sent by scripts that have the list already. */
const PART_HEADER = "cq-part";
interface ReviewServices extends OpeningServices {
  readonly desk: Desk;
  readonly upkeep: Pick<Upkeep, "counts">;
}

/** The queue, and what is done about its units. */
export function reviewRoutes(services: ReviewServices): UiRoute[] {
  const { desk } = services;
  const act = (verb: string, handle: (visit: ActVisit) => Promise<Flash>): UiRoute =>
    signedInRoute("POST", `${REVIEW_PATH}/{id}/${verb}`, {
      needs: "review",
      handle: (visit) => acted({ ...visit, id: visit.params["id"]! }, services, handle),
    });
  return [
    signedInRoute("GET", REVIEW_PATH, {
      needs: "review",
      handle: async (visit) => {
        const query = readReviewQuery(visit.url.searchParams);
        if (visit.headers.get(PART_HEADER) !== "unit" || query.unit === "") {
          return await renderReview(visit, services, { query });
        }
        return await renderUnitPart(visit, services, query);
      },
    }),
    act("approve", async ({ id, viewer, form }) => {
      const seen = { acknowledgesHold: form.has("acknowledges_hold"), mark: form.get("mark") ?? undefined };
      return decidedFlash(await desk.decide(id, "approved", { caller: viewer, ...seen }));
    }),
    act("reject", async ({ id, viewer, form }) => {
      const remark = { reason: reasonNamed(form.get("reason")), note: textOf(form, "note") };
      return decidedFlash(await desk.decide(id, "rejected", { caller: viewer, ...remark }));
    }),
    act("duplicate", async ({ id, viewer, form }) => {
      const decision = await desk.rejectAsDuplicate(id, form.get("of") ?? "", viewer);
      return { ...decidedFlash(decision), text: "Rejected as a duplicate." };
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
    act("reopen", async ({ id, viewer, form }) => {
      const [decidedAt, seenAt] = ["decided_at", SEEN_AT].map((name) => form.get(name) ?? undefined);
      await desk.reopen(id, viewer, { decidedAt, seenAt });
      return { tone: "info", text: "Reopened. The unit is pending again." };
    }),
    signedInRoute("POST", `${REVIEW_PATH}/{id}/edit`, {
      needs: "review",
      handle: (visit) => approveEdited(visit, services),
    }),
  ];
}

type ActVisit = SignedInVisit & { readonly id: string };

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

/** Goes on to the next unit with what there is to say. */
async function acted(
  visit: ActVisit,
  services: ReviewServices,
  work: (visit: ActVisit) => Promise<Flash>,
): Promise<Response> {
  try {
    const flash = await work(visit);
    return redirect(await pathAfter(visit.form, services.desk), { flash });
  } catch (error) {
    if (!(error instanceof CqError) || error.status >= 500 || error.status === 404) throw error;
    return await refused(visit, services, { error, texts: sentTexts(visit.form) });
  }
}

/**
 * Where somebody else was faster there is nothing left to do but to go on, knowing what they decided; else the unit stays
 * open. What was typed is given back either way.
 */
async function refused(
  visit: ActVisit,
  services: ReviewServices,
  { error, texts }: { error: CqError; texts: Unsaved["texts"] },
): Promise<Response> {
  const { id, form } = visit;
  const { unit, row } = await services.desk.dossier(id);
  const isLate = error.status === 409 && form.has("next") && row.status !== "pending";
  const message = isLate ? namedMessage(unit, error.message) : error.message;
  const path = isLate ? await pathAfter(form, services.desk) : withUnit(backOf(form), id);
  if (texts.length === 0) return redirect(path, { flash: { tone: "error", text: message } });
  const query = readReviewQuery(new URL(path, visit.url).searchParams);
  return await renderReview(visit, services, {
    query: { ...query, edit: false },
    unsaved: { message, texts },
    status: error.status,
  });
}

const NAMED_MAX_CHARS = 80;

/** A message about a unit that is no longer in sight. */
function namedMessage(unit: KnowledgeUnit, message: string): string {
  const summary = [...unit.insight.summary];
  const start = summary.slice(0, NAMED_MAX_CHARS).join("");
  const isLong = summary.length > NAMED_MAX_CHARS;
  return `${message}: “${isolated(start)}${isLong ? "…" : ""}”`;
}

function backOf(form: URLSearchParams): string {
  return localPath(form.get("back"), REVIEW_PATH);
}

/** Where a form leads to after it was dealt with: not to a unit that was purged since, as if that had failed. */
async function pathAfter(form: URLSearchParams, desk: Pick<Desk, "several">): Promise<string> {
  const next = form.get("next") ?? "";
  const isThere = next !== "" && (await desk.several([next])).units.length > 0;
  return isThere ? withUnit(backOf(form), next) : backOf(form);
}

function withUnit(path: string, unit: string): string {
  const [pathname, search] = path.split("?", 2) as [string, string | undefined];
  if (pathname !== REVIEW_PATH) return path;
  const parameters = new URLSearchParams(search);
  parameters.set("unit", unit);
  parameters.delete("edit");
  return `${pathname}?${parameters}`;
}

interface Rendering {
  readonly query: ReviewQuery;
  readonly rejected?: RejectedEdit;
  readonly unsaved?: Unsaved;
  readonly status?: number;
}

async function renderReview(
  visit: SignedInVisit,
  services: ReviewServices,
  { query, rejected, unsaved, status = 200 }: Rendering,
): Promise<Response> {
  const { desk, upkeep } = services;
  const [list, pending, snoozed, { disputed, stale }] = await Promise.all([
    desk.list(listRequest(query)),
    desk.pendingCount(),
    desk.snoozedCount(),
    upkeep.counts(),
  ]);
  const id = query.unit === "" ? list.units[0]?.row.id : query.unit;
  const ageing = { count: disputed.count + stale.count, isMore: disputed.isMore || stale.isMore };
  const open = id === undefined ? undefined : await openUnit(visit, services, { ...query, unit: id });
  // What answers a form stands for the page of the list: that is where its links lead back to.
  return await renderPage({ ...visit, url: new URL(reviewUrl(query), visit.url) }, {
    status,
    title: open === undefined ? "Review" : titleOf(open),
    width: "wide",
    scripts: ["review.js", "review_keys.js", "review_bulk.js", "review_swipe.js"],
    children: (
      <ReviewPage
        query={query}
        list={list}
        counts={{ pending, snoozed, ageing }}
        open={open}
        rejected={rejected}
        unsaved={unsaved}
        viewer={visit.viewer.username}
        permissions={visit.viewer.permissions}
        now_us={visit.now_us}
      />
    ),
  });
}

async function renderUnitPart(
  visit: SignedInVisit,
  services: ReviewServices,
  query: ReviewQuery,
): Promise<Response> {
  const open = await openUnit(visit, services, query);
  const children = <ReviewPart query={query} open={open} now_us={visit.now_us} />;
  return await renderPart({ title: titleOf(open), children });
}

function titleOf({ dossier }: OpenUnit): string {
  return `Review: ${dossier.unit.insight.summary}`;
}

async function approveEdited(visit: SignedInVisit, services: ReviewServices): Promise<Response> {
  const { form, params, viewer } = visit;
  const id = params["id"]!;
  const [edit, mark] = [readEdit(form), form.get("mark") ?? ""];
  try {
    const decision = await services.desk.approveEdited(id, { edit, mark }, viewer);
    return redirect(await pathAfter(form, services.desk), { flash: decidedFlash(decision) });
  } catch (error) {
    if (!(error instanceof CqError)) throw error;
    if (error.status !== 409 && error.status !== 422) throw error;
    const isDecided = error.status === 409 && (await services.desk.dossier(id)).row.status !== "pending";
    if (isDecided) return await refused({ ...visit, id }, services, { error, texts: sentTexts(form) });
    const query = readReviewQuery(new URL(backOf(form), visit.url).searchParams);
    return await renderReview(visit, services, {
      query: { ...query, unit: id, edit: true },
      rejected: rejectedEdit({ edit, mark, error }),
      status: error.status,
    });
  }
}
