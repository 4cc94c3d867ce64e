import type { Named } from "./concepts.ts";
import { FEATURE_BITS, normOf, readFeatures } from "./features.ts";
import type { TextRule } from "./rule.ts";
import MODEL from "./resemblance_model.txt" with { type: "text" };

/** The model as it is stored: a line of numbers, and the weights in base64. */
interface Model {
  /** Of each feature, times `scale`. */
  readonly weights: Int8Array;
  readonly scale: number;
  readonly bias: number;
  /** Score from which a text is taken for an attack by itself, and from which a signal in it counts. */
  readonly high: number;
  readonly low: number;
}

function parsed(text: string): Model {
  const [numbers, weights] = text.trim().split("\n") as [string, string];
  return { ...JSON.parse(numbers), weights: Int8Array.from(atob(weights), (char) => char.charCodeAt(0)) };
}

const { weights: WEIGHTS, scale: SCALE, bias: BIAS, high: HIGH, low: LOW } = parsed(MODEL);
if (WEIGHTS.length !== 1 << FEATURE_BITS) throw new Error("The guard's model does not fit its features");

/** How much the sentence of a text that is most like an attack is like one, as log odds of the training half. */
export function resemblanceOf(prose: string, named: readonly Named[]): number {
  let most = -Infinity;
  readFeatures(prose, named, (features) => {
    let sum = 0;
    for (let at = 0; at < features.length; at++) sum += WEIGHTS[features[at]!]!;
    most = Math.max(most, BIAS + SCALE * sum / normOf(features.length));
  });
  return most;
}

/** Whether a text is so much like sound ones that words named together in it are no signal. */
export function isLikeSound(resemblance: number): boolean {
  return resemblance < LOW;
}

/** What the model takes for an attack, whatever the rules say. */
export const RESEMBLANCE: TextRule = {
  id: "injection.resembles-attack",
  family: "injection",
  title: "Wording like that of known attacks",
  defaultAction: "warn",
  message: "This reads like an order to an agent or like dangerous advice: state what is known instead",
  // Fields read together have other sentences than each by itself, so that a search rules nothing out.
  find: (text) => text.isSearch || text.resemblance >= HIGH ? "meant" : undefined,
};
