import { deepEqual, equal, match, ok } from "node:assert/strict";
import { CqError, unavailable } from "../../src/errors.ts";
import { errorResponse } from "../../src/http/error_response.ts";
import { storageError } from "../../src/database/sqlite_errors.ts";
import { openSqlite } from "../../src/database/sqlite.ts";
import { DATABASE_FAULTS } from "../../src/telemetry/instruments.ts";
import { appOn, testApp } from "../fixtures/app.ts";
import { temporaryDirectory } from "../fixtures/directory.ts";
import { answered } from "../fixtures/faults.ts";
import { writeMigratedFile } from "../fixtures/migrated.ts";
import { damageTable } from "../fixtures/raw_database.ts";

Deno.test("an unexpected error is a JSON 500 that tells nothing of it", async () => {
  const response = errorResponse(new Error("canary: SELECT password_hash FROM users"), "id");
  equal(response.headers.get("content-type"), "application/json");
  deepEqual(await answered(response, 500), { detail: "Internal Server Error" });
  deepEqual(await answered(errorResponse("canary", "id"), 500), { detail: "Internal Server Error" });
});

Deno.test("an expected error is its message or its faults, with its status and headers", async () => {
  const busy = errorResponse(unavailable("busy", { retryAfter_s: 3, cause: new Error("canary") }), "id");
  equal(busy.headers.get("retry-after"), "3");
  equal(await busy.text(), '{"detail":"busy"}');
  const fields = [{ type: "missing", loc: ["body", "a", 0], msg: "m" }];
  const faulty = errorResponse(new CqError("invalid", 422, "not shown", { fields }), "id");
  deepEqual(await answered(faulty, 422), { detail: fields });
});

Deno.test("a statement that fails inside the server is a JSON 500 without its text", async () => {
  await using app = await testApp();
  const bearer = await app.signIn("ada");
  await app.database.transaction((transaction) =>
    transaction.script("ALTER TABLE knowledge_units RENAME TO gone")
  );
  const response = await app.request("GET", "/api/v1/review/units", { bearer });
  deepEqual(await answered(response, 500), { detail: "Internal Server Error" });
});

Deno.test("a proposal that finds the disk full is a JSON 507, and what was stored is still served", async () => {
  await using app = await testApp();
  await app.signIn("ada");
  const bearer = await app.apiKey("ada");
  await app.unit({ key: bearer, domains: ["kept"] });
  await app.database.transaction((transaction) => transaction.script("PRAGMA max_page_count = 1"));
  const json = { domains: ["d"], insight: { summary: "s", detail: "x".repeat(8000), action: "a" } };
  const statuses = new Set<number>();
  // Pages that are already there have some room left.
  for (let i = 0; i < 10; i++) {
    statuses.add((await app.request("POST", "/api/v1/knowledge", { bearer, json })).status);
  }
  ok(statuses.has(507), [...statuses].join());
  const full = await app.request("POST", "/api/v1/knowledge", { bearer, json });
  match((await answered(full, 507)).detail, /^The disk of the database is full: .* until there is room$/);
  equal((await answered(await app.request("GET", "/api/v1/knowledge?domains=kept"), 200)).data.length, 1);
});

Deno.test("what needs a damaged part of the file is a JSON 500 that says so and is counted; the rest is answered", async () => {
  await using directory = await temporaryDirectory();
  await writeMigratedFile(directory.file("cq.db"));
  damageTable(directory.file("cq.db"), "users");
  await using app = await appOn(openSqlite(directory.file("cq.db")));
  const before = DATABASE_FAULTS.of("damaged").value;
  const json = { username: "ada", password: "correct horse battery" };
  const { detail } = await answered(await app.request("POST", "/api/v1/auth/login", { json }), 500);
  equal(detail, "The file of the database is damaged: it has to be restored from a backup");
  equal(DATABASE_FAULTS.of("damaged").value > before, true);
  await answered(await app.request("GET", "/api/v1/knowledge?domains=kept"), 200);
});

function engineError(errcode: number): Error {
  return Object.assign(new Error("engine"), { errcode });
}

Deno.test("faults of the engine are told by what helps: waiting, room, or another file", () => {
  // https://www.sqlite.org/rescode.html; 261, 517, 1032 and 3338 are extended codes.
  const expected: [number, number, string][] = [
    [5, 503, "unavailable"],
    [261, 503, "unavailable"],
    [517, 503, "unavailable"],
    [6, 503, "unavailable"],
    [3, 503, "unavailable"],
    [8, 503, "unavailable"],
    [1032, 503, "unavailable"],
    [10, 503, "unavailable"],
    [3338, 503, "unavailable"],
    [14, 503, "unavailable"],
    [13, 507, "storage_full"],
    [11, 500, "internal"],
    [267, 500, "internal"],
    [26, 500, "refused"],
  ];
  for (const [code, status, name] of expected) {
    const error = storageError(engineError(code)) as CqError;
    deepEqual([error.status, error.code], [status, name], String(code));
    equal(error.headers["retry-after"], status === 503 ? "1" : undefined);
  }
  for (const code of [1, 19, 2067]) {
    const error = engineError(code);
    equal(storageError(error), error);
  }
});
