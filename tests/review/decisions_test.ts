import { deepEqual, equal, match } from "node:assert/strict";
import { sql } from "../../src/database/sql.ts";
import { testApp } from "../fixtures/app.ts";
import { manualClock } from "../fixtures/clock.ts";
import { answered, textIn } from "../fixtures/faults.ts";
import { addRow } from "../fixtures/rows.ts";

Deno.test("a decision is answered and stored with reviewer and time, and leaves the unit's text alone", async () => {
  await using app = await testApp({ clock: manualClock("2026-03-01T10:20:30.000000Z") });
  const bearer = await app.signIn("ada");
  for (const [verb, status] of [["approve", "approved"], ["reject", "rejected"]]) {
    const id = `ku_${verb}`;
    await addRow(app.database, id, { status: "pending", data: '{"odd": 1.0}' });
    const decision = { status, reviewed_by: "ada", reviewed_at: "2026-03-01T10:20:30+00:00" };
    const response = await app.request("POST", `/api/v1/review/${id}/${verb}`, { bearer });
    equal(await response.text(), JSON.stringify({ unit_id: id, ...decision }));
    const row = await app.database.first(
      sql`SELECT status, reviewed_by, reviewed_at, data FROM knowledge_units WHERE id = ${id}`,
    );
    deepEqual({ ...row }, { ...decision, data: '{"odd": 1.0}' });
  }
});

Deno.test("a decision is final: a later one is a 409 that names the first", async () => {
  await using app = await testApp();
  const bearer = await app.signIn("ada");
  for (const [first, status] of [["approve", "approved"], ["reject", "rejected"]]) {
    await addRow(app.database, `ku_${first}`, { status: "pending" });
    equal((await app.request("POST", `/api/v1/review/ku_${first}/${first}`, { bearer })).status, 200);
    for (const second of ["approve", "reject"]) {
      const response = await app.request("POST", `/api/v1/review/ku_${first}/${second}`, { bearer });
      equal(await textIn(response, 409), `Knowledge unit already ${status}`);
    }
  }
});

Deno.test("of two decisions at once on each of 40 units one wins, and the other is told which", async () => {
  await using app = await testApp();
  const bearer = await app.signIn("ada");
  const ids = Array.from({ length: 40 }, (_, index) => `ku_${index}`);
  for (const id of ids) await addRow(app.database, id, { status: "pending" });
  await Promise.all(ids.map(async (id, index) => {
    const verbs = index % 2 === 0 ? ["approve", "reject"] : ["reject", "approve"];
    const answers = await Promise.all(
      verbs.map((verb) => app.request("POST", `/api/v1/review/${id}/${verb}`, { bearer })),
    );
    const winner = answers.find((answer) => answer.status === 200)!;
    const loser = answers.find((answer) => answer !== winner)!;
    const { status } = await answered(winner, 200);
    equal(await textIn(loser, 409), `Knowledge unit already ${status}`);
    const item = await answered(await app.request("GET", `/api/v1/review/${id}`, { bearer }), 200);
    equal(item.status, status);
  }));
});

Deno.test("an unknown unit is a 404, and fixed names are units where a decision is posted", async () => {
  await using app = await testApp();
  const bearer = await app.signIn("ada");
  for (const path of ["ku_x/approve", "queue/approve", "stats/reject", "units/approve"]) {
    equal(
      await textIn(await app.request("POST", `/api/v1/review/${path}`, { bearer }), 404),
      "Knowledge unit not found",
    );
  }
  for (const path of ["ku_x", "ku_x/history", "%20", "%00"]) {
    equal(
      await textIn(await app.request("GET", `/api/v1/review/${path}`, { bearer }), 404),
      "Knowledge unit not found",
    );
  }
  await addRow(app.database, "queue", { status: "pending" });
  equal(
    (await answered(await app.request("POST", "/api/v1/review/queue/approve", { bearer }), 200)).unit_id,
    "queue",
  );
});

Deno.test("a unit can be read in every status, with its proposer", async () => {
  await using app = await testApp();
  const bearer = await app.signIn("ada");
  await addRow(app.database, "ku_p", { status: "pending" });
  await addRow(app.database, "ku_r", { status: "rejected", reviewed_by: "bob", reviewed_at: "2026-01-02" });
  const read = async (id: string): Promise<string> =>
    await (await app.request("GET", `/api/v1/review/${id}`, { bearer })).text();
  match(
    await read("ku_p"),
    /"created_by":"somebody".*"status":"pending","reviewed_by":null,"reviewed_at":null\}$/,
  );
  match(await read("ku_r"), /"status":"rejected","reviewed_by":"bob","reviewed_at":"2026-01-02"\}$/);
});

Deno.test("the body of a decision is not looked at", async () => {
  await using app = await testApp();
  const bearer = await app.signIn("ada");
  await addRow(app.database, "ku_1", { status: "pending" });
  const headers = { "content-type": "application/json" };
  const response = await app.request("POST", "/api/v1/review/ku_1/approve", {
    bearer,
    headers,
    body: "{ no",
  });
  equal(response.status, 200);
});
