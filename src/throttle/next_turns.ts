interface Turn {
  readonly holder: string;
  readonly until_us: number;
}
type Promised = Turn & { readonly at_us: number };

/** Who has been promised the next token of a bucket: at most one for each, for a while, and of `max` buckets. */
export class NextTurns {
  readonly #max: number;
  readonly #turns = new Map<string, Promised>();

  constructor(max: number) {
    this.#max = max;
  }

  /** Promises the next token, unless somebody has that promise already. */
  promise(key: string, { holder, until_us }: Turn, now_us: number): void {
    if (this.holderOf(key, now_us) !== undefined) return;
    this.#turns.delete(key);
    this.#turns.set(key, { holder, until_us, at_us: now_us });
    if (this.#turns.size > this.#max) this.#turns.delete(this.#turns.keys().next().value!);
  }

  holderOf(key: string, now_us: number): string | undefined {
    const turn = this.#turns.get(key);
    // One that was made later than now is of a clock that was set back: it would last for as long as that was.
    const isKept = turn !== undefined && turn.at_us <= now_us && now_us < turn.until_us;
    return isKept ? turn.holder : undefined;
  }

  /** The promise was kept. */
  end(key: string, holder: string): void {
    if (this.#turns.get(key)?.holder === holder) this.#turns.delete(key);
  }
}
