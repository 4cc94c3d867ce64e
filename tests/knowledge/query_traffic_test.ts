import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { appOn, type TestApp } from "../fixtures/app.ts";
import { onEachEngine } from "../fixtures/engines.ts";
import { answered } from "../fixtures/faults.ts";
import { contractAnswer, contractScore, type OracleQuery } from "../fixtures/query_oracle.ts";
import { addRow } from "../fixtures/rows.ts";

const ROUNDS = 2;
const WRITES = 120;
const WRITERS = 6;
const READERS = 3;
const QUERIES = 40;
const SEED = 20_260_301;

const tags = fc.constantFrom("a", "b", "c", "d", "e");
const context = fc.record({
  languages: fc.array(fc.constantFrom("go", "ts", "Go"), { maxLength: 2 }),
  frameworks: fc.array(fc.constantFrom("hono", "react"), { maxLength: 2 }),
  pattern: fc.constantFrom("", "retry", "Retry", "cache"),
});
const domains = fc.uniqueArray(tags, { minLength: 1, maxLength: 4 });
const queries = fc.record({ domains, context, limit: fc.integer({ min: 1, max: 50 }) })
  .map(({ domains, context, limit }): OracleQuery => ({ domains, ...context, limit }));
const writes = fc.record({
  kind: fc.constantFrom("propose", "confirm", "confirm", "flag", "approve", "approve", "reject"),
  which: fc.nat(),
  content: fc.record({ domains, context }),
});
type Write = typeof writes extends fc.Arbitrary<infer W> ? W : never;

function drawn<T>(arbitrary: fc.Arbitrary<T>, numRuns: number, seed: number): T[] {
  return fc.sample(arbitrary, { numRuns, seed });
}

interface FoundUnit {
  readonly id: string;
  readonly domains: string[];
  readonly context: { languages: string[]; frameworks: string[]; pattern: string };
  readonly evidence: {
    confidence: number;
    confirmations: number;
    first_observed: string;
    last_confirmed: string;
  };
  readonly extensions: { "cq:standing"?: { disputed: boolean } } | null;
}

async function found(app: TestApp, query: OracleQuery): Promise<FoundUnit[]> {
  const parameters = new URLSearchParams({ pattern: query.pattern ?? "", limit: String(query.limit) });
  for (const name of ["domains", "languages", "frameworks"] as const) {
    for (const value of query[name] ?? []) parameters.append(name, value);
  }
  return (await answered(await app.request("GET", `/api/v1/knowledge?${parameters}`), 200)).data;
}

/** What must hold of an answer whatever else happens: it is the ranking of what it shows. */
function checkRanking(units: readonly FoundUnit[], query: OracleQuery): void {
  equal(new Set(units.map(({ id }) => id)).size, units.length, "no unit twice");
  ok(units.length <= query.limit);
  const scores = units.map((unit) =>
    contractScore(unit, query, unit.extensions?.["cq:standing"]?.disputed === true ? 0.5 : 1)
  );
  for (const [index, unit] of units.entries()) {
    ok(unit.domains.some((domain) => query.domains.includes(domain)), "a domain that was asked for");
    if (index === 0) continue;
    const isInOrder = scores[index - 1]! > scores[index]! ||
      (scores[index - 1] === scores[index] && units[index - 1]!.id > unit.id);
    ok(isInOrder, `${JSON.stringify(query)}: ${units.map(({ id }, at) => `${id} ${scores[at]}`)}`);
  }
}

for (const isStrict of [true, false]) {
  onEachEngine(
    `${
      isStrict ? "under strict compatibility" : "by default"
    } every answer is a ranking of what it shows while units ` +
      "change, and the right one when they rest",
    async (database) => {
      const settings = { isStrict };
      const weightOf = ({ flags }: { flags: readonly unknown[] }): number =>
        isStrict || flags.length === 0 ? 1 : 0.5;
      await using one = await appOn(database.open(), { settings });
      await using other = await appOn(database.open(), { settings });
      const servers = [one, other];
      const token = await one.signIn("ada");
      const key = await one.apiKey("ada");
      const initial = drawn(
        fc.record({ domains, context, confidence: fc.integer({ min: 0, max: 10 }) }),
        60,
        SEED,
      );
      for (const [index, { domains, context, confidence }] of initial.entries()) {
        const data = { domains, context, evidence: { confidence: confidence / 10 } };
        await addRow(one.database, `ku_${index}`, { data, domains });
      }
      const approved = initial.map((_, index) => `ku_${index}`), pending: string[] = [];

      async function write(app: TestApp, { kind, which, content }: Write): Promise<void> {
        const post = async (path: string, options: object = {}): Promise<FoundUnit> =>
          await (await app.request("POST", `/api/v1/${path}`, { bearer: key, ...options })).json();
        const approvedId = approved[which % approved.length]!;
        if (kind === "propose" || pending.length === 0) {
          pending.push(await app.unit({ key, approve: false, ...content }));
        } else if (kind === "approve" || kind === "reject") {
          const id = pending.splice(which % pending.length, 1)[0]!;
          await post(`review/${id}/${kind}`, { bearer: token });
          if (kind === "approve") approved.push(id);
        } else if (kind === "confirm") {
          await post(`knowledge/${approvedId}/confirmations`);
        } else {
          await post(`knowledge/${approvedId}/flags`, { json: { reason: "stale" } });
        }
      }

      for (let round = 0; round < ROUNDS; round++) {
        const left = drawn(writes, WRITES, SEED + round);
        let answers = 0;
        const writers = Promise.all(Array.from({ length: WRITERS }, async (_, index) => {
          for (let next = left.pop(); next !== undefined; next = left.pop()) {
            await write(servers[(index + left.length) % 2]!, next);
          }
        }));
        let isOver = false;
        const readers = Array.from({ length: READERS }, async (_, index) => {
          const asked = drawn(queries, 50, SEED + 100 + index);
          for (let count = 0; !isOver; count++) {
            const query = asked[count % asked.length]!;
            checkRanking(await found(servers[count % 2]!, query), query);
            answers++;
          }
        });
        await Promise.all([writers.finally(() => isOver = true), ...readers]);
        ok(answers > READERS, `${answers} answers in the meantime`);
        for (const query of drawn(queries, QUERIES, SEED + 200 + round)) {
          const expected = (await contractAnswer(one.database, query, weightOf)).map((
            { id, evidence },
          ) => [id, evidence.confirmations]);
          for (const app of servers) {
            const units = await found(app, query);
            deepEqual(
              units.map(({ id, evidence }) => [id, evidence.confirmations]),
              expected,
              JSON.stringify(query),
            );
            checkRanking(units, query);
          }
        }
      }
    },
  );
}
