/** What of a unit is looked at. */
export interface GuardedText {
  readonly insight: { readonly summary: string; readonly detail: string; readonly action: string };
  readonly domains: readonly string[];
  readonly context: {
    readonly languages: readonly string[];
    readonly frameworks: readonly string[];
    readonly pattern: string;
  };
  readonly extensions?: Readonly<Record<string, unknown>> | null;
}

/** One text of a unit, under the wire's name for its place. */
export interface Field {
  readonly name: string;
  readonly text: string;
  /** Set where the name repeats the text: what to call it where the text must not be told. */
  readonly place?: string;
  /** Set where several texts were put together, each of which is looked at besides: values among them say nothing of each other. */
  readonly isPutTogether?: boolean;
}
