import type { Edit } from "../../review/edits.ts";
import type { Markup } from "../markup.ts";

/** What somebody typed that could not be kept, because the unit was decided meanwhile or the text was refused. */
export interface Unsaved {
  readonly message: string;
  /** Label and text. */
  readonly texts: readonly (readonly [label: string, text: string])[];
}

/** Gives a text back to whoever typed it. */
export function UnsavedText({ unsaved, dismiss }: { unsaved: Unsaved; dismiss: string }): Markup {
  return (
    <section class="notice notice-error unsaved" id="unsaved" tabindex={-1} aria-labelledby="unsaved-title">
      <h2 id="unsaved-title">{unsaved.message}</h2>
      <p>What you wrote was not saved. Copy what you still need:</p>
      {unsaved.texts.map(([label, text], index) => (
        <div class="field">
          <label for={`unsaved-${index}`}>{label}</label>
          <textarea id={`unsaved-${index}`} rows={3} readonly>{`\n${text}`}</textarea>
        </div>
      ))}
      <a class="button button-small" href={dismiss} data-dismiss="">Dismiss</a>
    </section>
  );
}

/** The texts of an edit, for {@link UnsavedText}. */
export function editTexts(edit: Edit): Unsaved["texts"] {
  const texts: Unsaved["texts"] = [
    ["Your summary", edit.summary],
    ["Your detail", edit.detail],
    ["Your text for what to do", edit.action],
    ["Your domains", edit.domains.join("\n")],
    ["Your languages", edit.languages.join("\n")],
    ["Your frameworks", edit.frameworks.join("\n")],
    ["Your pattern", edit.pattern],
  ];
  return texts.filter(([, text]) => text.trim() !== "");
}
