/**
 * Measures the projection in process: what it costs to load, search and change, without HTTP, SQL or other processes.
 *
 *     deno task bench:index [--units 10000,100000,1000000] [--distribution earned] [--searches 2000] [--seed 1] [--json]
 */
import { parseArgs } from "node:util";
import type { Query } from "../src/knowledge/scoring.ts";
import { CHANGES_PAGE } from "../src/limits.ts";
import { decodeFacts, type FactsRow, type UnitFacts } from "../src/projection/facts.ts";
import { Projection } from "../src/projection/projection.ts";
import { earnedConfidence, tags } from "./content.ts";
import { hottestQuery, rareContextQuery, typicalQueries } from "./queries.ts";
import { between, hex32, type Random, seededRandom } from "./random.ts";
import { percentile } from "./statistics.ts";

const DISTRIBUTIONS: Readonly<Record<string, (random: Random) => number>> = {
  "earned": (random) => earnedConfidence(between(random, 0, 5), Number(random() < 0.1)),
  "all equal": () => 0.5,
  "all different": (random) => random(),
};
const LIMIT = 5;
const WARM_UP = 200;
const DAY = "2025-01-01";

/** One measured thing. */
interface Timing {
  readonly units: number;
  readonly distribution: string;
  readonly what: string;
  readonly p50_us: number;
  readonly p99_us: number;
  readonly max_us: number;
  /** All of it together. */
  readonly total_ms: number;
}

interface Case {
  readonly units: number;
  readonly distribution: string;
  readonly seed: number;
  readonly searches: number;
}

/** Measures one size of one distribution. */
function* timings({ units, distribution, seed, searches }: Case): Generator<Timing> {
  const random = seededRandom(seed);
  const draw = DISTRIBUTIONS[distribution]!;
  const projection = new Projection();
  const changing: UnitFacts[] = [];
  const timing = (what: string, took_us: readonly number[]): Timing => ({
    units,
    distribution,
    what,
    p50_us: percentile(took_us, 0.5),
    p99_us: percentile(took_us, 0.99),
    max_us: percentile(took_us, 1),
    total_ms: took_us.reduce((sum, us) => sum + us, 0) / 1000,
  });

  const pages: number[] = [];
  const step = Math.max(1, Math.floor(units / searches));
  for (const page of factsPages(units, random, draw)) {
    pages.push(timed(() => {
      for (const row of JSON.parse(page) as FactsRow[]) projection.put(decodeFacts(row)!);
    }));
    const rows = JSON.parse(page) as FactsRow[];
    for (const row of rows) if (between(random, 1, step) === 1) changing.push(decodeFacts(row)!);
  }
  yield timing(`load ${CHANGES_PAGE} units`, pages);

  const listing = projection.listAll(), slices: number[] = [];
  for (let isDone = false; !isDone;) slices.push(timed(() => isDone = listing.next().done === true));
  yield timing("list: one slice", slices);

  const typical = typicalQueries(random);
  const searchTimes = (make: () => Query): number[] => {
    for (let round = 0; round < WARM_UP; round++) projection.search(make(), LIMIT);
    return Array.from({ length: searches }, () => {
      const query = make();
      return timed(() => projection.search(query, LIMIT));
    });
  };
  yield timing("search, typical", searchTimes(typical));
  yield timing("search, hottest tags", searchTimes(hottestQuery));
  yield timing("search, hottest tags and a rare context", searchTimes(() => rareContextQuery(random)));
  yield timing(
    "update",
    changing.map((facts) => {
      const changed = { ...facts, ranking: { ...facts.ranking!, confidence: draw(random) } };
      return timed(() => projection.put(changed));
    }),
  );
}

/** Rows of facts as the database gives them: pages of JSON. */
function* factsPages(units: number, random: Random, draw: (random: Random) => number): Generator<string> {
  const nextTags = tags(random);
  for (let first = 0; first < units; first += CHANGES_PAGE) {
    const rows = Array.from({ length: Math.min(CHANGES_PAGE, units - first) }, (): FactsRow => {
      const { domains, context } = nextTags();
      const parts = [domains, context.languages, context.frameworks, context.pattern, draw(random)];
      return [`ku_${hex32(random)}`, "approved", "private", DAY, DAY, domains, parts];
    });
    yield JSON.stringify(rows);
  }
}

function timed(work: () => void): number {
  const startedAt = performance.now();
  work();
  return (performance.now() - startedAt) * 1000;
}

function formatTimings(all: readonly Timing[]): string {
  const number = (value: number): string => value >= 100 ? value.toFixed(0) : value.toPrecision(3);
  const headings = ["units", "confidences", "", "p50, µs", "p99, µs", "max, µs", "all together, ms"];
  const rows = all.map(({ units, distribution, what, p50_us, p99_us, max_us, total_ms }) => [
    units.toLocaleString("en-US"),
    distribution,
    what,
    ...[p50_us, p99_us, max_us, total_ms].map(number),
  ]);
  const rule = headings.map((_, column) => column < 3 ? "---" : "---:");
  return [headings, rule, ...rows].map((words) => `| ${words.join(" | ")} |`).join("\n");
}

function main(): string {
  const { values } = parseArgs({
    options: {
      units: { type: "string", default: "10000,100000,1000000" },
      distribution: { type: "string", default: Object.keys(DISTRIBUTIONS).join(",") },
      searches: { type: "string", default: "2000" },
      seed: { type: "string", default: "1" },
      json: { type: "boolean", default: false },
    },
  });
  const distributions = values.distribution.split(",");
  const unknown = distributions.find((name) => !Object.hasOwn(DISTRIBUTIONS, name));
  if (unknown !== undefined) {
    throw new Error(`--distribution ${unknown} is none of ${Object.keys(DISTRIBUTIONS)}`);
  }
  const found = values.units.split(",").flatMap((units) =>
    distributions.flatMap((distribution) => [
      ...timings({
        units: Number(units),
        distribution,
        seed: Number(values.seed),
        searches: Number(values.searches),
      }),
    ])
  );
  return values.json ? JSON.stringify(found, null, 2) : formatTimings(found);
}

Deno.stdout.writeSync(new TextEncoder().encode(`${main()}\n`));
