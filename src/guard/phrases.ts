import type { Action } from "./finding.ts";
import { LEXICONS } from "./lexicon.ts";
import { isLikeSound, isSound } from "./resemblance.ts";
import type { Sighting, TextRule } from "./rule.ts";
import { type Sought, sought } from "./sought.ts";
import { sightingOf, type Stance, stanceAt } from "./stance.ts";
import type { Views } from "./views.ts";

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
  /** Whether sound advice names it as often as orders do: then it takes more to be meant. */
  readonly isOftenTold?: boolean;
  /** Tried on letters alone, where the sentences show nothing. */
  readonly squeezed?: RegExp;
}

/** The rule that finds a phrase in any of its disguises. */
export function phraseRule(rule: PhraseRule): TextRule {
  const patterns = rule.patterns.map((pattern) => sought(pattern, LEXICONS[rule.view]));
  const squeezed = rule.squeezed === undefined
    ? undefined
    : { pattern: rule.squeezed, needs: LEXICONS.squeezed.needsOf(rule.squeezed) };
  const isSqueezed = (text: Views): boolean =>
    squeezed !== undefined && text.squeezed !== "" &&
    text.anchors("squeezed", "squeezed").allow(squeezed.needs) && squeezed.pattern.test(text.squeezed);
  const find = (text: Views): Sighting | undefined => {
    const seen = strongest(patterns, text, { rule, view: rule.view }) ??
      strongest(patterns, text, { rule, view: "disguised" });
    if (seen === undefined) return isSqueezed(text) ? "meant" : undefined;
    // Words around it that make a mention of an order, and a sound one, are cheap to add.
    const isReported = seen === "meant" ||
      rule.reportsMentions && (rule.action === "block" || !isLikeSound(text.likeliest));
    return isReported ? seen : undefined;
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

/** Separators between two words. V8 writes out up to three repetitions: with one more in all, a pattern's code is half as long. */
const SEPARATORS_MAX = 5;

/** A pattern of words: a space is any run of separators, `_` up to about eight words of the same sentence, names of files too. */
export function phrase(source: string): RegExp {
  const expanded = source.replaceAll("_", "(?:[^.!?]|[.](?=[a-z0-9/*])){0,48}?").replace(
    / (\??)/g,
    (_, optional) => `[^a-z0-9.!?]{${optional === "" ? 1 : 0},${SEPARATORS_MAX}}`,
  );
  return new RegExp(`(?<![a-z0-9-])(?:${expanded})(?![a-z])`, "g");
}

function strongest(
  patterns: readonly Sought[],
  text: Views,
  { rule, view }: { readonly rule: PhraseRule; readonly view: "prose" | "code" | "disguised" },
): Sighting | undefined {
  const own = text[view];
  if (own === "") return undefined;
  const anchors = text.anchors(view, rule.view);
  // Told first, and without a word to anybody: most patterns cannot be there.
  const possible = patterns.filter(({ needs }) => anchors.allow(needs));
  if (possible.length === 0) return undefined;
  // A command that is refused is so in whatever words it stands.
  const isWeighed = rule.view === "prose" || rule.action === "warn";
  const stance: Stance = (start, end) =>
    isWeighed && isSound(text.resemblanceAround(view, start, end), rule)
      ? "mentioned"
      : stanceAt(own, start, end);
  let seen: Sighting | undefined;
  for (const pattern of possible) {
    const sighting = sightingOf(own, pattern, { anchors, stance: text.isSearch ? () => "meant" : stance });
    if (sighting === "meant") return sighting;
    seen ??= sighting;
  }
  return seen;
}
