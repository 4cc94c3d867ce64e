import { isPlaceholder, isWeakPassword } from "./placeholders.ts";
import { secretRule, type Span } from "./secret_rule.ts";
import { isDrawn, isSpokenPassword } from "./secret_values.ts";

/** Words for a password. */
const PASSWORD_WORDS = [
  "pass(?:word|code|phrase)|[\\w-][_-]pass\\b|\\bpwd?\\b|\\bwpa\\d?\\b|\\bmdp\\b|\\bpass (?:is|was)\\b",
  "kennwort|passwort|mot de passe|contraseña|\\bclave|senha|wachtwoord|adgangskode|lösenord|passord|salasana|parola|şifre",
  "hasło|heslo|jelsz|كلمة المرور|kata sandi|mật khẩu|парол|κωδικ|סיסמ|รหัสผ่าน|पासवर्ड|パスワード|密码|密碼|비밀번호",
].join("|");
/** Words that speak of something that may be a password. */
const SECRET_WORDS = [
  "cred(?:ential)?s?\\b|secret|community|log(?:ged|s)? ?in|sign(?:ed)? ?in\\b|authenticate|(?:account|tenant)[^\\n]{0,40}?[/,]",
  "api key|\\btoken|\\b(?:use|enter|type) (?=[\"'`])|\\b(?:use|using|with) (?:the |this |our )?key (?=\\S{16})",
  "(?:reset|changed|rotated|set) (?:it|them|that|this) to (?=[\"'`])|\\basks\\b|\\bprompts\\b|\\bwi-?fi\\b|\\bwlan\\b",
  "\\b(?:using|with|under) key (?=\\S{16})|\\bbasic auth\\b|zugangsdaten|identifiants|credencia|credenzial|inloggegevens|учётн",
].join("|");
const IS_PASSWORD_WORD = new RegExp(`^(?:${PASSWORD_WORDS})`, "i");

/** How far behind such a word a password begins at most, and how long it is. */
const REACH_CHARS = 82, LONGEST_CHARS = 64;
/** What may be one: with signs, but those that end it. */
const CANDIDATE = /(?<=[\s(/:"'`“„])[^\s"'`,;<>()/|\\]{8,64}(?=[\s"'`,;<>()]|$)/g;
/** What words of a sentence have not, and how many that have it are looked at. */
const MAY_BE_ONE = /\d|[a-z][A-Z]|[A-Z]{2}[a-z]/, CANDIDATES_MAX = 4;
/** What makes an example of what follows, and how many characters it has. */
const EXAMPLE_BEFORE = /(?:such as|like|e\.g\.|for example|example)[:,]?\s["'`“]?$/i, EXAMPLE_CHARS = 16;
/** What makes a name of the word that is no secret's, before and behind it, and how many characters that has. */
const NO_SECRET_BEFORE = /(?:hashed|encrypted|csrf|xsrf|next|page|continuation|cursor|sync|resume)[_ -]?$/i,
  NO_SECRET_BEHIND = /^[\w-]{0,3}[_ -]?(?:hash|digest)|^\W{0,6}ENC\[/i,
  NO_SECRET_CHARS = 16;
/** What gives a password, and what is right before it then. */
const GIVES = /^(?:log|sign|reset|changed|rotated|set)/i, GIVEN = /\b(?:with|to|is) ["'`]?$/i;
/** A user right before what may be the password. */
const USER_BEFORE = /[\w.@-]{2,40}(?: ?[/] ?|:)["'`]?$/;
/** What tells of a digest or an id in the same line, and characters before in which it does. */
const DIGEST = /hash|digest|\bsha-?\d|md5|commit|fingerprint|checksum|\bids?\b|device/i, AROUND_CHARS = 60;

/** Hexadecimal digits are a secret where a sentence says that they are one, and not a digest or an id. */
function isToldDigest(
  value: string,
  { sentence, around }: { readonly sentence: string; readonly around: string },
): boolean {
  return /^[0-9a-f]{32,64}[.;]?$/.test(value) && !isWeakPassword(value) &&
    /(?:secret|password|token)(?:,|\b[^.;:\n]{0,60}:|\b.{0,60}\b(?:is|was|to|it's)) \S+$/i.test(sentence) &&
    !DIGEST.test(around.slice(around.lastIndexOf("\n") + 1));
}

/** Where behind a word that speaks of passwords one stands. */
function spokenBehind({ index, input, 0: word }: RegExpExecArray): Span | undefined {
  const before = input.slice(Math.max(0, index - NO_SECRET_CHARS), index);
  // The sign before tells where a value begins.
  const start = index + word.length - 1;
  const [line] = input.slice(start, start + REACH_CHARS + LONGEST_CHARS + 2).split("\n", 1) as [string];
  if (!MAY_BE_ONE.test(line) || NO_SECRET_BEFORE.test(before) || NO_SECRET_BEHIND.test(line.slice(1))) {
    return undefined;
  }
  const isPassword = IS_PASSWORD_WORD.test(word);
  let looked = 0;
  for (const { 0: value, index: at } of line.matchAll(CANDIDATE)) {
    if (at > REACH_CHARS) break;
    if (!MAY_BE_ONE.test(value)) continue;
    if (++looked > CANDIDATES_MAX) break;
    const told = line.slice(0, at);
    if (EXAMPLE_BEFORE.test(told.slice(-EXAMPLE_CHARS))) continue;
    // Behind a user's name that stands without a blank.
    const [, user = "", own = value] = /^([\w.@-]{2,40}:)(\S{8,})$/.exec(value) ?? [];
    const isTold = isPassword || USER_BEFORE.test(told + user) || GIVES.test(word) && GIVEN.test(told);
    if (
      isSpokenPassword(value, { isTold }) || user !== "" && isSpokenPassword(own, { isTold }) ||
      isToldDigest(value, {
        sentence: word + line.slice(1, at + value.length),
        around: input.slice(Math.max(0, index - AROUND_CHARS), index) + line,
      })
    ) return { start: start + at, end: start + at + value.length };
  }
  return undefined;
}

/** Left out where texts are put together without a space, as these make no sentence. */
export const SPOKEN_PASSWORD = secretRule("spoken-password", "Password in a sentence", {
  pattern: new RegExp(`${PASSWORD_WORDS}|${SECRET_WORDS}`, "gi"),
  spanIn: spokenBehind,
});

/** A key in hexadecimal digits of the usual lengths. */
const HEX_KEY = /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/;

/** A long value of which a sentence says that it is a key. */
export const TOLD_KEY = secretRule("told-key", "Key that a sentence says is one", {
  pattern:
    /(?<![\w/+=.:-])[A-Za-z0-9_-]{20,80}(?=["'`\u201d]?,? (?:is|was|as|works|serves)(?: (?:still|now|also|valid|used|accepted|good|as|the|our|my|your|an?|old|new|current|real|live|shared|bearer|master|root|admin|service|production|staging|sandbox)){1,7} (?:api.?key|token|password|secret|passphrase|credential)\b)/gi,
  isReal: ([value]) =>
    !isPlaceholder(value) && !/^[a-z]{2,5}_/.test(value) &&
    (HEX_KEY.test(value) || isDrawn(value.replaceAll(/[_-]/g, ""))),
});

/** What names a key that only one side may know, in the languages that people write in. */
const KEY_NAMES = [
  "(?:api|access|encryption|decryption|signing|master|secret|private|deploy|root|admin|service|shared|webhook|backup|partner)[ -]keys?",
  "(?:api|zugangs|geheim|master)[ -]?schlüssel|clé (?:d'api|api|secrète|privée)|(?:clave|chiave|chave) (?:de |da )?(?:api|secreta|segreta)",
  "ключ (?:api|доступа)|klucz api|api[ -]?sleutel|api[ -]?nyckel",
].join("|");

/** A long value of which a sentence says before it what it is for. */
export const DESCRIBED_KEY = secretRule("described-key", "Key that a sentence describes", {
  pattern: new RegExp(
    `(?:${KEY_NAMES})(?![\\w-])[^\\n:=]{0,60}?(?::|=| (?:is|was|ist|lautet|est|es|é|è)(?= )) ?["'\`]?([A-Za-z0-9+/_-]{24,100}={0,2})(?![\\w+/=.-])`,
    "gi",
  ),
  value: 1,
  isReal: ([, value]) => !isPlaceholder(value!) && isDrawn(value!.replaceAll(/[+/_=-]/g, "")),
});

/** Words that no phrase of drawn ones holds: the lists that they are drawn from have none of them. */
const SENTENCE_WORD = /\b(?:the|and|for|are|was|were|from|which|has|its|our|his|her|how|who|not|but)\b/i;
/** What a short phrase says of a password instead of being one. */
const TELLS_OF_PHRASE =
  /pass|wrong|invalid|incorrect|empty|short|long|asked|required|phrase|\bkey\b|secret|example|correct horse/i;
/** Share of its words that are different: the phrases of development chains and of manuals repeat one. */
const DISTINCT_WORDS = 0.75;

/** Drawn words that open a wallet, or that somebody took for a passphrase. */
export const WORD_PHRASE = secretRule("word-phrase", "Phrase of drawn words", {
  pattern:
    /\b(?:mnemonic|(?:seed|recovery|backup|secret)[ -](?:phrase|words)|pass[ -]?phrase)\b[^\n]{0,60}?(?::|=|\bis|\bwas)\s?(?:["'`“]?((?:[a-z]{3,8} ){11,23}[a-z]{3,8})(?! ?[a-z])|["'`“]([a-z]{3,12}(?: [a-z]{3,12}){3,7})(?=["'`”]))/gi,
  isReal: ([, seed, phrase]) => {
    const words = (seed ?? phrase)!.split(" ");
    return new Set(words).size >= words.length * DISTINCT_WORDS && !SENTENCE_WORD.test((seed ?? phrase)!) &&
      !(phrase !== undefined && TELLS_OF_PHRASE.test(phrase));
  },
});
