import { deepEqual, equal, match } from "node:assert/strict";
import { MIGRATIONS } from "../../migrations/mod.ts";
import { openSqlite } from "../../src/database/sqlite.ts";
import { migrate } from "../../src/migrate/runner.ts";
import { systemClock } from "../../src/wire/time.ts";
import { type CommandResult, cq } from "../fixtures/command_line.ts";
import { temporaryDirectory } from "../fixtures/directory.ts";
import { openRaw } from "../fixtures/raw_database.ts";
import { addRow } from "../fixtures/rows.ts";

interface Store extends AsyncDisposable {
  readonly databasePath: string;
  search(...args: readonly string[]): Promise<CommandResult>;
}

/** A store of these summaries, each in a domain. */
async function storeOf(
  units: Readonly<Record<string, readonly [summary: string, domain: string]>>,
): Promise<Store> {
  const directory = await temporaryDirectory();
  const databasePath = directory.file("cq.db");
  const database = openSqlite(databasePath);
  await migrate(database, MIGRATIONS, { clock: systemClock(), appVersion: "test" });
  for (const [id, [summary, domain]] of Object.entries(units)) {
    const data = { domains: [domain], insight: { summary, detail: "Why.", action: "Act." } };
    await addRow(database, id, { data, domains: [domain] });
  }
  await database.close();
  return {
    databasePath,
    search: (...args) => cq(["search", ...args], { databasePath }),
    [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
  };
}

Deno.test("search prints what agents would be served, best first, as a table or as JSON", async () => {
  await using store = await storeOf({
    ku_1: ["Sockets are closed by the balancer", "network"],
    ku_2: ["The balancer is configured by hand", "operations"],
    ku_3: ["Fonts are large", "css"],
  });
  const { stdout, code } = await store.search("why does the balancer close sockets");
  equal(code, 0);
  deepEqual(stdout.trim().split("\n").map((line) => line.split(/ {2,}/).at(-1)), ["id", "ku_1", "ku_2"]);
  match(stdout, /^0\.50 +Sockets are closed by the balancer +network +ku_1$/m);
  const tagged = await store.search("balancer", "--domain", "operations", "--json", "--limit", "1");
  deepEqual(JSON.parse(tagged.stdout).map(({ id }: { id: string }) => id), ["ku_2"]);
});

Deno.test("a text cannot play with the terminal, and is cut where it is long", async () => {
  await using store = await storeOf({ ku_1: [`red \u001b[31m\u202e${" alert".repeat(40)}`, "css"] });
  const { stdout } = await store.search("alerts");
  match(stdout, /^0\.50 +red \[31m alert[^\p{C}]*… +css +ku_1$/mu);
});

Deno.test("where the index cannot be written, search says so and finds what is indexed", async () => {
  await using store = await storeOf({ ku_1: ["Fonts are large", "css"] });
  using raw = openRaw(store.databasePath);
  raw.exec("CREATE TRIGGER t BEFORE INSERT ON knowledge_text BEGIN SELECT RAISE(ABORT, 'no room'); END");
  const { stdout, stderr, code } = await store.search("fonts");
  deepEqual([code, stdout], [0, "Nothing was found.\n"]);
  match(stderr, /^Some texts are not indexed: .*no room/m);
});

Deno.test("search says when there is nothing, and what it cannot do", async () => {
  await using store = await storeOf({});
  equal((await store.search("anything")).stdout, "Nothing was found.\n");
  match((await store.search(" ")).stderr, /There is no question/);
  match((await store.search("x", "--limit", "0")).stderr, /--limit 0 is no whole number from 1 to 50/);
});
