import type { Action } from "./finding.ts";
import { type Needs, needsOf } from "./anchors.ts";
import type { Sighting, TextRule } from "./rule.ts";
import { isThere, sightingOf } from "./stance.ts";
import type { Views } from "./views.ts";

interface Filtered {
  readonly pattern: RegExp;
  readonly needs: Needs;
}

/** A rule whose patterns are phrases or commands. */
export interface PhraseRule {
  /** Of the rule `injection.<name>`. */
  readonly name: string;
  readonly title: string;
  readonly action: Action;
  readonly message: string;
  readonly view: "prose" | "code";
  readonly patterns: readonly RegExp[];
  /** Whether a phrase that is quoted or warned against is reported too, at lower severity. */
  readonly reportsMentions: boolean;
  /** Tried on letters alone, where the sentences show nothing. */
  readonly squeezed?: RegExp;
}

/** The rule that finds a phrase in any of its disguises. */
export function phraseRule(rule: PhraseRule): TextRule {
  const patterns = rule.patterns.map((pattern) => ({ pattern, needs: needsOf(pattern) }));
  const squeezedNeeds = rule.squeezed === undefined ? [] : needsOf(rule.squeezed);
  const isSqueezed = (text: Views): boolean =>
    rule.squeezed !== undefined && text.squeezed !== "" && text.anchors("squeezed").allow(squeezedNeeds) &&
    rule.squeezed.test(text.squeezed);
  const find = (text: Views): Sighting | undefined => {
    const seen = strongest(patterns, text, rule.view) ?? strongest(patterns, text, "disguised");
    if (seen !== undefined) return seen === "meant" || rule.reportsMentions ? seen : undefined;
    return isSqueezed(text) ? "meant" : undefined;
  };
  return {
    id: `injection.${rule.name}`,
    family: "injection",
    title: rule.title,
    defaultAction: rule.action,
    message: rule.message,
    find,
  };
}

/** A pattern of words: a space is any run of separators, `_` up to about eight words of the same sentence. */
export function phrase(source: string): RegExp {
  const expanded = source.replaceAll("_", "[^.!?]{0,48}?").replace(
    / (\??)/g,
    (_, optional) => `[^a-z0-9.!?]{${optional === "" ? 1 : 0},4}`,
  );
  return new RegExp(`(?<![a-z0-9-])(?:${expanded})(?![a-z])`, "g");
}

function strongest(
  patterns: readonly Filtered[],
  text: Views,
  view: "prose" | "code" | "disguised",
): Sighting | undefined {
  if (text[view] === "") return undefined;
  const anchors = text.anchors(view);
  let seen: Sighting | undefined;
  for (const { pattern, needs } of patterns) {
    const within = anchors.stretches(needs);
    if (within.length === 0) continue;
    const sighting = text.isSearch
      ? isThere(text[view], { pattern, within })
      : sightingOf(text[view], { pattern, within });
    if (sighting === "meant") return sighting;
    seen ??= sighting;
  }
  return seen;
}
