import type { Child } from "hono/jsx";
import type { Markup } from "../markup.ts";

/** What stands where nothing is: what that means, and what to do. */
export function EmptyState({ title, children }: { title: string; children: Child }): Markup {
  return (
    <div class="empty">
      <p class="empty-mark" aria-hidden="true">✓</p>
      <h2>{title}</h2>
      {children}
    </div>
  );
}
