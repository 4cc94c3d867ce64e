/**
 * Measures the guard: units of 11 kB from start to end, and how each rule's time grows with the text.
 *
 *     deno task bench:guard [--units 2000] [--seed 1] [--json]
 */
import { inspect as inspectValue, parseArgs } from "node:util";
import { type GuardedText, inspect, parsePolicy } from "../src/guard/guard.ts";
import { TEXT_RULES } from "../src/guard/rules.ts";
import { viewsOf } from "../src/guard/views.ts";
import { ACTION_MAX_CHARS, DETAIL_MAX_CHARS, SUMMARY_MAX_CHARS } from "../src/limits.ts";
import { cleanTexts } from "../tests/guard/corpus/corpus.ts";
import { PREFIXES } from "../tests/guard/prefixes.ts";
import { between, pick, type Random, seededRandom } from "./random.ts";
import { percentile } from "./statistics.ts";

const SHORT_CHARS = 16_384, LONG_CHARS = 262_144;
const GROWTH = LONG_CHARS / SHORT_CHARS;
const WARM_UP = 200;
/** What is measured is the best of so many tries: others use the machine too. */
const TRIES = 3;
/** Times below are the clock's noise. */
const CLOCK_MS = 0.05;

const SENTENCES = [
  "The connection pool must be closed before the process forks, or a shared socket is read twice.",
  "Set `timeout: 30_000` on every call; the default of this client is none.",
  "Agents that call the query tool first get the pinned version from the lock file.",
  "See https://docs.example.org/guide/retries#backoff for the table of codes.",
  "`git rebase --onto main 3f2a9c1d7e` keeps the merge commits when `-r` is given.",
  "Never disable certificate verification: point NODE_EXTRA_CA_CERTS at the bundle instead.",
  "TypeError: Cannot read properties of undefined (reading 'map')\n    at render (src/list.tsx:42:17)",
  "Add `integrity sha512-…` to the import map, then run `npm ci --ignore-scripts`.",
  "On Postgres 16 the planner ignores the index unless `enable_seqscan` is off – run ANALYZE.",
  "Do not retry a POST without an idempotency key, because the server may have stored the first one.",
];
/** Sound units of the corpus, as text. */
const SOUND = cleanTexts().map(({ unit: { insight } }) =>
  `${insight.summary}\n${insight.detail}\n${insight.action}\n`
);

function unitOf(random: Random, source: readonly string[]): GuardedText {
  const text = (length: number): string => {
    let made = "";
    while (made.length < length) made += `${pick(random, source)} ${between(random, 1, 9_999)} `;
    return made.slice(0, length);
  };
  return {
    insight: {
      summary: text(SUMMARY_MAX_CHARS),
      detail: text(DETAIL_MAX_CHARS),
      action: text(ACTION_MAX_CHARS),
    },
    domains: ["postgres", "connection-pool"],
    context: { languages: ["typescript"], frameworks: ["deno"], pattern: "retry with backoff" },
    extensions: { "vendor:note": text(500) },
  };
}

/** Milliseconds that each unit takes, the best of the tries. */
function unitTimes(units: readonly GuardedText[]): number[] {
  const policy = parsePolicy("");
  for (const unit of units.slice(0, WARM_UP)) inspect(unit, policy);
  return units.slice(WARM_UP).map((unit) => bestTime(() => inspect(unit, policy)));
}

interface Growth {
  readonly rule: string;
  readonly prefix: string;
  readonly long_ms: number;
  /** Time for the long text over time for the short one, over the ratio of their lengths: 1 is linear. */
  readonly growth: number;
}

/** How each rule's time grows over texts that repeat a prefix. */
function growthOver(prefix: string): Growth[] {
  const [short, long] = [SHORT_CHARS, LONG_CHARS].map((length) => {
    const views = viewsOf(prefix.repeat(Math.ceil(length / prefix.length)).slice(0, length));
    // The first run makes the views, which all rules share.
    for (const rule of TEXT_RULES) rule.find(views);
    return TEXT_RULES.map((rule) => bestTime(() => rule.find(views)));
  });
  return TEXT_RULES.map(({ id }, i) => ({
    rule: id,
    prefix,
    long_ms: long![i]!,
    growth: long![i]! / Math.max(short![i]!, CLOCK_MS) / GROWTH,
  }));
}

function bestTime(work: () => unknown): number {
  return Math.min(...Array.from({ length: TRIES }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  }));
}

function main(): string {
  const { values } = parseArgs({
    options: {
      units: { type: "string", default: "2000" },
      seed: { type: "string", default: "1" },
      json: { type: "boolean", default: false },
    },
  });
  const random = seededRandom(Number(values.seed));
  const made = (source: readonly string[]): GuardedText[] =>
    Array.from({ length: Number(values.units) + WARM_UP }, () => unitOf(random, source));
  const times = unitTimes(made(SENTENCES)), sound = unitTimes(made(SOUND));
  const typical = unitTimes(cleanTexts().map(({ unit }) => unit));
  const grown = PREFIXES.flatMap(growthOver).toSorted((a, b) => b.long_ms - a.long_ms);
  const result = {
    unit_p50_ms: percentile(times, 0.5),
    unit_p99_ms: percentile(times, 0.99),
    corpus_p50_ms: percentile(sound, 0.5),
    corpus_p99_ms: percentile(sound, 0.99),
    typical_p50_ms: percentile(typical, 0.5),
    typical_p99_ms: percentile(typical, 0.99),
    load: Deno.loadavg()[0],
    slowest: grown.slice(0, 10),
    largest_growth: Math.max(...grown.map(({ growth }) => growth)),
  };
  return values.json === true ? JSON.stringify(result) : inspectValue(result, { depth: 3, compact: 1 });
}

if (import.meta.main) Deno.stdout.writeSync(new TextEncoder().encode(`${main()}\n`));
