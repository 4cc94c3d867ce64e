import { deepEqual } from "node:assert/strict";
import { appOn, type TestApp } from "../fixtures/app.ts";
import { manualClock } from "../fixtures/clock.ts";
import { onEachEngine } from "../fixtures/engines.ts";
import { sessionCookie, statusOf } from "../fixtures/pages.ts";
import { changeUserOnPage } from "../fixtures/users_page.ts";

/** Made of parts: nobody's real password. */
const NEW_PASSWORD = ["violet", "harbour", "29", "lantern"].join("-");

/** How a login token and a key fare: 200 and 404 where both are good, for the unit is not there. */
async function tried(app: TestApp, { token, key }: { token: string; key: string }): Promise<number[]> {
  return [
    await statusOf(app.request("GET", "/api/v1/review/queue", { bearer: token })),
    await statusOf(app.request("POST", "/api/v1/knowledge/ku_x/confirmations", { bearer: key })),
  ];
}

onEachEngine(
  "what an admin changes about a user counts for the next request to that server",
  async (stored) => {
    const clock = manualClock();
    await using app = await appOn(stored.open(), { clock });
    const admin = await sessionCookie(app, "root");
    const changes = {
      role: { form: { role: "reader" }, after: [403, 403] },
      disable: { form: {}, after: [401, 401] },
      delete: { form: {}, after: [401, 401] },
      password: { form: { password: NEW_PASSWORD, again: NEW_PASSWORD }, after: [401, 404] },
    };
    for (const [verb, { form, after }] of Object.entries(changes)) {
      const username = `to_${verb}`;
      const credentials = { token: await app.signIn(username), key: await app.apiKey(username) };
      deepEqual(await tried(app, credentials), [200, 404], verb);
      // Login tokens carry whole seconds.
      clock.advance(1);
      await changeUserOnPage(app, verb, { admin, username, form });
      deepEqual(await tried(app, credentials), after, verb);
    }
  },
);
