import { hasWord, turnsIn } from "./turns.ts";

/** Words that stand where a secret would. */
const STAND_IN =
  /example|placeholder|change[_-]?(?:me|this)|openssl[_-]rand|this[_-]is[_-]|replace|redacted|insert|dummy|sample|fake|xxxx|\*{3}|\.{3}|…|your[_-]|your_?strong|strong[._@-]?p(?:wd|ass)|[_-]here|todo|<[^>]{0,60}>|\$\{(?=\{?\s?[a-z_][\w.-]*(?:[}:?+=-]|$))|\$\(|\{\{|%(?![0-9a-f]{2})[a-z_]{3,40}%|^\$[a-z_]\w*$|^%\(|^my[_-]|not[_-]?a?[_-]?real|notreal|0{8}|deadbeef|abcdefgh|12345678|lorem/i;
/** Passwords that documentation uses. */
const WEAK =
  /^(?:p[a@4][s5$]{2}(?:w[o0]rd|wd|phrase)?[\d!._-]{0,6}|pw[\d!]{0,4}|pwd[\d!]{0,4}|s[e3]cr[e3]t[\d!]{0,4}|secret[_-]?\w{0,12}|my[_-]?(?:secret|password|pass|token|key)\w{0,6}|test(?:ing|pass|user|password)?[\d!]{0,6}|admin[\d!]{0,4}|root[\d!]{0,4}|guest|user[\d!]{0,4}|postgres|mysql|redis|mongo|rabbitmq|minio(?:admin)?|elastic|dev(?:pass|password)?|local|demo|foobar|foo|bar|hunter2|letmein|qwerty|abc123|token|key|pass(?:word)?here|x{3,}|\*{2,}|\d{1,8}|none|null|true|false|undefined|string|hidden|masked|change(?:it|this)?|open[ _-]?sesame|somepass(?:word)?|some[_-]?secret|super[_-]?secret\w{0,12}|correct-horse-battery-staple|x-oauth-basic|x-token-auth)$/i;
/** What is made of words for a secret, and of those that say whose or what for. */
const NAMES_ITSELF =
  /^(?:(?:p[a@4][s5$]{2}(?:w[o0]rd|wd)?|s[e3]cr[e3]t|t[o0]k[e3]n|v[a4]lu[e3]|k[e3]y|test|e2e|demo|dummy|my|some|your|the)[-_.]?){2,}[-_.]?\d{0,4}[!?#]?$/i;
/** Examples that issuers document. */
const DOCUMENTED = [
  "AKIAIOSFODNN7EXAMPLE",
  // RFC 6750 and RFC 7617.
  "mF_9.B5f-4.1JqM",
  "QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
  "YWxhZGRpbjpvcGVuc2VzYW1l",
  // RFC 6238, and the seed in the manuals of authenticators.
  "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
  "JBSWY3DPEHPK3PXP",
  "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY",
  // The keys of reCAPTCHA for tests.
  "6LeIxAcTAAAAAGG-vFI1TnRWxMZNFuojJ4WifJWe",
  "6LeIxAcTAAAAAJcZVRqyHh71UMIEGNQ_MXjiZKhI",
  // The storage emulators of Azure.
  "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==",
  "C2y6yDjf5/R+ob0N8A7Cgv30VRDJIWEHLM+4QDU5DE2nQ9nDuVTqobD4b8mGGyPMbIZnqyMsEcaGQy67XIw/Jw==",
];
/** The test keys of Stripe's documentation, without their mark. */
const DOCUMENTED_AFTER_MARK = /^(?:[sr]k_test_)?(?:4eC39HqLyjWDarjtT1zdp7dc|BQokikJOvBiI2HlWgH4olfQ2)$/;
/** The keys of the first accounts of development chains, which Hardhat and Anvil print. */
const DEVELOPMENT_ACCOUNT =
  /^(?:0x)?(?:ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80|59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d|5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a)$/i;
/** What the tokens say that jwt.io, RFC 7519 and manuals print. */
const PUBLISHED_PAYLOAD =
  /"sub":\s?"1234567890",.{0,40}(?:"John Doe"|1516239022)|^\{"iss":"joe",\s{0,3}"exp":1300819380|"iss":\s?"supabase-demo"|^\{"(?:some":"payload|foo":"bar)"(?:,"iat":\d{1,10})?\}$/s;
/** Share of characters that follow their neighbour in the alphabet, from which a text is typed rather than drawn. */
const SEQUENCE_SHARE = 0.5;

/** Bits per character of a text's own distribution. */
export function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

/** Whether a value that has a secret's shape is an example, a placeholder or an obvious fake. */
export function isPlaceholder(value: string): boolean {
  return isDocumented(value) || DOCUMENTED_AFTER_MARK.test(value) ||
    DEVELOPMENT_ACCOUNT.test(value) || isStandIn(value) || WEAK.test(value) || NAMES_ITSELF.test(value) ||
    isSequence(value);
}

/** Where texts are put together, the next one may follow right behind an example. */
function isDocumented(value: string): boolean {
  return DOCUMENTED.some((example) => value.startsWith(example));
}

/** Whether a JSON Web Token is one that is published: words such as "example" stand in real ones, too. */
export function isPublishedToken(payload: string): boolean {
  return PUBLISHED_PAYLOAD.test(fromBase64Url(payload));
}

/** What a text in base64 or base64url says; empty where it is none. */
export function fromBase64Url(text: string): string {
  try {
    return atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  } catch {
    return "";
  }
}

/** Characters beside a word such as "fake", bits of each and digits that make it one that a random token holds by chance. */
const RANDOM_CHARS = 32, RANDOM_BITS = 4, RANDOM_DIGITS = 4;

/** Changes between kinds of characters around such a word from which the others are drawn. */
const DRAWN_TURNS = 5;

/** Whether a value holds a word that says that it stands for another. */
export function isStandIn(value: string): boolean {
  const match = STAND_IN.exec(value);
  if (match === null || isByChance(match)) return false;
  const rest = value.replace(match[0], "");
  return rest.length < RANDOM_CHARS || entropyOf(rest) < RANDOM_BITS ||
    rest.replace(/\D/g, "").length < RANDOM_DIGITS;
}

/** Whether a word stands in the middle of drawn characters: who writes a stand-in sets its words apart. */
function isByChance({ 0: word, index, input }: RegExpExecArray): boolean {
  if (!/^(?!x)[a-z]{4,}$/i.test(word)) return false;
  const before = input.slice(0, index), after = input.slice(index + word.length);
  const isApart = /(?:^|[\s_.:/=-])$/.test(before) || /^(?:KEY)?(?:$|[\s_.:/=-])/i.test(after) ||
    /[a-z]$/.test(before) && /^[A-Z]/.test(word);
  const others = `${before} ${after}`;
  return !isApart && turnsIn(others) >= DRAWN_TURNS && !hasWord(others);
}

/** Whether a password is one that documentation uses, as it is or in base64, in which clusters keep it. */
export function isWeakPassword(value: string): boolean {
  if (value === "" || isPlaceholder(value) || new Set(value).size <= 2) return true;
  const encoded = /^[A-Za-z0-9+/]{6,64}(?:$|={1,2})/.exec(value)?.[0] ?? "";
  if (encoded === "" || encoded.length % 4 !== 0) return false;
  const decoded = fromBase64Url(encoded).trimEnd();
  return /^[!-~]{4,}$/.test(decoded) && isPlaceholder(decoded);
}

/** Whether characters mostly follow their neighbours in the alphabet. */
export function isSequence(value: string): boolean {
  const codes = [...value.toLowerCase()].map((char) => char.charCodeAt(0));
  let steps = 0;
  for (let i = 1; i < codes.length; i++) {
    const step = codes[i]! - codes[i - 1]!;
    if (step === 1 || step === -1 || step === 0) steps++;
  }
  return codes.length >= 8 && steps / codes.length >= SEQUENCE_SHARE;
}
