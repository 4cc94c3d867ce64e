import { deepEqual, equal, ok } from "node:assert/strict";
import { createAdministration } from "../../src/accounts/administration.ts";
import { findUser } from "../../src/accounts/users.ts";
import { createPasswords } from "../../src/accounts/passwords.ts";
import { type Role, ROLES } from "../../src/accounts/roles.ts";
import { sql } from "../../src/database/sql.ts";
import { type TestApp, testApp } from "../fixtures/app.ts";
import { sessionCookie, statusOf, visit } from "../fixtures/pages.ts";

/** Whom each role may do more than the one before. */
const MAY: Readonly<Record<Role, readonly string[]>> = {
  reader: ["read"],
  contributor: ["read", "propose", "confirm"],
  reviewer: ["read", "propose", "confirm", "review"],
  admin: ["read", "propose", "confirm", "review", "administer"],
};

/** What a route of the API that asks for a credential needs; a new one must be added here. */
const NEEDS: Readonly<Record<string, string>> = {
  "POST /api/v1/knowledge": "propose",
  "POST /api/v1/knowledge/{unit_id}/confirmations": "confirm",
  "POST /api/v1/knowledge/{unit_id}/flags": "confirm",
  "GET /api/v1/review/queue": "review",
  "GET /api/v1/review/stats": "review",
  "GET /api/v1/review/units": "review",
  "GET /api/v1/review/{unit_id}": "review",
  "GET /api/v1/review/{unit_id}/history": "review",
  "POST /api/v1/review/{unit_id}/approve": "review",
  "POST /api/v1/review/{unit_id}/reject": "review",
  // One's own account is everybody's.
  "GET /api/v1/users/me": "read",
  "POST /api/v1/users/me/password": "read",
  "GET /api/v1/users/me/api-keys": "read",
  "POST /api/v1/users/me/api-keys": "read",
  "POST /api/v1/users/me/api-keys/{key_id}/revoke": "read",
};

/** A user of a role, beside an admin who is called root. */
async function userOf(app: TestApp, role: Role): Promise<string> {
  await app.signIn("root");
  const bearer = await app.signIn(role);
  const passwords = createPasswords();
  const { database, clock } = app;
  await createAdministration({ database, clock, passwords, actor: "root" }).setRole(role, role);
  passwords.close();
  return bearer;
}

interface ClosedRoute {
  readonly name: string;
  readonly path: string;
  readonly isForKeys: boolean;
}

/** The routes of the API that ask for a credential, from the published document. */
async function closedRoutes(app: TestApp): Promise<ClosedRoute[]> {
  const { paths } = await (await app.request("GET", "/openapi.json")).json();
  return Object.entries<Record<string, { security?: Record<string, unknown>[] }>>(paths).flatMap((
    [path, operations],
  ) =>
    Object.entries(operations).flatMap(([method, { security = [] }]) =>
      security.length === 0 ? [] : [{
        name: `${method.toUpperCase()} ${path}`,
        path: path.replaceAll(/\{\w+\}/g, `ku_${"0".repeat(32)}`),
        isForKeys: "apiKey" in security[0]!,
      }]
    )
  );
}

const BODY = {
  domains: ["d"],
  insight: { summary: "s", detail: "d", action: "a" },
  reason: "stale",
  name: "n",
  ttl: "1d",
};

async function rowsOf(app: TestApp): Promise<string> {
  return JSON.stringify(
    await app.database.all(sql`SELECT id, status, data FROM knowledge_units ORDER BY id`),
  );
}

for (const role of ROLES) {
  Deno.test(`of the API's routes a ${role} is refused exactly those that the role may not use`, async () => {
    await using app = await testApp();
    const login = await userOf(app, role);
    const key = await app.apiKey(role);
    const routes = await closedRoutes(app);
    deepEqual(routes.map(({ name }) => name).sort(), Object.keys(NEEDS).sort(), "every route is in the list");
    for (const { name, path, isForKeys } of routes) {
      const method = name.split(" ")[0]!;
      const json = method === "POST" ? { json: BODY } : {};
      const status = await statusOf(
        app.request(method, path, { bearer: isForKeys ? key : login, ...json }),
      );
      equal(status === 403, !MAY[role].includes(NEEDS[name]!), `${name} answers ${status}`);
      ok(status !== 401, name);
    }
  });

  Deno.test(`of the pages a ${role} is shown exactly those that the role may see, and no form does more`, async () => {
    await using app = await testApp();
    await userOf(app, role);
    const userId = (await findUser(app.database, role))!.id;
    const ownerKey = (await app.signIn("root"), await app.apiKey("root"));
    const id = await app.unit({ key: ownerKey, approve: false });
    const cookie = await sessionCookie(app, role);
    let refused = 0;
    for (const { method, path, needs } of app.server.pages) {
      if (needs === undefined || MAY[role].includes(needs)) continue;
      const before = await rowsOf(app);
      const filled = path.replace("{id}", id) as `/${string}`;
      const form = method === "POST" ? { form: { verb: "approve", unit: id, note: "n", seconds: "60" } } : {};
      equal(await statusOf(visit(app, `${method} ${filled}`, { cookie, ...form })), 403, `${method} ${path}`);
      equal(await rowsOf(app), before);
      refused++;
    }
    const closed = app.server.pages.filter(({ needs }) => needs !== undefined && needs !== "read");
    equal(refused > 0, closed.some(({ needs }) => !MAY[role].includes(needs!)));
    for (const { method, path, needs } of app.server.pages) {
      if (method !== "GET" || needs === undefined || !MAY[role].includes(needs)) continue;
      const named = path.startsWith("/settings/users/") ? String(userId) : id;
      const status = await statusOf(visit(app, `GET ${path.replace("{id}", named) as "/"}`, { cookie }));
      ok(status < 400, `GET ${path} answers ${status}`);
    }
  });
}

Deno.test("a key that is restricted does what its scopes say and no more, whatever its owner may", async () => {
  await using app = await testApp();
  const bearer = await app.signIn("ada");
  for (const scope of ["read", "propose", "confirm"]) {
    const json = { name: scope, ttl: "1d", scopes: [scope] };
    const { token } = await (await app.request("POST", "/api/v1/users/me/api-keys", { bearer, json })).json();
    for (const { name, path, isForKeys } of await closedRoutes(app)) {
      if (!isForKeys) continue;
      const status = await statusOf(app.request("POST", path, { bearer: token, json: BODY }));
      equal(status === 403, NEEDS[name] !== scope, `${name} answers ${status} to a key for ${scope}`);
    }
  }
});
