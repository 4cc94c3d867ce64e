import { INDEXED_TEXT_MAX_CHARS } from "../limits.ts";
import { isObject } from "../wire/json.ts";

/** What of a unit its words are taken from. */
export interface UnitTexts {
  readonly summary: string;
  readonly detail: string;
  readonly action: string;
  /** Domains, languages, frameworks and the pattern. */
  readonly tags: readonly string[];
}

/** The texts of a stored unit; what is missing or no text counts as empty, as other programs may have stored it. */
export function unitTexts(data: string): UnitTexts {
  const { domains, insight, context } = documentOf(data);
  const { summary, detail, action } = isObject(insight) ? insight : {};
  const { languages, frameworks, pattern } = isObject(context) ? context : {};
  return {
    summary: textOf(summary),
    detail: textOf(detail),
    action: textOf(action),
    tags: [...textsOf(domains), ...textsOf(languages), ...textsOf(frameworks), textOf(pattern)],
  };
}

function documentOf(data: string): Record<string, unknown> {
  try {
    const document: unknown = JSON.parse(data);
    return isObject(document) ? document : {};
  } catch {
    return {};
  }
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value.slice(0, INDEXED_TEXT_MAX_CHARS) : "";
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(textOf) : [];
}
