import { deepEqual, equal, match, ok } from "node:assert/strict";
import { sql } from "../../src/database/sql.ts";
import { testApp } from "../fixtures/app.ts";
import { elementsOf } from "../fixtures/html.ts";
import { sessionCookie, visit } from "../fixtures/pages.ts";
import { filesIn, readSource } from "../fixtures/source_tree.ts";

/** What would give a text that somebody sent power over the machine or the network. */
const DANGEROUS: Readonly<Record<string, RegExp>> = {
  "runs a text as code": /(?<![.\w])eval\(|new Function\(/,
  "starts another program": /Deno\.Command|node:child_process/,
  "asks another host": /(?<![.\w])fetch\(|Deno\.connect|new WebSocket|node:https?"/,
  "turns a text into HTML": /dangerouslySetInnerHTML/,
};

/** Who may do it all the same: the embedding service is asked, which the operator named, and the doctor asks it and its own server. */
const ALLOWED = [
  "src/doctor/surroundings.ts asks another host",
  "src/search/embedding_service.ts asks another host",
];

Deno.test("nothing in the server runs a text as code, starts a program or asks a host but the embedding service", async () => {
  const files = ["main.ts", ...await filesIn("src", ".ts"), ...await filesIn("src", ".tsx")];
  ok(files.length > 100);
  const found: string[] = [];
  for (const file of files) {
    const source = await readSource(file);
    for (const [what, pattern] of Object.entries(DANGEROUS)) {
      if (pattern.test(source)) found.push(`${file} ${what}`);
    }
  }
  deepEqual(found, ALLOWED);
});

Deno.test("every HTML page is in no frame, is no other type and shares its window with nobody", async () => {
  await using app = await testApp({ settings: { metrics: { access: "open" } } });
  const cookie = await sessionCookie(app, "ada");
  const paths = app.server.pages.filter(({ method, path }) => method === "GET" && !path.includes("{"))
    .map(({ path }) => path as `/${string}`);
  let seen = 0;
  for (const path of [...paths, "/docs", "/metrics", "/nothing"] as const) {
    const { headers, body } = await visit(app, `GET ${path}`, { cookie });
    await body?.cancel();
    equal(headers.get("x-content-type-options"), "nosniff", path);
    if (!headers.get("content-type")?.startsWith("text/html")) continue;
    match(
      headers.get("content-security-policy")!,
      /default-src 'none'.*frame-ancestors 'none'; base-uri 'none'/,
    );
    equal(headers.get("cross-origin-opener-policy"), "same-origin", path);
    match(headers.get("referrer-policy")!, /^(?:same-origin|no-referrer)$/);
    seen++;
  }
  ok(seen >= 8, `${seen} pages were looked at`);
});

Deno.test("the field for the password is masked, takes what is pasted and is known to password managers", async () => {
  await using app = await testApp();
  const fields = elementsOf(await (await visit(app, "GET /login")).text())
    .filter(({ attributes }) => attributes.get("name") === "password");
  deepEqual(fields.map(({ attributes }) => [attributes.get("type"), attributes.get("autocomplete")]), [
    ["password", "current-password"],
  ]);
  for (const script of await filesIn("src/ui/assets", ".js")) {
    equal(/["']paste["']/.test(await readSource(script)), false, script);
  }
});

Deno.test("a new store has no account, no key and nothing that anybody could sign in with", async () => {
  await using app = await testApp();
  for (const table of ["users", "api_keys", "sessions"]) {
    deepEqual(await app.database.all({ pieces: [{ text: `SELECT * FROM ${table}` }] }), [], table);
  }
  equal((await app.database.first<{ n: number }>(sql`SELECT COUNT(*) AS n FROM account_events`))!.n, 0);
});
