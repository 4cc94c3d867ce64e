import { deepEqual, equal, match } from "node:assert/strict";
import { sql } from "../../src/database/sql.ts";
import { REVIEW_PAGE } from "../../src/limits.ts";
import { type TestApp, testApp } from "../fixtures/app.ts";
import { cookieIn, sessionCookie, statusOf, visit } from "../fixtures/pages.ts";
import { happenedTo, pendingUnits, storedStates } from "../fixtures/review_page.ts";

/** The hidden fields of the form on a page that is sent to `action`. */
async function fieldsOf(
  app: TestApp,
  { page, action, cookie }: { page: string; action: string; cookie: string },
): Promise<Record<string, string>> {
  const html = await (await visit(app, `GET ${page as `/${string}`}`, { cookie })).text();
  const form = html.split(`action="${action}"`)[1]!.split("</form>")[0]!;
  return Object.fromEntries(
    [...form.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)].map(([, name, value]) => [name, value]),
  );
}

/** What the page says after a form was sent. */
async function toldAfter(
  app: TestApp,
  route: `POST /${string}`,
  { cookie, form }: { cookie: string; form: Record<string, string> },
): Promise<string> {
  const response = await visit(app, route, { cookie, form });
  equal(response.status, 303, await response.text());
  return decodeURIComponent(cookieIn(response, "__Host-cq_flash") ?? "");
}

for (const place of ["/review?unit=", "/units/"] as const) {
  Deno.test(`reopening from ${place} takes back the decision that the page showed, and none that came after it`, async () => {
    await using app = await testApp();
    const [ada, bob] = [await sessionCookie(app, "ada"), await sessionCookie(app, "bob")];
    const [id] = await pendingUnits(app, ["First"]) as [string];
    await statusOf(visit(app, `POST /review/${id}/reject`, { cookie: ada, form: {} }));
    const route = place === "/units/" ? `/units/${id}/reopen` : `/review/${id}/reopen`;
    const form = await fieldsOf(app, { page: `${place}${id}`, action: route, cookie: ada });

    const seenByBob = await fieldsOf(app, { page: `${place}${id}`, action: route, cookie: bob });
    match(await toldAfter(app, `POST ${route as "/"}`, { cookie: bob, form: seenByBob }), /Reopened/);
    await statusOf(visit(app, `POST /review/${id}/reject`, { cookie: bob, form: {} }));

    match(await toldAfter(app, `POST ${route as "/"}`, { cookie: ada, form }), /bob rejected this unit on /);
    deepEqual(await storedStates(app, [id]), ["rejected bob"]);
    deepEqual((await happenedTo(app, id)).map(({ kind }) => kind), ["rejected", "reopened", "rejected"]);
  });
}

Deno.test("who verifies, corrects or retires a unit too late is told who took it out of service and when", async () => {
  await using app = await testApp();
  const [ada, bob] = [await sessionCookie(app, "ada"), await sessionCookie(app, "bob")];
  const id = await app.unit({ key: await app.apiKey("ada") });
  const edit = await fieldsOf(app, { page: `/units/${id}/edit`, action: `/units/${id}/edit`, cookie: ada });
  await statusOf(visit(app, `POST /units/${id}/retire`, { cookie: bob, form: {} }));
  const told = /bob rejected this unit on \d{4}-\d\d-\d\d at \d\d:\d\d UTC; only an approved one /;
  for (const verb of ["verify", "retire"] as const) {
    match(await toldAfter(app, `POST /units/${id}/${verb}`, { cookie: ada, form: {} }), told);
  }
  const form = { ...edit, summary: "s", detail: "My detail", action: "a", domains: "testing" };
  const response = await visit(app, `POST /units/${id}/edit`, { cookie: ada, form });
  const page = await response.text();
  equal(response.status, 409);
  match(
    page,
    /bob rejected this unit on [^<]*; only an approved one is corrected\. What you typed was not saved/,
  );
  match(page, /My detail/);
  deepEqual((await happenedTo(app, id)).map(({ kind }) => kind), ["approved", "retired"]);
});

Deno.test("a unit is not superseded by one that was retired since it was looked at", async () => {
  await using app = await testApp();
  const cookie = await sessionCookie(app, "ada");
  const key = await app.apiKey("ada");
  const [old, young] = [
    await app.unit({ key }),
    await app.unit({ key, insight: { summary: "s", detail: "e", action: "b" } }),
  ];
  const [page, action] = [`/units/${old}/supersede?by=${young}`, `/units/${old}/supersede`];
  const form = await fieldsOf(app, { page, action, cookie });
  await statusOf(visit(app, `POST /units/${young}/retire`, { cookie, form: {} }));
  match(
    await toldAfter(app, `POST ${action as "/"}`, { cookie, form }),
    /is rejected by now; look at it again/,
  );
  deepEqual(await storedStates(app, [old]), ["approved ada"]);
  const seen = await fieldsOf(app, { page, action, cookie });
  match(await toldAfter(app, `POST ${action as "/"}`, { cookie, form: seen }), /Superseded/);
});

Deno.test("nobody approves a text that they did not see: a unit that was changed since is shown again, undecided", async () => {
  await using app = await testApp();
  const [ada, bob] = [await sessionCookie(app, "ada"), await sessionCookie(app, "bob")];
  const [id, next] = await pendingUnits(app, ["First", "Second"]) as [string, string];
  const approval = { page: `/review?unit=${id}`, action: `/review/${id}/approve`, cookie: ada };
  const seen = await fieldsOf(app, approval);
  equal(seen["next"], next);

  const edit = await fieldsOf(app, {
    page: `/review?edit=1&unit=${id}`,
    action: `/review/${id}/edit`,
    cookie: bob,
  });
  const changed = { ...edit, summary: "Another", detail: "d", action: "a", domains: "ci" };
  await toldAfter(app, `POST /review/${id}/edit`, { cookie: bob, form: changed });
  await toldAfter(app, `POST /units/${id}/reopen`, { cookie: bob, form: {} });

  const response = await visit(app, `POST /review/${id}/approve`, { cookie: ada, form: seen });
  equal(response.headers.get("location"), `/review?unit=${id}`, "not on to the next one");
  match(
    decodeURIComponent(cookieIn(response, "__Host-cq_flash")!),
    /Somebody else changed this unit meanwhile; look at it again/,
  );
  deepEqual(await storedStates(app, [id]), ["pending -"]);
  const form = await fieldsOf(app, approval);
  match(await toldAfter(app, `POST /review/${id}/approve`, { cookie: ada, form }), /Approved/);
  deepEqual(await storedStates(app, [id]), ["approved ada"]);
});

Deno.test("of several units that are approved at once one that was changed since it was looked at is left", async () => {
  await using app = await testApp();
  const [ada, bob] = [await sessionCookie(app, "ada"), await sessionCookie(app, "bob")];
  const [id, other] = await pendingUnits(app, ["First", "Second"]) as [string, string];
  const path = `/review/bulk?verb=approve&unit=${id}&unit=${other}` as const;
  const preview = await (await visit(app, `GET ${path}`, { cookie: ada })).text();
  const form = [...preview.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)]
    .map(([, name, value]) => [name!, value!]);

  const edit = await fieldsOf(app, {
    page: `/review?edit=1&unit=${id}`,
    action: `/review/${id}/edit`,
    cookie: bob,
  });
  const changed = { ...edit, summary: "Another", detail: "d", action: "a", domains: "ci" };
  await toldAfter(app, `POST /review/${id}/edit`, { cookie: bob, form: changed });
  await toldAfter(app, `POST /units/${id}/reopen`, { cookie: bob, form: {} });

  const outcome = await (await visit(app, "POST /review/bulk", { cookie: ada, form })).text();
  match(outcome, /1 of 2 units approved/);
  match(outcome, /not done<\/span> Somebody else changed this unit meanwhile; look at it again/);
  deepEqual(await storedStates(app, [id, other]), ["pending -", "approved ada"]);
});

Deno.test("a decision leads to the list where the unit that came next is gone, and not to an error", async () => {
  await using app = await testApp();
  const cookie = await sessionCookie(app, "ada");
  const [id, next] = await pendingUnits(app, ["First", "Second"]) as [string, string];
  const form = await fieldsOf(app, {
    page: `/review?q=s&unit=${id}`,
    action: `/review/${id}/approve`,
    cookie,
  });
  equal(form["next"], next);
  const sure = { reason: "personal data", sure: "yes" };
  equal(await statusOf(visit(app, `POST /units/${next}/purge`, { cookie, form: sure })), 303);
  const response = await visit(app, `POST /review/${id}/approve`, { cookie, form });
  deepEqual([response.status, response.headers.get("location")], [303, "/review?q=s"]);
});

Deno.test("the last page of the queue says that it is the last one where all its units are decided", async () => {
  await using app = await testApp();
  const cookie = await sessionCookie(app, "ada");
  const ids = await pendingUnits(app, Array.from({ length: REVIEW_PAGE + 1 }, (_, index) => `Unit ${index}`));
  const first = await (await visit(app, "GET /review", { cookie })).text();
  const [, more] = /href="(\/review\?after=[^"]+)">More</.exec(first)!;
  const page = await (await visit(app, `GET ${more as "/review"}`, { cookie })).text();
  match(page, new RegExp(`${ids.at(-1)}`));
  await statusOf(visit(app, `POST /review/${ids.at(-1)}/approve`, { cookie, form: {} }));
  const emptied = await (await visit(app, `GET ${more as "/review"}`, { cookie })).text();
  match(emptied, /Nothing more/);
  match(emptied, />To the start</);
});

Deno.test("what is so already is done to no user once more: nothing is written down, and nobody is signed out", async () => {
  await using app = await testApp();
  const [ada, bob] = [await sessionCookie(app, "ada"), await sessionCookie(app, "bob")];
  const page = "/settings/users/2";
  const act = async (
    verb: "role" | "disable" | "enable",
    fields: Record<string, string> = {},
  ): Promise<void> => {
    const form = { username: "bob", ...fields };
    equal(await statusOf(visit(app, `POST ${page}/${verb}`, { cookie: ada, form })), 303);
  };
  const events = async (): Promise<string[]> =>
    (await app.database.all<{ kind: string }>(sql`SELECT kind FROM account_events ORDER BY id`))
      .map(({ kind }) => kind);
  await Promise.all([act("role", { role: "reviewer" }), act("role", { role: "reviewer" })]);
  await act("enable");
  deepEqual(await events(), ["role_set"]);
  equal(
    await statusOf(visit(app, "GET /review", { cookie: bob })),
    200,
    "a form of an old page signs nobody out",
  );
  await Promise.all([act("disable"), act("disable")]);
  await Promise.all([act("enable"), act("enable")]);
  deepEqual(await events(), ["role_set", "user_disabled", "user_enabled"]);
});
