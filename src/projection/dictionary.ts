import { tagKey } from "../search/tag_aliases.ts";

/** What a text stands for: the same text is another entry in another role. */
export type TextKind = "domain" | "language" | "framework" | "pattern" | "status" | "tier";

/**
 * Small whole numbers for texts, each counted by its uses; when nobody uses a text any more its number is given to another one.
 */
export class Dictionary {
  readonly #numbers: Record<TextKind, Map<string, number>> = {
    domain: new Map(),
    language: new Map(),
    framework: new Map(),
    pattern: new Map(),
    status: new Map(),
    tier: new Map(),
  };
  readonly #texts: string[] = [];
  readonly #kinds: TextKind[] = [];
  readonly #uses: number[] = [];
  readonly #free: number[] = [];
  /** Domains in use by what they have in common with tags of the same meaning. */
  readonly #domains = new Map<string, Set<string>>();

  /** One more than the greatest number given. */
  get size(): number {
    return this.#texts.length;
  }

  /** The number of a text that is in use. */
  find(kind: TextKind, text: string): number | undefined {
    return this.#numbers[kind].get(text);
  }

  /** Other domains in use that mean the same. */
  nearDomains(domain: string): string[] {
    return [...this.#domains.get(tagKey(domain)) ?? []].filter((other) => other !== domain).sort();
  }

  textOf(number: number): string {
    return this.#texts[number]!;
  }

  /** The number of a text, used once more. */
  acquire(kind: TextKind, text: string): number {
    const numbers = this.#numbers[kind];
    const known = numbers.get(text);
    if (known !== undefined) {
      this.#uses[known]!++;
      return known;
    }
    const number = this.#free.pop() ?? this.#texts.length;
    this.#texts[number] = text;
    this.#kinds[number] = kind;
    this.#uses[number] = 1;
    numbers.set(text, number);
    if (kind === "domain") this.#addDomain(text);
    return number;
  }

  release(number: number): void {
    if (--this.#uses[number]! > 0) return;
    const kind = this.#kinds[number]!, text = this.#texts[number]!;
    this.#numbers[kind].delete(text);
    if (kind === "domain") this.#removeDomain(text);
    this.#texts[number] = "";
    this.#free.push(number);
  }

  #addDomain(domain: string): void {
    const key = tagKey(domain);
    const known = this.#domains.get(key);
    if (known === undefined) this.#domains.set(key, new Set([domain]));
    else known.add(domain);
  }

  #removeDomain(domain: string): void {
    const key = tagKey(domain);
    const known = this.#domains.get(key)!;
    known.delete(domain);
    if (known.size === 0) this.#domains.delete(key);
  }
}
