import { deepEqual, equal, match } from "node:assert/strict";
import { createAdministration } from "../../src/accounts/administration.ts";
import { createPasswords } from "../../src/accounts/passwords.ts";
import { sql } from "../../src/database/sql.ts";
import { verifyAudit } from "../../src/events/audit.ts";
import { appOn, PASSWORD, type TestApp } from "../fixtures/app.ts";
import { manualClock } from "../fixtures/clock.ts";
import { onEachEngine } from "../fixtures/engines.ts";
import { sessionCookie, statusOf, visit } from "../fixtures/pages.ts";
import { giveRole } from "../fixtures/roles.ts";

const PATH = "/settings/audit/sign-ins";

function login(app: TestApp, username: string, password = PASSWORD): Promise<number> {
  const json = { username, password };
  return statusOf(app.request("POST", "/api/v1/auth/login", { json, peer: "192.0.2.1" }));
}

async function counted(app: TestApp): Promise<string[]> {
  const rows = await app.database.all<
    Record<"username" | "outcome" | "way" | "address", string> & { total: number }
  >(
    sql`SELECT username, outcome, way, address, total FROM sign_ins ORDER BY username, outcome, way`,
  );
  return rows.map((row) => `${row.username}: ${row.outcome} ${row.way} ${row.total} ${row.address}`);
}

onEachEngine(
  "sign-ins, refusals by their reason and sign-outs are counted, names that nobody has are stored nowhere",
  async (engine) => {
    const clock = manualClock();
    await using app = await appOn(engine.open(), { clock });
    const cookie = await sessionCookie(app, "root");
    await giveRole(app, "ada", "reader");
    await giveRole(app, "bob", "reader");
    const passwords = createPasswords();
    await createAdministration({ database: app.database, clock, passwords, actor: "root" }).disable("bob");
    passwords.close();
    equal(await login(app, "ada"), 200);
    equal(await login(app, "bob"), 401);
    equal(await login(app, "my-password-in-the-wrong-field"), 401);
    for (let attempt = 0; attempt < 8; attempt++) await login(app, "ada", "wrong");
    const left = await sessionCookie(app, "root");
    clock.advance(1);
    await statusOf(visit(app, "POST /logout", { cookie: left, form: {}, peer: "192.0.2.2" }));
    const page = await (await visit(app, `GET ${PATH}`, { cookie })).text();
    for (const told of [/wrong password/, /refused: disabled/, /refused: too many failures/, /signed out/]) {
      match(page, told);
    }
    deepEqual(await counted(app), [
      ": wrong_password api 1 192.0.2.1",
      "ada: signed_in api 1 192.0.2.1",
      "ada: throttled api 3 192.0.2.1",
      "ada: wrong_password api 5 192.0.2.1",
      "bob: disabled api 1 192.0.2.1",
      "root: signed_in page 2 unknown",
      "root: signed_out page 1 192.0.2.2",
    ]);
    const log = await verifyAudit(app.database);
    deepEqual([log.entries, log.problems], [1, []], "the chain holds what was done, not every attempt");
  },
);

onEachEngine("an admin finds the sign-ins of one user, and pages through them", async (engine) => {
  const clock = manualClock();
  await using app = await appOn(engine.open(), { clock });
  const cookie = await sessionCookie(app, "root");
  await app.signIn("ada");
  await app.signIn("bob <b>");
  equal(await login(app, "bob <b>"), 200);
  for (let hour = 0; hour < 51; hour++) {
    clock.advance(3600);
    await login(app, "ada");
  }
  const admin = await sessionCookie(app, "root");
  const show = async (query: string): Promise<string> =>
    await (await visit(app, `GET ${PATH}${query}` as `GET /${string}`, { cookie: admin })).text();
  const all = await show("");
  const older = /rel="next" href="([^"]+)"/.exec(all)![1]!;
  match(await (await visit(app, `GET ${older as `/${string}`}`, { cookie: admin })).text(), /bob &lt;b/);
  const [one, none] = [await show("?user=bob+%3Cb%3E"), await show("?user=carol")];
  match(one, /bob &lt;b/);
  equal(one.includes(">ada</a>"), false);
  match(none, /Nothing was recorded/);
  equal(await statusOf(visit(app, `GET ${PATH}`, { cookie })), 401, "the first session is old by now");
});
