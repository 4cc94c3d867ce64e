/** A place in a list as its address names it: texts that nobody needs to read. */
export function encodePlace(parts: readonly string[]): string {
  const bytes = new TextEncoder().encode(JSON.stringify(parts));
  return bytes.toBase64({ alphabet: "base64url", omitPadding: true });
}

/** The three texts of a place; undefined for what is none: a list begins at its beginning then. */
export function decodePlace(text: string | undefined): readonly [string, string, string] | undefined {
  if (text === undefined || text === "") return undefined;
  try {
    const bytes = Uint8Array.fromBase64(text, { alphabet: "base64url" });
    const [first, second, third] = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    const texts = [first, second, third];
    // Postgres takes no NUL into a text.
    if (!texts.every((part) => typeof part === "string" && !part.includes("\0"))) return undefined;
    return [first, second, third];
  } catch {
    return undefined;
  }
}
