import { equal } from "node:assert/strict";
import { appOn, type TestApp } from "../fixtures/app.ts";
import { manualClock } from "../fixtures/clock.ts";
import { onEachEngine } from "../fixtures/engines.ts";
import { answered } from "../fixtures/faults.ts";
import { cookieIn, sessionCookie, statusOf, visit } from "../fixtures/pages.ts";
import { addUserOnPage, changeUserOnPage } from "../fixtures/users_page.ts";

/** Made of parts: nobody's real password. */
const NEXT_PASSWORD = ["violet", "harbour", "29", "lantern"].join("-");

async function queueStatus(app: TestApp, bearer: string): Promise<number> {
  return await statusOf(app.request("GET", "/api/v1/review/queue", { bearer }));
}

onEachEngine(
  "what a deleted user signed in with stays void when somebody else gets the name",
  async (stored) => {
    const clock = manualClock("2026-03-01T10:00:00.900000Z");
    await using app = await appOn(stored.open(), { clock });
    const admin = await sessionCookie(app, "root");
    const session = await sessionCookie(app, "ada");
    const early = await app.signIn("ada");
    equal(await queueStatus(app, early), 200);
    clock.set("2026-03-01T10:00:05.200000Z");
    await changeUserOnPage(app, "delete", { admin, username: "ada" });
    clock.set("2026-03-01T10:00:07.300000Z");
    await addUserOnPage(app, { admin, username: "ada", role: "admin", password: NEXT_PASSWORD });
    equal(await queueStatus(app, early), 401);
    equal(await statusOf(visit(app, "GET /review", { cookie: session })), 401);

    clock.advance(0.25);
    const login = { username: "ada", password: NEXT_PASSWORD };
    const { token } = await answered(await app.request("POST", "/api/v1/auth/login", { json: login }), 200);
    equal(await queueStatus(app, token), 200);
    const cookie = cookieIn(await visit(app, "POST /login", { form: login }), "__Host-cq_session")!;
    equal(await statusOf(visit(app, "GET /review", { cookie })), 200);
  },
);

onEachEngine(
  "what somebody signed in with is void in the same second in which the name is another's",
  async (stored) => {
    const clock = manualClock("2026-03-01T10:00:00.100000Z");
    await using app = await appOn(stored.open(), { clock });
    const admin = await sessionCookie(app, "root");
    const early = await app.signIn("ada");
    equal(await queueStatus(app, early), 200);
    clock.advance(0.2);
    await changeUserOnPage(app, "delete", { admin, username: "ada" });
    clock.advance(0.2);
    await addUserOnPage(app, { admin, username: "ada", role: "admin", password: NEXT_PASSWORD });
    clock.advance(0.2);
    equal(await queueStatus(app, early), 401);
    const login = { username: "ada", password: NEXT_PASSWORD };
    const { token } = await answered(await app.request("POST", "/api/v1/auth/login", { json: login }), 200);
    equal(await queueStatus(app, token), 200);
  },
);
