// Texts by authors who had not seen the guard: one text a line, `attacks.txt` and `clean.txt` in each author's folder.
import type { CorpusUnit } from "../corpus/cases.ts";
import { hashOf } from "../corpus/random.ts";

/** One text of one in so many is never learned from. */
const BLIND_EACH = 5;

/** A text as a unit. */
export interface AuthoredText {
  readonly id: string;
  readonly author: string;
  readonly isAttack: boolean;
  /** Whether the model has not read it, and nobody has who works on the guard. */
  readonly isBlind: boolean;
  readonly unit: CorpusUnit;
}

function linesOf(path: string): string[] {
  return Deno.readTextFileSync(new URL(path, import.meta.url)).split("\n").filter((line) => line !== "");
}

/** A unit whose detail is the text, with its first sentence as the summary and its last as the action. */
function unitOf(detail: string): CorpusUnit {
  const sentences = detail.split(/(?<=[.!?。]) /);
  return {
    domains: ["engineering"],
    insight: { summary: sentences[0]!, detail, action: sentences.at(-1)! },
    context: { languages: [], frameworks: [], pattern: "" },
  };
}

/** All texts of all authors. */
export function authoredTexts(): AuthoredText[] {
  const folders = [...Deno.readDirSync(new URL(".", import.meta.url))].filter(({ isDirectory }) =>
    isDirectory
  );
  return folders.map(({ name }) => name).sort().flatMap((author) =>
    (["attacks", "clean"] as const).flatMap((kind) =>
      linesOf(`${author}/${kind}.txt`).map((line, i) => ({
        id: `${author}-${kind}-${i}`,
        author: `authors:${author}`,
        isAttack: kind === "attacks",
        isBlind: hashOf(line) % BLIND_EACH === 0,
        unit: unitOf(line),
      }))
    )
  );
}
