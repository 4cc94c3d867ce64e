import { matchesOf } from "./matches.ts";
import { entropyOf, isPlaceholder, isWeakPassword } from "./placeholders.ts";
import { type Anchors, needsOf } from "./anchors.ts";
import type { TextRule } from "./rule.ts";
import { SECRET_SHAPES } from "./secret_shapes.ts";
import type { Views } from "./views.ts";

/** A stretch of a text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A rule that also says where what it found stands, so that it can be masked. */
export interface SecretRule extends TextRule {
  readonly spans: (text: string, anchors: Anchors) => Span[];
}

const MESSAGE = "This looks like a real credential: replace it by a placeholder and revoke it";

interface Finder {
  readonly pattern: RegExp;
  readonly isReal: (match: RegExpExecArray) => boolean;
}

function secretRule(name: string, title: string, finder: Finder): SecretRule {
  const needs = needsOf(finder.pattern);
  const spans = (text: string, anchors: Anchors): Span[] => {
    if (!anchors.allow(needs)) return [];
    return matchesOf(text, finder.pattern).filter(finder.isReal).map((match) => ({
      start: match.index,
      end: match.index + match[0].length,
    }));
  };
  return {
    id: `secret.${name}`,
    family: "secret",
    title,
    defaultAction: "block",
    message: MESSAGE,
    spans,
    find: (text: Views) => spans(text.unbroken, text.anchors("unbroken")).length > 0 ? "meant" : undefined,
  };
}

const ISSUED = SECRET_SHAPES.map(({ name, title, pattern, entropy }) =>
  secretRule(name, title, {
    pattern,
    isReal: (match) => {
      const random = match.slice(1).find((group) => group !== undefined) ?? match[0];
      return entropyOf(random) >= entropy && !isPlaceholder(match[0]) && !isPlaceholder(random) &&
        isMixed(random);
    },
  })
);

/** Words joined by dashes have a token's characters; a token has digits or changes of case as well. */
function isMixed(value: string): boolean {
  return /\d/.test(value) || /[a-z][A-Z]/.test(value) && /[A-Z]{2}|[A-Z][a-z][A-Z]/.test(value);
}

const PRIVATE_KEY = secretRule("private-key", "Private key", {
  // A header alone is talk about keys: some of the body must follow.
  pattern:
    /-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----(?:[\s"'+,\\]|\\n|\\r){0,12}((?:Proc-Type|DEK-Info|Version|Comment)[^\n]{0,200}|[A-Za-z0-9+/=\\]{16,100})/g,
  isReal: (match) => !isPlaceholder(match[1]!) && entropyOf(match[1]!) > 2.5,
});

const JWT_PAYLOAD_EXAMPLE =
  /1234567890|john doe|jane doe|"sub":"(?:user|test|alice|bob|admin)\w{0,4}"|example/i;

const JWT = secretRule("jwt", "Signed JSON Web Token", {
  pattern:
    /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{10,2000}\.(eyJ[A-Za-z0-9_-]{10,4000})\.([A-Za-z0-9_-]{20,1000})/g,
  isReal: (match) =>
    entropyOf(match[2]!) >= 3.5 && !isPlaceholder(match[2]!) &&
    !JWT_PAYLOAD_EXAMPLE.test(fromBase64Url(match[1]!)),
});

function fromBase64Url(text: string): string {
  try {
    return atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  } catch {
    return "";
  }
}

const LOCAL_HOST =
  /^(?:localhost|127\.|0\.0\.0\.0|\[?::1|host\.docker|(?:[\w-]{1,60}\.){0,6}example(?:\.\w{2,10})?(?:$|[:/])|(?:db|database|postgres|postgresql|mysql|redis|mongo|mongodb|rabbitmq|broker|host|hostname|server|proxy|registry|minio|kafka)(?:$|[:/?]))/i;

const URL_CREDENTIALS = secretRule("url-credentials", "URL with a password", {
  pattern:
    /(?<![A-Za-z0-9+.-])[a-z][a-z0-9+.-]{1,20}:\/\/([^\s:@/?#"'`<>(){}]{0,100}):([^\s@/"'`<>]{1,200})@([^\s"'`<>]{1,100})/gi,
  isReal: ([, user, password, host]) => {
    if (isWeakPassword(password!) || password === user || /[{}$<>]/.test(password!)) return false;
    return !(LOCAL_HOST.test(host!) && /^[a-z_-]{1,20}$/i.test(password!));
  },
});

const NAME =
  "(?:api[_-]?key|apikey|access[_-]?key|secret(?:[_-]?key)?|client[_-]?secret|auth[_-]?(?:token|key)|(?:access|api|bearer|bot|service|deploy|personal|refresh|session|master|admin)?[_-]?token|passw(?:or)?d|passphrase|pwd|db[_-]?pass|credentials?|private[_-]?key|signing[_-]?key|encryption[_-]?key|webhook[_-]?secret|jwt[_-]?secret|pepper)";
/** Characters before a name that say what kind of a key it is. */
const NAME_CHARS = 24;
const NOT_SECRET_NAME =
  /(?:next|page|prev|continuation|cursor|sync|resume|csrf|xsrf|public|publishable|cancellation|cancel|max|min|num|total|count|eos|bos|pad|special|file|path|name|id|url|hash|prefix|length|lock)[_-]?$/i;

const ASSIGNMENT = secretRule("assignment", "Password or key assigned to a name", {
  pattern: new RegExp(
    `${NAME}["'\`]?[ \\t]{0,3}(?:=>|:=|={1,2}|:|(?<=["'\`]) ?,| is)[ \\t]{0,3}(["'\`]?)([^\\s"'\`,;<>()]{8,200})`,
    "gi",
  ),
  isReal: ({ index, input, 1: quote, 2: value }) =>
    !NOT_SECRET_NAME.test(input.slice(Math.max(0, index - NAME_CHARS), index)) &&
    isRandomValue(value!, quote !== ""),
});

/** Whether a value assigned to a secret's name is one: code, paths, words and placeholders are not. */
function isRandomValue(value: string, quoted: boolean): boolean {
  const bare = value.replace(/[.,;:!?\\]{1,4}$/, "");
  if (
    bare.length < 8 || isWeakPassword(bare) ||
    /[{}[\]$]|^[./~@%-]|:\/\/|\.\w{1,20}\(|^[A-Za-z_]\w*(?:\.\w+){1,8}\.?$/.test(bare)
  ) {
    return false;
  }
  const classes = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((one) => one.test(bare)).length;
  if (!/\d/.test(bare) || classes < 2) return false;
  if (
    /^(?:[A-Za-z]+[_.-])+[A-Za-z]*\d{0,4}$/.test(bare.slice(0, 60)) || /^[A-Za-z]{3,30}\d{1,4}$/.test(bare)
  ) return false;
  if (/^sha\d{3}-|^v?\d+[.\d]*/.test(bare) && classes < 3) return false;
  if (bare.length < 16) return quoted ? classes >= 3 : classes === 4;
  return entropyOf(bare) >= 3.1;
}

const HEADER = secretRule("authorization-header", "Authorization header with a credential", {
  pattern:
    /(?:authorization["']?\s{0,3}[:=]\s{0,3}["']?(?:bearer|basic|token)\s{1,3}|x-api-key["']?\s{0,3}[:=]\s{0,3}["']?|private-token["']?\s{0,3}[:=]\s{0,3}["']?|bearer\s{1,3})([A-Za-z0-9+/_.~=-]{16,1000})/gi,
  isReal: (match) =>
    /\d/.test(match[1]!) && !isPlaceholder(match[1]!) && entropyOf(match[1]!) >= 3.3 &&
    isCredential(match[1]!),
});

function isCredential(value: string): boolean {
  if (JWT_PAYLOAD_EXAMPLE.test(fromBase64Url(value.split(".")[1] ?? ""))) return false;
  const decoded = fromBase64Url(value);
  const [user, password] = /^[\x21-\x7e]{1,100}:[\x21-\x7e]{1,100}$/.test(decoded) ? decoded.split(":") : [];
  return password === undefined || !(isWeakPassword(password) || user === password);
}

const COMMAND = secretRule("command-password", "Password given to a command", {
  pattern:
    /(?:curl[^\n|;]{0,120}\s(?:-u|--user)[ =]?["']?[\w.@-]{1,60}:|sshpass\s{1,3}-p\s{0,2}["']?|mysql(?:dump)?[^\n|;]{0,80}\s-p(?=\S)["']?|machine\s{1,3}\S{1,80}\s{1,3}login\s{1,3}\S{1,80}\s{1,3}password\s{1,3}|docker login[^\n|;]{0,100}\s(?:-p|--password)[ =]["']?)([^\s"'`]{6,200})/gi,
  isReal: (match) => !isWeakPassword(match[1]!) && /\d/.test(match[1]!) && !/[{}$<>]/.test(match[1]!),
});

/** Credentials of all kinds. */
export const SECRET_RULES: readonly SecretRule[] = [
  ...ISSUED,
  PRIVATE_KEY,
  JWT,
  URL_CREDENTIALS,
  HEADER,
  COMMAND,
  ASSIGNMENT,
];
