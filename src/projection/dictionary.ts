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

  /** One more than the greatest number given. */
  get size(): number {
    return this.#texts.length;
  }

  /** The number of a text that is in use. */
  find(kind: TextKind, text: string): number | undefined {
    return this.#numbers[kind].get(text);
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
    return number;
  }

  release(number: number): void {
    if (--this.#uses[number]! > 0) return;
    this.#numbers[this.#kinds[number]!].delete(this.#texts[number]!);
    this.#texts[number] = "";
    this.#free.push(number);
  }
}
