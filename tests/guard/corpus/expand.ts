// Placeholders of the stored texts: `{{secret:name}}`, `{{personal:name}}`, `{{sample:name}}` and `{{disguise:text}}`.
import type { CorpusUnit } from "./cases.ts";
import { disguised, DISGUISES } from "./disguise.ts";
import { PERSONAL } from "./personal.ts";
import { type Random, seededRandom } from "./random.ts";
import { SAMPLES } from "./samples.ts";
import { SECRETS } from "./secrets.ts";

const PLACEHOLDER = /\{\{([a-z][a-z0-9-]*):([^{}]+)\}\}/g;

type Fill = (text: string) => string;
type Shape = (random: Random) => string;

const SHAPES: Readonly<Record<string, Readonly<Record<string, Shape>>>> = {
  secret: SECRETS,
  personal: PERSONAL,
  sample: Object.fromEntries(Object.entries(SAMPLES).map(([name, value]) => [name, () => value])),
};

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

/** Names of the placeholders in a text, as `kind:name`; of a disguise only its own. */
export function placeholdersOf(text: string): string[] {
  return [...text.matchAll(PLACEHOLDER)].map(([, kind, name]) =>
    SHAPES[kind!] === undefined ? `${kind}:` : `${kind}:${name}`
  );
}

/** Whether a placeholder, as `placeholdersOf` names it, can be filled. */
export function isKnownPlaceholder(placeholder: string): boolean {
  const [kind, name] = placeholder.split(":") as [string, string];
  return SHAPES[kind] === undefined ? DISGUISES[kind] !== undefined : SHAPES[kind][name] !== undefined;
}

/** Fills every placeholder of a unit; the same name is the same value within one unit. */
export function expanded(unit: CorpusUnit, seed: string): CorpusUnit {
  const fill = (_: string, kind: string, name: string): string => {
    const shapes = SHAPES[kind];
    if (shapes === undefined) return disguised(name, { as: kind, seed });
    const shape = shapes[name];
    if (shape === undefined) throw new Error(`No such placeholder: ${kind}:${name}`);
    return shape(seededRandom(`${seed}/${kind}:${name}`));
  };
  return mapTexts(unit, (text) => text.replace(PLACEHOLDER, fill));
}
