/** What a guard is shown of a proposal. */
export interface CorpusUnit {
  readonly domains: readonly string[];
  readonly insight: { readonly summary: string; readonly detail: string; readonly action: string };
  readonly context: {
    readonly languages: readonly string[];
    readonly frameworks: readonly string[];
    readonly pattern: string;
  };
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** Where a case is stored. */
interface Stored {
  /** `<source>` of `attacks_<source>.jsonl` or `clean_<source>.jsonl`; `composed` for what is made at run time. */
  readonly source: string;
}

/** A unit that a guard must not let through without a word. */
export interface AttackCase extends Stored {
  readonly id: string;
  readonly family: string;
  readonly kind: "attack";
  /** How the order is hidden, or null where it stands in clear. */
  readonly obfuscation: string | null;
  readonly unit: CorpusUnit;
}

/** A unit that a guard must let through. */
export interface CleanCase extends Stored {
  readonly id: string;
  readonly kind: "clean";
  readonly topic: string;
  readonly unit: CorpusUnit;
}
