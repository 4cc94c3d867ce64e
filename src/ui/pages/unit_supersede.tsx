import type { UnitRecord } from "../../review/catalog.ts";
import { TextField } from "../components/field.tsx";
import { ReasonFields } from "../components/reason_fields.tsx";
import { StatusBadge, Tags } from "../components/tags.tsx";
import { TimeAgo } from "../components/time_ago.tsx";
import type { Markup } from "../markup.ts";
import { unitUrl } from "../unit_url.ts";

interface SupersedePageProps {
  readonly record: UnitRecord;
  /** The id that was given for the successor. */
  readonly by: string;
  readonly successor: UnitRecord | undefined;
  /** What is wrong with that id. */
  readonly fault: string | undefined;
  readonly now_us: number;
}

/** Shows the unit that is to go and the one that takes its place, and asks. */
export function SupersedePage({ record, by, successor, fault, now_us }: SupersedePageProps): Markup {
  const { id, status } = record.row;
  const url = unitUrl(id);
  return (
    <div class="supersede">
      <header class="page-head">
        <h1>Supersede a unit</h1>
        <a href={url}>Back to the unit</a>
      </header>
      {status === "approved" ? "" : (
        <p class="notice notice-warning">
          This unit is {status}; only an approved one can be taken out of service.
        </p>
      )}
      <UnitSummary title="This unit goes" record={record} now_us={now_us} />
      {successor === undefined
        ? (
          <form method="get" action={`${url}/supersede`} class="form card">
            <TextField name="by" label="Id of the unit that takes its place" value={by} fault={fault} />
            <div class="form-actions">
              <button class="button button-primary" type="submit">Continue</button>
              <a class="button" href={url}>Cancel</a>
            </div>
          </form>
        )
        : (
          <>
            <UnitSummary title="This one takes its place" record={successor} now_us={now_us} />
            {successor.row.status === "approved" ? "" : (
              <p class="notice notice-warning">
                The unit that takes its place is {successor.row.status}: agents are served neither of the two.
              </p>
            )}
            <form method="post" action={`${url}/supersede`} class="form card">
              <input type="hidden" name="by" value={successor.row.id} />
              <input type="hidden" name="by_status" value={successor.row.status} />
              <ReasonFields prefix="supersede" />
              <div class="form-actions">
                <button class="button button-danger" type="submit">Supersede</button>
                <a class="button" href={`${url}/supersede`}>Choose another one</a>
                <a class="button" href={url}>Cancel</a>
              </div>
            </form>
          </>
        )}
    </div>
  );
}

function UnitSummary({ title, record: { row, unit }, now_us }: {
  title: string;
  record: UnitRecord;
  now_us: number;
}): Markup {
  return (
    <section class="card unit-summary">
      <h2>{title}</h2>
      <p>
        <a href={unitUrl(row.id)}>{unit?.insight.summary.trim() || row.id}</a>
      </p>
      <p class="unit-about">
        <StatusBadge status={row.status} />
        <code>{row.id}</code>
        {row.created_at === null ? "" : <TimeAgo time={row.created_at} now_us={now_us} />}
      </p>
      {unit === undefined ? "" : (
        <>
          <Tags names={unit.domains} label="Domains" />
          <p class="prose">{unit.insight.action}</p>
        </>
      )}
    </section>
  );
}
