import { SERIES_MAX } from "./limits.ts";

// The text format of Prometheus, version 0.0.4, and no more of a client library than that: see decision 0014.

/** What a metric is called and what it means. */
export interface MetricSpec {
  readonly name: string;
  readonly help: string;
  readonly labels?: readonly string[];
}

/** One metric with all its series. */
export interface Metric extends MetricSpec {
  readonly type: "counter" | "gauge" | "histogram";
  readonly labels: readonly string[];
}

/** What one series has counted. */
export interface Count {
  value: number;
}

/** The series of a metric by the values of its labels. */
class Series<T> {
  readonly #known = new Map<string, { readonly values: readonly string[]; readonly state: T }>();

  constructor(private readonly make: () => T) {}

  of(values: readonly string[]): T {
    const key = values.join("\n");
    const known = this.#known.get(key);
    if (known !== undefined) return known.state;
    const isTooMany = this.#known.size >= SERIES_MAX && values.some((value) => value !== "other");
    if (isTooMany) return this.of(values.map(() => "other"));
    const state = this.make();
    this.#known.set(key, { values, state });
    return state;
  }

  all(): Iterable<{ readonly values: readonly string[]; readonly state: T }> {
    return this.#known.values();
  }
}

/** A number that only rises. */
export class Counter implements Metric {
  readonly type = "counter";
  readonly name: string;
  readonly help: string;
  readonly labels: readonly string[];
  readonly #series = new Series<Count>(() => ({ value: 0 }));

  /** @param spec with `known` values of its one label: these are shown from the start, since a rise from nothing is not noticed. */
  constructor({ name, help, labels = [], known = [] }: MetricSpec & { readonly known?: readonly string[] }) {
    [this.name, this.help, this.labels] = [name, help, labels];
    if (labels.length === 0) this.of();
    for (const value of known) this.of(value);
  }

  /** The count of one series, to be kept by whoever counts often. */
  of(...values: string[]): Count {
    return this.#series.of(values);
  }

  increment(...values: string[]): void {
    this.of(...values).value++;
  }

  lines(): string[] {
    return [...this.#series.all()].map(({ values, state }) =>
      line(this.name, { ...this, values }, state.value)
    );
  }
}

/** How often values of each size were observed. */
export interface Distribution {
  readonly counts: Float64Array;
  sum: number;
}

/** Observed values, counted between bounds. */
export class Histogram implements Metric {
  readonly type = "histogram";
  readonly name: string;
  readonly help: string;
  readonly labels: readonly string[];
  readonly bounds: readonly number[];
  readonly #series: Series<Distribution>;

  constructor({ name, help, labels = [], bounds }: MetricSpec & { readonly bounds: readonly number[] }) {
    [this.name, this.help, this.labels, this.bounds] = [name, help, labels, bounds];
    this.#series = new Series(() => ({ counts: new Float64Array(bounds.length + 1), sum: 0 }));
    if (labels.length === 0) this.of();
  }

  /** The distribution of one series, to be kept by whoever observes often. */
  of(...values: string[]): Distribution {
    return this.#series.of(values);
  }

  /** @param distribution one of this histogram. */
  observe(value: number, distribution: Distribution): void {
    const { bounds } = this;
    let bucket = 0;
    while (bucket < bounds.length && value > bounds[bucket]!) bucket++;
    distribution.counts[bucket]!++;
    distribution.sum += value;
  }

  lines(): string[] {
    return [...this.#series.all()].flatMap(({ values, state: { counts, sum } }) => {
      let total = 0;
      const buckets = [...this.bounds, Infinity].map((bound, index) => {
        total += counts[index]!;
        const labelled = { labels: [...this.labels, "le"], values: [...values, numberText(bound)] };
        return line(`${this.name}_bucket`, labelled, total);
      });
      const labelled = { labels: this.labels, values };
      return [
        ...buckets,
        line(`${this.name}_sum`, labelled, sum),
        line(`${this.name}_count`, labelled, total),
      ];
    });
  }
}

/** A number that rises and falls: looked at when it is asked for. */
export class Gauge implements Metric {
  readonly type = "gauge";
  readonly name: string;
  readonly help: string;
  readonly labels: readonly string[];

  constructor({ name, help, labels = [] }: MetricSpec) {
    [this.name, this.help, this.labels] = [name, help, labels];
  }
}

/** What a gauge shows now; a series for each list of values of its labels. */
export interface Reading {
  readonly gauge: Gauge;
  readonly value: number;
  readonly values?: readonly string[];
}

/** The content type of {@link exposition}. */
export const EXPOSITION_TYPE = "text/plain; version=0.0.4; charset=utf-8";

/** Everything that was counted, and what gauges show; one that nobody read is left out. */
export function exposition(counted: readonly (Counter | Histogram)[], readings: readonly Reading[]): string {
  const shown = Map.groupBy(readings, ({ gauge }) => gauge);
  const families = [
    ...counted.map((metric) => family(metric, metric.lines())),
    ...[...shown].map(([gauge, own]) =>
      family(gauge, own.map(({ value, values = [] }) => line(gauge.name, { ...gauge, values }, value)))
    ),
  ];
  return families.join("");
}

function family({ name, help, type }: Metric, lines: readonly string[]): string {
  if (lines.length === 0) return "";
  const text = help.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
  return `# HELP ${name} ${text}\n# TYPE ${name} ${type}\n${lines.join("\n")}\n`;
}

function line(
  name: string,
  { labels, values }: { labels: readonly string[]; values: readonly string[] },
  value: number,
): string {
  const pairs = labels.map((label, index) => `${label}="${escaped(values[index] ?? "")}"`).join(",");
  return `${name}${pairs === "" ? "" : `{${pairs}}`} ${numberText(value)}`;
}

function escaped(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}

function numberText(value: number): string {
  return value === Infinity ? "+Inf" : value === -Infinity ? "-Inf" : String(value);
}
