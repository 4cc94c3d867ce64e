/**
 * Trains the guard's model: `deno task guard:train --docs FOLDER` writes src/guard/resemblance_model.txt, with `--authors` it
 * prints instead how the model does on attacks of authors that it has not read. Documentation in the folders counts as sound.
 */
import { parseArgs } from "node:util";
import { inspect, parsePolicy, severest } from "../../../src/guard/guard.ts";
import { RESEMBLANCE, ZEROS } from "../../../src/guard/resemblance.ts";
import { hashOf } from "../corpus/random.ts";
import { type Example, examples } from "./examples.ts";
import { exampleScore, type Learned, stretchScore, trained, type Weights } from "./logistic.ts";

const MODEL = new URL("../../../src/guard/resemblance_model.txt", import.meta.url);
/** Share of the corpus' written sound texts, none of which the model has read, that may reach each threshold. */
const SHARES = { high: 0.05, low: 0.065, told: 0.25, sound: 0.9 };
/** Parts that texts are left out by. */
const FOLDS = 8;
const WEIGHT_MAX = 127;
const WITHOUT_MODEL = parsePolicy(`${RESEMBLANCE.id}=off`);

interface Scored {
  readonly example: Example;
  /** Of the whole, and of its likeliest stretch by itself. */
  readonly score: number;
  readonly stretch: number;
}

/** What was made of one text is in one fold, and so is what one author wrote as attacks. */
function foldOf({ id, author, isAttack }: Example): number {
  return hashOf(`fold ${isAttack ? author : id.split("~")[0]!.replace(/-[a-z]+$/, "")}`) % FOLDS;
}

/** The score of each example by a model that has read neither it nor, of attacks, any text by its author. */
function unreadScores(all: readonly Example[]): Scored[] {
  return Array.from({ length: FOLDS }, (_, fold) => {
    const model = trained(all.filter((example) => foldOf(example) !== fold));
    return all.filter((example) => foldOf(example) === fold).map((example) => ({
      example,
      score: exampleScore(example, model),
      stretch: stretchScore(example, model),
    }));
  }).flat();
}

function isWrittenSound({ author, isAttack }: Example): boolean {
  return !isAttack && author.startsWith("corpus:") && author !== "corpus:composed";
}

type Bounds = Readonly<Record<keyof typeof SHARES, number>>;

/** Scores that the given shares of the corpus' written sound texts reach. */
function bounds(scored: readonly Scored[]): Bounds {
  const sound = scored.filter(({ example }) => isWrittenSound(example));
  const reached = (kind: "score" | "stretch", share: number): number => {
    const scores = sound.map((one) => one[kind]).sort((a, b) => b - a);
    return Number(scores[Math.floor(share * scores.length)]!.toFixed(3));
  };
  return {
    high: reached("score", SHARES.high),
    low: reached("stretch", SHARES.low),
    told: reached("stretch", SHARES.told),
    sound: reached("stretch", SHARES.sound),
  };
}

/** The model as the guard reads it. */
function modelText({ stretch, passage }: Learned, bounds: Bounds): string {
  const packed = [stretch, passage].map(packedWeights);
  const [ofStretch, ofPassage] = packed.map(({ scale, bias }) => ({ scale, bias }));
  const numbers = { stretch: ofStretch, passage: ofPassage, ...bounds };
  return [JSON.stringify(numbers), ...packed.map(({ base64 }) => base64), ""].join("\n");
}

/** Weights as bytes, with runs of zeros as their length. */
function packedWeights({ weights, bias }: Weights): { scale: number; bias: number; base64: string } {
  const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
  const scale = Number((largest / WEIGHT_MAX).toPrecision(6));
  const bytes: number[] = [];
  for (let at = 0, zeros = 0; at < weights.length; at++) {
    const weight = Math.round(weights[at]! / scale);
    if (weight === 0) zeros++;
    const isEnd = at + 1 === weights.length || zeros === 255;
    if (zeros > 0 && (weight !== 0 || isEnd)) {
      bytes.push(ZEROS, zeros);
      zeros = 0;
    }
    if (weight !== 0) bytes.push(weight & 0xff);
  }
  return { scale, bias: Number(bias.toFixed(4)), base64: Uint8Array.from(bytes).toBase64() };
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
