import type { CqError } from "../../errors.ts";
import type { KnowledgeUnit } from "../../knowledge/unit.ts";
import { type Edit, editMark } from "../../review/edits.ts";
import { TextField } from "../components/field.tsx";
import type { Markup } from "../markup.ts";
import { FlagsShown } from "./flags_shown.tsx";

/** What is wrong with an edit: by field, and what concerns no single one. */
export interface EditFaults {
  readonly fields: Readonly<Record<string, string>>;
  readonly general?: string;
}

/** An edit that was refused, as it was typed. */
export interface RejectedEdit {
  readonly edit: Edit;
  readonly faults: EditFaults;
  /** The mark that was sent; undefined where that was the fault, and somebody else's change is to be replaced. */
  readonly mark: string | undefined;
}

const NO_FAULTS: EditFaults = { fields: {} };

interface EditFormProps {
  /** Where it is sent to. */
  readonly action: string;
  readonly submit: string;
  readonly edit: Edit;
  readonly faults?: EditFaults | undefined;
  /** What is sent along unseen, by name. */
  readonly hidden: Readonly<Record<string, string>>;
  /** How many flags the page shows, where saving answers them. */
  readonly flags?: number;
  readonly cancel: string;
}

/** Corrects a unit. */
export function EditForm(
  { action, submit, edit, faults = NO_FAULTS, hidden, flags, cancel }: EditFormProps,
): Markup {
  const { fields, general } = faults;
  const lines = (values: readonly string[]): string => values.join("\n");
  return (
    <form method="post" action={action} class="form edit-form">
      {Object.entries(hidden).map(([name, value]) => <input type="hidden" name={name} value={value} />)}
      {flags === undefined ? "" : <FlagsShown count={flags} />}
      {general === undefined ? "" : <p class="notice notice-error" role="alert">{general}</p>}
      <TextField name="summary" label="Summary" value={edit.summary} rows={2} fault={fields["summary"]} />
      <TextField name="detail" label="Detail" value={edit.detail} rows={8} fault={fields["detail"]} />
      <TextField name="action" label="What to do" value={edit.action} rows={4} fault={fields["action"]} />
      <TextField
        name="domains"
        label="Domains"
        value={lines(edit.domains)}
        rows={3}
        hint="One on each line"
        fault={fields["domains"]}
      />
      <div class="field-row">
        <TextField
          name="languages"
          label="Languages"
          value={lines(edit.languages)}
          rows={2}
          hint="One on each line"
          fault={fields["languages"]}
        />
        <TextField
          name="frameworks"
          label="Frameworks"
          value={lines(edit.frameworks)}
          rows={2}
          hint="One on each line"
          fault={fields["frameworks"]}
        />
      </div>
      <TextField
        name="pattern"
        label="Pattern"
        value={edit.pattern}
        // A field of one line would drop the line ends that some stored patterns have.
        rows={/[\r\n]/.test(edit.pattern) ? 2 : 1}
        fault={fields["pattern"]}
      />
      <div class="form-actions">
        <button class="button button-primary" type="submit">{submit}</button>
        <a class="button" href={cancel}>Cancel</a>
      </div>
    </form>
  );
}

/** The edit that was sent. */
export function readEdit(form: URLSearchParams): Edit {
  const text = (name: string): string => (form.get(name) ?? "").replaceAll("\r\n", "\n");
  const lines = (name: string): string[] => text(name).split("\n").filter((line) => line.trim() !== "");
  return {
    summary: text("summary"),
    detail: text("detail"),
    action: text("action"),
    domains: lines("domains"),
    languages: lines("languages"),
    frameworks: lines("frameworks"),
    pattern: text("pattern"),
  };
}

/** See {@link RejectedEdit}; `isOver` where the unit is none to be corrected any more, whatever is sent again. */
export function rejectedEdit(
  { edit, mark, error, isOver = false }: { edit: Edit; mark: string; error: CqError; isOver?: boolean },
): RejectedEdit {
  if (isOver) return { edit, faults: { fields: {}, general: `${error.message}. ${NOT_SAVED}` }, mark };
  return { edit, faults: faultsOf(error), mark: error.status === 409 ? undefined : mark };
}

const NOT_SAVED = "What you typed was not saved; it is still here to be copied.";

/** The mark of the unit that a form is about, until somebody who was told of a change saves all the same. */
export function markOf(unit: KnowledgeUnit, rejected: RejectedEdit | undefined): string {
  return rejected?.mark ?? editMark(unit);
}

/** What an error says about the fields of an edit. */
function faultsOf(error: CqError): EditFaults {
  if (error.status === 409) {
    const general = `${error.message}. This is what you typed: saved again, it replaces what is there now.`;
    return { fields: {}, general };
  }
  const fields: Record<string, string> = {};
  for (const { loc, msg } of error.fields ?? []) {
    const name = String(loc[1] === "domains" ? "domains" : loc[2]);
    fields[name] ??= msg.replace(/^Value error, /, "");
  }
  return error.fields === undefined ? { fields, general: error.message } : { fields };
}
