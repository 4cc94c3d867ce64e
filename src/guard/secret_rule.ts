import type { Anchors } from "./anchors.ts";
import { LEXICONS } from "./lexicon.ts";
import { matchesOf } from "./matches.ts";
import type { TextRule } from "./rule.ts";
import { someMatch, sought } from "./sought.ts";
import type { Views } from "./views.ts";

/** A stretch of a text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A rule that also says where what it found stands, so that it can be masked. */
export interface SecretRule extends TextRule {
  readonly spans: (text: string, anchors: Anchors) => Span[];
}

const MESSAGE = "This looks like a real credential: replace it by a placeholder and revoke it";

/** Characters around a long word that tell what it is. */
export const KEY_WORD_CHARS = 90;

interface Sighted {
  readonly pattern: RegExp;
  /** Whether the beginning of a long match is as real as the whole. */
  readonly mayBeCut?: boolean;
}

/** A pattern that matches the credential, and what comes before it. */
interface Matched extends Sighted {
  readonly isReal: (match: RegExpExecArray) => boolean;
  /** The group that is the credential, where the match holds its name as well. */
  readonly value?: number;
}

/** A pattern for what tells of a credential nearby, and where that stands then. */
interface Nearby extends Sighted {
  readonly spanIn: (match: RegExpExecArray) => Span | undefined;
}

type Finder = Matched | Nearby;

function spanOf(finder: Finder, match: RegExpExecArray): Span | undefined {
  if ("spanIn" in finder) return finder.spanIn(match);
  if (!finder.isReal(match)) return undefined;
  const end = match.index + match[0].length;
  return { start: finder.value === undefined ? match.index : end - match[finder.value]!.length, end };
}

export function secretRule(name: string, title: string, finder: Finder): SecretRule {
  const pattern = sought(finder.pattern, LEXICONS.unbroken);
  const { needs } = pattern;
  const spans = (text: string, anchors: Anchors): Span[] => {
    if (!anchors.allow(needs)) return [];
    return matchesOf(text, finder.pattern).map((match) => spanOf(finder, match))
      .filter((span) => span !== undefined);
  };
  return {
    id: `secret.${name}`,
    family: "secret",
    title,
    defaultAction: "block",
    message: MESSAGE,
    spans,
    find: (text: Views) => {
      const anchors = text.anchors("unbroken", "unbroken");
      if (!anchors.allow(needs)) return undefined;
      const isThere = someMatch(text.unbroken, pattern, {
        anchors,
        ...needs.word !== Infinity && { within: aroundWords(text, needs.word) },
        isWhole: !needs.isBounded && finder.mayBeCut !== true,
        sees: (match) => spanOf(finder, match) !== undefined,
      });
      // Where a stretch cuts a longer value, only the whole text tells.
      return isThere && spans(text.unbroken, anchors).length > 0 ? "meant" : undefined;
    },
  };
}

function aroundWords({ unbroken, unbrokenLongWords }: Views, chars: number): Span[] {
  return unbrokenLongWords.filter(({ start, end }) => end - start >= chars).map(({ start, end }) => ({
    start: Math.max(0, start - KEY_WORD_CHARS),
    end: Math.min(unbroken.length, end + KEY_WORD_CHARS),
  }));
}
