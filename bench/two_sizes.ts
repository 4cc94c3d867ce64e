import { percentile } from "./statistics.ts";

const WARM_UP = 5;

/** How long the same request took in a small store and in a large one, in milliseconds. */
export interface Times {
  readonly name: string;
  readonly small: readonly number[];
  readonly large: readonly number[];
}

/** Asks the two stores in turn, so that whatever else the machine does hits both. */
export async function inTurn(
  { name, small, large, requests }: {
    name: string;
    small: () => Promise<number>;
    large: () => Promise<number>;
    requests: number;
  },
): Promise<Times> {
  const times = { name, small: [] as number[], large: [] as number[] };
  for (let request = -WARM_UP; request < requests; request++) {
    const pair = [await small(), await large()];
    if (request < 0) continue;
    times.small.push(pair[0]!);
    times.large.push(pair[1]!);
  }
  return times;
}

/** The times as a table of Markdown, with how many times as long the large store took. */
export function ratioTable(
  rows: readonly Times[],
  { what, small, large, ratioMax }: { what: string; small: number; large: number; ratioMax: number },
): string {
  const lines = rows.map((row) => {
    const [p50, p50Large] = [percentile(row.small, 0.5), percentile(row.large, 0.5)];
    const ratio = p50Large / p50;
    const shown = [p50, percentile(row.small, 0.95), p50Large, percentile(row.large, 0.95), ratio]
      .map((value) => value.toFixed(1));
    return `| ${[row.name, ...shown].join(" | ")} | ${ratio <= ratioMax ? "yes" : "no"} |`;
  });
  return [
    `${what} in ms over ${rows[0]?.small.length ?? 0} requests, cores ${navigator.hardwareConcurrency}.`,
    "",
    `| | ${small} units p50 | p95 | ${large} units p50 | p95 | ratio of p50 | within ${ratioMax} |`,
    "| --- | ---: | ---: | ---: | ---: | ---: | --- |",
    ...lines,
  ].join("\n");
}
