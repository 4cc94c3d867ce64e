import {
  FEATURE_BITS,
  normOf,
  PASSAGE_FEATURES_MIN,
  STRETCH_FEATURES_MIN,
} from "../../../src/guard/features.ts";
import { forLength, PASSAGE_STRETCHES } from "../../../src/guard/resemblance.ts";
import { type Random, seededRandom } from "../corpus/random.ts";
import type { Example } from "./examples.ts";

const ROUNDS = 12, RATE = 0.3, BIAS_RATE = 0.1, STEADY = 1e-3;
/** How quickly weights go back to zero (of passages there are fewer), and when a text is too short to tell much. */
const OF_STRETCHES = { decay: 1e-3, least: STRETCH_FEATURES_MIN };
const OF_PASSAGES = { decay: 1e-4, least: PASSAGE_FEATURES_MIN };
/** How much an attack counts beside a sound text, as there are fewer. */
const ATTACK_WEIGHT = 1.5;
/** How much the stretch of a sound text counts that is most like an attack, and any other. */
const LIKELIEST_WEIGHT = 1, OTHER_WEIGHT = 0.5;

/** Weights of a logistic regression over features that are there or not, each divided by the root of their number. */
export interface Weights {
  readonly weights: Float64Array;
  readonly bias: number;
  /** Features below which a text is too short to tell much. */
  readonly least: number;
}

/** What is learned: of stretches by themselves, and of those around the likeliest one together. */
export interface Learned {
  readonly stretch: Weights;
  readonly passage: Weights;
}

/** Log odds of a stretch or a passage. */
export function scoreOf(features: Uint32Array, { weights, bias, least }: Weights): number {
  let sum = 0;
  for (const feature of features) sum += weights[feature]!;
  return bias + sum / normOf(features.length, least);
}

/** The place of the stretch that is most like an attack. */
function likeliest(stretches: readonly Uint32Array[], model: Weights): number {
  let best = 0, most = -Infinity;
  for (const [at, stretch] of stretches.entries()) {
    const score = scoreOf(stretch, model);
    if (score > most) [best, most] = [at, score];
  }
  return best;
}

/** Features of the stretches around one. */
function passageAround(stretches: readonly Uint32Array[], at: number): Uint32Array {
  const around = stretches.slice(Math.max(0, at - PASSAGE_STRETCHES), at + PASSAGE_STRETCHES + 1);
  return Uint32Array.from(new Set(around.flatMap((stretch) => [...stretch])));
}

/** How much an example is like an attack: as much as that of its texts which is most like one. */
export function exampleScore({ texts }: Example, { stretch, passage }: Learned): number {
  return Math.max(...texts.map((stretches) => {
    const at = likeliest(stretches, stretch);
    return forLength(scoreOf(stretches[at]!, stretch), stretches.length) +
      scoreOf(passageAround(stretches, at), passage);
  }));
}

/** How much the likeliest stretch of an example is like an attack, whatever is around it. */
export function stretchScore({ texts }: Example, { stretch }: Learned): number {
  return Math.max(...texts.map((stretches) => {
    return forLength(scoreOf(stretches[likeliest(stretches, stretch)]!, stretch), stretches.length);
  }));
}

type Learn = (features: Uint32Array, lesson: { readonly goal: 0 | 1; readonly weight: number }) => void;

/** Gradient descent with a rate of its own for each weight; the weights of the later half of the rounds are averaged. */
function descended(
  { decay, least }: { readonly decay: number; readonly least: number },
  teach: (learn: Learn, model: Weights, round: number) => void,
): Weights {
  const model = { weights: new Float64Array(1 << FEATURE_BITS), bias: 0, least };
  const squares = new Float64Array(1 << FEATURE_BITS);
  let biasSquares = 0;
  const learn: Learn = (features, { goal, weight }) => {
    const error = (1 / (1 + Math.exp(-scoreOf(features, model))) - goal) * weight;
    const share = error / normOf(features.length, least);
    for (const feature of features) {
      const slope = share + decay * model.weights[feature]!;
      squares[feature]! += slope * slope;
      model.weights[feature]! -= RATE * slope / (Math.sqrt(squares[feature]!) + STEADY);
    }
    biasSquares += error * error;
    model.bias -= BIAS_RATE * error / (Math.sqrt(biasSquares) + STEADY);
  };
  const average = { weights: new Float64Array(1 << FEATURE_BITS), bias: 0, least };
  for (let round = 0; round < ROUNDS; round++) {
    teach(learn, model, round);
    if (round < ROUNDS / 2) continue;
    for (const [i, weight] of model.weights.entries()) average.weights[i]! += 2 * weight / ROUNDS;
    average.bias += 2 * model.bias / ROUNDS;
  }
  return average;
}

/** Learns from the likeliest stretch of each text: an attack is one by a single sentence, a sound text has none. */
function learnedStretches(examples: readonly Example[], random: Random): Weights {
  return descended(OF_STRETCHES, (learn, model, round) => {
    for (const { stretches, isAttack, weight } of shuffled(examples, random)) {
      const any = random.pick(stretches);
      const likely = round === 0 ? any : stretches[likeliest(stretches, model)]!;
      learn(
        likely,
        isAttack
          ? { goal: 1, weight: weight * ATTACK_WEIGHT }
          : { goal: 0, weight: weight * LIKELIEST_WEIGHT },
      );
      if (!isAttack) learn(any, { goal: 0, weight: weight * OTHER_WEIGHT });
    }
  });
}

/** Learns from what is around the likeliest stretch of each text. */
function learnedPassages(examples: readonly Example[], stretch: Weights, random: Random): Weights {
  const passages = examples.map(({ texts, isAttack, weight }) => {
    const likely = texts.map((stretches) => ({ stretches, at: likeliest(stretches, stretch) }))
      .reduce((most, one) =>
        scoreOf(one.stretches[one.at]!, stretch) > scoreOf(most.stretches[most.at]!, stretch) ? one : most
      );
    return { features: passageAround(likely.stretches, likely.at), isAttack, weight };
  });
  return descended(OF_PASSAGES, (learn) => {
    for (const { features, isAttack, weight } of shuffled(passages, random)) {
      learn(
        features,
        isAttack
          ? { goal: 1, weight: weight * ATTACK_WEIGHT }
          : { goal: 0, weight: weight * LIKELIEST_WEIGHT },
      );
    }
  });
}

/** Learns from examples; the same ones give the same weights. */
export function trained(examples: readonly Example[]): Learned {
  const random = seededRandom("guard");
  const stretch = learnedStretches(examples, random);
  return { stretch, passage: learnedPassages(examples, stretch, random) };
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  const mixed = [...items];
  for (let i = mixed.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [mixed[i], mixed[j]] = [mixed[j]!, mixed[i]!];
  }
  return mixed;
}
