import { deepEqual, equal, ok } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { addUser, approve, makeKey, propose } from "../fixtures/accounts.ts";
import { integrityProblems } from "../fixtures/database_file.ts";
import { temporaryDirectory } from "../fixtures/directory.ts";
import { freePort, startServer } from "../fixtures/server_process.ts";
import { delay, within } from "../fixtures/waiting.ts";
import { type Acknowledged, type Credentials, nothingAcknowledged, writeUntilGone } from "./write_load.ts";

/** Every confirmation counts, whoever sends it: so what was acknowledged can be counted. */
const STRICT = { CQ_COMPAT: "strict" };
const KILLS = 100;
const UNITS = 40;
/** A life under load lasts between these, so that kills fall on every part of a write. */
const LIFE_MS = { min: 20, max: 300 };

Deno.test(`after each of ${KILLS} kills under write load, everything that was acknowledged is there and agrees`, async () => {
  await using directory = await temporaryDirectory();
  const databasePath = directory.file("cq.db");
  const port = freePort();
  const noted = nothingAcknowledged();
  const { credentials, units } = await prepare(databasePath, port);
  for (let kill = 0; kill < KILLS; kill++) {
    await using server = await startServer({ databasePath, port, env: STRICT });
    deepEqual(integrityProblems(databasePath), [], `before kill ${kill}`);
    check(databasePath, noted);
    // It makes the guard ready, which takes as long as many a life.
    noted.proposed.push(await propose(server.url, credentials.key));
    const writing = writeUntilGone(server.url, credentials, units, noted);
    await delay(LIFE_MS.min + Math.random() * (LIFE_MS.max - LIFE_MS.min));
    server.kill("SIGKILL");
    equal((await within(server.status, "the killed server to end")).signal, "SIGKILL");
    await within(writing, "the writers to notice");
  }
  await using server = await startServer({ databasePath, port, env: STRICT });
  check(databasePath, noted);
  deepEqual(integrityProblems(databasePath), []);
  // The load must have been one.
  for (const writes of [noted.proposed, noted.approved, noted.keysMade, noted.keysRevoked]) {
    ok(writes.length > KILLS, String(writes.length));
  }
  ok(sum(noted.confirmed) > KILLS && sum(noted.flagged) > KILLS);
  equal(server.errors(), "");
});

async function prepare(
  databasePath: string,
  port: number,
): Promise<{ credentials: Credentials; units: string[] }> {
  await using server = await startServer({ databasePath, port, env: STRICT });
  const token = addUser(databasePath, "ada");
  const key = await makeKey(server.url, token);
  const units: string[] = [];
  for (let unit = 0; unit < UNITS; unit++) {
    const id = await propose(server.url, key);
    await approve(server.url, token, id);
    units.push(id);
  }
  return { credentials: { key, token }, units };
}

/** Looks for every acknowledged write, and for units that disagree with their events. */
function check(databasePath: string, noted: Acknowledged): void {
  using database = new DatabaseSync(databasePath, { readOnly: true });
  const idsWhere = (query: string): Set<string> =>
    new Set(database.prepare(query).all().map((row) => String(row["id"])));
  const absent = (wanted: readonly string[], query: string): string[] => {
    const present = idsWhere(query);
    return wanted.filter((id) => !present.has(id));
  };
  deepEqual(absent(noted.proposed, "SELECT id FROM knowledge_units"), [], "proposals");
  deepEqual(
    absent(noted.approved, "SELECT id FROM knowledge_units WHERE status = 'approved'"),
    [],
    "approvals",
  );
  deepEqual(absent(noted.keysMade, "SELECT id FROM api_keys"), [], "keys");
  deepEqual(
    absent(noted.keysRevoked, "SELECT id FROM api_keys WHERE revoked_at IS NOT NULL"),
    [],
    "revocations",
  );

  const unit = database.prepare(COUNTS);
  for (const [id, least] of noted.confirmed) {
    ok(Number(unit.get(id)!["confirmed"]) >= least, `confirmations of ${id}`);
  }
  for (const [id, least] of noted.flagged) ok(Number(unit.get(id)!["flagged"]) >= least, `flags of ${id}`);
  deepEqual(database.prepare(DISAGREEING).all(), [], "units and events");
}

const COUNTS = `SELECT json_extract(data, '$.evidence.confirmations') - 1 AS confirmed,
  json_array_length(data, '$.flags') AS flagged FROM knowledge_units WHERE id = ?`;

const DISAGREEING = `
  WITH counted AS (
    SELECT u.id, u.status, COUNT(*) FILTER (WHERE e.kind = 'proposed') AS proposed,
      COUNT(*) FILTER (WHERE e.kind = 'approved') AS approved,
      COUNT(*) FILTER (WHERE e.kind = 'confirmed') AS confirmed, COUNT(*) FILTER (WHERE e.kind = 'flagged') AS flagged,
      (SELECT COUNT(*) FROM knowledge_unit_domains AS d WHERE d.unit_id = u.id) AS domains,
      json_extract(u.data, '$.evidence.confirmations') - 1 AS confirmations, json_array_length(u.data, '$.flags') AS flags
    FROM knowledge_units AS u LEFT JOIN knowledge_events AS e ON e.unit_id = u.id GROUP BY u.id
  )
  SELECT * FROM counted WHERE proposed <> 1 OR approved <> (status = 'approved') OR confirmed <> confirmations
    OR flagged <> flags OR domains <> 1
  UNION ALL
  SELECT unit_id, 'event without a unit', 0, 0, 0, 0, 0, 0, 0 FROM knowledge_events
  WHERE unit_id NOT IN (SELECT id FROM knowledge_units)`;

function sum(counts: ReadonlyMap<string, number>): number {
  return counts.values().reduce((total, count) => total + count, 0);
}
