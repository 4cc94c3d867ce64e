import { CqError } from "../../errors.ts";
import type { Catalog } from "../../review/catalog.ts";
import { editable } from "../../review/edits.ts";
import type { Upkeep } from "../../review/upkeep.ts";
import type { KnowledgeUnit } from "../../knowledge/unit.ts";
import { Flags } from "../components/unit_facts.tsx";
import { redirect, renderPage } from "../respond.ts";
import { localPath, signedInRoute, type SignedInVisit, type UiRoute } from "../route.ts";
import { unitUrl } from "../unit_url.ts";
import { EditForm, markOf, readEdit, type RejectedEdit, rejectedEdit } from "./edit_form.tsx";
import { flagsShown, verifiedFlash } from "./flags_shown.tsx";
import { UNITS_PATH } from "./units_query.ts";

interface EditServices {
  readonly catalog: Catalog;
  readonly upkeep: Upkeep;
}

/** The correction of an approved unit. */
export function unitEditRoutes(services: EditServices): UiRoute[] {
  const path = `${UNITS_PATH}/{id}/edit`;
  return [
    signedInRoute("GET", path, { needs: "review", handle: (visit) => showEdit(visit, services) }),
    signedInRoute("POST", path, { needs: "review", handle: (visit) => saveEdit(visit, services) }),
  ];
}

async function showEdit(visit: SignedInVisit, { catalog }: EditServices): Promise<Response> {
  const { row, unit } = await catalog.record(visit.params["id"]!);
  if (row.status === "pending") return redirect(`/review?unit=${encodeURIComponent(row.id)}&edit=1`);
  if (unit === undefined || row.status !== "approved") {
    const text = unit === undefined
      ? "What is stored of this unit cannot be read."
      : `This unit is ${row.status}; only an approved one is corrected.`;
    return redirect(unitUrl(row.id), { flash: { tone: "error", text } });
  }
  return await renderEdit(visit, {
    unit,
    back: localPath(visit.url.searchParams.get("back"), unitUrl(row.id)),
  });
}

interface EditPage {
  readonly unit: KnowledgeUnit;
  readonly back: string;
  readonly rejected?: RejectedEdit;
  readonly status?: number;
}

async function renderEdit(
  visit: SignedInVisit,
  { unit, back, rejected, status = 200 }: EditPage,
): Promise<Response> {
  const id = visit.params["id"]!;
  const action = `${unitUrl(id)}/edit`;
  return await renderPage({ ...visit, url: new URL(action, visit.url) }, {
    status,
    title: `Edit: ${unit.insight.summary}`,
    children: (
      <div class="page">
        <header class="page-head">
          <h1>Edit an approved unit</h1>
          <a href={unitUrl(id)}>The unit</a>
        </header>
        <p class="lead">
          Agents are served what you save at once. It answers the flags you see here, and what was there
          before stays in the history.
        </p>
        {unit.flags.length === 0 ? "" : <h2 class="visually-hidden">What is held against it</h2>}
        <Flags flags={unit.flags} now_us={visit.now_us} />
        <EditForm
          action={action}
          submit="Save and verify"
          edit={rejected?.edit ?? editable(unit)}
          faults={rejected?.faults}
          hidden={{ back, mark: markOf(unit, rejected) }}
          flags={unit.flags.length}
          cancel={back}
        />
      </div>
    ),
  });
}

async function saveEdit(visit: SignedInVisit, { catalog, upkeep }: EditServices): Promise<Response> {
  const { form, params, viewer } = visit;
  const id = params["id"]!;
  const edit = readEdit(form);
  const back = localPath(form.get("back"), unitUrl(id));
  const mark = form.get("mark") ?? "";
  try {
    const unanswered = await upkeep.correct(id, { edit, mark, flagsSeen: flagsShown(form), caller: viewer });
    const flash = verifiedFlash({
      done: "Saved.",
      settled: "Agents are served it from now on.",
      unanswered,
    });
    return redirect(back, { flash });
  } catch (error) {
    if (!(error instanceof CqError) || error.status >= 500 || error.status === 404) throw error;
    const { unit, row } = await catalog.record(id);
    if (unit === undefined) throw error;
    return await renderEdit(visit, {
      unit,
      back,
      rejected: rejectedEdit({ edit, mark, error, isOver: row.status !== "approved" }),
      status: error.status,
    });
  }
}
