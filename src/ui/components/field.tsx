import type { Markup } from "../markup.ts";

interface TextFieldProps {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly hint?: string;
  /** What is wrong with the value. */
  readonly fault?: string | undefined;
  /** More than one makes it a field of several lines. */
  readonly rows?: number;
  /** What is typed is not shown; it is a new password, not the one of whoever is signed in. */
  readonly isSecret?: boolean;
  /** The same for the password of whoever is signed in. */
  readonly isOwnPassword?: boolean;
}

const SECRET = { type: "password", autocomplete: "new-password" } as const;
const OWN_PASSWORD = { type: "password", autocomplete: "current-password" } as const;

/** A labelled field for text, with its hint and its fault told to screen readers. */
export function TextField(
  { name, label, value, hint, fault, rows = 1, isSecret = false, isOwnPassword = false }: TextFieldProps,
): Markup {
  const described = [hint === undefined ? "" : `${name}-hint`, fault === undefined ? "" : `${name}-fault`];
  const attributes = {
    id: name,
    name,
    "aria-describedby": described.join(" ").trim() || undefined,
    "aria-invalid": fault === undefined ? undefined : ("true" as const),
  };
  return (
    <div class="field">
      <label for={name}>{label}</label>
      {rows > 1
        // Browsers drop the first line end in there.
        ? <textarea {...attributes} rows={rows}>{`\n${value}`}</textarea>
        : (
          <input
            {...attributes}
            {...(isOwnPassword ? OWN_PASSWORD : isSecret ? SECRET : {})}
            value={value}
          />
        )}
      {hint === undefined ? "" : <p class="hint" id={`${name}-hint`}>{hint}</p>}
      {fault === undefined ? "" : <p class="fault" id={`${name}-fault`}>{fault}</p>}
    </div>
  );
}
