import { deepEqual, equal } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { addUser, approve, makeKey, proposal, propose } from "../fixtures/accounts.ts";
import { temporaryDirectory } from "../fixtures/directory.ts";
import { type Answer, call } from "../fixtures/json_client.ts";
import { startServer } from "../fixtures/server_process.ts";

interface Pair extends AsyncDisposable {
  /** Where the two servers answer. */
  readonly urls: readonly [string, string];
  readonly databasePath: string;
  /** A login token. */
  readonly token: string;
  /** An API key. */
  readonly key: string;
}

/** Two server processes on one file. */
async function pair(): Promise<Pair> {
  const directory = await temporaryDirectory();
  const databasePath = directory.file("cq.db");
  // Every confirmation and flag counts, whoever sends it.
  const env = { CQ_COMPAT: "strict" };
  const servers = [
    await startServer({ databasePath, env }),
    await startServer({ databasePath, env }),
  ] as const;
  const token = addUser(databasePath, "ada");
  return {
    urls: [servers[0].url, servers[1].url],
    databasePath,
    token,
    key: await makeKey(servers[0].url, token),
    async [Symbol.asyncDispose](): Promise<void> {
      await Promise.all(servers.map((server) => server[Symbol.asyncDispose]()));
      await directory[Symbol.asyncDispose]();
    },
  };
}

/** Does something many times at once, every other time at the other server. */
function together<T>(
  times: number,
  { urls }: Pair,
  work: (url: string, index: number) => Promise<T>,
): Promise<T[]> {
  return Promise.all(Array.from({ length: times }, (_, index) => work(urls[index % 2]!, index)));
}

async function approvedUnit({ urls: [first], key, token }: Pair): Promise<string> {
  const id = await propose(first, key);
  await approve(first, token, id);
  return id;
}

function tally(answers: readonly Answer<unknown>[]): Record<number, number> {
  return Object.fromEntries(
    [...Map.groupBy(answers, ({ status }) => status)].map(([status, { length }]) => [status, length]),
  );
}

function eventKinds({ databasePath }: Pair, id: string): Record<string, number> {
  using database = new DatabaseSync(databasePath, { readOnly: true });
  const rows = database.prepare(
    "SELECT kind, COUNT(*) AS total FROM knowledge_events WHERE unit_id = ? GROUP BY kind",
  )
    .all(id);
  return Object.fromEntries(rows.map((row) => [String(row["kind"]), Number(row["total"])]));
}

Deno.test("of an approval and a rejection that meet at two servers, one wins and the other is told so", async () => {
  await using servers = await pair();
  const { urls: [first], key, token } = servers;
  const ids = await together(40, servers, (url) => propose(url, key));
  const outcomes = await together(80, servers, async (url, index) => {
    // Both verdicts on one unit come next to each other, at one server and the other; which goes where alternates.
    const unit = Math.floor(index / 2);
    const verb = (index + unit) % 2 === 0 ? "approve" : "reject";
    const route = `POST /review/${ids[unit]!}/${verb}` as const;
    return { unit, verb, answer: await call<Record<string, string>>(url, route, { bearer: token }) };
  });
  for (const [unit, id] of ids.entries()) {
    const both = outcomes.filter((outcome) => outcome.unit === unit);
    const winner = both.find(({ answer }) => answer.status === 200)!;
    const status = winner.verb === "approve" ? "approved" : "rejected";
    const loser = both.find(({ answer }) => answer.status === 409)!;
    deepEqual(loser.answer.body, { detail: `Knowledge unit already ${status}` });
    const { body } = await call<{ status: string }>(first, `GET /review/${id}`, { bearer: token });
    equal(body.status, status);
    deepEqual(eventKinds(servers, id), { proposed: 1, [status]: 1 });
  }
});

Deno.test("flags that meet at two servers are all stored", async () => {
  await using servers = await pair();
  const { urls: [first], key, token } = servers;
  const id = await approvedUnit(servers);
  const answers = await together(20, servers, (url, index) => {
    const json = { reason: "stale", detail: `flag ${index}` };
    return call(url, `POST /knowledge/${id}/flags`, { bearer: key, json });
  });
  deepEqual(tally(answers), { 201: 20 });
  const { body } = await call<
    { knowledge_unit: { flags: { detail: string }[]; evidence: { confidence: number } } }
  >(
    first,
    `GET /review/${id}`,
    { bearer: token },
  );
  const { flags, evidence } = body.knowledge_unit;
  deepEqual(new Set(flags.map(({ detail }) => detail)), new Set(answers.map((_, index) => `flag ${index}`)));
  equal(flags.length, 20);
  equal(evidence.confidence, 0);
  deepEqual(eventKinds(servers, id), { proposed: 1, approved: 1, flagged: 20 });
});

Deno.test("confirmations that meet at two servers are all counted", async () => {
  await using servers = await pair();
  const { urls: [, second], key } = servers;
  const id = await approvedUnit(servers);
  const answers = await together(50, servers, (url) => {
    return call<{ evidence: { confirmations: number } }>(url, `POST /knowledge/${id}/confirmations`, {
      bearer: key,
    });
  });
  deepEqual(tally(answers), { 201: 50 });
  // Each answer tells the count it made: from 2, for the proposal counts as the first.
  const counts = answers.map(({ body }) => body.evidence.confirmations).sort((a, b) => a - b);
  deepEqual(counts, counts.map((_, index) => index + 2));
  const { body } = await call<{ data: { evidence: { confirmations: number } }[] }>(
    second,
    "GET /knowledge?domains=testing",
  );
  equal(body.data[0]!.evidence.confirmations, 51);
  deepEqual(eventKinds(servers, id), { proposed: 1, approved: 1, confirmed: 50 });
});

Deno.test("the limit of 20 active keys holds for creations that meet at two servers", async () => {
  await using servers = await pair();
  const { urls: [first], databasePath } = servers;
  const bearer = addUser(databasePath, "grace");
  const json = { name: "key", ttl: "1d" };
  const answers = await together(
    40,
    servers,
    (url) => call(url, "POST /users/me/api-keys", { bearer, json }),
  );
  deepEqual(tally(answers), { 201: 20, 409: 20 });
  const { body } = await call<{ data: { is_active: boolean }[] }>(first, "GET /users/me/api-keys", {
    bearer,
  });
  equal(body.data.filter((key) => key.is_active).length, 20);
});

Deno.test("what one server has answered with success, the other one serves at once", async () => {
  await using servers = await pair();
  const { urls: [first, second], key, token } = servers;
  for (let round = 0; round < 20; round++) {
    const [writer, reader] = round % 2 === 0 ? [first, second] : [second, first];
    const domain = `round-${round}`;
    const { body: { id } } = await call<{ id: string }>(writer, "POST /knowledge", {
      bearer: key,
      json: proposal(domain),
    });
    equal((await call(reader, `GET /review/${id}`, { bearer: token })).status, 200);
    await approve(reader, token, id);
    const { body } = await call<{ data: { id: string }[] }>(writer, `GET /knowledge?domains=${domain}`);
    deepEqual(body.data.map((unit) => unit.id), [id]);
  }
});
