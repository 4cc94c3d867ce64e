import { EMBEDDED_TEXT_MAX_CHARS } from "../limits.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { unitTexts } from "./unit_texts.ts";

/** What the vector of a unit is made of. */
export interface EmbeddedText {
  /** Summary, detail and action, as in the original; blank where there is nothing to make a vector of. */
  readonly text: string;
  readonly fingerprint: string;
}

/** What the vector of a stored unit is to be made of. Evidence, flags and tags change nothing about it. */
export function embeddedText(data: string): EmbeddedText {
  const { summary, detail, action } = unitTexts(data);
  const text = `${summary} ${detail} ${action}`.trim().slice(0, EMBEDDED_TEXT_MAX_CHARS).toWellFormed();
  return { text, fingerprint: fingerprintOf({ summary, detail, action, tags: [] }) };
}
