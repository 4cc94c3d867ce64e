import { plainText } from "./normalise.ts";
import { LEXICONS } from "./lexicon.ts";
import { PERSONAL_RULES } from "./personal.ts";
import type { Span } from "./secret_rule.ts";
import { SECRET_RULES } from "./secrets.ts";

interface Masked extends Span {
  readonly mask: string;
}

/** `text` with personal data and credentials replaced by what they are; unchanged where nothing is found. */
export function mask(text: string): string {
  const own = maskPlain(text);
  if (own !== text) return own;
  // What is only found without invisible characters and compatibility forms is masked in the normal form.
  const plain = plainText(text);
  const masked = maskPlain(plain);
  return masked === plain ? text : masked;
}

function maskPlain(text: string): string {
  const anchors = LEXICONS.unbroken.anchorsIn(text);
  const spans: Masked[] = [
    ...SECRET_RULES.flatMap((rule) =>
      rule.spans(text, anchors).map((span) => ({ ...span, mask: "[token]" }))
    ),
    ...PERSONAL_RULES.flatMap((rule) => rule.spans(text).map((span) => ({ ...span, mask: rule.mask }))),
  ].sort((a, b) => a.start - b.start || b.end - a.end);
  let masked = "", end = 0;
  for (const span of spans) {
    if (span.start < end) {
      end = Math.max(end, span.end);
      continue;
    }
    masked += text.slice(end, span.start) + span.mask;
    end = span.end;
  }
  return masked + text.slice(end);
}
