import type { Markup } from "../markup.ts";
import { parseExact } from "../../wire/json.ts";

const INDENT = 2;

/** What is stored of a unit, letter by letter but for white space. */
export function RawUnit({ data }: { data: string }): Markup {
  return (
    <details class="unit-raw">
      <summary>Raw JSON</summary>
      <div class="unit-raw-frame">
        <button class="button button-small" type="button" data-copy-text="raw-json" hidden>
          Copy
        </button>
        <pre id="raw-json" tabindex={0} role="region" aria-label="Raw JSON">{indented(data)}</pre>
      </div>
    </details>
  );
}

/** As it is where it is no JSON. Numbers keep their spelling. */
function indented(data: string): string {
  try {
    return JSON.stringify(parseExact(data), null, INDENT);
  } catch {
    return data;
  }
}
