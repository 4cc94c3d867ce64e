import { CqError, invalid } from "../../errors.ts";
import type { Catalog, UnitRecord } from "../../review/catalog.ts";
import type { Purge } from "../../review/purge.ts";
import { TextField } from "../components/field.tsx";
import type { Markup } from "../markup.ts";
import { redirect, renderPage } from "../respond.ts";
import { signedInRoute, type SignedInVisit, type UiRoute } from "../route.ts";
import { unitUrl } from "../unit_url.ts";
import { UNITS_PATH } from "./units_query.ts";

interface PurgeServices {
  readonly catalog: Pick<Catalog, "record">;
  readonly purge: Purge;
}

interface PurgeForm {
  readonly status?: number;
  readonly reason: string;
  readonly fault?: string;
}

/** Removing a unit for good, which is asked for twice. */
export function purgeRoutes(services: PurgeServices): UiRoute[] {
  const needs = "administer";
  return [
    signedInRoute("GET", "/units/{id}/purge", {
      needs,
      handle: (visit) => showForm(visit, services, { reason: "" }),
    }),
    signedInRoute("POST", "/units/{id}/purge", { needs, handle: (visit) => purgeUnit(visit, services) }),
  ];
}

async function purgeUnit(visit: SignedInVisit, services: PurgeServices): Promise<Response> {
  const { params, form, viewer } = visit;
  const reason = form.get("reason") ?? "";
  try {
    if (form.get("sure") !== "yes") throw invalid("Tick that you are sure: this cannot be undone");
    await services.purge.purge(params["id"]!, { reason, by: viewer });
    const text =
      "Purged. What free pages of the database's files hold of it is overwritten by: cq purge --remains";
    return redirect(UNITS_PATH, { flash: { tone: "success", text } });
  } catch (error) {
    if (!(error instanceof CqError) || error.status !== 422) throw error;
    return await showForm(visit, services, { status: 422, reason, fault: error.message });
  }
}

async function showForm(
  visit: SignedInVisit,
  { catalog }: PurgeServices,
  { status = 200, reason, fault }: PurgeForm,
): Promise<Response> {
  const record = await catalog.record(visit.params["id"]!);
  return await renderPage(visit, {
    status,
    title: "Purge a unit",
    children: <PurgePage record={record} reason={reason} fault={fault} />,
  });
}

function PurgePage(
  { record: { row, unit }, reason, fault }: { record: UnitRecord; reason: string; fault: string | undefined },
): Markup {
  return (
    <div class="page">
      <p class="unit-up">
        <a href={unitUrl(row.id)}>Back to the unit</a>
      </p>
      <header class="page-head">
        <h1>Purge this unit</h1>
        <p class="muted">
          <code>{row.id}</code>
        </p>
      </header>
      <section class="card card-stack" aria-labelledby="purged-title">
        <h2 id="purged-title">{unit?.insight.summary.trim() || row.id}</h2>
        <p>
          For what must not be kept, as personal data or a secret. The unit goes for good, with every copy of
          its text and what was said about it. Who did what with it stays in the audit log, without any text.
          This cannot be undone.
        </p>
        <p class="hint">
          What is merely wrong is retired instead. Backups and exports are not touched, and agents that asked
          before still have it.
        </p>
        {fault === undefined ? "" : <p class="notice notice-error" role="alert">{fault}</p>}
        <form method="post" action={`${unitUrl(row.id)}/purge`} class="form">
          <TextField
            name="reason"
            label="Why"
            value={reason}
            rows={2}
            hint="It is kept in the audit log: leave out what must not be kept"
          />
          <label class="check">
            <input type="checkbox" name="sure" value="yes" required /> I am sure
          </label>
          <div class="form-actions">
            <button class="button button-danger" type="submit">Purge</button>
            <a class="button" href={unitUrl(row.id)}>Cancel</a>
          </div>
        </form>
      </section>
    </div>
  );
}
