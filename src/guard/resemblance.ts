import type { Named } from "./concepts.ts";
import {
  FEATURE_BITS,
  Features,
  normOf,
  PASSAGE_FEATURES_MIN,
  readFeatures,
  STRETCH_FEATURES_MIN,
} from "./features.ts";
import type { TextRule } from "./rule.ts";
import MODEL from "./resemblance_model.txt" with { type: "text" };

/** What a logistic regression learned of each feature, times `scale`. */
interface Weights {
  readonly weights: Int8Array;
  readonly scale: number;
  readonly bias: number;
  /** Features below which a text is too short to tell much. */
  readonly least: number;
}

interface Model {
  /** Of a stretch by itself, and of those around it together. */
  readonly stretch: Weights;
  readonly passage: Weights;
  /** Scores from which a text is an attack by itself, and a signal, a command that is often told of, and any counts. */
  readonly high: number;
  readonly low: number;
  readonly told: number;
  readonly sound: number;
}

/** Stands in the stored weights before the length of a run of zeros: most features are of no weight. */
export const ZEROS = 0x80;

/** The model as it is stored: a line of numbers, and the two lists of weights in base64. */
function parsed(text: string): Model {
  const [numbers, stretch, passage] = text.trim().split("\n") as [string, string, string];
  const told = JSON.parse(numbers);
  return {
    ...told,
    stretch: { ...told.stretch, weights: unpacked(stretch), least: STRETCH_FEATURES_MIN },
    passage: { ...told.passage, weights: unpacked(passage), least: PASSAGE_FEATURES_MIN },
  };
}

function unpacked(base64: string): Int8Array {
  const packed = Uint8Array.fromBase64(base64);
  const weights = new Int8Array(1 << FEATURE_BITS);
  let at = 0;
  for (let from = 0; from < packed.length; from++) {
    if (packed[from] === ZEROS) at += packed[++from]!;
    else weights[at++] = packed[from]!;
  }
  if (at !== weights.length) throw new Error("The guard's model does not fit its features");
  return weights;
}

let read: Model | undefined;

/** Read with the first text: most processes never look at one. */
function model(): Model {
  return read ??= parsed(MODEL);
}

function scoreOf(
  features: readonly number[],
  { weights, scale, bias, least }: Weights,
): number {
  let sum = 0;
  for (let at = 0; at < features.length; at++) sum += weights[features[at]!]!;
  return bias + scale * sum / normOf(features.length, least);
}

/** A stretch of a text, at most a sentence, and how much it is like an attack, as log odds of the training half. */
export interface Likened {
  readonly end: number;
  readonly score: number;
  readonly features: readonly number[];
}

/** The stretches of a text in their order, each from where the one before ends. */
export function likenedStretches(prose: string, named: readonly Named[]): Likened[] {
  const { stretch } = model();
  const stretches: Likened[] = [];
  readFeatures(prose, named, (features, end) => {
    stretches.push({ end, score: scoreOf(features, stretch), features: features.slice() });
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

/** How much the likeliest stretch of a text is like an attack, less the more stretches there are. */
export function likeliestResemblance(stretches: readonly Likened[]): number {
  return forLength(resemblanceOf(stretches), stretches.length);
}

/** Stretches before and after one that its passage has. */
export const PASSAGE_STRETCHES = 3;
const PASSAGE = new Features();

/**
 * How much a text is like an attack: its likeliest stretch is, less the more stretches there are, together with the passage around
 * that.
 */
export function textResemblance(stretches: readonly Likened[]): number {
  if (stretches.length === 0) return -Infinity;
  const most = resemblanceOf(stretches);
  const at = stretches.findIndex(({ score }) => score === most);
  const last = Math.min(at + PASSAGE_STRETCHES, stretches.length - 1);
  for (let i = Math.max(0, at - PASSAGE_STRETCHES); i <= last; i++) PASSAGE.addAll(stretches[i]!.features);
  const around = scoreOf(PASSAGE.numbers, model().passage);
  PASSAGE.clear();
  return forLength(most, stretches.length) + around;
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
