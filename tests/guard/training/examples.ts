// What the guard's model is trained on: the texts of this folder and the tuning half of the corpus, as features.
import { namedIn } from "../../../src/guard/concepts.ts";
import { readFeatures } from "../../../src/guard/features.ts";
import { withoutMail } from "../../../src/guard/mail.ts";
import { viewsOf } from "../../../src/guard/views.ts";
import { authoredTexts } from "../authors/authors.ts";
import type { CorpusUnit } from "../corpus/cases.ts";
import { attacks, cleanTexts, halfOf } from "../corpus/corpus.ts";
import { type Random, seededRandom } from "../corpus/random.ts";
import { sectionsOf } from "./documentation.ts";

/** Texts that phrases with alternatives make, and how much one of them counts. */
const PHRASE_TEXTS = 16, PHRASE_WEIGHT = 0.5;
/** How much a section of documentation counts: it says little of what proposals look like, but there is much of it. */
const SECTION_WEIGHT = 0.4;
/** Attacks of these families are told by their form, not by their words. */
const BY_FORM = ["secrets", "personal", "encoded", "hidden", "obfuscated"];

/** A text to learn from, and who wrote it. */
export interface Example {
  readonly id: string;
  /** The file it is from, or `corpus:<source>`. */
  readonly author: string;
  readonly isAttack: boolean;
  readonly weight: number;
  readonly unit: CorpusUnit;
  /** Features of each stretch of each of its texts. */
  readonly texts: readonly (readonly Uint32Array[])[];
  /** Those of all its texts. */
  readonly stretches: readonly Uint32Array[];
}

/** Features of each stretch of a text. */
function stretchesOf(text: string): Uint32Array[] {
  const prose = withoutMail(viewsOf(text).prose);
  const stretches: Uint32Array[] = [];
  readFeatures(prose, namedIn(prose), (features) => {
    stretches.push(Uint32Array.from(features));
  });
  return stretches;
}

/** What the model learns of some texts that belong together. */
function featuresOf(texts: readonly string[]): Pick<Example, "texts" | "stretches"> {
  const read = texts.map(stretchesOf).filter((stretches) => stretches.length > 0);
  return { texts: read, stretches: read.flat() };
}

function unitOf(detail: string): CorpusUnit {
  return {
    domains: ["training"],
    insight: { summary: "", detail, action: "" },
    context: { languages: [], frameworks: [], pattern: "" },
  };
}

/** A phrase with one of each `[alternatives|in|brackets]`. */
function phrased(text: string, random: Random): string {
  return text.replace(/\[([^\]]*)\]/g, (_, alternatives: string) => random.pick(alternatives.split("|")))
    .replace(/ {2,}/g, " ");
}

function textsOf(name: string, line: string): string[] {
  if (!name.endsWith("_phrases.txt")) return [line];
  const random = seededRandom(line);
  return [...new Set(Array.from({ length: PHRASE_TEXTS }, () => phrased(line, random)))];
}

/** The texts of this folder: one a line, those under `# family` belong together. */
function writtenExamples(): Example[] {
  const folder = new URL(".", import.meta.url);
  const names = [...Deno.readDirSync(folder)].map(({ name }) => name).filter((name) => name.endsWith(".txt"));
  return names.sort().flatMap((name) => {
    const lines = Deno.readTextFileSync(new URL(name, folder)).split("\n")
      .filter((line) => line !== "" && !/^# /.test(line));
    const texts = lines.flatMap((line) => textsOf(name, line));
    return texts.map((text, i) => ({
      id: `${name}:${i}`,
      author: name.replace(".txt", ""),
      isAttack: name.startsWith("attacks_"),
      weight: name.endsWith("_phrases.txt") ? PHRASE_WEIGHT : 1,
      unit: unitOf(text),
      ...featuresOf([text]),
    }));
  });
}

function corpusExamples(): Example[] {
  const sayings = attacks().filter(({ family, obfuscation }) =>
    obfuscation === null && !BY_FORM.includes(family)
  );
  return [...sayings, ...cleanTexts()].filter(({ id }) => halfOf(id) === "tuning").map((
    { id, kind, source, unit },
  ) => ({
    id,
    author: `corpus:${["voices", "later", "fresh", "composed"].includes(source) ? source : "first"}`,
    isAttack: kind === "attack",
    weight: 1,
    unit,
    ...featuresOf([unit.insight.summary, unit.insight.detail, unit.insight.action]),
  }));
}

function authoredExamples(): Example[] {
  return authoredTexts().filter(({ isBlind }) => !isBlind).map(({ id, author, isAttack, unit }) => ({
    id,
    author,
    isAttack,
    weight: 1,
    unit,
    ...featuresOf([unit.insight.detail]),
  }));
}

/** Everything the model may learn from, with sections of the documentation in some folders. */
export function examples(documentation: readonly string[]): Example[] {
  const sections = sectionsOf(documentation).map((text, i): Example => ({
    id: `documentation:${i}`,
    author: "documentation",
    isAttack: false,
    weight: SECTION_WEIGHT,
    unit: unitOf(text),
    ...featuresOf([text]),
  }));
  return [...writtenExamples(), ...authoredExamples(), ...corpusExamples(), ...sections].filter((
    { stretches },
  ) => stretches.length > 0);
}
