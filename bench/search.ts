/**
 * Measures how long questions to a large store take compared with those to a small one; see README.md.
 *
 *     deno task bench:search [--small 1000] [--large 100000] [--requests 200] [--vocabulary 20000] [--seed 1]
 */
import { parseArgs } from "node:util";
import type { KnowledgeUnit } from "../src/knowledge/unit.ts";
import { type Content, DEFAULT_CONTENT, units } from "./content.ts";
import { makeDatabase } from "./make_database.ts";
import { untilIndexed } from "./indexing.ts";
import { pick, type Random, seededRandom } from "./random.ts";
import { startServer } from "./server.ts";
import { inTurn, ratioTable, type Times } from "./two_sizes.ts";

/** What the issue asks for: a search in a large store within so many times that in a small one. */
const RATIO_MAX = 5;
/** Units whose words questions are made of. */
const SOURCES = 500;

const { values } = parseArgs({
  options: {
    small: { type: "string", default: "1000" },
    large: { type: "string", default: "100000" },
    requests: { type: "string", default: "200" },
    vocabulary: { type: "string", default: "20000" },
    seed: { type: "string", default: String(DEFAULT_CONTENT.seed) },
  },
});

type Ask = (unit: KnowledgeUnit, random: Random) => Record<string, string>;

function words(text: string, count: number, random: Random): string {
  const all = text.split(" ");
  return Array.from({ length: count }, () => pick(random, all)).join(" ");
}

/** Questions in which the words of one unit stand, so that there is something to be found. */
const QUESTIONS: Readonly<Record<string, Ask>> = {
  "2 words": (unit, random) => ({ q: words(unit.insight.detail, 2, random) }),
  "8 words": (unit, random) => ({ q: words(unit.insight.detail, 8, random) }),
  "8 words and a tag": (unit, random) => ({
    q: words(unit.insight.detail, 8, random),
    domains: unit.domains[0]!,
  }),
  "40 words, as an error message with its stack": (unit, random) => ({
    q: words(unit.insight.detail, 40, random),
  }),
};

interface Store extends AsyncDisposable {
  readonly origin: string;
  readonly sources: readonly KnowledgeUnit[];
  readonly random: Random;
}

async function openStore(directory: string, content: Content): Promise<Store> {
  progress(`making a store of ${content.units} units`);
  const path = `${directory}/${content.units}.db`;
  makeDatabase(path, content);
  const server = await startServer(path, content.pepper);
  const sources = units(content).filter(({ status }) => status === "approved").take(SOURCES)
    .map(({ unit }) => unit).toArray();
  const store = {
    origin: `http://127.0.0.1:${server.port}`,
    sources,
    random: seededRandom(content.seed),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
  progress("indexing it");
  await untilIndexed(store.origin);
  return store;
}

/** Milliseconds for a question that was not asked before: what was is remembered. */
async function ask_ms({ origin, sources, random }: Store, question: Ask): Promise<number> {
  const query = new URLSearchParams(question(pick(random, sources), random));
  const startedAt = performance.now();
  const response = await fetch(`${origin}/api/v1/knowledge?${query}`);
  await response.arrayBuffer();
  const taken_ms = performance.now() - startedAt;
  if (response.status !== 200) throw new Error(`${query} answers ${response.status}`);
  return taken_ms;
}

async function main(): Promise<string> {
  const [smallUnits, largeUnits] = [Number(values.small), Number(values.large)];
  const content = {
    ...DEFAULT_CONTENT,
    seed: Number(values.seed),
    ...(values.vocabulary === "0" ? {} : { vocabulary: Number(values.vocabulary) }),
  };
  const directory = await Deno.makeTempDir({ prefix: "cq-bench-" });
  try {
    await using small = await openStore(directory, { ...content, units: smallUnits });
    await using large = await openStore(directory, { ...content, units: largeUnits });
    const rows: Times[] = [];
    for (const [name, question] of Object.entries(QUESTIONS)) {
      progress(name);
      const taken = (store: Store) => () => ask_ms(store, question);
      rows.push(
        await inTurn({ name, small: taken(small), large: taken(large), requests: Number(values.requests) }),
      );
    }
    return ratioTable(rows, { what: "Answers", small: smallUnits, large: largeUnits, ratioMax: RATIO_MAX });
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

function progress(text: string): void {
  Deno.stderr.writeSync(new TextEncoder().encode(`${text}\n`));
}

Deno.stdout.writeSync(new TextEncoder().encode(`${await main()}\n`));
