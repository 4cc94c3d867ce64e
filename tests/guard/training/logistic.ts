import { FEATURE_BITS, normOf } from "../../../src/guard/features.ts";
import { forLength } from "../../../src/guard/resemblance.ts";
import { type Random, seededRandom } from "../corpus/random.ts";
import type { Example } from "./examples.ts";

const ROUNDS = 12, RATE = 0.3, BIAS_RATE = 0.1, DECAY = 1e-3, STEADY = 1e-3;
/** How much an attack counts beside a sound text, as there are fewer. */
const ATTACK_WEIGHT = 3;
/** How much the stretch of a sound text counts that is most like an attack, and any other. */
const LIKELIEST_WEIGHT = 1, OTHER_WEIGHT = 0.5;

/** Weights of a logistic regression over features that are there or not, each divided by the root of their number. */
export interface Weights {
  readonly weights: Float64Array;
  readonly bias: number;
}

/** Log odds of a stretch. */
export function scoreOf(features: Uint32Array, { weights, bias }: Weights): number {
  let sum = 0;
  for (const feature of features) sum += weights[feature]!;
  return bias + sum / normOf(features.length);
}

/** The stretch that is most like an attack. */
function likeliest(stretches: readonly Uint32Array[], model: Weights): Uint32Array {
  let best = stretches[0]!, most = -Infinity;
  for (const stretch of stretches) {
    const score = scoreOf(stretch, model);
    if (score > most) [best, most] = [stretch, score];
  }
  return best;
}

/** How much an example is like an attack: as much as that of its texts which is most like one. */
export function exampleScore({ texts }: Example, model: Weights): number {
  return Math.max(
    ...texts.map((stretches) => forLength(scoreOf(likeliest(stretches, model), model), stretches.length)),
  );
}

/**
 * Learns from the likeliest stretch of each text (an attack is one by a single sentence, a sound text has none), by gradient
 * descent with a rate of its own for each weight. The same examples give the same weights.
 */
export function trained(examples: readonly Example[]): Weights {
  const random = seededRandom("guard");
  const model = { weights: new Float64Array(1 << FEATURE_BITS), bias: 0 };
  const squares = new Float64Array(1 << FEATURE_BITS);
  let biasSquares = 0;
  const learn = (features: Uint32Array, { goal, weight }: { goal: 0 | 1; weight: number }): void => {
    const error = (1 / (1 + Math.exp(-scoreOf(features, model))) - goal) * weight;
    const share = error / normOf(features.length);
    for (const feature of features) {
      const slope = share + DECAY * model.weights[feature]!;
      squares[feature]! += slope * slope;
      model.weights[feature]! -= RATE * slope / (Math.sqrt(squares[feature]!) + STEADY);
    }
    biasSquares += error * error;
    model.bias -= BIAS_RATE * error / (Math.sqrt(biasSquares) + STEADY);
  };
  const average = { weights: new Float64Array(1 << FEATURE_BITS), bias: 0 };
  for (let round = 0; round < ROUNDS; round++) {
    for (const { stretches, isAttack, weight } of shuffled(examples, random)) {
      const any = random.pick(stretches);
      const likely = round === 0 ? any : likeliest(stretches, model);
      learn(
        likely,
        isAttack
          ? { goal: 1, weight: weight * ATTACK_WEIGHT }
          : { goal: 0, weight: weight * LIKELIEST_WEIGHT },
      );
      if (!isAttack) learn(any, { goal: 0, weight: weight * OTHER_WEIGHT });
    }
    if (round < ROUNDS / 2) continue;
    for (const [i, weight] of model.weights.entries()) average.weights[i]! += 2 * weight / ROUNDS;
    average.bias += 2 * model.bias / ROUNDS;
  }
  return average;
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  const mixed = [...items];
  for (let i = mixed.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [mixed[i], mixed[j]] = [mixed[j]!, mixed[i]!];
  }
  return mixed;
}
