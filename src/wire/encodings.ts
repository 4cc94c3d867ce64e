/**
 * Whether a client takes answers that are compressed with gzip, by its `Accept-Encoding` (RFC 9110, section 12.5.3). Without one it
 * is not known to.
 */
export function acceptsGzip(header: string | null): boolean {
  const weights = new Map<string, number>();
  for (const part of header?.toLowerCase().split(",") ?? []) {
    const [coding, ...parameters] = part.split(";").map((text) => text.trim());
    const weight = parameters.find((text) => /^q\s*=/.test(text))?.replace(/^q\s*=\s*/, "");
    weights.set(coding!, Number(weight ?? 1));
  }
  return (weights.get("gzip") ?? weights.get("x-gzip") ?? weights.get("*") ?? 0) > 0;
}
