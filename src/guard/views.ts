import { GUARD_TEXT_MAX_CHARS } from "../limits.ts";
import { decodedBlobs } from "./decoded.ts";
import { foldedText, plainText } from "./normalise.ts";
import { type Anchors, LEXICONS } from "./anchors.ts";
import { type Named, namedIn, sentencesOf, type Topics } from "./concepts.ts";
import { readableDisguises, squeezedText } from "./disguises.ts";
import { type LongWord, longWordsIn } from "./long_words.ts";
import { forLength, type Likened, likenedStretches, resemblanceOf, textResemblance } from "./resemblance.ts";

/** Characters before and after a command that tell how it is meant, and of both below which they tell nothing. */
const AROUND_CHARS = 160, AROUND_MIN_CHARS = 48;

/** What a sentence is about, and how much it is like an attack, or the likeliest part of it. */
export interface Statement {
  readonly topics: Topics;
  readonly resemblance: () => number;
}

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
  /** The sentences of `prose` and `disguised` that name at least two things. */
  readonly statements: readonly Statement[];
  /** How much `prose` or `disguised` is like an attack. */
  readonly resemblance: number;
  /** How much a view is like an attack where a stretch of it stands. */
  readonly resemblanceAround: (view: "prose" | "code" | "disguised", start: number, end: number) => number;
  /** Long words of `plain`, and of `unbroken`. */
  readonly longWords: readonly LongWord[];
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
  const read = { prose: new Reading(), disguised: new Reading() };
  let statements: readonly Statement[] | undefined;
  let blobs: readonly string[] | undefined;
  let longWords: readonly LongWord[] | undefined, unbrokenLongWords: readonly LongWord[] | undefined;
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
      return once("plain", () => plainText(raw));
    },
    get unbroken() {
      return once("unbroken", () => this.plain.replace(/["'`]\s{0,8}[+.&]\s{0,8}["'`]|\\\r?\n\s{0,40}/g, ""));
    },
    get code() {
      return once("code", () => commandText(foldedText(this.plain)));
    },
    get prose() {
      return once("prose", () => sentenceText(this.code));
    },
    get disguised() {
      return once("disguised", () => readableDisguises(this.prose));
    },
    get statements() {
      statements ??= [...read.prose.statements(this.prose), ...read.disguised.statements(this.disguised)];
      return statements;
    },
    get resemblance() {
      return Math.max(
        textResemblance(read.prose.likened(this.prose)),
        textResemblance(read.disguised.likened(this.disguised)),
      );
    },
    resemblanceAround(view, start, end): number {
      if (view !== "code") return resemblanceOf(read[view].likened(this[view]), { start, end });
      if (this.code.length - (end - start) < AROUND_MIN_CHARS) return Infinity;
      const around = sentenceText(this.code.slice(Math.max(0, start - AROUND_CHARS), end + AROUND_CHARS));
      return resemblanceOf(likenedStretches(around, namedIn(around)));
    },
    get longWords() {
      longWords ??= longWordsIn(this.plain);
      return longWords;
    },
    get unbrokenLongWords() {
      unbrokenLongWords ??= this.unbroken === this.plain ? this.longWords : longWordsIn(this.unbroken);
      return unbrokenLongWords;
    },
    get blobs() {
      blobs ??= decodedBlobs(this.plain, this.longWords);
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

/** What the model and the vocabulary find in one view. Each is looked for once, when first asked for. */
class Reading {
  #named: readonly Named[] | undefined;
  #likened: readonly Likened[] | undefined;

  named(prose: string): readonly Named[] {
    return this.#named ??= namedIn(prose);
  }

  likened(prose: string): readonly Likened[] {
    return this.#likened ??= likenedStretches(prose, this.named(prose));
  }

  statements(prose: string): Statement[] {
    return sentencesOf(prose, this.named(prose)).map(({ start, end, topics }) => ({
      topics,
      resemblance: () => {
        const likened = this.likened(prose);
        return forLength(resemblanceOf(likened, { start, end }), likened.length);
      },
    }));
  }
}

const DECODER = new TextDecoder("utf-16le");
const SPACE = 32, NEWLINE = 10, BACKSLASH = 92;
/** Signs of emphasis, quotation and structure that stand between words like spaces. */
const BETWEEN_WORDS = new Uint8Array(128);
for (const sign of "*_~`|#>\\\n ") BETWEEN_WORDS[sign.charCodeAt(0)] = 1;

/** Runs of blanks made one, and lines that a backslash continues put together. */
function commandText(folded: string): string {
  const text = /[^\S\n ]/.test(folded) ? folded.replace(/[^\S\n]/g, " ") : folded;
  const codes = new Uint16Array(text.length);
  let length = 0, last = 0;
  for (let i = 0; i < text.length; i++) {
    let code = text.charCodeAt(i);
    if (code === BACKSLASH && text.charCodeAt(i + 1) === NEWLINE) {
      code = SPACE;
      i++;
    }
    if (code === SPACE && last === SPACE) continue;
    last = codes[length++] = code;
  }
  return length === text.length ? text : DECODER.decode(codes.subarray(0, length));
}

/** Only words and their punctuation, with one space between. */
function sentenceText(code: string): string {
  const codes = new Uint16Array(code.length);
  let length = 0, last = 0;
  for (let i = 0; i < code.length; i++) {
    const char = code.charCodeAt(i);
    const isBetween = char < 128 && BETWEEN_WORDS[char] === 1;
    if (isBetween && last === SPACE) continue;
    last = codes[length++] = isBetween ? SPACE : char;
  }
  return DECODER.decode(codes.subarray(0, length));
}
