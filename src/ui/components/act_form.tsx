import type { Child } from "hono/jsx";
import type { Markup } from "../markup.ts";

interface ActFormProps {
  readonly id: string;
  readonly verb: string;
  readonly back: string;
  readonly next: string;
  readonly children: Child;
  readonly className?: string;
}

/** A form that does something about a unit and leads on to the next one. */
export function ActForm({ id, verb, back, next, children, className = "inline" }: ActFormProps): Markup {
  return (
    <form
      method="post"
      action={`/review/${encodeURIComponent(id)}/${verb}`}
      class={className}
      data-act={verb}
    >
      <input type="hidden" name="back" value={back} />
      <input type="hidden" name="next" value={next} />
      {children}
    </form>
  );
}
