// The corpus a guard is judged by: attacks it must see, clean units it must let pass.
import type { AttackCase, CleanCase } from "./cases.ts";
import { composedUnits } from "./compose.ts";
import { expanded, mapTexts } from "./expand.ts";
import { hashOf } from "./random.ts";
import { unmarked, variantsOf } from "./variants.ts";

/** A half of the corpus: guards may be tuned on one, never on the other. */
export type Half = "tuning" | "held_out";

function casesOf<T extends { readonly source: string }>(prefix: string): T[] {
  const folder = new URL(".", import.meta.url);
  const names = [...Deno.readDirSync(folder)].map(({ name }) => name)
    .filter((name) => name.startsWith(prefix) && name.endsWith(".jsonl")).sort();
  return names.flatMap((name) => {
    const source = name.slice(prefix.length, -".jsonl".length);
    const lines = Deno.readTextFileSync(new URL(name, folder)).split("\n").filter(Boolean);
    return lines.map((line): T => ({ ...JSON.parse(line), source }));
  });
}

/** The attacks as they are stored: with placeholders and with marks around what variants disguise. */
export function storedAttacks(): AttackCase[] {
  return casesOf("attacks_");
}

/** The hand-written clean units as they are stored. */
export function storedCleanTexts(): CleanCase[] {
  return casesOf("clean_");
}

/** Every attack, ready to be judged: the written ones and their disguised variants. */
export function attacks(): AttackCase[] {
  const stored = storedAttacks();
  return [...stored, ...stored.flatMap(variantsOf)].map((attack) => ({
    ...attack,
    unit: expanded(mapTexts(attack.unit, unmarked), attack.id),
  }));
}

/** Every clean unit: the written ones and the composed ones. */
export function cleanTexts(): CleanCase[] {
  const written = storedCleanTexts().map((text) => ({ ...text, unit: expanded(text.unit, text.id) }));
  return [...written, ...composedUnits()];
}

/** The half of a case. What was made of one text, as its variants are, stays in one half. */
export function halfOf(id: string): Half {
  return hashOf(id.split("~")[0]!) % 2 === 0 ? "tuning" : "held_out";
}

/** Cases by their half. */
export function halves<T extends { readonly id: string }>(cases: readonly T[]): Record<Half, T[]> {
  return {
    tuning: cases.filter(({ id }) => halfOf(id) === "tuning"),
    held_out: cases.filter(({ id }) => halfOf(id) === "held_out"),
  };
}
