import type { Child } from "hono/jsx";
import type { Markup } from "../markup.ts";

/** Domains, languages and the like, as a list. */
export function Tags({ names, label }: { names: readonly string[]; label: string }): Markup {
  return (
    <ul class="tags" aria-label={label}>
      {names.map((name) => <li class="tag">{name}</li>)}
    </ul>
  );
}

const TONES: Readonly<Record<string, string>> = {
  pending: "info",
  approved: "success",
  rejected: "error",
};

/** The status of a unit. */
export function StatusBadge({ status }: { status: string }): Markup {
  return <Badge tone={TONES[status] ?? "plain"}>{status}</Badge>;
}

/** A word that stands out: `plain`, `info`, `success`, `warning` or `error`. */
export function Badge({ tone, children }: { tone: string; children: Child }): Markup {
  return <span class={`badge badge-${tone}`}>{children}</span>;
}
