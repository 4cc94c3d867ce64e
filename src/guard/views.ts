import { GUARD_TEXT_MAX_CHARS } from "../limits.ts";
import { decodedBlobs } from "./decoded.ts";
import { foldedText, plainText, withPlainSigns } from "./normalise.ts";
import type { Anchors } from "./anchors.ts";
import { LEXICONS } from "./lexicon.ts";
import { type Named, namedIn, sentencesOf, type Topics } from "./concepts.ts";
import { readableDisguises, squeezedText } from "./disguises.ts";
import { resemblanceOf } from "./resemblance.ts";
import { type LongWord, type Traits, traitsOf } from "./traits.ts";

/** One text as the rules read it. Each view is made once, when first asked for. */
export interface Views {
  /** Whether only what could be there is asked for: what is quoted or warned against counts as much as what is meant. */
  readonly isSearch: boolean;
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
  readonly sentences: readonly Topics[];
  /** How much the sentence of `prose` or `disguised` that is most like an attack is like one. */
  readonly resemblance: number;
  /** What `raw` and `plain` are made of. */
  readonly rawTraits: Traits;
  readonly traits: Traits;
  /** Long words of `unbroken`. */
  readonly unbrokenLongWords: readonly LongWord[];
  /** What words and lines of the text decode to. */
  readonly blobs: readonly string[];
  /** The letters alone, forwards and backwards, of stretches where these may show more than the words; else empty. */
  readonly squeezed: string;
  /** Which texts of a lexicon a view holds. */
  readonly anchors: (
    view: "unbroken" | "code" | "prose" | "disguised" | "squeezed",
    lexicon: keyof typeof LEXICONS,
  ) => Anchors;
}

/** The views of a text; what is beyond the limit has been refused before and is not looked at. */
export function viewsOf(text: string, { isSearch = false }: { readonly isSearch?: boolean } = {}): Views {
  const raw = text.slice(0, GUARD_TEXT_MAX_CHARS);
  const made = new Map<string, string>();
  let named: readonly Named[] | undefined, sentences: readonly Topics[] | undefined;
  let resemblance: number | undefined;
  let blobs: readonly string[] | undefined;
  let rawTraits: Traits | undefined, traits: Traits | undefined;
  let unbrokenLongWords: readonly LongWord[] | undefined;
  const anchors = new Map<string, Anchors>();
  const once = (name: string, make: () => string): string => {
    const known = made.get(name);
    if (known !== undefined) return known;
    const view = make();
    made.set(name, view);
    return view;
  };
  return {
    isSearch,
    raw,
    get plain() {
      return once("plain", () => isPlain(this.rawTraits) ? raw : plainText(raw));
    },
    get unbroken() {
      return once("unbroken", () => this.plain.replace(/["'`]\s{0,8}[+.&]\s{0,8}["'`]|\\\r?\n\s{0,40}/g, ""));
    },
    get code() {
      return once("code", () => commandText(hasOwnCase(this.traits) ? this.plain : smallText(this.plain)));
    },
    get prose() {
      return once("prose", () => sentenceText(this.code));
    },
    get disguised() {
      return once("disguised", () => readableDisguises(this.prose));
    },
    get sentences() {
      named ??= namedIn(this.prose);
      sentences ??= [...sentencesOf(this.prose, named), ...sentencesOf(this.disguised)];
      return sentences;
    },
    get resemblance() {
      named ??= namedIn(this.prose);
      resemblance ??= Math.max(
        resemblanceOf(this.prose, named),
        this.disguised === "" ? -Infinity : resemblanceOf(this.disguised, namedIn(this.disguised)),
      );
      return resemblance;
    },
    get rawTraits() {
      rawTraits ??= traitsOf(raw);
      return rawTraits;
    },
    get traits() {
      traits ??= this.plain === raw ? this.rawTraits : traitsOf(this.plain);
      return traits;
    },
    get unbrokenLongWords() {
      unbrokenLongWords ??= (this.unbroken === this.plain ? this.traits : traitsOf(this.unbroken)).longWords;
      return unbrokenLongWords;
    },
    get blobs() {
      blobs ??= decodedBlobs(this.plain, this.traits);
      return blobs;
    },
    get squeezed() {
      return once("squeezed", () => squeezedText(this.prose));
    },
    anchors(view, lexicon): Anchors {
      const name = `${view} ${lexicon}`;
      const known = anchors.get(name);
      if (known !== undefined) return known;
      const own = LEXICONS[lexicon].anchorsIn(this[view]);
      anchors.set(name, own);
      return own;
    },
  };
}

/** Whether a text is in normal form as it stands. */
function isPlain({ isOrdinary, hasControl }: Traits): boolean {
  return isOrdinary && !hasControl;
}

const DECODER = new TextDecoder("utf-16le");
const SPACE = 32, NEWLINE = 10, BACKSLASH = 92;
/** Signs of emphasis, quotation and structure that stand between words like spaces. */
const BETWEEN_WORDS = new Uint8Array(128);
for (const sign of "*_~`|#>\\\n ") BETWEEN_WORDS[sign.charCodeAt(0)] = 1;

/** What signs and letters without accents are in commands: small, blanks spaces, quotation marks and dashes those of ASCII. */
const FOLDED = Uint16Array.from({ length: 0x3001 }, (_, code) => {
  const char = String.fromCharCode(code);
  if (code < 128) return /[^\S\n]/.test(char) ? SPACE : char.toLowerCase().charCodeAt(0);
  return /\s/.test(char) ? SPACE : withPlainSigns(char).charCodeAt(0);
});

/** Whether `commandText` knows the small form of every letter of a text. */
function hasOwnCase({ isOrdinary, hasOtherLetters }: Traits): boolean {
  return isOrdinary && !hasOtherLetters;
}

/** A text in which `commandText` finds nothing to make small, nor any sign or blank that is another. */
function smallText(plain: string): string {
  return foldedText(plain).replace(/[^\S\n ]/g, " ");
}

/** Small letters and plain signs, runs of blanks made one, and lines that a backslash continues put together. */
function commandText(text: string): string {
  const codes = new Uint16Array(text.length);
  let length = 0, last = 0, isSame = true;
  for (let i = 0; i < text.length; i++) {
    let code = text.charCodeAt(i);
    if (code < FOLDED.length && FOLDED[code] !== code) {
      code = FOLDED[code]!;
      isSame = false;
    }
    if (code === BACKSLASH && i + 1 < text.length && text.charCodeAt(i + 1) === NEWLINE) {
      code = SPACE;
      i++;
    }
    if (code === SPACE && last === SPACE) continue;
    last = codes[length++] = code;
  }
  return isSame && length === text.length ? text : DECODER.decode(codes.subarray(0, length));
}

/** Only words and their punctuation, with one space between. */
function sentenceText(code: string): string {
  const codes = new Uint16Array(code.length);
  let length = 0, last = 0, isSame = true;
  for (let i = 0; i < code.length; i++) {
    const char = code.charCodeAt(i);
    const isBetween = char < 128 && BETWEEN_WORDS[char] === 1;
    if (isBetween && last === SPACE) continue;
    last = codes[length++] = isBetween ? SPACE : char;
    if (last !== char) isSame = false;
  }
  const isUnchanged = isSame && length === code.length && code.isWellFormed();
  return isUnchanged ? code : DECODER.decode(codes.subarray(0, length));
}
