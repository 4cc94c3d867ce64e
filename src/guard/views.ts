import { decodedBlobs } from "./decoded.ts";
import { foldedText, plainText, withPlainSigns } from "./normalise.ts";
import type { Anchors } from "./anchors.ts";
import { LEXICONS } from "./lexicon.ts";
import { type Named, namedIn, sentencesOf, type Topics } from "./concepts.ts";
import { readableDisguises, squeezedText } from "./disguises.ts";
import { withoutMail } from "./mail.ts";
import {
  forLength,
  likeliestResemblance,
  type Likened,
  likenedStretches,
  resemblanceOf,
  textResemblance,
} from "./resemblance.ts";
import { type LongWord, type Traits, traitsOf } from "./traits.ts";

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
  /** How much `prose` or `disguised` is like an attack, and how much its likeliest part is by itself. */
  readonly resemblance: number;
  readonly likeliest: number;
  /** How much a view is like an attack where a stretch of it stands. */
  resemblanceAround(view: "prose" | "code" | "disguised", start: number, end: number): number;
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
  anchors(
    view: "unbroken" | "code" | "prose" | "disguised" | "squeezed",
    lexicon: keyof typeof LEXICONS,
  ): Anchors;
}

/** The views of a text that is no longer than what the guard reads at once. */
export function viewsOf(text: string, { isSearch = false }: { readonly isSearch?: boolean } = {}): Views {
  return new TextViews(text, isSearch);
}

class TextViews implements Views {
  #plain: string | undefined;
  #unbroken: string | undefined;
  #code: string | undefined;
  #prose: string | undefined;
  #disguised: string | undefined;
  #squeezed: string | undefined;
  #rawTraits: Traits | undefined;
  #traits: Traits | undefined;
  #unbrokenTraits: Traits | undefined;
  #statements: readonly Statement[] | undefined;
  #blobs: readonly string[] | undefined;
  readonly #read = { prose: new Reading(), disguised: new Reading() };
  readonly #anchors = new Map<string, Anchors>();

  constructor(readonly raw: string, readonly isSearch: boolean) {}

  get plain(): string {
    return this.#plain ??= isPlain(this.rawTraits) ? this.raw : plainText(this.raw);
  }

  get unbroken(): string {
    return this.#unbroken ??= this.plain.replace(/["'`]\s{0,8}[+.&]\s{0,8}["'`]|\\\r?\n\s{0,40}/g, "");
  }

  get code(): string {
    return this.#code ??= commandText(hasOwnCase(this.traits) ? this.plain : smallText(this.plain));
  }

  get prose(): string {
    return this.#prose ??= sentenceText(withoutEmphasis(this.code));
  }

  get disguised(): string {
    return this.#disguised ??= readableDisguises(this.prose);
  }

  get statements(): readonly Statement[] {
    return this.#statements ??= [
      ...this.#read.prose.statements(this.prose),
      ...this.#read.disguised.statements(this.disguised),
    ];
  }

  get likeliest(): number {
    const { prose, disguised } = this.#read;
    return Math.max(
      likeliestResemblance(prose.likened(this.prose)),
      likeliestResemblance(disguised.likened(this.disguised)),
    );
  }

  get resemblance(): number {
    return Math.max(
      textResemblance(this.#read.prose.likened(this.prose)),
      textResemblance(this.#read.disguised.likened(this.disguised)),
    );
  }

  resemblanceAround(view: "prose" | "code" | "disguised", start: number, end: number): number {
    if (view !== "code") return resemblanceOf(this.#read[view].likened(this[view]), { start, end });
    if (this.code.length - (end - start) < AROUND_MIN_CHARS) return Infinity;
    const around = withoutMail(
      sentenceText(this.code.slice(Math.max(0, start - AROUND_CHARS), end + AROUND_CHARS)),
    );
    return resemblanceOf(likenedStretches(around, namedIn(around)));
  }

  get rawTraits(): Traits {
    return this.#rawTraits ??= traitsOf(this.raw);
  }

  get traits(): Traits {
    return this.#traits ??= this.plain === this.raw ? this.rawTraits : traitsOf(this.plain);
  }

  get unbrokenLongWords(): readonly LongWord[] {
    return this.#traitsUnbroken.longWords;
  }

  get #traitsUnbroken(): Traits {
    return this.#unbrokenTraits ??= this.unbroken === this.plain ? this.traits : traitsOf(this.unbroken);
  }

  get blobs(): readonly string[] {
    return this.#blobs ??= decodedBlobs(this.unbroken, this.#traitsUnbroken);
  }

  get squeezed(): string {
    return this.#squeezed ??= squeezedText(this.prose);
  }

  anchors(
    view: "unbroken" | "code" | "prose" | "disguised" | "squeezed",
    lexicon: keyof typeof LEXICONS,
  ): Anchors {
    const name = `${view} ${lexicon}`;
    const known = this.#anchors.get(name);
    if (known !== undefined) return known;
    const own = LEXICONS[lexicon].anchorsIn(this[view]);
    this.#anchors.set(name, own);
    return own;
  }
}

/** Whether a text is in normal form as it stands. */
function isPlain({ isOrdinary, hasControl }: Traits): boolean {
  return isOrdinary && !hasControl;
}

/** What the model and the vocabulary find in one view. Each is looked for once, when first asked for. */
class Reading {
  #read: string | undefined;
  #named: readonly Named[] | undefined;
  #likened: readonly Likened[] | undefined;

  named(prose: string): readonly Named[] {
    return this.#named ??= namedIn(this.#readable(prose));
  }

  likened(prose: string): readonly Likened[] {
    return this.#likened ??= likenedStretches(this.#readable(prose), this.named(prose));
  }

  #readable(prose: string): string {
    return this.#read ??= withoutMail(prose);
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

/** UTF-8, as its texts are made many times faster than those of UTF-16, and take half the memory where they are ASCII. */
const ENCODER = new TextEncoder(), DECODER = new TextDecoder();
/** Bytes of one UTF-16 code in UTF-8, at most. */
const CODE_BYTES = 3;
const REPLACEMENT = 0xfffd;
const SPACE = 32, NEWLINE = 10, BACKSLASH = 92;
/** Signs of emphasis, quotation and structure that stand between words like spaces, by their bytes. */
const BETWEEN_WORDS = new Uint8Array(256);
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

/** Characters that are put together without memory of their own: what most fields and units have. */
const SCRATCH_CHARS = 16_384;
const SCRATCH = new Uint8Array(SCRATCH_CHARS * CODE_BYTES);

/** Room for the bytes of a text, good until the next text needs some. */
function roomFor({ length }: string): Uint8Array<ArrayBuffer> {
  return length <= SCRATCH_CHARS ? SCRATCH : new Uint8Array(length * CODE_BYTES);
}

/** Writes a character beyond ASCII behind `length` bytes, and tells how many there are then. */
function writeOther(bytes: Uint8Array, length: number, char: number): number {
  if (char < 0x800) {
    bytes[length++] = 0xc0 | char >> 6;
  } else {
    if (char < 0x10000) bytes[length++] = 0xe0 | char >> 12;
    else {
      bytes[length++] = 0xf0 | char >> 18;
      bytes[length++] = 0x80 | char >> 12 & 0x3f;
    }
    bytes[length++] = 0x80 | char >> 6 & 0x3f;
  }
  bytes[length++] = 0x80 | char & 0x3f;
  return length;
}

/** Whether a code is half of a character. */
function isSurrogate(code: number): boolean {
  return (code & 0xf800) === 0xd800;
}

/** The character at a place where a surrogate stands: one without its other half is none. */
function characterAt(text: string, at: number): number {
  const char = text.codePointAt(at)!;
  return isSurrogate(char) ? REPLACEMENT : char;
}

/** Small letters and plain signs, runs of blanks made one, and lines that a backslash continues put together. */
function commandText(text: string): string {
  const bytes = roomFor(text);
  let length = 0, last = 0, isSame = true;
  for (let i = 0; i < text.length; i++) {
    let code = text.charCodeAt(i);
    if (code < FOLDED.length && FOLDED[code] !== code) {
      code = FOLDED[code]!;
      isSame = false;
    }
    if (code === BACKSLASH && i + 1 < text.length && text.charCodeAt(i + 1) === NEWLINE) {
      code = SPACE;
      isSame = false;
      i++;
    }
    if (code === SPACE && last === SPACE) {
      isSame = false;
      continue;
    }
    last = code;
    if (code < 0x80) {
      bytes[length++] = code;
      continue;
    }
    const char = isSurrogate(code) ? characterAt(text, i) : code;
    if (char > 0xffff) i++;
    length = writeOther(bytes, length, char);
  }
  return isSame ? text : DECODER.decode(bytes.subarray(0, length));
}

/** Emphasis, tags, empty comments and names of signs without width inside of a word, which nobody sees. They hold no words. */
const INNER_MARKUP =
  /(?<=[a-z])(?:\*\*|<!--[^a-z>]{0,8}-->|<\/?(?:b|i|u|s|em|strong|span|mark|font|wbr) ?\/?>|&(?:shy|zwnj|zwj|zerowidthspace|#8203|#x200b);)+(?=[a-z])/g;

/** Such tags between words. */
const OUTER_TAGS = /<\/?(?:b|i|u|s|em|strong|span|mark|font|wbr) ?\/?>/g;

function withoutEmphasis(code: string): string {
  const hasMarkup = code.includes("**") || code.includes("<") || code.includes("&");
  return hasMarkup ? code.replace(INNER_MARKUP, "").replace(OUTER_TAGS, " ") : code;
}

/** Only words and their punctuation, with one space between. */
function sentenceText(code: string): string {
  const bytes = roomFor(code);
  const { written } = ENCODER.encodeInto(code, bytes);
  let length = 0, last = 0, isSame = true;
  for (let at = 0; at < written; at++) {
    let byte = bytes[at]!;
    if (BETWEEN_WORDS[byte] === 1) {
      if (last === SPACE) {
        isSame = false;
        continue;
      }
      if (byte !== SPACE) isSame = false;
      byte = SPACE;
    }
    last = bytes[length++] = byte;
  }
  // What is half of a character is none in bytes.
  return isSame && code.isWellFormed() ? code : DECODER.decode(bytes.subarray(0, length));
}
