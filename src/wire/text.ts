// White space as the original's runtime understands it. JavaScript's own trim() differs: it takes U+FEFF and leaves
// U+001C-U+001F and U+0085.
const SPACE = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const LEADING_SPACE = new RegExp(`^[${SPACE}]+`);
const ANY_SPACE = new RegExp(`[${SPACE}]`);
const IS_SPACE = new RegExp(`^[${SPACE}]$`);

/** `text` without the white space at both ends. */
export function trimSpace(text: string): string {
  if (isVisibleAscii(text.charCodeAt(0)) && isVisibleAscii(text.charCodeAt(text.length - 1))) return text;
  // The end is walked by hand: an anchored regular expression would be quadratic on long runs of inner white space.
  let end = text.length;
  while (end > 0 && IS_SPACE.test(text[end - 1]!)) end--;
  return text.slice(0, end).replace(LEADING_SPACE, "");
}

function isVisibleAscii(code: number): boolean {
  return code > 0x20 && code < 0x7f;
}

/** Whether `text` contains white space anywhere. */
export function hasSpace(text: string): boolean {
  return ANY_SPACE.test(text);
}

/** Length in Unicode code points, the unit of every limit on text. */
export function codePointLength(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length - 1; i++) {
    const isPair = (text.charCodeAt(i) & 0xfc00) === 0xd800 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00;
    if (isPair) {
      length--;
      i++;
    }
  }
  return length;
}

/** Domains trimmed and lower-cased, without empty ones and repeats, in the given order. */
export function cleanDomains(domains: readonly string[]): string[] {
  const cleaned = new Set<string>();
  for (const domain of domains) {
    const text = trimSpace(domain).toLowerCase();
    if (text !== "") cleaned.add(text);
  }
  return [...cleaned];
}

/** `text` in quotes, with whatever cannot be seen escaped, as Python's `repr` spells it. */
export function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const body = text.replace(/\\|[\p{C}\p{Z}]|['"]/gu, (char) => {
    if (char === " ") return char;
    if (char === "\\") return "\\\\";
    if (char === "'" || char === '"') return char === quote ? `\\${char}` : char;
    return escapeCharacter(char);
  });
  return quote + body + quote;
}

function escapeCharacter(char: string): string {
  const named = { "\n": "\\n", "\r": "\\r", "\t": "\\t" }[char];
  if (named !== undefined) return named;
  const code = char.codePointAt(0)!;
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, "0")}`;
  if (code <= 0xffff) return `\\u${code.toString(16).padStart(4, "0")}`;
  return `\\U${code.toString(16).padStart(8, "0")}`;
}

// Controls of the direction of writing, and the scripts that run from right to left.
const TURNING =
  /[\p{Bidi_Control}\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const ISOLATE_START = "\u2068", ISOLATE_END = "\u2069";

/** `text` so that it does not turn around what stands beside it in the same sentence; its own controls are left out for it. */
export function isolated(text: string): string {
  if (!TURNING.test(text)) return text;
  return ISOLATE_START + text.replaceAll(/\p{Bidi_Control}/gu, "") + ISOLATE_END;
}

/** `1 unit`, `12 units`. */
export function counted(count: number, name: string): string {
  return `${count} ${name}${count === 1 ? "" : "s"}`;
}

/** The candidate that takes the fewest edits to become `text`. */
export function nearest(text: string, candidates: readonly string[]): string {
  const distances = candidates.map((candidate) => ({ candidate, distance: editDistance(text, candidate) }));
  return distances.sort((a, b) => a.distance - b.distance)[0]!.candidate;
}

/** Levenshtein's distance. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, left] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, right] of [...b].entries()) {
      next.push(Math.min(next[j]! + 1, row[j + 1]! + 1, row[j]! + Number(left !== right)));
    }
    row = next;
  }
  return row.at(-1)!;
}
