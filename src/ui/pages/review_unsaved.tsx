import type { Markup } from "../markup.ts";

/** A text in a form that was sent, under the name of its field. */
interface SentText {
  readonly name: string;
  readonly label: string;
  readonly text: string;
}

/** What somebody typed that could not be kept, because the unit was decided meanwhile or the text was refused. */
export interface Unsaved {
  readonly message: string;
  readonly texts: readonly SentText[];
}

/** Gives a text back to whoever typed it. */
export function UnsavedText({ unsaved, dismiss }: { unsaved: Unsaved; dismiss: string }): Markup {
  return (
    <section class="notice notice-error unsaved" id="unsaved" tabindex={-1} aria-labelledby="unsaved-title">
      <h2 id="unsaved-title">{unsaved.message}</h2>
      <TextsToCopy texts={unsaved.texts} />
      <a class="button button-small" href={dismiss} data-dismiss="">Dismiss</a>
    </section>
  );
}

/** The texts themselves, to be copied, and to be sent along with a form where one is named. */
export function TextsToCopy({ texts, form }: Pick<Unsaved, "texts"> & { form?: string }): Markup {
  return (
    <>
      <p>What you wrote was not saved. Copy what you still need:</p>
      {texts.map(({ name, label, text }, index) => (
        <div class="field">
          <label for={`unsaved-${index}`}>{label}</label>
          <textarea id={`unsaved-${index}`} rows={3} readonly {...(form === undefined ? {} : { name, form })}>
            {`\n${text}`}
          </textarea>
        </div>
      ))}
    </>
  );
}

/** Fields of forms that somebody writes a text in. Passwords are none of them: what is not named here is not shown. */
const FIELD_LABELS: Readonly<Record<string, string>> = {
  summary: "Your summary",
  detail: "Your detail",
  action: "Your text for what to do",
  domains: "Your domains",
  languages: "Your languages",
  frameworks: "Your frameworks",
  pattern: "Your pattern",
  note: "Your note",
  name: "Your name for the key",
  labels: "Your labels",
};

/** The texts in a form that was sent. */
export function sentTexts(form: URLSearchParams): Unsaved["texts"] {
  return Object.entries(FIELD_LABELS)
    .map(([name, label]) => ({ name, label, text: form.get(name) ?? "" }))
    .filter(({ text }) => text.trim() !== "");
}
