import { entropyOf, isWeakPassword } from "./placeholders.ts";
import { hasWord, turnsIn } from "./turns.ts";

/** What stands for a value that is put in later. */
export const TEMPLATE = /^\$|\$[{(]|[{}<>]|^%\w+%$/;

/** Changes between small letters, capitals and digits in a short value from which it is drawn. */
const DRAWN_TURNS = 5;
/** The same in a long one, as a share of its characters: drawn ones have three in five, names of code two. */
const LONG_DRAWN_CHARS = 20, LONG_DRAWN_TURNS = 0.45;

/** Whether a value that is assigned to a secret's name is one: code, paths, words and placeholders are not. */
export function isRandomValue(
  value: string,
  { isLoose, isProse, isPassword }: {
    readonly isLoose: boolean;
    readonly isProse: boolean;
    /** Whether the name can only mean a password: less then tells that its value is one. */
    readonly isPassword: boolean;
  },
): boolean {
  const bare = value.replace(/[.,;:\\}\]]{1,4}$/, "");
  if (isProse && ADJECTIVE.test(bare) || REFERENCE.test(bare) || SIGNED_SCOPE.test(bare)) return false;
  if (bare.length < 8 || isWeakPassword(bare) || isWeakPassword(bare.replace(/[!?]+$/, ""))) return false;
  if (
    TEMPLATE.test(bare) ||
    /[[\]]|^arn:|^[.~@-]|^\/(?!(?=\S*[A-Z])(?=\S*\d)[A-Za-z0-9+/]{31,}={0,2}$)|:\/\/|\.\w{1,20}\(|^[A-Za-z_]\w*(?:\.\w+){1,8}\.?$/
      .test(bare)
  ) {
    return false;
  }
  if (isPassword && (isDrawnPassword(bare) || isTwoWords(bare))) return true;
  const classes = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((one) => one.test(bare)).length;
  if (
    !/\d/.test(bare) && !isScrambled(bare) || classes < 2 ||
    /^v?\d+(?:[.:-]\d+)+$|^sha\d{3}[-:]|^[a-z]+(?:-[a-z]+)+=/i.test(bare)
  ) return false;
  if (
    /^(?:[A-Za-z]+[_.-])+[A-Za-z]*\d{0,2}$|^(?:[a-z]+[_.-])+[a-z]*\d{0,4}$/.test(bare.slice(0, 60)) ||
    /^[A-Za-z]{3,30}\d{1,3}$/.test(bare)
  ) return false;
  if (isDrawn(bare)) return true;
  if (bare.length < 16) return classes >= (isLoose ? 3 : isProse ? 4 : 3) && /\d.*\d|[^\w.-]/.test(bare);
  return entropyOf(bare) >= (/^[0-9a-f]+$/i.test(bare) ? 2.8 : 3.1);
}

/** Whether letters and digits take turns as in no word and no name with a number. */
export function isDrawn(value: string): boolean {
  if (value.length < 10 || !/^[A-Za-z0-9]+$/.test(value)) return false;
  if (![/[a-z]/, /[A-Z]/, /\d/].every((one) => one.test(value))) return false;
  return value.length >= LONG_DRAWN_CHARS && takesTurns(value) ||
    turnsIn(value) >= DRAWN_TURNS && !hasWord(value);
}

/** Two words and a number, as people make passwords up. */
const TWO_WORDS = /^[A-Za-z][a-z]{3,12}-[A-Za-z][a-z]{3,12}\d{2,4}$/;
/** Words of what only speaks of a password, or tells where it is. */
const TELLS_OF_PASSWORD =
  /pass|secret|word|key|token|user|test|demo|prod|stag|local|name|default|example|value|vault|cred|config|file/i;
const LONG_WORD = /[a-zA-Z][a-z]{5,}/g;
/** Consonants in a row as hardly any word has them, and as none has. */
const CONSONANTS = /[b-df-hj-np-tv-xz]{4}/i, MANY_CONSONANTS = /[b-df-hj-np-tv-xz]{5}/;
/** What a signature of AWS holds for: it is made of a key's id, which has its own rule, and of no secret. */
export const SIGNED_SCOPE = /^(?:Credential=)?A[KS]IA[A-Z0-9]{12,20}(?:\/|%2F)\d{8}(?:\/|%2F)/;
/** What tells where a value is, and colours. */
const REFERENCE =
  /^(?:env|file|header|keychain|vault|ref|scope|op|kms|ssm|secretref)[:=]|^[A-Z]:\\|^#[0-9A-Fa-f]{6,8}$|(?:^|\/)[a-z]{3,40}\/(?:[\w.-]{1,60}\/){0,8}[a-z]{3,40}(?:\/|$)/;
/** What says how something is made, and names of algorithms: `base64url-encoded`, `HMAC-SHA256`. */
const ADJECTIVE = /-[a-z]{4,}$|^[A-Z]+\d*(?:-[A-Z]+\d*)+$/;

/** Whether letters and digits are so mixed that somebody drew them, where a password stands: it may be short, or of one kind. */
export function isDrawnPassword(value: string): boolean {
  if (!/^[A-Za-z0-9]{8,64}$/.test(value) || hasWord(value, LONG_WORD)) return false;
  const turns = turnsIn(value);
  if (/^[a-z]+$/.test(value)) {
    return value.length >= 12 && MANY_CONSONANTS.test(value) && entropyOf(value) >= 3;
  }
  if (/^[A-Za-z]+$/.test(value)) {
    return value.length >= 10 &&
      (turns >= value.length * LONG_DRAWN_TURNS || turns > 2 && CONSONANTS.test(value));
  }
  // Names of algorithms and code end with their number.
  const isNumbered = /^[A-Za-z]+\d+$/.test(value);
  return turns >= (isNumbered ? DRAWN_TURNS : value.length < 10 ? 4 : 3);
}

function isTwoWords(value: string): boolean {
  return TWO_WORDS.test(value) && !TELLS_OF_PASSWORD.test(value);
}

/** Whether small letters and digits take turns as in no word; digests are left out. */
function isDrawnInLowerCase(value: string): boolean {
  return /^[a-z0-9]{24,64}$/.test(value) && !/^[0-9a-f]+$/.test(value) && turnsIn(value) > DRAWN_TURNS;
}

/** Whether it has as many changes for its length as what is drawn, and no name of code. */
function takesTurns(value: string): boolean {
  return /^[A-Za-z0-9]{10,}$/.test(value) && turnsIn(value) >= value.length * LONG_DRAWN_TURNS;
}

/** Whether letters change their case as drawn ones do, and not as in words that are put together. */
function isScrambled(value: string): boolean {
  return value.length >= 12 && !/[a-z]{6}/.test(value) && /[A-Z]{2}/.test(value) &&
    (value.match(/[a-z][A-Z]/g)?.length ?? 0) > 2 && entropyOf(value) > 3.2;
}

/** Templates, calls and regular expressions: all of them hold brackets. */
const CODE_IN_QUOTES = /\$[{(]|\{\{|[<{][\w. -]+[>}]|\w\(|%[sd]|:\/\/|\[[A-Za-z0-9]-|\\[a-z]|\(\?|\{\d/;

/** Whether what stands in quotes where a password does is one with brackets or commas in it, which other values hardly have. */
export function isSignedPassword(value: string): boolean {
  return [/[a-z]/, /[A-Z]/, /\d/, /[,;<>(){}[\]]/].every((one) => one.test(value)) &&
    !CODE_IN_QUOTES.test(value) && !isWeakPassword(value) && entropyOf(value) >= 3;
}

/** Signs that hardly stand within words, names and numbers. */
const PASSWORD_SIGN = /[!#$%^*~&?]/;
/** A name, a number or an address rather than a password. */
const NAMED_VALUE =
  /^[-@.$%]|^0x|^v?\d+(?:\.\d|x\d+$)|^[a-z]+[#@]|^[a-z_*-]{4,}=|\.[a-z]{2,5}$|[?&][\w-]{1,30}=|&\w{2,6};/i;
/** A word, digits and a sign: what people make up. */
const MADE_UP = /^[A-Z]?[a-z]{3,12}\d{2,4}[!#$?*]{1,2}$/;

/** Whether a word of a sentence is a password: it is drawn, or a word with digits and a sign. */
export function isSpokenPassword(value: string): boolean {
  if (MADE_UP.test(value)) return !isWeakPassword(value);
  const bare = value.replace(/[.:!?]{1,3}$/, "");
  if (isWeakPassword(bare) || TEMPLATE.test(bare) || NAMED_VALUE.test(bare)) return false;
  if (isDrawnInLowerCase(bare)) return true;
  const hasAllKinds = [/[a-z]/, /[A-Z]/, /\d/].every((one) => one.test(bare));
  return hasAllKinds && (PASSWORD_SIGN.test(bare) ||
    isDrawn(bare) && /\d.*\d/.test(bare) || isDrawnPassword(bare) ||
    takesTurns(bare) && turnsIn(bare) > DRAWN_TURNS);
}
