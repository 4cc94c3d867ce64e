import type { Child } from "hono/jsx";
import { badRequest } from "../../errors.ts";
import type { BulkResult } from "../../review/decisions.ts";
import type { Desk } from "../../review/desk.ts";
import { reasonNamed } from "../../review/reasons.ts";
import type { Markup } from "../markup.ts";
import { renderPage } from "../respond.ts";
import { localPath, signedInRoute, type SignedInVisit, type UiRoute } from "../route.ts";
import {
  BULK_PATH,
  BULK_TITLES,
  BulkOutcome,
  BulkPreview,
  type BulkVerb,
  type PreviewedVerb,
} from "./review_bulk.tsx";
import { REVIEW_PATH } from "./review_query.ts";

const PREVIEWED: readonly PreviewedVerb[] = ["approve", "reject", "snooze", "wake"];

/** Several units at once: first what would be done, then how each fared. */
export function reviewBulkRoutes(desk: Desk): UiRoute[] {
  return [
    signedInRoute("GET", BULK_PATH, { needs: "review", handle: (visit) => preview(visit, desk) }),
    signedInRoute("POST", BULK_PATH, { needs: "review", handle: (visit) => act(visit, desk) }),
  ];
}

async function preview(visit: SignedInVisit, desk: Desk): Promise<Response> {
  const { searchParams } = visit.url;
  const verb = PREVIEWED.find((name) => name === searchParams.get("verb")) ?? "approve";
  const list = await desk.several(searchParams.getAll("unit"));
  return await renderPage(visit, {
    title: `${BULK_TITLES[verb]} several units`,
    children: (
      <BulkFrame>
        <BulkPreview
          verb={verb}
          list={list}
          viewer={visit.viewer.username}
          back={localPath(searchParams.get("back"), REVIEW_PATH)}
        />
      </BulkFrame>
    ),
  });
}

/** A page of its own needs a heading of its own; in the dialog there is that of the page below. */
function BulkFrame({ children }: { children: Child }): Markup {
  return (
    <>
      <h1 class="visually-hidden">Review</h1>
      {children}
    </>
  );
}

async function act(visit: SignedInVisit, desk: Desk): Promise<Response> {
  const { form } = visit;
  const verb = verbNamed(form.get("verb"));
  const results = await resultsOf(visit, desk, verb);
  const list = await desk.several(results.map(({ id }) => id));
  return await renderPage(visit, {
    title: "Several units",
    children: (
      <BulkFrame>
        <BulkOutcome
          verb={verb}
          results={results}
          list={list}
          back={localPath(form.get("back"), REVIEW_PATH)}
        />
      </BulkFrame>
    ),
  });
}

async function resultsOf(
  { form, viewer, now_us }: SignedInVisit,
  desk: Desk,
  verb: BulkVerb,
): Promise<BulkResult[]> {
  const ids = form.getAll("unit");
  if (verb === "takeback") {
    const times = form.getAll("decided_at");
    return await desk.takeBack(ids.map((id, index) => ({ id, decidedAt: times[index] ?? "" })), viewer);
  }
  if (verb === "snooze") {
    return await desk.snoozeAll(ids, now_us + Number(form.get("seconds")) * 1_000_000, viewer);
  }
  if (verb === "wake") return await desk.wakeAll(ids, viewer);
  if (verb === "approve") {
    const marks = form.getAll("mark");
    const seen = new Map(marks.map((mark, index) => [ids[index] ?? "", mark]));
    return await desk.decideAll(ids, "approved", { caller: viewer }, seen);
  }
  const note = (form.get("note") ?? "").replaceAll("\r\n", "\n");
  const remark = { reason: reasonNamed(form.get("reason")), note };
  return await desk.decideAll(ids, "rejected", { caller: viewer, ...remark });
}

function verbNamed(name: string | null): BulkVerb {
  const verb = ([...PREVIEWED, "takeback"] as const).find((known) => known === name);
  if (verb !== undefined) return verb;
  throw badRequest("Say what is to be done to the units: approve, reject, snooze, wake or take back");
}
