import { matchesOf } from "./matches.ts";
import { isDisguised, isInflected, OTHER_SCRIPT } from "./lookalikes.ts";
import type { TextRule } from "./rule.ts";
import type { Traits } from "./traits.ts";

/** Zero-width characters inside or at the edge of words in Latin letters, where no writing system needs them. */
const ZERO_WIDTH =
  /[A-Za-z0-9.,;:/'"(-] ?[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200d\u2060-\u2064\u2800\u3164\uffa0\ufeff\ufff0-\ufffb\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}]|[\u200b\u200c\u2060-\u2064\u2800\u3164\uffa0\ufeff] ?[A-Za-z]|[\u200b\u2060-\u2064]{2}/u;
const BIDI_OVERRIDE = /[\u202a\u202b\u202d\u202e\u2066-\u2068]/;
/** Tag characters that are not the flag of a region, and runs of variation selectors, which can carry bytes. */
const TAGS = /(?<!\u{1f3f4}[\u{e0020}-\u{e007e}]{0,10})[\u{e0001}-\u{e007f}]/u;
const SELECTORS = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]{2}|[\u{e0100}-\u{e01ef}][\x20-\x7e]/u;
/** Characters without width one after the other, each of which may stand for a bit: scripts that need them need one. */
const WIDTHLESS_RUN = /[\u200b-\u200d\u2060-\u2064\ufeff]{16}/;
// deno-lint-ignore no-control-regex -- control characters are what is looked for
const CONTROL = /[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]|\x1b(?!\[)/;
// deno-lint-ignore no-control-regex -- what a text is made of is told by them
const TERMINAL = /\x1b[\][]/;
/** A word that is wholly of that script: it is what the text is written in. */
const CYRILLIC_WORD = /(?<![a-z])[а-яёіїєґ]{4}/i;
const WORD = /[\p{L}\p{M}\p{N}]{4,60}/gu;

function hiddenRule(
  name: string,
  rest: Pick<TextRule, "title" | "defaultAction" | "message"> & {
    /** Whether a text that is made of this may hold any. */
    readonly maySee: (traits: Traits) => boolean;
    readonly sees: (raw: string) => boolean;
  },
): TextRule {
  const { maySee, sees, ...info } = rest;
  return {
    id: `hidden.${name}`,
    family: "hidden",
    ...info,
    find: ({ raw, rawTraits }) => maySee(rawTraits) && sees(raw) ? "meant" : undefined,
  };
}

function hasOthers({ isOrdinary }: Traits): boolean {
  return !isOrdinary;
}

/** Characters that people do not see and agents read. */
export const HIDDEN_RULES: readonly TextRule[] = [
  hiddenRule("tag-characters", {
    title: "Tag characters, runs of variation selectors or of characters without width",
    defaultAction: "block",
    message: "This holds invisible characters that spell a text: remove them",
    maySee: hasOthers,
    sees: (raw) => TAGS.test(raw) || SELECTORS.test(raw) || WIDTHLESS_RUN.test(raw),
  }),
  hiddenRule("bidi", {
    title: "Characters that turn the direction of text",
    defaultAction: "block",
    message: "This holds characters that show the text in another order than it is read: remove them",
    maySee: hasOthers,
    sees: (raw) => BIDI_OVERRIDE.test(raw),
  }),
  hiddenRule("zero-width", {
    title: "Zero-width characters in words",
    defaultAction: "warn",
    message: "This holds characters without width: remove them",
    maySee: hasOthers,
    // A byte order mark at the start is left by editors.
    sees: (raw) => ZERO_WIDTH.test(raw.replace(/^\ufeff/, "")),
  }),
  hiddenRule("control", {
    title: "Control characters and terminal sequences",
    defaultAction: "warn",
    message: "This holds control characters: remove them",
    maySee: ({ hasControl }) => hasControl,
    sees: (raw) => CONTROL.test(raw) || TERMINAL.test(raw),
  }),
  hiddenRule("mixed-script", {
    title: "Words that mix letters of several scripts",
    defaultAction: "warn",
    message: "This holds words whose letters only look Latin: write them in Latin letters",
    maySee: hasOthers,
    sees: (raw) =>
      OTHER_SCRIPT.test(raw) &&
      matchesOf(raw.normalize("NFC"), WORD).some(([word]) =>
        isDisguised(word) && !(isInflected(word) && CYRILLIC_WORD.test(raw))
      ),
  }),
];
