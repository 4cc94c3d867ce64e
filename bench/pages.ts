/**
 * Measures how long the pages of a large store take compared with those of a small one; see README.md.
 *
 *     deno task bench:pages [--small 1000] [--large 100000] [--requests 40] [--seed 1]
 */
import { parseArgs } from "node:util";
import { NAVIGATION } from "../src/ui/nav.ts";
import { type Content, DEFAULT_CONTENT, tagOf, units } from "./content.ts";
import { untilIndexed } from "./indexing.ts";
import { makeDatabase } from "./make_database.ts";
import { type RunningServer, startServer } from "./server.ts";
import { signIn } from "./sign_in.ts";
import { inTurn, ratioTable, type Times } from "./two_sizes.ts";

/** What the issue asks for: a page of a large store within so many times that of a small one. */
const RATIO_MAX = 3;

const { values } = parseArgs({
  options: {
    small: { type: "string", default: "1000" },
    large: { type: "string", default: "100000" },
    requests: { type: "string", default: "40" },
    seed: { type: "string", default: String(DEFAULT_CONTENT.seed) },
  },
});

/** A server on a store of its own, and somebody who is signed in to it. */
interface Store extends AsyncDisposable {
  readonly origin: string;
  readonly cookie: string;
  readonly paths: readonly string[];
}

/** Every page of the navigation, the page of one unit, and lists with filters that no index serves. */
function pathsOf(content: Content): string[] {
  const unit = units(content).next().value!.unit.id;
  return [
    ...NAVIGATION.map(({ path }) => path),
    `/units/${unit}`,
    `/review?domain=${tagOf(0)}`,
    `/units?q=pool&status=approved`,
    "/units?status=rejected&confidence_min=0.8",
    "/review/decisions",
    "/dashboard/domains",
  ];
}

async function openStore(directory: string, content: Content): Promise<Store> {
  progress(`making a store of ${content.units} units`);
  const path = `${directory}/${content.units}.db`;
  makeDatabase(path, content);
  const server: RunningServer = await startServer(path, content.pepper);
  const origin = `http://127.0.0.1:${server.port}`;
  try {
    progress("indexing it");
    await untilIndexed(origin);
    return {
      origin,
      cookie: await signIn(origin),
      paths: pathsOf(content),
      [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
    };
  } catch (error) {
    await server[Symbol.asyncDispose]();
    throw error;
  }
}

/** Milliseconds until the first byte of a page. */
async function firstByte_ms({ origin, cookie }: Store, path: string): Promise<number> {
  const startedAt = performance.now();
  const response = await fetch(`${origin}${path}`, { headers: { cookie, accept: "text/html" } });
  const taken_ms = performance.now() - startedAt;
  await response.body?.cancel();
  if (response.status !== 200) throw new Error(`${path} answers ${response.status}`);
  return taken_ms;
}

async function main(): Promise<string> {
  const [smallUnits, largeUnits] = [Number(values.small), Number(values.large)];
  const content = { ...DEFAULT_CONTENT, seed: Number(values.seed) };
  const directory = await Deno.makeTempDir({ prefix: "cq-bench-" });
  try {
    await using small = await openStore(directory, { ...content, units: smallUnits });
    await using large = await openStore(directory, { ...content, units: largeUnits });
    const rows: Times[] = [];
    for (const [index, name] of small.paths.entries()) {
      progress(name);
      const first = (store: Store) => () => firstByte_ms(store, store.paths[index]!);
      rows.push(
        shown(
          await inTurn({ name, small: first(small), large: first(large), requests: Number(values.requests) }),
        ),
      );
    }
    return ratioTable(rows, {
      what: "First byte",
      small: smallUnits,
      large: largeUnits,
      ratioMax: RATIO_MAX,
    });
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

function shown({ name, ...times }: Times): Times {
  // The id of a unit says nothing.
  return { ...times, name: name.replace(/ku_\w+/, "{id}") };
}

function progress(text: string): void {
  Deno.stderr.writeSync(new TextEncoder().encode(`${text}\n`));
}

Deno.stdout.writeSync(new TextEncoder().encode(`${await main()}\n`));
