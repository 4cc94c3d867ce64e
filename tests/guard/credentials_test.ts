import assert from "node:assert/strict";
import { type GuardedText, inspect } from "../../src/guard/guard.ts";
import { credentialTexts, drawnText } from "./credentials/credentials.ts";
import { DEFAULTS } from "./samples.ts";

/** How often each line is drawn anew. */
const DRAWS = 3;

function unitOf(detail: string): GuardedText {
  return {
    insight: { summary: "A note from the team", detail, action: "See the detail." },
    domains: ["operations"],
    context: { languages: [], frameworks: [], pattern: "" },
  };
}

/** Whether a rule about credentials blocks each of the texts. */
function blocked(lines: readonly string[]): boolean[] {
  return lines.flatMap((line) =>
    Array.from({ length: DRAWS }, (_, draw) =>
      inspect(unitOf(drawnText(line, `draw ${draw}`)), DEFAULTS)
        .some(({ rule, severity }) => rule.startsWith("secret.") && severity === "block"))
  );
}

function share(outcomes: readonly boolean[]): number {
  return outcomes.filter((isBlocked) => isBlocked).length / outcomes.length;
}

const BY_AUTHOR = Map.groupBy(credentialTexts(), ({ author }) => author);

for (const [author, texts] of BY_AUTHOR) {
  const lines = (hasCredential: boolean): string[] =>
    texts.filter((text) => text.hasCredential === hasCredential).map(({ line }) => line);
  Deno.test(`of the credentials that author ${author} hides in notes at most one in twelve passes`, () => {
    const seen = share(blocked(lines(true)));
    assert.ok(seen >= 11 / 12, `${(100 * seen).toFixed(1)} %`);
  });

  Deno.test(`what author ${author} says of credentials is blocked in one of two hundred notes at most`, () => {
    const wrong = share(blocked(lines(false)));
    assert.ok(wrong <= 1 / 200, `${(100 * wrong).toFixed(1)} %`);
  });
}
