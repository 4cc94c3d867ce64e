import { deepEqual, equal, match } from "node:assert/strict";
import { MIGRATIONS } from "../../migrations/mod.ts";
import { stamp } from "../../src/migrate/runner.ts";
import { testDatabase } from "../fixtures/database.ts";
import { rejected } from "../fixtures/faults.ts";
import { historyOf, OPTIONS, originalDatabase, run, schemaOf, script, versionsOf } from "./scenario.ts";

const RECORDED = MIGRATIONS.map(({ revision, name }) => `${revision} ${name} 1.2.3`);
const HEAD = MIGRATIONS.at(-1)!.revision;

Deno.test("stamping 0001 repairs a wrong revision of the original's database, and the rest is applied", async () => {
  await using test = await testDatabase();
  await originalDatabase(test.database);
  await script(test.database, "UPDATE alembic_version SET version_num = 'wrong'");
  await stamp(test.database, MIGRATIONS, "0001", OPTIONS);
  deepEqual(await versionsOf(test.database), ["0001"]);
  deepEqual((await run(test.database)).applied, MIGRATIONS.slice(1).map(({ revision }) => revision));
});

Deno.test("stamping makes one row of several, and the table where it is missing", async () => {
  await using test = await testDatabase();
  await originalDatabase(test.database);
  await script(test.database, "INSERT INTO alembic_version VALUES ('0002')");
  await stamp(test.database, MIGRATIONS, "0001", OPTIONS);
  deepEqual(await versionsOf(test.database), ["0001"]);
  await script(test.database, "DROP TABLE alembic_version");
  await stamp(test.database, MIGRATIONS, "0001", OPTIONS);
  deepEqual(await versionsOf(test.database), ["0001"]);
});

Deno.test("stamping the newest revision records everything anew, checksums too, and runs nothing", async () => {
  await using test = await testDatabase();
  await run(test.database);
  await script(test.database, "UPDATE schema_history SET checksum = 'wrong'; DELETE FROM alembic_version");
  const before = await schemaOf(test.database);
  await stamp(test.database, MIGRATIONS, HEAD, OPTIONS);
  deepEqual(await historyOf(test.database), RECORDED);
  deepEqual(await schemaOf(test.database), before);
  deepEqual((await run(test.database)).applied, []);
});

Deno.test("stamping an earlier revision records those up to it, and the rest is applied", async () => {
  await using test = await testDatabase();
  await run(test.database, MIGRATIONS.slice(0, 2));
  await script(test.database, "UPDATE schema_history SET checksum = 'wrong'");
  await stamp(test.database, MIGRATIONS, "0002", OPTIONS);
  deepEqual(await historyOf(test.database), RECORDED.slice(0, 2));
  deepEqual((await run(test.database)).applied, MIGRATIONS.slice(2).map(({ revision }) => revision));
});

Deno.test("a revision cannot be stamped where later ones have made tables; these are named", async () => {
  await using test = await testDatabase();
  await run(test.database, MIGRATIONS.slice(0, 3));
  const refusal = async (revision: string): Promise<string> =>
    (await rejected(stamp(test.database, MIGRATIONS, revision, OPTIONS))).message;
  match(
    await refusal("0001"),
    /which are there: account_states, knowledge_events, schema_history; stamp the/,
  );
  match(await refusal("0002"), /^cannot stamp 0002: later .*, which are there: account_states; stamp the/);
  deepEqual(await historyOf(test.database), RECORDED.slice(0, 3));
});

Deno.test("an unknown revision cannot be stamped; the known ones are named", async () => {
  await using test = await testDatabase();
  await run(test.database);
  const { code, message } = await rejected(stamp(test.database, MIGRATIONS, "0099", OPTIONS));
  equal(code, "refused");
  match(message, new RegExp(`unknown revision 0099.*0001, 0002.*${HEAD}`));
  deepEqual(await historyOf(test.database), RECORDED);
});

Deno.test("tables that are not there cannot be stamped; what is missing is named", async () => {
  await using test = await testDatabase();
  await originalDatabase(test.database);
  await script(test.database, "DROP TABLE api_keys");
  match(
    (await rejected(stamp(test.database, MIGRATIONS, "0001", OPTIONS))).message,
    /missing: table api_keys/,
  );
});

Deno.test("one of our revisions cannot be stamped without our history", async () => {
  await using test = await testDatabase();
  await originalDatabase(test.database);
  match(
    (await rejected(stamp(test.database, MIGRATIONS, HEAD, OPTIONS))).message,
    /schema_history does not exist; stamp 0001, then migrate/,
  );
  deepEqual(await versionsOf(test.database), ["0001"]);
});
