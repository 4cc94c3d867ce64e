/**
 * Trains the guard's model: `deno task guard:train --docs FOLDER` writes src/guard/resemblance_model.txt, with `--authors` it
 * prints instead how the model does on attacks of authors that it has not read. Documentation in the folders counts as sound.
 */
import { parseArgs } from "node:util";
import { inspect, parsePolicy, severest } from "../../../src/guard/guard.ts";
import { RESEMBLANCE } from "../../../src/guard/resemblance.ts";
import { hashOf } from "../corpus/random.ts";
import { type Example, examples } from "./examples.ts";
import { exampleScore, trained, type Weights } from "./logistic.ts";

const MODEL = new URL("../../../src/guard/resemblance_model.txt", import.meta.url);
/** Share of the corpus' written sound texts, none of which the model has read, that may reach each threshold. */
const SHARES = { high: 0.05, low: 0.12, told: 0.25, sound: 0.9 };
/** Parts that texts are left out by. */
const FOLDS = 8;
const WEIGHT_MAX = 127;
const WITHOUT_MODEL = parsePolicy(`${RESEMBLANCE.id}=off`);

interface Scored {
  readonly example: Example;
  readonly score: number;
}

/** What was made of one text is in one fold. */
function foldOf({ id }: Example): number {
  return hashOf(`fold ${id.split("~")[0]!.replace(/-[a-z]+$/, "")}`) % FOLDS;
}

/** The score of each example by a model that has read neither it nor, of attacks, any text by its author. */
function unreadScores(all: readonly Example[]): Scored[] {
  const authors = [...new Set(all.filter(({ isAttack }) => isAttack).map(({ author }) => author))];
  return authors.flatMap((author, i) => {
    const isOut = (example: Example): boolean =>
      example.isAttack ? example.author === author : foldOf(example) === i % FOLDS;
    const model = trained(all.filter((example) => !isOut(example)));
    const out = all.filter((example) => isOut(example) && (example.isAttack || i < FOLDS));
    return out.map((example) => ({ example, score: exampleScore(example, model) }));
  });
}

function isWrittenSound({ author, isAttack }: Example): boolean {
  return !isAttack && author.startsWith("corpus:") && author !== "corpus:composed";
}

type Bounds = Readonly<Record<keyof typeof SHARES, number>>;

/** Scores that the given shares of the corpus' written sound texts reach. */
function bounds(scored: readonly Scored[]): Bounds {
  const sound = scored.filter(({ example }) => isWrittenSound(example)).map(({ score }) => score)
    .sort((a, b) => b - a);
  const reached = (share: number): number => Number(sound[Math.floor(share * sound.length)]!.toFixed(3));
  return {
    high: reached(SHARES.high),
    low: reached(SHARES.low),
    told: reached(SHARES.told),
    sound: reached(SHARES.sound),
  };
}

/** The model as the guard reads it: weights as bytes. */
function modelText({ weights, bias }: Weights, bounds: Bounds): string {
  const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
  const scale = Number((largest / WEIGHT_MAX).toPrecision(6));
  const bytes = Int8Array.from(weights, (weight) => Math.round(weight / scale));
  const binary = Array.from(new Uint8Array(bytes.buffer), (byte) => String.fromCharCode(byte)).join("");
  return `${JSON.stringify({ scale, bias: Number(bias.toFixed(4)), ...bounds })}\n${btoa(binary)}\n`;
}

function percent(part: number, whole: number): string {
  return `${(100 * part / whole).toFixed(1)} %`;
}

/** Of each author's texts: how many the model sees that has not read the author, the rules see, and both. */
function authorsReport(scored: readonly Scored[]): string {
  const { high } = bounds(scored);
  const rows = [
    ...Map.groupBy(scored, ({ example }) => `${example.isAttack ? "attacks" : "sound"} ${example.author}`),
  ]
    .map(([name, texts]) => {
      const ruled = texts.map(({ example }) =>
        severest(inspect(example.unit, WITHOUT_MODEL).filter(({ rule }) => !rule.startsWith("quality."))) !==
          undefined
      );
      const modelled = texts.map(({ score }) => score >= high);
      const either = texts.filter((_, i) => ruled[i] || modelled[i]).length;
      const shares = [modelled.filter(Boolean).length, ruled.filter(Boolean).length, either];
      return `| ${name} | ${texts.length} | ${
        shares.map((seen) => percent(seen, texts.length)).join(" | ")
      } |`;
    });
  return ["| author | texts | model | rules | either |", "| --- | --- | --- | --- | --- |", ...rows.sort()]
    .join("\n");
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { authors: { type: "boolean" }, docs: { type: "string", multiple: true } },
  });
  const all = examples(values.docs ?? []);
  const scored = unreadScores(all);
  if (values.authors === true) {
    Deno.stdout.writeSync(new TextEncoder().encode(`${authorsReport(scored)}\n`));
  } else {
    Deno.writeTextFileSync(MODEL, modelText(trained(all), bounds(scored)));
  }
}
