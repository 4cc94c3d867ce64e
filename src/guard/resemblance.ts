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
  /** Scores from which a text is an attack by itself, and a signal, a command that is often told of, and any counts. */
  readonly high: number;
  readonly low: number;
  readonly told: number;
  readonly sound: number;
}

function parsed(text: string): Model {
  const [numbers, weights] = text.trim().split("\n") as [string, string];
  const model: Model = {
    ...JSON.parse(numbers),
    weights: new Int8Array(Uint8Array.fromBase64(weights).buffer),
  };
  if (model.weights.length !== 1 << FEATURE_BITS) {
    throw new Error("The guard's model does not fit its features");
  }
  return model;
}

let read: Model | undefined;

/** Read with the first text: most processes never look at one. */
function model(): Model {
  return read ??= parsed(MODEL);
}

/** A stretch of a text, at most a sentence, and how much it is like an attack, as log odds of the training half. */
export interface Likened {
  readonly end: number;
  readonly score: number;
}

/** The stretches of a text in their order, each from where the one before ends. */
export function likenedStretches(prose: string, named: readonly Named[]): Likened[] {
  const { weights, scale, bias } = model();
  const stretches: Likened[] = [];
  readFeatures(prose, named, (features, end) => {
    let sum = 0;
    for (let at = 0; at < features.length; at++) sum += weights[features[at]!]!;
    stretches.push({ end, score: bias + scale * sum / normOf(features.length) });
  });
  return stretches;
}

/** How much the stretch is like an attack that is most like one, of all or of those between two places. */
export function resemblanceOf(
  stretches: readonly Likened[],
  { start, end }: { readonly start: number; readonly end: number } = { start: 0, end: Infinity },
): number {
  let most = -Infinity;
  for (let at = firstAfter(stretches, start); at < stretches.length; at++) {
    if (at > 0 && stretches[at - 1]!.end >= end) break;
    most = Math.max(most, stretches[at]!.score);
  }
  return most;
}

/** The number of the first stretch that ends after a place. */
function firstAfter(stretches: readonly Likened[], place: number): number {
  let low = 0, high = stretches.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (stretches[middle]!.end > place) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Log odds that a text e times as long needs more to be taken for an attack: one of its sentences may be odd by chance. */
const LENGTH_ODDS = 0.4;

/** How much a text is like an attack: its likeliest stretch is, less the more stretches there are. */
export function textResemblance(stretches: readonly Likened[]): number {
  return forLength(resemblanceOf(stretches), stretches.length);
}

/** The score of a text's likeliest stretch, of so many, made comparable with that of texts of other lengths. */
export function forLength(score: number, stretches: number): number {
  return score - LENGTH_ODDS * Math.log(Math.max(stretches, 1));
}

/** Whether a text is taken for an attack. */
export function isLikeAttack(resemblance: number): boolean {
  return resemblance >= model().high;
}

/** Whether a text is so much like sound ones that words named together in it are no signal. */
export function isLikeSound(resemblance: number): boolean {
  return resemblance < model().low;
}

/** Whether what stands around a phrase or a command is so much like sound texts that it is taken for harmless. */
export function isSound(
  resemblance: number,
  { isOftenTold = false }: { readonly isOftenTold?: boolean },
): boolean {
  const { told, sound } = model();
  return resemblance < (isOftenTold ? told : sound);
}

/** What the model takes for an attack, whatever the rules say. */
export const RESEMBLANCE: TextRule = {
  id: "injection.resembles-attack",
  family: "injection",
  title: "Wording like that of known attacks",
  defaultAction: "warn",
  message: "This reads like an order to an agent or like dangerous advice: state what is known instead",
  // Fields read together have other sentences than each by itself, so that a search rules nothing out.
  find: (text) => text.isSearch || isLikeAttack(text.resemblance) ? "meant" : undefined,
};
