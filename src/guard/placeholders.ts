/** Words that stand where a secret would. */
const STAND_IN =
  /example|placeholder|change[_-]?(?:me|this)|openssl[_-]rand|this[_-]is[_-]|replace|redacted|insert|dummy|sample|fake|xxxx|\*{3}|\.{3}|…|your[_-]|your_?strong|strong[._@-]?p(?:wd|ass)|[_-]here|todo|<[^>]{0,60}>|\$\{|\$\(|\{\{|%(?![0-9a-f]{2})[a-z_]{3,40}%|^\$\w|^%\(|^my[_-]|not[_-]?a?[_-]?real|notreal|0{8}|deadbeef|abcdefgh|12345678|lorem/i;
/** Passwords that documentation uses. */
const WEAK =
  /^(?:p[a@4][s5$]{2}(?:w[o0]rd|wd|phrase)?[\d!._-]{0,6}|pw[\d!]{0,4}|pwd[\d!]{0,4}|s[e3]cr[e3]t[\d!]{0,4}|secret[_-]?\w{0,12}|my[_-]?(?:secret|password|pass|token|key)\w{0,6}|test(?:ing|pass|user|password)?[\d!]{0,6}|admin[\d!]{0,4}|root[\d!]{0,4}|guest|user[\d!]{0,4}|postgres|mysql|redis|mongo|rabbitmq|minio(?:admin)?|elastic|dev(?:pass|password)?|local|demo|foobar|foo|bar|hunter2|letmein|qwerty|abc123|token|key|pass(?:word)?here|x{3,}|\*{2,}|\d{1,8}|none|null|true|false|undefined|string|hidden|masked|change(?:it|this)?|somepass(?:word)?|some[_-]?secret|super[_-]?secret\w{0,12}|correct-horse-battery-staple)$/i;
/** Examples that issuers document. */
const DOCUMENTED = new Set([
  "AKIAIOSFODNN7EXAMPLE",
  // RFC 6750 and RFC 7617.
  "mF_9.B5f-4.1JqM",
  "QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
  "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY",
  // The storage emulators of Azure.
  "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==",
  "C2y6yDjf5/R+ob0N8A7Cgv30VRDJIWEHLM+4QDU5DE2nQ9nDuVTqobD4b8mGGyPMbIZnqyMsEcaGQy67XIw/Jw==",
]);
/** The test keys of Stripe's documentation, without their mark. */
const DOCUMENTED_AFTER_MARK = /^(?:[sr]k_test_)?(?:4eC39HqLyjWDarjtT1zdp7dc|BQokikJOvBiI2HlWgH4olfQ2)$/;
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
  return DOCUMENTED.has(value) || DOCUMENTED_AFTER_MARK.test(value) || isStandIn(value) || WEAK.test(value) ||
    isSequence(value);
}

/** Characters beside a word such as "fake", bits of each and digits that make it one that a random token holds by chance. */
const RANDOM_CHARS = 32, RANDOM_BITS = 4, RANDOM_DIGITS = 4;

/** Whether a value holds a word that says that it stands for another. */
export function isStandIn(value: string): boolean {
  const word = STAND_IN.exec(value)?.[0];
  if (word === undefined) return false;
  const rest = value.replace(word, "");
  return rest.length < RANDOM_CHARS || entropyOf(rest) < RANDOM_BITS ||
    rest.replace(/\D/g, "").length < RANDOM_DIGITS;
}

/** Whether a password is one that documentation uses. */
export function isWeakPassword(value: string): boolean {
  return value === "" || isPlaceholder(value) || new Set(value).size <= 2;
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
