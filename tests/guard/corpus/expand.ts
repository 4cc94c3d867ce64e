// Placeholders of the stored texts: `{{secret:name}}`, `{{personal:name}}` and `{{disguise-name:text}}`.
import type { CorpusUnit } from "./cases.ts";
import { disguised, DISGUISES } from "./disguise.ts";
import { PERSONAL } from "./personal.ts";
import { seededRandom } from "./random.ts";
import { SECRETS } from "./secrets.ts";

const PLACEHOLDER = /\{\{([a-z][a-z0-9-]*):([^{}]+)\}\}/g;

type Fill = (text: string) => string;

/** Applies a function to every text of a unit, keys of its extensions aside. */
export function mapTexts(unit: CorpusUnit, change: Fill): CorpusUnit {
  const deep = (value: unknown): unknown => {
    if (typeof value === "string") return change(value);
    if (Array.isArray(value)) return value.map(deep);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, deep(item)]));
  };
  return deep(unit) as CorpusUnit;
}

/** Every text of a unit, in order. */
export function textsOf(unit: CorpusUnit): string[] {
  const texts: string[] = [];
  mapTexts(unit, (text) => {
    texts.push(text);
    return text;
  });
  return texts;
}

/** Names of the placeholders in a text, as `kind:name`. */
export function placeholdersOf(text: string): string[] {
  return [...text.matchAll(PLACEHOLDER)].map(([, kind, name]) =>
    kind === "secret" || kind === "personal" ? `${kind}:${name}` : `${kind}:`
  );
}

/** Whether a placeholder, as `placeholdersOf` names it, can be filled. */
export function isKnownPlaceholder(placeholder: string): boolean {
  const [kind, name] = placeholder.split(":") as [string, string];
  if (kind === "secret") return SECRETS[name] !== undefined;
  if (kind === "personal") return PERSONAL[name] !== undefined;
  return DISGUISES[kind] !== undefined;
}

/** Fills every placeholder of a unit; the same name is the same value within one unit. */
export function expanded(unit: CorpusUnit, seed: string): CorpusUnit {
  const fill = (_: string, kind: string, name: string): string => {
    if (kind !== "secret" && kind !== "personal") return disguised(name, { as: kind, seed });
    const shape = (kind === "secret" ? SECRETS : PERSONAL)[name];
    if (shape === undefined) throw new Error(`No such placeholder: ${kind}:${name}`);
    return shape(seededRandom(`${seed}/${kind}:${name}`));
  };
  return mapTexts(unit, (text) => text.replace(PLACEHOLDER, fill));
}
