import type { Anchors, Needs, Stretch } from "./anchors.ts";
import type { Lexicon } from "./lexicon.ts";

/** A pattern, and what a text must hold so that it can match. */
export interface Sought {
  /** Sticky where the places are known at which a match can begin, else global. */
  readonly pattern: RegExp;
  readonly needs: Needs;
}

/** What to look for so that a pattern is found; its texts are looked for with those of the lexicon. */
export function sought(pattern: RegExp, lexicon: Lexicon): Sought {
  const needs = lexicon.needsOf(pattern);
  const flags = pattern.flags.replace(/[gy]/g, "");
  let ready: RegExp | undefined;
  return {
    needs,
    // Only with the first text it is known what it needs.
    get pattern(): RegExp {
      return ready ??= new RegExp(pattern.source, `${flags}${needs.isPlaced ? "y" : "g"}`);
    },
  };
}

/** Looks at one match, which stands at `at` in the text, and tells whether it is what is looked for. */
type Sees = (match: RegExpExecArray, at: number) => boolean;

/** Whether one of a pattern's matches is what is looked for. They are looked at in order, those that follow no more. */
export function someMatch(
  text: string,
  { pattern, needs }: Sought,
  { anchors, within, isWhole = false, sees }: {
    readonly anchors: Anchors;
    /** Where to search for a pattern that needs no certain text. */
    readonly within?: readonly Stretch[];
    /** Whether what a match needs may stand further apart than a few blocks. */
    readonly isWhole?: boolean;
    readonly sees: Sees;
  },
): boolean {
  if (!anchors.allow(needs)) return false;
  if (needs.isPlaced) return someAt(text, { pattern, places: anchors.places(needs, { isWhole }), sees });
  const stretches = within ?? (isWhole ? [{ start: 0, end: text.length }] : anchors.stretches(needs));
  return someWithin(text, { pattern, within: stretches, sees });
}

function someAt(
  text: string,
  { pattern, places, sees }: {
    readonly pattern: RegExp;
    readonly places: readonly number[];
    readonly sees: Sees;
  },
): boolean {
  let next = 0;
  for (const place of places) {
    // Matches of one pattern do not overlap.
    if (place < next) continue;
    pattern.lastIndex = place;
    const match = pattern.exec(text);
    next = place + (match === null || match[0] === "" ? 1 : match[0].length);
    if (match !== null && sees(match, place)) return true;
  }
  return false;
}

function someWithin(
  text: string,
  { pattern, within, sees }: {
    readonly pattern: RegExp;
    readonly within: readonly Stretch[];
    readonly sees: Sees;
  },
): boolean {
  for (const { start, end } of within) {
    const part = start === 0 && end === text.length ? text : text.slice(start, end);
    // What begins a stretch does not begin the text.
    pattern.lastIndex = start === 0 ? 0 : 1;
    for (let match = pattern.exec(part); match !== null; match = pattern.exec(part)) {
      if (sees(match, start + match.index)) return true;
      if (match[0] === "") pattern.lastIndex++;
    }
  }
  return false;
}
