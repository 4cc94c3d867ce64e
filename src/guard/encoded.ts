import { decipheredTexts } from "./ciphers.ts";
import { decodedBlobs, decodedTexts, unescapedStretches } from "./decoded.ts";
import { matchesOf } from "./matches.ts";
import { GUARD_BLOBS_MAX, GUARD_OPAQUE_MIN_CHARS } from "../limits.ts";
import { gathered } from "./gathered.ts";
import { isLikeAttack } from "./resemblance.ts";
import type { Sighting, TextRule } from "./rule.ts";
import { sentencesInNames } from "./spelled.ts";
import { type Views, viewsOf } from "./views.ts";

/** Levels of encoding that are looked through. */
const DEPTH_MAX = 3;

/** What begins a token (JOSE header): everybody knows how it is encoded, and without blanks its values are no sentences. */
const TOKEN_HEADER =
  /^\{"(?:alg|typ|kid|enc)":"[\w.+/=:-]{1,80}"(?:,"(?:alg|typ|kid|enc|cty|zip|jku|nonce|ver|x5[tu])":"[\w.+/=:-]{1,80}"){0,6}\}$/i;

/** Escapes of a stretch from which it is a text that was hidden: fewer only escape some of its signs. */
const HIDDEN_ESCAPES = 16;

type Decode = (text: string) => readonly string[];

/** Decodes each text once, however many levels ask for it. */
function decoding({ unbroken, blobs }: Views): Decode {
  const known = new Map<string, readonly string[]>([[unbroken, blobs]]);
  return (text) => {
    const decoded = known.get(text) ?? decodedBlobs(text);
    known.set(text, decoded);
    return decoded;
  };
}

/** Every text hidden in `unbroken` by encodings, through a bounded number of levels. */
function hiddenTexts({ unbroken }: Views, decode: Decode): string[] {
  const found: string[] = [];
  let level = [unbroken];
  for (let depth = 0; depth < DEPTH_MAX && level.length > 0; depth++) {
    const decoded = level.flatMap((text) => decodedTexts(text, decode(text)));
    level = gathered(decoded.filter((text) => !TOKEN_HEADER.test(text)), GUARD_BLOBS_MAX);
    found.push(...level);
  }
  return found;
}

/** Whether something is encoded below the last level that is looked through. Escapes are no level: some stay however often they are read. */
function isNestedDeeper({ blobs }: Views, decode: Decode): boolean {
  let level = blobs;
  for (let depth = 0; depth < DEPTH_MAX && level.length > 0; depth++) {
    level = gathered(level.flatMap(decode), GUARD_BLOBS_MAX);
  }
  return level.length > 0;
}

/** Texts that stand by themselves, where the model reads nothing but what was hidden. Names only warn: they may be of anything. */
function textsAlone({ plain, blobs, traits }: Views, decode: Decode): string[] {
  return [
    ...blobs,
    ...blobs.flatMap(decode),
    ...unescapedStretches(plain, { escapes: HIDDEN_ESCAPES }),
    ...sentencesInNames(plain, traits),
  ];
}

/** Views of texts that are read as one, or as few as can be read to their ends. */
function viewsTogether(texts: readonly string[], options: { readonly isSearch?: boolean } = {}): Views[] {
  return gathered(texts, 0).map((text) => viewsOf(text, options));
}

/** The rule that looks for what `rules` find inside of encoded texts. */
export function encodedRule(rules: readonly TextRule[]): TextRule {
  const find = (text: Views): Sighting | undefined => {
    const shown = (rule: TextRule): boolean => rule.find(text) !== undefined;
    const decode = decoding(text);
    // Nobody encodes so often but to hide something.
    if (isNestedDeeper(text, decode)) return "meant";
    const decoded = hiddenTexts(text, decode);
    const deciphered = [text, ...viewsTogether(decoded)].flatMap(decipheredTexts);
    const all = [...decoded, ...deciphered];
    const hidden = gathered(all, GUARD_BLOBS_MAX).map((one) => viewsOf(one));
    if (hidden.length > 0) {
      const searched = viewsTogether(all, { isSearch: true });
      const likely = rules.filter((rule) =>
        searched.some((views) => rule.find(views) !== undefined) && !shown(rule)
      );
      if (hidden.some((views) => likely.some((rule) => rule.find(views) === "meant"))) return "meant";
    }
    const alone = gathered([...deciphered, ...textsAlone(text, decode)], GUARD_BLOBS_MAX);
    return alone.some((one) => isLikeAttack(viewsOf(one).resemblance)) ? "mentioned" : undefined;
  };
  return {
    id: "injection.encoded",
    family: "injection",
    title: "Encoded text that holds instructions, commands or credentials",
    defaultAction: "block",
    message: "This decodes to instructions, a command or a credential",
    find,
  };
}

/** Encoded texts that everyone knows to be long: images, fonts, certificates, public keys, checksums, source maps. */
const EXPLAINED =
  /(?:data:[a-z]{2,12}\/[\w.+-]{1,40};(?:charset=[\w-]{1,20};)?base64,|ssh-(?:rsa|ed25519|dss) |ecdsa-sha2-nistp\d{3} |sha(?:256|384|512)-|BEGIN [A-Z ]{1,40}-----\s{0,4})$/;
const OPAQUE = new RegExp(`(?<![A-Za-z0-9+/_=-])[A-Za-z0-9+/_-]{${GUARD_OPAQUE_MIN_CHARS},65536}={0,2}`, "g");

/** A long encoded text that nobody can review. */
export const OPAQUE_BLOB: TextRule = {
  id: "injection.opaque-blob",
  family: "injection",
  title: "Long encoded text",
  defaultAction: "warn",
  message: "This holds a long encoded text that nobody can review",
  find: ({ plain, traits: { longWords } }) => {
    if (!longWords.some(({ start, end }) => end - start >= GUARD_OPAQUE_MIN_CHARS)) return undefined;
    for (const match of matchesOf(plain, OPAQUE)) {
      const isEncoded = /\d/.test(match[0]) && /[a-zA-Z]/.test(match[0]) &&
        !/^(?:[\w-]{1,30}\/){6}/.test(match[0]);
      if (isEncoded && !EXPLAINED.test(plain.slice(Math.max(0, match.index - 60), match.index))) {
        return "meant";
      }
    }
    return undefined;
  },
};
