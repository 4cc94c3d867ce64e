import { GUARD_TEXT_MAX_CHARS } from "../limits.ts";
import { foldedText, plainText } from "./normalise.ts";
import { Anchors } from "./anchors.ts";
import { type Sentence, sentencesOf } from "./concepts.ts";
import { readableDisguises, squeezedText } from "./disguises.ts";

/** One text as the rules read it. Each view is made once, when first asked for. */
export interface Views {
  /** As it was sent. */
  readonly raw: string;
  /** NFKC without invisible characters. */
  readonly plain: string;
  /** `plain` with string literals and lines that are continued put together. */
  readonly unbroken: string;
  /** Lower case, without accents and lookalikes, lines kept: commands and markup. */
  readonly code: string;
  /** `code` without marks of emphasis: sentences. */
  readonly prose: string;
  /** Stretches of `prose` written in leetspeak or with spaced letters, made readable; empty where there are none. */
  readonly disguised: string;
  /** What the sentences of `prose` and `disguised` are about. */
  readonly sentences: readonly Sentence[];
  /** The letters alone, forwards and backwards. */
  readonly squeezed: string;
  /** Which texts that patterns need a view holds. */
  readonly anchors: (view: "unbroken" | "code" | "prose" | "disguised" | "squeezed") => Anchors;
}

/** The views of a text; what is beyond the limit has been refused before and is not looked at. */
export function viewsOf(text: string): Views {
  const raw = text.slice(0, GUARD_TEXT_MAX_CHARS);
  const made = new Map<string, string>();
  let sentences: readonly Sentence[] | undefined;
  const anchors = new Map<string, Anchors>();
  const once = (name: string, make: () => string): string => {
    const known = made.get(name);
    if (known !== undefined) return known;
    const view = make();
    made.set(name, view);
    return view;
  };
  return {
    raw,
    get plain() {
      return once("plain", () => plainText(raw));
    },
    get unbroken() {
      return once("unbroken", () => this.plain.replace(/["'`]\s{0,8}[+.&]\s{0,8}["'`]|\\\r?\n\s{0,40}/g, ""));
    },
    get code() {
      return once("code", () => foldedText(this.plain).replace(/\\\r?\n/g, " ").replace(/[^\S\n]+/g, " "));
    },
    get prose() {
      return once("prose", () => this.code.replace(/[*_~`|#>\\\s]+/g, " "));
    },
    get disguised() {
      return once("disguised", () => readableDisguises(this.prose));
    },
    get sentences() {
      sentences ??= [...sentencesOf(this.prose), ...sentencesOf(this.disguised)];
      return sentences;
    },
    get squeezed() {
      return once("squeezed", () => squeezedText(this.prose));
    },
    anchors(view): Anchors {
      const known = anchors.get(view);
      if (known !== undefined) return known;
      const own = new Anchors(this[view]);
      anchors.set(view, own);
      return own;
    },
  };
}
