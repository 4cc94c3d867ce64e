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
import { KEY_WORD_CHARS, type SecretRule, secretRule } from "./secret_rule.ts";
import { SECRET_SHAPES } from "./secret_shapes.ts";
import {
  isDrawn,
  isDrawnPassword,
  isRandomValue,
  isSignedPassword,
  isSpokenPassword,
  SIGNED_SCOPE,
  TEMPLATE,
} from "./secret_values.ts";
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
  return /\d/.test(value) || /[a-z][A-Z]/.test(value) && /[A-Z]{2}|[A-Z][a-z][A-Z]/.test(value);
}

/** Hosts of this machine, of a compose file or of an example: a password that is a word is one of these, too. */
const LOCAL_HOST =
  /^(?:localhost|127\.|0\.0\.0\.0|\[?::1|10\.|192\.168\.|host\.docker|(?:[\w-]{1,60}\.){0,6}(?:example|test|local|internal|invalid)(?:\.\w{2,10})?(?:$|[:/?])|[\w-]{1,40}(?:$|[:/?]))/i;

const URL_CREDENTIALS = secretRule("url-credentials", "URL with a password", {
  // What follows the password is only looked at: it may hold the next URL of a list.
  pattern:
    /(?<=[a-z0-9+.-]{2}):\/\/([^\s:/?#"'`<>(){}]{0,100}):([^\s@/"'`<>]{1,400})@(?=([^\s"'`<>]{1,100}))/gi,
  mayBeCut: true,
  isReal: ([, user, password, host]) => {
    if (isWeakPassword(password!) || password === user || TEMPLATE.test(password!)) return false;
    return !(LOCAL_HOST.test(host!) && /^[a-z_-]{1,20}\d{0,4}$/i.test(password!));
  },
});

const DATA_SOURCE = secretRule("data-source", "Name of a data source with a password", {
  pattern: /(?<![\w.-])[\w.-]{1,40}:([^\s:@/"'`<>]{6,400})@(?:tcp|unix)\(/g,
  mayBeCut: true,
  isReal: ([, value]) => !isWeakPassword(value!) && /\d/.test(value!) && !TEMPLATE.test(value!),
});

/** Where error trackers take what browsers report, as the number of a project: their keys are public. */
const ERROR_TRACKER =
  /^(?:[\w-]{1,63}\.){0,5}sentry[\w-]{0,30}\.[\w.-]{2,80}(?::\d{2,5})?\/(?:[\w-]{1,30}\/)?\d{1,20}(?![\w./-])/i;

const URL_TOKEN = secretRule("url-token", "URL with a token for a user", {
  pattern: new RegExp(
    `${
      wordStart("A-Za-z0-9+.-")
    }(?:https?|git|ssh)://([A-Za-z0-9_-]{20,400})(?::x-oauth-basic)?@(?=([^\\s"'\`<>]{1,100}))`,
    "gi",
  ),
  mayBeCut: true,
  isReal: ([, value, host]) =>
    /\d/.test(value!) && entropyOf(value!) >= 3 && !isPlaceholder(value!) && isMixed(value!) &&
    !ERROR_TRACKER.test(host!),
});

/** Names are found within others, but for the short ones. */
const WORD = wordStart("a-z");
const NAME =
  `(?:api[_ -]?key|apikey|access[_ -]?key|secret(?:[_ -]?(?:access[_ -]?)?key)?|client[_ -]?secret|auth[_-]?(?:token|key)|(?:access|api|auth|bearer|bot|service|deploy|personal|refresh|session|master|admin)?[_ -]?token|passw(?:or)?d|passwort|pass[_ -]?phrase|passcode|pwd|pass|db[_-]?pass|credentials?|(?:private|signing|encryption|master|shared|account|storage|license|hmac|deploy|service|root|production|subscription|primary|server|webhook|session|cookie|admin|routing|integration|write|fernet|sdk|local|forwarding|security|network|zigbee|crypt|aes)[_. -]?key(?:[_ -]?file)?|${WORD}secret(?:[_-]?id)?(?![a-z])|webhook[_ -]?secret|jwt[_ -]?secret|pepper|rediscli_auth|key[_ -]?base|app[_-]?key|jwt[_-]?key|masterauth|erlang[._ ]?cookie|${WORD}pw|(?:bind|root|admin|user|db)pw|authtok|${WORD}sas|identified (?:with \\S{1,40} )?by|securestring|kennwort|contrasena|contrase\u00f1a|mot de passe|senha|hmac|enc[_-]?key|unseal[_ -]?key|recovery[_ -]?(?:code|key)|basic[_-]?auth|snmp[_-]?community|${WORD}(?:pat|psk)(?![a-z])|schl\u00fcssel|пароль|токен|ключ|密码|口令|密钥|令牌|パスワード|トークン|비밀번호|토큰|has\u0142o|\u015fifre|heslo|l\u00f6senord|wachtwoord|adgangskode)`;
/** Names that mean nothing but a password. */
const PASSWORD_NAME =
  /^(?:db[_-]?)?pass(?![_ -]?phrase)|^pwd|^\w{0,5}pw\b|^(?:kennwort|contrase|mot de|senha|wachtwoord|adgangskode|l\u00f6senord|heslo|has\u0142o|\u015fifre|пароль|密码|口令|パスワード|비밀번호)/i;
/** Behind a name: which one of several it is. */
const WHICH_ONE =
  "(?:_?\\d{1,2}|[_-](?:prod(?:uction)?|staging|stage|dev(?:el(?:opment)?)?|test|qa|live|new|old|backup|main|primary|secondary|[a-z]{2}))?";
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

/** Between a name and its value: a type, and the member that holds the value where the name stands in another. */
const TYPED = [
  "\\??: ?&?(?:'static )?str(?:ing)? ?=",
  "(?: as)? (?:string|\\[\\]byte|str) ?=",
  "\\[\\d{0,4}\\] ?=",
  "\\{[^{}]{0,80}?\\bdefault\\s{0,3}=",
  ":?\\n\\s{0,20}value ?:",
  ",\\s{0,20}[\"']value[\"'] ?:",
].join("|");
/** Between a name and its value: a call that only wraps it. */
const WRAPPED = "(?:= ?[\\w.:\\[\\]]{1,24}\\((?=[\"'])|=\\$\\((?:echo|printf)(?: -n| %s)? )";
/** Between a name and its value on the next line. */
const NEXT_LINE = "(?:: ?[|>][-+]?\\d?[ \\t]{0,3}\\n[ \\t]{1,20}|: ?\\n\\s{1,20}(?=[\"']))";

/** What ends the value of a form, of an address or of a line whose end is escaped: the name of the next one. */
const NEXT_VALUE = "(?:[&|]|\\\\u0026|%26|\\\\[nrt]|%0[ad])[\\w.-]{1,40}(?:=|:\\s)";

const ASSIGNMENT = secretRule("assignment", "Password or key assigned to a name", {
  pattern: new RegExp(
    `${NAME}${WHICH_ONE}\\\\{0,2}["'\`]?\\]?(?:[ \\t]{0,3}(?:${TYPED}|${WRAPPED}|${NEXT_LINE}|=>|:[=-]|={1,3}|:|\\|{1,2}|\\?\\?|(?<=["'\`]) ?,|(?<=["'\`])\\)(?:\\.unwrap_or\\(| ?(?:\\|\\||\\?\\?|or) )|><value>|%3d|\\w{1,30} (?=["'][0-9a-f]{32})|\\b(?:(?:header|field|value|contents?)(?: (?:to|is|of)|:|\\b)|is(?: set to)?|was|contains|holds|ist|lautet|est|es|jest)\\b|(?:是|は|è|é)|>|\\((?=["']|[^\\s()]{16,400}\\))|["'] {1,3}value\\s?=\\s?(?=["']))[ \\t]{0,3}|[ \\t](?=\\S))(?:[@$rbfu]{1,2}(?=["'])|base64:|\\\\{1,2}(?=["']))?(?!\\$\\{[\\w.]{1,60}:[^-+?=])(["'\`\u201c\u201e]|&quot;|)(?:\\\\["'])?((?:(?!${NEXT_VALUE})[^\\s"'\`,;<>()]){8,400})(?!["'\`]\\s?[:=])`,
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
    return !notSecret.test(before) &&
      !(value!.length >= ENCRYPTED_CHARS && ENCRYPTED_NAME.test(before)) &&
      !NOT_SECRET_TOKEN.test(before + whole.slice(0, -value!.length)) &&
      !ARN.test(input.slice(Math.max(0, index - ARN_CHARS), index)) &&
      // Behind a bar the next column begins, unless the bar is one of the password's signs.
      (isRandom(value!) || value!.includes("|") && isRandom(value!.split("|")[0]!));
  },
});

const HEADER = secretRule("authorization-header", "Authorization header with a credential", {
  pattern:
    /(?:authorization["']?\s{0,3}[:=]\s{0,3}["']?[a-z][\w-]{2,20}[\s=]{1,3}|\b(?:geniekey|ssws|splunk)\s{1,3}|\b(?:li_at|jsessionid|phpsessid|sessionid|connect\.sid|asp\.net_sessionid)["']?\s{0,2}[:=]?\s{0,2}["']?|x-[a-z-]{0,30}(?:key|token|secret|team|auth)["']?\s{0,3}[:=,]\s{0,3}["']?|-h\s?["'][\w-]{2,40}(?:key|token|secret|auth)[\w-]{0,10}:\s?|private-token["']?\s{0,3}[:=]\s{0,3}["']?|cookie["']?\s{0,3}:\s{0,3}["']?(?:[\w-]{1,40}=[^;\s]{0,60};\s?){0,4}\w{0,20}(?:sess|sid|auth|token)\w{0,14}=|bearer\s{1,3})([^\s"'`,;<>(){}]{14,1000})/gi,
  mayBeCut: true,
  isReal: ([, value]) =>
    /\d/.test(value!) && !isPlaceholder(value!) && !TEMPLATE.test(value!) && !/^\[|\[[A-Z]/.test(value!) &&
    entropyOf(value!) >= 3 && isCredential(value!),
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

const COMMAND = secretRule("command-password", "Password given to a command", {
  pattern: PASSWORD_PLACE,
  mayBeCut: true,
  isReal: ([, value]) =>
    !isWeakPassword(value!) && (/\d/.test(value!) || isDrawnPassword(value!)) && !TEMPLATE.test(value!) &&
    entropyOf(value!) >= 2.5 && !FILE.test(value!) && !DURATION.test(value!),
});

/** Words that speak of a password. */
const SPEAKS_OF_PASSWORD = [
  "pass(?:word|code|phrase)|[\\w-][_-]pass\\b|\\bpwd?\\b|cred(?:ential)?s?\\b|secret|community|log(?:ged|s)? ?in|sign(?:ed)? ?in",
  "authenticate|(?:account|tenant)[^\\n]{0,40}?[/,]|api key|\\btoken|\\bwpa\\d?\\b|\\b(?:use|enter|type) (?=[\"'`])",
  "kennwort|passwort|mot de passe|contraseña|\\bclave|senha|wachtwoord|adgangskode|lösenord|passord|salasana|parola|şifre",
  "hasło|heslo|jelsz|كلمة المرور|kata sandi|mật khẩu|парол|κωδικ|סיסמ|รหัสผ่าน|पासवर्ड|パスワード|密码|密碼|비밀번호",
].join("|");
/** Behind them in the same line, with a digit and a letter. */
const SPOKEN_VALUE =
  "(?<=[\\s(/:\"'`“„])(?=\\S{0,47}\\d)(?=\\S{0,47}[a-z])([^\\s\"'`,;<>()/|\\\\]{8,64})(?=[\\s\"'`,;<>()]|$)";
/** What makes an example of what follows, and how many characters it has. */
const EXAMPLE_BEFORE = /(?:such as|like|e\.g\.|for example|example)[:,]?\s["'`“]?$/i, EXAMPLE_CHARS = 16;

/** Hexadecimal digits are a secret where a sentence says that they are one, and not a digest or an id. */
function isToldDigest(value: string, sentence: string): boolean {
  return /^[0-9a-f]{32,64}[.;]?$/.test(value) &&
    /(?:secret|password|token)(?:,|:|\b.{0,60}\b(?:is|was|to|it's)) \S+$/i.test(sentence) &&
    !/hash|digest|sha|md5|commit|fingerprint|checksum|\bids?\b|device/i.test(sentence);
}

/** Left out where texts are put together without a space, as these make no sentence. */
export const SPOKEN_PASSWORD = secretRule("spoken-password", "Password in a sentence", {
  pattern: new RegExp(`(?:${SPEAKS_OF_PASSWORD})[^\\n]{0,80}?${SPOKEN_VALUE}`, "gi"),
  value: 1,
  isReal: ({ index, input, 0: whole, 1: value }) => {
    const start = index + whole.length - value!.length;
    const before = input.slice(Math.max(0, start - EXAMPLE_CHARS), start);
    return isSpokenPassword(value!) && !EXAMPLE_BEFORE.test(before) || isToldDigest(value!, whole);
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
    `${wordStart()}((?:[A-Z][A-Z0-9]{1,24}_){1,5})KEY["'\\])]{0,3}\\s?[=:]{1,2}\\s?["']?([\\w+/-]{20,2000}={0,2})(?![\\w+/=.-])`,
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

const TOLD_KEY = secretRule("told-key", "Key that a sentence says is one", {
  pattern:
    /(?<![\w/+=.:-])[A-Za-z0-9_-]{20,80}(?=["'`\u201d]?,? (?:is|was|as|works|serves)(?: (?:still|now|also|valid|used|accepted|good|as|the|our|my|your|an?|old|new|current|real|live|shared|bearer|master|root|admin|service|production|staging|sandbox)){1,7} (?:api.?key|token|password|secret|passphrase|credential)\b)/gi,
  isReal: ([value]) =>
    !isPlaceholder(value) && !/^[a-z]{2,5}_/.test(value) && isDrawn(value.replaceAll(/[_-]/g, "")),
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
  RANDOM_VALUE,
];
