import { entropyOf, isWeakPassword } from "./placeholders.ts";
import { unlikeWords } from "./secret_words.ts";
import { hasWord, turnsIn } from "./turns.ts";

/** A variable, as it is or in braces, a tag, and what is cut where the rest of one follows. */
const TEMPLATE =
  /^\$[a-z_]\w*(?:$|[.:[/@-])|\$\{\{?\s?[a-z_][\w.-]*(?:[}:]|$)|\$[({]$|\$\(|[<>]|\{\{|^[{}[]|^%\w+%$/i;

const CHARACTER_CLASS = /\[\^?\w-\w/;

/** Whether something stands for a value that is put in later: brackets are a password's only where it is drawn. */
export function isTemplate(value: string): boolean {
  return TEMPLATE.test(value) && !(/^\$\w/.test(value) && isDrawnOfAllKinds(value)) ||
    CHARACTER_CLASS.test(value) ||
    /[{}[\]]/.test(value) && !isDrawnOfAllKinds(value);
}

/** Whether the letters and digits of a value are drawn from all of them, whatever other signs it has. */
function isDrawnOfAllKinds(value: string): boolean {
  return hasAllKinds(value) && unlikeWords(value) >= DRAWN;
}

function hasAllKinds(value: string): boolean {
  return /[a-z]/.test(value) && /[A-Z]/.test(value) && /\d/.test(value);
}

/** How unlike words a value is from which it is drawn: where a secret stands, and anywhere. */
const DRAWN = 0.26, DRAWN_ANYWHERE = 0.32;
/** The same of small letters alone. */
const DRAWN_LETTERS = 0.4;
/** How unlike words what is made of them is at most. */
const OF_WORDS = 0.2;

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
  // In connection strings a password may stand in braces.
  const [, inBraces = ""] = /^\{([^{}]{8,64})\}/.exec(value) ?? [];
  if (isDrawnOfAllKinds(inBraces)) return true;
  const bare = value.replace(value.includes("{") ? /[.,;:\\]{1,4}$/ : /[.,;:\\}\]]{1,4}$/, "");
  if (isProse && ADJECTIVE.test(bare) || REFERENCE.test(bare) || SIGNED_SCOPE.test(bare)) return false;
  if (bare.length < 8 || isWeakPassword(bare) || isWeakPassword(bare.replace(/[!?]+$/, ""))) return false;
  if (
    isTemplate(bare) || isMember(bare) || isOfWords(bare, isPassword) ||
    /^[@-]/.test(bare) && !isDrawnOfAllKinds(bare) ||
    /^arn:|^[.~]|^\/(?!(?=\S*[A-Z])(?=\S*\d)[A-Za-z0-9+/]{31,}={0,2}$)|:\/\/|\.\w{1,20}\(/.test(bare)
  ) return false;
  if (isPassword && (isDrawnPassword(bare) || isTwoWords(bare) || MADE_UP.test(bare) || isSigned(bare))) {
    return true;
  }
  if (bare.length >= LETTERS_CHARS && isDrawnPassword(bare) && /[a-z]/.test(bare) && /[A-Z]/.test(bare)) {
    return true;
  }
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

/** Characters of letters from which they are drawn under any name of a secret. */
const LETTERS_CHARS = 12;

/** Two words and a number, as people make passwords up. */
const TWO_WORDS = /^[A-Za-z][a-z]{3,12}-[A-Za-z][a-z]{3,12}\d{2,4}$/;
/** Words of what only speaks of a password, or tells where it is. */
const TELLS_OF_PASSWORD =
  /pass|secret|word|key|token|user|test|demo|prod|stag|local|name|default|example|value|vault|cred|config|file/i;
/** What a signature of AWS holds for: it is made of a key's id, which has its own rule, and of no secret. */
export const SIGNED_SCOPE = /^(?:Credential=)?A[KS]IA[A-Z0-9]{12,20}(?:\/|%2F)\d{8}(?:\/|%2F)/;
/** What tells where a value is, names of constraints, and colours. */
const REFERENCE =
  /^(?:env|file|header|keychain|ref|scope|op|kms|ssm|secret\w*|(?:key)?vault)[:=]|^[A-Z]:\\|^#[0-9A-Fa-f]{6,8}$|^[A-Z]{2}__|^0x[0-9A-Fa-f]{8,16}$|^(?:[A-Za-z]{1,20}\d?s?\/){1,8}[A-Za-z]{2,20}(?:[-_.]\w{1,12}){0,3}\d{0,4}$|(?:^|\/)[a-z]{3,40}\/(?:[\w.-]{1,60}\/){0,8}[a-z]{3,40}(?:\/|$)/;
/** What says how something is made, and names of algorithms: `base64url-encoded`, `HMAC-SHA256`. */
const ADJECTIVE = /-[a-z]{4,}$|^[A-Z]+\d*(?:-[A-Z]+\d*)+$/;

/** Names of algorithms, which have letters and digits as hardly a word has, and of secrets. */
const NAMES_ITSELF = /^(?:aes|sha|rsa|hmac|ecdsa|blake|md5|argon|pbkdf|utf)\d*\w{0,4}$|passw|secret|token/i;

/** Whether letters and digits are so mixed that somebody drew them, where a password stands: it may be short, or of few kinds. */
export function isDrawnPassword(value: string): boolean {
  if (!/^(?!\d+$|[A-Z]+$)[A-Za-z0-9]{8,64}$/.test(value) || NAMES_ITSELF.test(value)) return false;
  const unlike = unlikeWords(value);
  if (/^[a-z]+$/.test(value)) return value.length >= 10 && unlike >= DRAWN_LETTERS;
  return unlike >= (hasAllKinds(value) ? DRAWN : DRAWN_ANYWHERE);
}

/**
 * Whether a value is a member of what code names. Tokens of several parts have long ones that are drawn; signed ones have a rule of
 * their own.
 */
export function isMember(value: string): boolean {
  return /^[A-Za-z_]\w*(?:\.\w+){1,8}\.?$/.test(value) &&
    (/eyJ\w{10,}\.eyJ/.test(value) ||
      !value.split(".").some((part) => part.length >= LONG_DRAWN_CHARS && unlikeWords(part) >= DRAWN));
}

/** Whether a value is made of words, as names in code are: of passwords people make up, such have more digits. */
function isOfWords(value: string, isPassword: boolean): boolean {
  return /^[A-Za-z][A-Za-z0-9]{7,}$/.test(value) && unlikeWords(value) < OF_WORDS &&
    value.replace(/\D/g, "").length <= (isPassword ? 2 : 4);
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
  /^[-@.$%]|^0x|^v?\d+(?:\.\d|x\d+$)|^[a-z]{3,}[#@]|^[a-z_*-]{4,}=|\.[a-z]{2,5}(?:#|$)|^(?:key)?vault:|^secret\w*:|[?&][\w-]{1,30}=|&\w{2,6};/i;
/** A word, digits and a sign: what people make up. */
const MADE_UP = /^[A-Z]?[a-z]{3,12}\d{2,4}[!#$?*]{1,2}$/;

/** Whether drawn letters, small ones and capitals, have such a sign among them. */
function isSigned(value: string): boolean {
  return PASSWORD_SIGN.test(value) && /[a-z]/.test(value) && /[A-Z]/.test(value) &&
    unlikeWords(value) >= DRAWN;
}

/** Whether a short value is drawn that has a sign as names have them, and does not begin as one. */
function isDrawnWithSigns(value: string): boolean {
  return value.length <= SIGNED_CHARS && /[=+_-]/.test(value) &&
    !/^[A-Za-z]{2,}\d*[-_=:.]|[/:@.{}[\]]/.test(value) &&
    isDrawnOfAllKinds(value) && unlikeWords(value) >= DRAWN_ANYWHERE;
}

/** Characters of the longest password with such a sign. */
const SIGNED_CHARS = 24;

/**
 * Whether a word of a sentence is a password: it is drawn, or a word with digits and a sign. `isTold`: the sentence speaks of
 * nothing but a password, or names its user before it.
 */
export function isSpokenPassword(value: string, { isTold }: { readonly isTold: boolean }): boolean {
  if (MADE_UP.test(value)) return !isWeakPassword(value);
  const bare = value.replace(/[.:!?]{1,3}$/, "");
  if (isWeakPassword(bare) || isTemplate(bare) || NAMED_VALUE.test(bare)) return false;
  if (isDrawnInLowerCase(bare)) return true;
  if (
    isTold &&
    (isTwoWords(bare) || isSigned(bare) || isDrawnWithSigns(bare) ||
      isDrawnPassword(bare) && /[A-Z]/.test(bare) && !/^(?:[0-9A-F]+|[A-Z]+\d+)$/.test(bare))
  ) return true;
  return hasAllKinds(bare) && (PASSWORD_SIGN.test(bare) || isDrawn(bare) && /\d.*\d/.test(bare) ||
    isDrawnPassword(bare) && unlikeWords(bare) >= DRAWN_ANYWHERE);
}
