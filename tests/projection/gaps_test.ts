import { deepEqual, ok } from "node:assert/strict";
import type { Transaction } from "../../src/database/database.ts";
import { openDatabase } from "../../src/database/open.ts";
import { sql } from "../../src/database/sql.ts";
import { appOn, type TestApp } from "../fixtures/app.ts";
import { answered } from "../fixtures/faults.ts";
import { openedPostgres, WITHOUT_POSTGRES } from "../fixtures/postgres.ts";
import { addRow, storedUnit } from "../fixtures/rows.ts";
import { within } from "../fixtures/waiting.ts";

const WRITERS = 10;
const TRANSACTIONS = 30;
/** Units that each writer changes; nobody else does, so that no two wait for each other's rows. */
const UNITS = 3;

/** The tier of units whose transactions take their time to commit. */
const SLOW = "slow";

/** Sleeps when everything else that is left to the end of a transaction is done: its numbers are given, and nobody sees them yet. */
const SLOW_COMMIT = `
  CREATE FUNCTION zz_slow() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF NEW.tier = '${SLOW}' THEN PERFORM pg_sleep(0.01); END IF;
    RETURN NULL;
  END
  $$;
  CREATE CONSTRAINT TRIGGER zz_slow AFTER UPDATE ON knowledge_units
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION zz_slow();`;

class RollBack extends Error {}

/** The confidence of a unit that is alone in the domain of its name, as a server tells it. */
async function confidence(app: TestApp, id: string): Promise<number> {
  const { data } = await answered(await app.request("GET", `/api/v1/knowledge?domains=${id}`), 200);
  return data[0].evidence.confidence;
}

interface Step {
  readonly ids: readonly string[];
  readonly confidence: number;
  readonly isRolledBack: boolean;
  readonly isSlow: boolean;
  readonly hurriesConstraints: boolean;
}

/** The n-th transaction of a writer: which units in which order, and how it ends. */
function stepOf(writer: number, count: number): Step {
  const kind = (writer * 7 + count) % 10;
  const ids = Array.from({ length: UNITS }, (_, index) => `u-${writer}-${(index + count) % UNITS}`);
  return {
    ids: (count % 2 === 0 ? ids : ids.toReversed()).slice(0, 1 + kind % UNITS),
    confidence: (count + 1) / 100,
    isRolledBack: kind === 3,
    isSlow: kind < 3,
    hurriesConstraints: kind === 5,
  };
}

async function write(transaction: Transaction, step: Step): Promise<void> {
  if (step.hurriesConstraints) await transaction.run(sql`SET CONSTRAINTS ALL IMMEDIATE`);
  for (const id of step.ids) {
    const data = JSON.stringify(
      storedUnit(id, { domains: [id], evidence: { confidence: step.confidence }, tier: "private" }),
    );
    const tier = step.isSlow ? SLOW : "private";
    await transaction.run(sql`UPDATE knowledge_units SET data = ${data}, tier = ${tier} WHERE id = ${id}`);
  }
  if (step.isRolledBack) throw new RollBack();
}

Deno.test({
  name:
    `what one of ${WRITERS} writers has committed on Postgres is in every next answer, whoever commits before or after`,
  ignore: WITHOUT_POSTGRES,
  async fn(): Promise<void> {
    await using opened = await openedPostgres({ migrated: true, poolSize: 4 });
    await opened.database.transaction((transaction) => transaction.script(SLOW_COMMIT));
    await using one = await appOn(openDatabase(opened.location, { poolSize: 4 }));
    await using other = await appOn(openDatabase(opened.location, { poolSize: 4 }));
    const servers = [one, other];
    for (let writer = 0; writer < WRITERS; writer++) {
      for (let unit = 0; unit < UNITS; unit++) {
        const id = `u-${writer}-${unit}`;
        await addRow(opened.database, id, { data: { domains: [id] }, domains: [id] });
      }
    }
    const stale: string[] = [];
    let isOver = false, committed = 0;

    async function runWriter(writer: number): Promise<void> {
      const database = openDatabase(opened.location, { poolSize: 1 });
      try {
        for (let count = 0; count < TRANSACTIONS; count++) {
          const step = stepOf(writer, count);
          const isCommitted = await database.transaction((transaction) => write(transaction, step))
            .then(() => true, (error) => {
              if (error instanceof RollBack) return false;
              throw error;
            });
          if (!isCommitted) continue;
          committed++;
          for (const id of step.ids) {
            const seen = await confidence(servers[count % 2]!, id);
            if (seen !== step.confidence) stale.push(`${id}: ${seen} and not ${step.confidence}`);
          }
        }
      } finally {
        await database.close();
      }
    }

    /** Keeps a server reading, so that it has always heard of the latest numbers. */
    async function runReader(app: TestApp): Promise<void> {
      while (!isOver) {
        await app.request("GET", "/api/v1/knowledge/stats").then((response) => response.body?.cancel());
      }
    }

    const readers = servers.map(runReader);
    const writers = Promise.all(Array.from({ length: WRITERS }, (_, writer) => runWriter(writer)));
    await within(writers.finally(() => isOver = true), "the writers to be done");
    await Promise.all(readers);
    deepEqual(stale, []);
    ok(committed > WRITERS * TRANSACTIONS / 2, `${committed} transactions`);
  },
});
