import assert from "node:assert/strict";
import { posix } from "node:path";
import { filesIn, readSource } from "../fixtures/source_tree.ts";

/** From the bottom: a layer may import what is below it, and the layers named beside it. */
const LAYERS: readonly (readonly string[])[] = [
  [
    "errors",
    "limits",
    "account_limits",
    "connection_limits",
    "operations_limits",
    "turns",
    "descriptors",
    "workers",
    "version",
    "wire",
    "telemetry",
    "throttle",
  ],
  ["database"],
  ["config", "secrets", "setting_values", "variables", "compatibility"],
  ["migrate", "migrations"],
  ["backup", "events"],
  ["guard", "search"],
  ["accounts", "doctor", "knowledge", "projection", "review"],
  ["ui", "mcp"],
  ["http", "commands"],
  ["main", "cli"],
];
const PURE = [
  "src/migrate/plan.ts",
  "src/knowledge/unit.ts",
  "src/knowledge/scoring.ts",
  "src/knowledge/ranking.ts",
  "src/knowledge/rank_fusion.ts",
  "src/review/anomalies.ts",
  "src/projection/projection.ts",
  "src/projection/search.ts",
  "src/throttle/buckets.ts",
  "src/search/tokens.ts",
  "src/search/question.ts",
  "src/search/impacts.ts",
  "src/search/text_ranking.ts",
  "src/search/tag_aliases.ts",
  "src/search/lexicon.ts",
  "src/search/thesaurus.ts",
  "src/search/symptoms.ts",
  "src/search/phrases.ts",
  "src/search/vectors.ts",
  "src/search/embedding_answer.ts",
  "src/search/embedded_text.ts",
  "src/search/circuit_breaker.ts",
];

function roomOf(path: string): string {
  return path.replace(/^src\//, "").split("/")[0]!.replace(/\.tsx?$/, "");
}

function layerOf(path: string): number {
  const layer = LAYERS.findIndex((rooms) => rooms.includes(roomOf(path)));
  assert.notEqual(layer, -1, `${path} is in no layer: name its room in this test`);
  return layer;
}

async function sourceFiles(): Promise<string[]> {
  return [
    "main.ts",
    "cli.ts",
    "migrations/mod.ts",
    ...await filesIn("src", ".ts"),
    ...await filesIn("src", ".tsx"),
  ];
}

interface Import {
  readonly from: string;
  readonly to: string;
  readonly isTypeOnly: boolean;
}

async function importsOf(path: string): Promise<Import[]> {
  const source = await readSource(path);
  return [...source.matchAll(/^(import|export)( type)? [^;]*?from "(\.[^"]+\.tsx?)"/gms)].map((match) => ({
    from: path,
    to: posix.join(posix.dirname(path), match[3]!),
    isTypeOnly: match[2] !== undefined,
  }));
}

async function allImports(): Promise<Import[]> {
  return (await Promise.all((await sourceFiles()).map(importsOf))).flat();
}

Deno.test("imports lead down the layers, never up", async () => {
  const imports = await allImports();
  assert.ok(imports.length > 100, "the imports were found");
  // The runner is given the migrations as a value; their type is the runner's.
  const upward = imports.filter(({ from, to }) => layerOf(to) > layerOf(from));
  assert.deepEqual(upward.map(({ from, to }) => `${from} -> ${to}`), []);
});

/** The floors of the picture, from the top: what begins a cell, or follows a dot, and is a room. */
async function drawnFloors(rooms: ReadonlySet<string>): Promise<string[][]> {
  const page = await readSource("docs/architecture.md");
  const picture = /```text\n(.*?)```/s.exec(page)![1]!;
  const floors = picture.split(/^├.*$/m).map((floor) =>
    floor.split(/[│·\n]/).map((cell) => cell.trim().split(" ")[0]!).filter((word) => rooms.has(word))
  );
  assert.ok(floors.flat().length > 20, "the picture was found");
  return floors;
}

Deno.test("the picture of the house has every room once, on the floor where its layer is", async () => {
  const built = new Set((await sourceFiles()).map(roomOf));
  const layers = LAYERS.toReversed().map((rooms) => rooms.filter((room) => built.has(room)).sort());
  assert.deepEqual((await drawnFloors(built)).map((rooms) => rooms.sort()), layers);
});

Deno.test("the guard imports itself, errors, limits and the spelling of texts, nothing else", async () => {
  const imports = (await allImports()).filter(({ from }) => roomOf(from) === "guard");
  assert.ok(imports.length > 20, "the imports were found");
  const allowed = ["src/errors.ts", "src/limits.ts", "src/wire/text.ts"];
  assert.deepEqual(imports.filter(({ to }) => roomOf(to) !== "guard" && !allowed.includes(to)), []);
  for (const path of await filesIn("src/guard", ".ts")) {
    assert.doesNotMatch(await readSource(path), /from "(?!\.)|\bimport\(/, path);
  }
});

Deno.test("no module imports itself through others", async () => {
  const graph = Map.groupBy(await allImports(), ({ from }) => from);
  const done = new Set<string>();
  const visit = (path: string, way: readonly string[]): void => {
    assert.ok(!way.includes(path), `a cycle: ${[...way, path].join(" -> ")}`);
    if (done.has(path)) return;
    for (const { to, isTypeOnly } of graph.get(path) ?? []) if (!isTypeOnly) visit(to, [...way, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
});

Deno.test("commands and pages call services, never stores", async () => {
  const stores = /\/((\w+_)?store|users|api_keys)\.ts$/;
  const direct = (await allImports()).filter(({ from, to }) =>
    (["commands", "ui"].includes(roomOf(from)) && stores.test(to)) ||
    (roomOf(from) === "ui" && roomOf(to) === "database")
  );
  assert.deepEqual(direct, []);
});

/** Which files may contain what, as a pattern over their text. */
const RESERVED: readonly {
  readonly what: string;
  readonly pattern: RegExp;
  readonly allowed: readonly string[];
}[] = [
  { what: "read the environment", pattern: /Deno\.env\b|process\.env\b/, allowed: ["src/config.ts"] },
  {
    what: "open a driver",
    pattern: /from "node:sqlite"/,
    allowed: [
      "src/database/sqlite_connection.ts",
      "src/database/checkpoint_worker.ts",
      "src/database/copy_worker.ts",
      "src/database/exclusive.ts",
    ],
  },
  { what: "start a worker", pattern: /new Worker\(/, allowed: ["src/workers.ts"] },
  { what: "read the stack of an error", pattern: /\.stack\b/, allowed: ["main.ts", "src/descriptors.ts"] },
  { what: "listen", pattern: /Deno\.(serve|listen)\(/, allowed: ["src/http/listener.ts"] },
  {
    what: "write to standard output",
    pattern: /Deno\.stdout|console\./,
    allowed: ["src/telemetry/log.ts", "src/commands/terminal.ts"],
  },
  {
    what: "make responses of errors",
    pattern: /instanceof CqError[^]*jsonResponse/,
    allowed: ["src/http/error_response.ts"],
  },
];

for (const { what, pattern, allowed } of RESERVED) {
  Deno.test(`only ${allowed.join(" and ")} may ${what}`, async () => {
    const found: string[] = [];
    for (const path of await sourceFiles()) if (pattern.test(await readSource(path))) found.push(path);
    assert.deepEqual(found.filter((path) => !allowed.includes(path)), []);
    assert.deepEqual(
      allowed.filter((path) => !found.includes(path)),
      [],
      "the pattern still recognises the allowed ones",
    );
  });
}

Deno.test("pure modules do no input and output", async () => {
  for (const path of [...PURE, ...await filesIn("src/guard", ".ts")]) {
    assert.ok(!/\bDeno\.|\bfetch\(|Date\.now|Math\.random|performance\./.test(await readSource(path)), path);
  }
});

Deno.test("files stay small: none over 400 lines, the median at most 90, main.ts at most 60", async () => {
  const lengths = await Promise.all(
    (await sourceFiles()).map(async (path) =>
      [path, (await readSource(path)).split("\n").length - 1] as const
    ),
  );
  assert.deepEqual(lengths.filter(([, length]) => length > 400), []);
  const sorted = lengths.map(([, length]) => length).sort((a, b) => a - b);
  assert.ok(
    sorted[Math.floor(sorted.length / 2)]! <= 90,
    `the median is ${sorted[Math.floor(sorted.length / 2)]}`,
  );
  assert.ok(new Map(lengths).get("main.ts")! <= 60);
});

Deno.test("every file name is snake_case and no module is named for nothing", async () => {
  for (const path of await sourceFiles()) {
    assert.match(posix.basename(path), /^[a-z0-9_]+\.tsx?$/);
    assert.doesNotMatch(posix.basename(path), /util|helper|common|manager/);
  }
});
