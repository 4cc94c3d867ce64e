import {
  entropyOf,
  fromBase64Url,
  isPlaceholder,
  isPublishedToken,
  isStandIn,
  isWeakPassword,
} from "./placeholders.ts";
import { JWT, PRIVATE_KEY } from "./secret_keys.ts";
import { PASSWORD_PLACE } from "./secret_places.ts";
import { KEY_WORD_CHARS, type SecretRule, secretRule, type Span } from "./secret_rule.ts";
import { SECRET_SHAPES } from "./secret_shapes.ts";
import { DESCRIBED_KEY, SPOKEN_PASSWORD, TOLD_KEY, WORD_PHRASE } from "./secret_spoken.ts";
import {
  isDrawn,
  isDrawnPassword,
  isMember,
  isRandomValue,
  isSignedPassword,
  isTemplate,
  SIGNED_SCOPE,
} from "./secret_values.ts";
import { unlikeWords } from "./secret_words.ts";
import { wordStart } from "./word_start.ts";

/** The word right before a value: others beside it say of whom it is, and every shop may have a sample app. */
const WORD_BEFORE = /[^\s_.-]*[\s_.="'`:>-]{0,6}$/;

const ISSUED = SECRET_SHAPES.map(({ name, title, pattern, entropy }) =>
  secretRule(name, title, {
    pattern,
    isReal: ([whole, ...groups]) => {
      const random = groups.find((group) => group !== undefined) ?? whole;
      const [wordBefore] = WORD_BEFORE.exec(whole.slice(0, whole.indexOf(random)))!;
      return entropyOf(random) >= entropy && !isPlaceholder(random) && !isStandIn(wordBefore) &&
        isMixed(random);
    },
  })
);

/** Words joined by dashes have a token's characters; a token has digits or changes of case as well. */
function isMixed(value: string): boolean {
  if (!/[-_. ]/.test(value) && entropyOf(value) >= 3) return true;
  return /\d/.test(value) || unlikeWords(value) >= MIXED ||
    /[a-z][A-Z]/.test(value) && /[A-Z]{2}|[A-Z][a-z][A-Z]/.test(value);
}

/** How unlike words such a token is: what is drawn from small letters alone is more, but for one in a hundred. */
const MIXED = 0.15;

/** Hosts of this machine, of a compose file or of an example: a password that is a word is one of these, too. */
const LOCAL_HOST =
  /^(?:localhost|127\.|0\.0\.0\.0|\[?::1|10\.|192\.168\.|host\.docker|(?:[\w-]{1,60}\.){0,6}(?:example|test|local|internal|invalid)(?:\.\w{2,10})?(?:$|[:/?])|[\w-]{1,40}(?:$|[:/?]))/i;

const URL_CREDENTIALS = secretRule("url-credentials", "URL with a password", {
  // What follows the password is only looked at: it may hold the next URL of a list.
  pattern:
    /(?<=[a-z0-9+.-]{2}):\/\/([^\s:/?#"'`<>(){}]{0,100}):([^\s@/"'`<>]{1,400})@(?=([^\s"'`<>]{1,100}))/gi,
  mayBeCut: true,
  isReal: ([, user, password, host]) => {
    const plain = percentDecoded(password!);
    if (isWeakPassword(plain) || plain === user || isTemplate(plain)) return false;
    return !(LOCAL_HOST.test(host!) && /^[a-z_-]{1,20}\d{0,4}$/i.test(plain)) || isDrawnPassword(plain);
  },
});

/** What a part of an address says; the part itself where it says nothing. */
function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const DATA_SOURCE = secretRule("data-source", "Name of a data source with a password", {
  pattern: /(?<![\w.-])[\w.-]{1,40}:([^\s:@/"'`<>]{6,400})@(?:tcp|unix)\(/g,
  mayBeCut: true,
  isReal: ([, value]) =>
    !isWeakPassword(value!) && (/\d/.test(value!) || isDrawnPassword(value!)) && !isTemplate(value!),
});

/** Where error trackers take what browsers report, as the number of a project: their keys are public. */
const ERROR_TRACKER =
  /^(?:[\w-]{1,63}\.){0,5}sentry[\w-]{0,30}\.[\w.-]{2,80}(?::\d{2,5})?\/(?:[\w-]{1,30}\/)?\d{1,20}(?![\w./-])/i;

const URL_TOKEN = secretRule("url-token", "URL with a token for a user", {
  pattern: /(?<=[a-z0-9+.-]{2}):\/\/([A-Za-z0-9_-]{20,400})(?::x-oauth-basic)?@(?=([^\s"'`<>]{1,100}))/gi,
  mayBeCut: true,
  isReal: ([, value, host]) =>
    /\d/.test(value!) && entropyOf(value!) >= 3 && !isPlaceholder(value!) && isMixed(value!) &&
    !ERROR_TRACKER.test(host!),
});

/** Names are found within others, but for the short ones. */
const WORD = wordStart("a-z");
const NAME =
  `(?:api[_ -]?key|apikey|access[_ -]?key|secret(?:[_ -]?(?:access[_ -]?)?key)?|client[_ -]?secret|auth(?:orization)?[_-]?(?:token|key)|(?:access|api|auth|bearer|bot|service|deploy|personal|refresh|session|master|admin)?[_ -]?token|passw(?:or)?d|passwort|pass[_ -]?phrase|passcode|pwd|pass|db[_-]?pass|credentials?|(?:private|signing|encryption|master|shared|account|storage|license|hmac|deploy|service|root|production|subscription|primary|server|webhook|session|cookie|admin|routing|integration|write|fernet|sdk|local|forwarding|security|network|zigbee|crypt|aes|validation|decryption)[_. -]?key(?:[_ -]?file)?|${WORD}secret(?:[_-]?id)?(?![a-z])|webhook[_ -]?secret|jwt[_ -]?secret|pepper|rediscli_auth|key[_ -]?base|app[_-]?key|jwt[_-]?key|masterauth|erlang[._ ]?cookie|${WORD}pw|(?:bind|root|admin|user|db)pw|authtok|${WORD}sas|identified (?:with \\S{1,40} )?by|securestring|kennwort|contrasena|contrase\u00f1a|mot de passe|senha|hmac|enc[_-]?key|unseal[_ -]?key|recovery[_ -]?(?:code|key)|basic[_-]?auth|snmp[_-]?community|${WORD}(?:pat|psk)(?![a-z])|schl\u00fcssel|пароль|токен|ключ|密码|口令|密钥|令牌|パスワード|トークン|비밀번호|토큰|has\u0142o|\u015fifre|heslo|l\u00f6senord|wachtwoord|adgangskode|${WORD}mdp|${WORD}clave|chiave|chave|salasana|passord|${WORD}parola|jelsz[oó]|sonar[._]login|(?:hash|auth|password|nonce|logged_in)[_-]?salt|pre[_-]?auth[_-]?keys?(?: create)?|app[_-]?certificate)`;
/** Names that mean nothing but a password. */
const PASSWORD_NAME =
  /^(?:db[_-]?)?pass|^pwd|^identified|^\w{0,5}pw\b|^(?:kennwort|contrase|mot de|senha|wachtwoord|adgangskode|mdp|salasana|passord|parola|jelsz|l\u00f6senord|heslo|has\u0142o|\u015fifre|пароль|密码|口令|パスワード|비밀번호)/i;
/** Behind a name: which one of several it is. */
const WHICH_ONE =
  "(?:_?\\d{1,2}|[_-](?:prod(?:uction)?|staging|stage|dev(?:el(?:opment)?)?|test|qa|live|new|old|backup|main|primary|secondary|private|secret|[a-z]{2}))?";
/** Characters before a name that say what kind of a key it is. */
const NAME_CHARS = 24;
const NOT_SECRET_WORDS =
  "hashed|next|page|prev|continuation|cursor|sync|resume|csrf|xsrf|public|publishable|cancellation|cancel|max|min|num|total|count|eos|bos|pad|special|file|path|name|id|url|hash|prefix|length|lock|by|com|tres"
    .split("|").flatMap((word) => [word, word.toUpperCase(), `${word[0]!.toUpperCase()}${word.slice(1)}`]);
/** Such a word before the name, as a word of its own: `max_tokens` names no secret, `ADMIN_TOKEN` does. */
const NOT_SECRET_NAME = new RegExp(
  `(?:^|[^A-Za-z]|[a-z](?=[A-Z]))(?:${NOT_SECRET_WORDS.join("|")})[_-]?$`,
);

/** What says the same of passwords and secrets: all other words only tell which of them it is. */
const PASSWORD_OR_SECRET = /^(?:pass|pwd|secret)/i, HASHED_NAME = /hashed[_-]?$/i;
/** Before the name of what is enciphered, as one name with it or as that of what holds it, and characters of its shortest value. */
const ENCRYPTED_NAME = /(?:encrypted|sealed)[\w.-]{0,16}(?:["']?:\s{1,10}["']?[\w.-]{0,16})?$/i,
  ENCRYPTED_CHARS = 24;

/** Tokens that make a request count once or name a step of it. */
const NOT_SECRET_TOKEN =
  /(?:(?:client|change|creation|purchase|idempotency|request|action|device|retry|task|public[ _-]?key|dedup\w{0,10})[ _-]?token|application[ _-]?server[ _-]?key)\b/i;
/** Before the name of a resource of AWS, and how long it may be. */
const ARN = /\barn:[\w:/-]*$/, ARN_CHARS = 80;

/** A letter of a script that is not Latin. */
const OTHER_LETTER = /[^\p{Script=Latin}\P{L}]/u;

/** What tells of a digest in the same line, and characters before and behind one in which it does. */
const TELLS_OF_DIGEST =
    /\b(?:commit|revision|digest|hash(?:es)?|md5|sha-?\d{1,3}|checksum|fingerprint|git (?:log|show|diff|blame|revert))\b[^\n]*$/i,
  DIGEST_CHARS = 60;

/** Whether hexadecimal digits are a digest or the name of a commit, as the line says. */
function isDigestIn(value: string, text: string, { start, end }: Span): boolean {
  if (!/^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})[.,;]?$/.test(value)) return false;
  const behind = text.slice(end, end + DIGEST_CHARS).split("\n", 1)[0]!;
  return TELLS_OF_DIGEST.test(text.slice(Math.max(0, start - DIGEST_CHARS), start) + behind);
}

/** Between a name and its value: a type, and the member that holds the value where the name stands in another. */
const TYPED = [
  "\\??: ?&?(?:'static )?str(?:ing)? ?=",
  "(?: as)? (?:string|\\[\\]byte|str) ?=",
  "\\[\\d{0,4}\\] ?=",
  "\\{[^{}]{0,80}?\\bdefault\\s{0,3}=",
  ":?\\n\\s{0,20}value ?:",
  ",\\s{0,20}[\"']value[\"'] ?:",
  "</(?:key|t[dh]|dt|name|b|strong)>\\s{0,20}<(?:string|td|dd|value|code)>",
  '=>\\s{0,10}string\\(\\d{1,4}\\) (?=")',
].join("|");
/** Between a name and its value: a call that only wraps it. */
const WRAPPED = "(?:= ?[\\w.:\\[\\]]{1,24}\\((?=[\"'])|=\\$\\((?:echo|printf)(?: -n| %s)? )";
/** Between a name and its value on the next line. */
const NEXT_LINE = "(?:: ?[|>][-+]?\\d?[ \\t]{0,3}\\n[ \\t]{1,20}|: ?\\n\\s{1,20}(?=[\"']))";

/** What ends the value of a form, of an address or of a line whose end is escaped: the name of the next one. */
const NEXT_VALUE = "(?:[&|]|\\\\u0026|%26|\\\\[nrt]|%0[ad])[\\w.-]{1,40}(?:=|:\\s)";

const ASSIGNMENT = secretRule("assignment", "Password or key assigned to a name", {
  pattern: new RegExp(
    `${NAME}${WHICH_ONE}\\\\{0,2}(?:["'\`]|&quot;)?\\]?(?:[ \\t]{0,3}(?:${TYPED}|${WRAPPED}|${NEXT_LINE}|=>|:[=-]|={1,3}|:|\\|{1,2}|\\?\\?|(?<=["'\`]) ?,|(?<=["'\`])\\)(?:\\.unwrap_or\\(| ?(?:\\|\\||\\?\\?|or) )|><value>|%3d|\\w{1,30} (?=["'][0-9a-f]{32})|\\b(?:(?:header|field|value|contents?)(?: (?:to|is|of)|:|\\b)|is(?: set to)?|was|contains|holds|ist|lautet|est|es|jest)\\b|(?:是|は|è|é)|>|\\((?=["']|[^\\s()]{16,400}\\))|["'] {1,3}value\\s?=\\s?(?=["']))[ \\t]{0,3}|[ \\t](?=\\S))(?:[@$rbfun]{1,2}(?=["'])|base64:|\\\\{1,2}(?=["']))?(?!\\$\\{[\\w.]{1,60}:[^-+?=])(["'\`\u201c\u201e]|&quot;|)(?:\\\\["'])?((?:(?!${NEXT_VALUE})[^\\s"'\`,;<>()]){8,400})(?!["'\`]\\s?[:=])`,
    "gi",
  ),
  value: 2,
  mayBeCut: true,
  isReal: ({ index, input, 0: whole, 1: quote, 2: value }) => {
    const isProse = /\s$/.test(whole.slice(0, -value!.length - quote!.length)) &&
      !/[=:>]\s*$/.test(whole.slice(0, -value!.length - quote!.length));
    const before = input.slice(Math.max(0, index - NAME_CHARS), index);
    const isPassword = PASSWORD_NAME.test(whole);
    const notSecret = isPassword || PASSWORD_OR_SECRET.test(whole) ? HASHED_NAME : NOT_SECRET_NAME;
    const isRandom = (one: string): boolean =>
      isRandomValue(one, { isLoose: quote !== "" && !isProse, isProse, isPassword });
    // Where a language sets no spaces, the sentence goes on right behind a value.
    const [own] = value!.split(OTHER_LETTER, 1) as [string];
    return !notSecret.test(before) &&
      !(value!.length >= ENCRYPTED_CHARS && ENCRYPTED_NAME.test(before)) &&
      !NOT_SECRET_TOKEN.test(before + whole.slice(0, -value!.length)) &&
      !ARN.test(input.slice(Math.max(0, index - ARN_CHARS), index)) &&
      // Behind a bar the next column begins, unless the bar is one of the password's signs.
      (isRandom(own) || own.includes("|") && isRandom(own.split("|")[0]!)) &&
      !(quote === "" && isDigestIn(own, input, { start: index, end: index + whole.length }));
  },
});

const HEADER = secretRule("authorization-header", "Authorization header with a credential", {
  pattern:
    /(?:authorization["']?\s{0,3}[:=]\s{0,3}["']?[a-z][\w-]{2,20}[\s=]{1,3}|\b(?:geniekey|ssws|splunk)\s{1,3}|\b(?:li_at|jsessionid|phpsessid|sessionid|connect\.sid|asp\.net_sessionid)["']?\s{0,2}[:=]?\s{0,2}["']?|x-[a-z-]{0,30}(?:key|token|secret|team|auth)["']?\s{0,3}[:=,]\s{0,3}["']?|-h\s?["'][\w-]{2,40}(?:key|token|secret|auth)[\w-]{0,10}:\s?|(?<=(?:^|\n)(?!(?:sec-websocket|idempotency|surrogate|cache|public|csrf|xsrf|x-csrf|x-xsrf|page|next|sync|partition|sort|etag)-)[a-z][a-z-]{1,30})-(?:key|token|secret):\s|private-token["']?\s{0,3}[:=]\s{0,3}["']?|(?:cookie["']?\s{0,3}:\s{0,3}|\s-b\s|--cookie[ =])["']?(?:[\w-]{1,40}=[^;\s]{0,60};\s?){0,4}\w{0,20}(?:sess|sid|auth|token)\w{0,14}=|bearer\s{1,3})([^\s"'`,;<>(){}]{14,1000})/gi,
  mayBeCut: true,
  isReal: ([, sent]) => {
    // Logs of what is sent put the end of its line in brackets.
    const value = sent!.replace(/\[\\.*$/, "");
    return /\d/.test(value) && !isPlaceholder(value) && !isTemplate(value) && !/^\[|\[[A-Z]/.test(value) &&
      entropyOf(value) >= 3 && isCredential(value) && !isMember(value);
  },
});

function isCredential(value: string): boolean {
  if (SIGNED_SCOPE.test(value) || isPublishedToken(value.split(".")[1] ?? "")) return false;
  const [user, password] = userAndPassword(value) ?? [];
  return password === undefined || !(isWeakPassword(password) || user === password);
}

/** What a base64 text of the form `user:password` says. */
function userAndPassword(value: string): string[] | undefined {
  const decoded = fromBase64Url(value);
  return /^[\x21-\x7e]{1,100}:[\x21-\x7e]{1,200}$/.test(decoded) ? decoded.split(":") : undefined;
}

const ENCODED_LOGIN = secretRule("encoded-login", "User and password in base64", {
  pattern:
    /(?:["']?_?auth["']?|basic(?:_\w{1,10})?|\becho)\s{0,3}[:= ]\s{0,3}["']?([A-Za-z0-9+/_-]{12,400}={0,2})/gi,
  isReal: ([, value]) => userAndPassword(value!) !== undefined && isCredential(value!),
});

/** What stands for a file or an address rather than for a password. */
const FILE = /^[~./]|^[\w./-]+\.[a-z]{2,6}$|^\w+:\/\//i;

/** `20-minute tokens` follow words that come before a password, too. */
const DURATION = /^\d{1,4}-[a-z]+$/i;

/** How mail servers call ways to log in, behind the same word as a password. */
const MECHANISM = /^[A-Z]+\d*(?:-[A-Z]+\d*)+$|^X?OAUTH/;

/** Where the name of a database follows the password behind an at sign. */
const NAMES_DATABASE = /^(?:jdbc:oracle|sqlplus|expdp|impdp|sqlldr|rman|sqlcl)[^@]*@/i;

const COMMAND = secretRule("command-password", "Password given to a command", {
  pattern: PASSWORD_PLACE,
  mayBeCut: true,
  isReal: ([whole, value]) => {
    const own = NAMES_DATABASE.test(whole) ? value!.slice(0, value!.lastIndexOf("@")) : value!;
    return !isWeakPassword(own) && (/\d/.test(own) || isDrawnPassword(own)) && !isTemplate(own) &&
      entropyOf(own) >= 2.5 && !FILE.test(own) && !DURATION.test(own) && !MECHANISM.test(own);
  },
});

/** Keys that are no secret. */
const OPEN_KEY =
  /(?:public|publishable|cache|site|anon|idempotency|partition|sort|primary|application[_. -]?server|foreign|kms|host|object|shard|group|lookup)\w{0,12}[_. -]?$/i;

const CODE_KEY = secretRule("code-key", "Key in code", {
  pattern:
    /(?:(?:client|auth|handler|connect|log_?in|sdk|api|token|secret|key)\w{0,12}\(\s?(?:["'][^"'\n]{1,80}["'],\s?){0,3}["']|(?:key|licen[cs]e|auth)["']?\s{0,2}(?:={1,2}|:|=>|,)\s{0,2}["'])([A-Za-z0-9_+/=-]{20,2000})(?=["'])/gi,
  value: 1,
  isReal: ({ index, input, 1: value }) =>
    !isPlaceholder(value!) && isDrawn(value!.replaceAll(/[_+/=-]/g, "")) &&
    !OPEN_KEY.test(input.slice(Math.max(0, index - NAME_CHARS), index)),
});

const NAMED_KEY = secretRule("named-key", "Key assigned to a variable", {
  pattern: new RegExp(
    `${wordStart()}((?:[A-Z][A-Z0-9]{1,24}_){1,5})(?:KEY|SESSION|CERTIFICATE|SALT)["'\\])]{0,3}\\s?[=:]{1,2}\\s?["']?([\\w+/-]{20,2000}={0,2})(?![\\w+/=.-])`,
    "g",
  ),
  value: 2,
  isReal: ({ 1: before, 2: value }) =>
    !isPlaceholder(value!) && !OPEN_KEY.test(before!) &&
    (/^[0-9a-f]{32}$/.test(value!) || isDrawn(value!.replaceAll(/[_+/=-]/g, ""))),
});

const QUOTED_PASSWORD = secretRule("quoted-password", "Password of many signs in quotes", {
  pattern: new RegExp(
    `(?:passw(?:or)?d|passwort|pwd|pass|secret)${WHICH_ONE}["']?\\s{0,2}(?:=>|:=|={1,2}|:)\\s{0,2}(?:"([^"\\s]{8,64})"|'([^'\\s]{8,64})')`,
    "gi",
  ),
  isReal: ([, double, single]) => isSignedPassword(double ?? single!),
});

/** Near such a word, a text of random characters is a key. */
const KEY_WORD = /\b(?:keys?|tokens?|secrets?|passwords?|credentials?|bearer|api key)\b/i;
const DIGEST_BEFORE =
  /(?:sha\d{1,3}|md5|integrity|digest|checksum|hash|etag|commit|base64|cursor|cache.?key|public.?key|fingerprint|minisign|data:[^\s]{1,40})["'`]?.{0,24}$/i;

const RANDOM_VALUE_SHAPE = secretRule(
  "random-value",
  "Random characters beside the word key, token or password",
  {
    pattern: /(?<![A-Za-z0-9+/=_.:@%?&-])[A-Za-z0-9+/_-]{32,120}={0,2}(?![A-Za-z0-9+/_.@-]|:\/\/)/g,
    isReal: ({ index, input, 0: value }) =>
      /[a-z]/.test(value) && /[A-Z]/.test(value) && (value.match(/\d/g)?.length ?? 0) > 2 &&
      entropyOf(value) >= 4.2 &&
      !isPlaceholder(value) && !/[a-z]{7}|[/_-][a-z]{4,}[/_-]/i.test(value) &&
      !DIGEST_BEFORE.test(input.slice(Math.max(0, index - 60), index)) &&
      KEY_WORD.test(input.slice(Math.max(0, index - KEY_WORD_CHARS), index + value.length + KEY_WORD_CHARS)),
  },
);

const RANDOM_VALUE: SecretRule = {
  ...RANDOM_VALUE_SHAPE,
  defaultAction: "warn",
  message: "This may be a real credential: replace it by a placeholder",
};

/** Credentials of all kinds. */
export const SECRET_RULES: readonly SecretRule[] = [
  ...ISSUED,
  PRIVATE_KEY,
  JWT,
  URL_CREDENTIALS,
  DATA_SOURCE,
  URL_TOKEN,
  HEADER,
  ENCODED_LOGIN,
  COMMAND,
  ASSIGNMENT,
  SPOKEN_PASSWORD,
  CODE_KEY,
  NAMED_KEY,
  QUOTED_PASSWORD,
  TOLD_KEY,
  DESCRIBED_KEY,
  WORD_PHRASE,
  RANDOM_VALUE,
];
