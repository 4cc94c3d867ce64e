/** Digits and signs that stand for letters in leetspeak. `1` may be an i or an l: both are tried. */
const LEET: Readonly<Record<string, string>> = {
  "0": "o",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "8": "b",
  "9": "g",
  "@": "a",
  "$": "s",
  "!": "i",
  "+": "t",
  "|": "i",
};
/** A word with letters and leet signs in one. */
const LEET_WORD = /[a-z0-9@$!+]{3,40}/g;
const LETTER_AND_SIGN = /[a-z][0-9@$!+]|[0-9@$!+][a-z]/;
/** Letters one by one, with the same kind of gap between them. */
const SPACED = /(?<![a-z0-9])[a-z0-9@$!](?:[ .,\-/:;]{1,3}[a-z0-9@$!](?![a-z0-9])){3,400}/g;
/** Characters around a disguised word that belong to its sentence. */
const AROUND_CHARS = 80;

/** The stretches of `prose` around words in leetspeak or spaced letters, made readable; each on a line. */
export function readableDisguises(prose: string): string {
  const joined = prose.replace(SPACED, (run) => {
    const words = run.split(/[ .,\-/:;]{2,3}/).map((word) => word.replace(/[ .,\-/:;]/g, ""));
    return words.join(" ");
  });
  const spans = joined === prose ? [] : [joined.slice(0, prose.length)];
  let end = -1;
  for (const match of joined.matchAll(LEET_WORD)) {
    if (!LETTER_AND_SIGN.test(match[0])) continue;
    const from = Math.max(end, match.index - AROUND_CHARS);
    const to = Math.min(joined.length, match.index + match[0].length + AROUND_CHARS);
    if (to <= end) continue;
    spans.push(joined.slice(Math.max(0, from), to));
    end = match.index + match[0].length;
  }
  if (spans.length === 0) return "";
  const text = spans.join("\n");
  const readable = text.replace(/[0345789@$|]|[!+](?=[a-z0-9])/g, (sign) => LEET[sign]!);
  return `${readable.replaceAll("1", "i")}\n${readable.includes("1") ? readable.replaceAll("1", "l") : ""}`;
}

/** The letters of `prose` alone, then the same backwards. Digits are read as the letters they look like. */
export function squeezedText(prose: string): string {
  const letters = prose.replace(/[013457@$]/g, (sign) => sign === "1" ? "i" : LEET[sign]!).replace(
    /[^a-z]+/g,
    "",
  );
  const backwards = Array.from(letters).reverse().join("");
  return `${letters} ${backwards}`;
}
