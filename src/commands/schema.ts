import { Command, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { MIGRATIONS } from "../../migrations/mod.ts";
import { databaseConfig } from "../config.ts";
import { databaseExists, openDatabase } from "../database/open.ts";
import { parseDatabaseUrl, redactUrl } from "../database/url.ts";
import { createTransfer } from "../knowledge/transfer.ts";
import { migrate, type Outcome, stamp } from "../migrate/runner.ts";
import { atDatabase, openMigrated } from "../migrate/startup.ts";
import { APP_VERSION } from "../version.ts";
import { systemClock } from "../wire/time.ts";
import { commandCheckpoints, knownPlan, withDatabase } from "./context.ts";
import { examples, EXIT, Finding } from "./run.ts";
import { print, printJson } from "./terminal.ts";

/** `migrate`: brings the database to the newest revision. */
export function migrateCommand(): CommandUnknownOpts {
  return new Command("migrate")
    .description(
      "Bring the database to the newest revision. Data that is there is copied to a file beside it first.",
    )
    .option("--dry-run", "run every migration for real, then roll back")
    .option("--json", "print the outcome as JSON")
    .addHelpText("after", examples("cq migrate --dry-run", "CQ_DB_PATH=/data/cq.db cq migrate"))
    .action(async ({ dryRun, json }) => {
      const outcome = dryRun === true ? await rehearse() : await migrateForReal();
      if (json === true) return printJson({ ...outcome, dry_run: dryRun === true });
      print(told(outcome, dryRun === true));
    });
}

async function migrateForReal(): Promise<Outcome> {
  const { database, outcome } = await openMigrated(databaseConfig(), {
    migrations: MIGRATIONS,
    clock: systemClock(),
    ...commandCheckpoints(),
  });
  await database.close();
  return outcome!;
}

async function rehearse(): Promise<Outcome> {
  const location = databaseConfig();
  // A rehearsal must not leave a file behind where there was none.
  const rehearsed = await databaseExists(location) ? location : parseDatabaseUrl("sqlite:///:memory:", "");
  const database = openDatabase(rehearsed, { untouched: true });
  try {
    return await migrate(database, MIGRATIONS, {
      clock: systemClock(),
      appVersion: APP_VERSION,
      dryRun: true,
    });
  } catch (error) {
    throw atDatabase(location, error);
  } finally {
    await database.close();
  }
}

function told({ applied, adopted, revision, backup }: Outcome, dryRun: boolean): string {
  if (applied.length === 0) return `Already at revision ${revision}.`;
  const verb = dryRun ? "Would apply" : "Applied";
  const adoption = adopted ? " to a database of the original server, which was stamped 0001" : "";
  const copy = backup === undefined ? "" : ` The state before is in ${backup}.`;
  return `${verb} ${applied.join(", ")}${adoption}. The database is at revision ${revision}${
    dryRun ? " then" : ""
  }.${copy}`;
}

/** `stamp`: records a revision without running anything. */
export function stampCommand(): CommandUnknownOpts {
  return new Command("stamp")
    .description(
      "Record that the database is at a revision, without running anything. For repairs by hand: the tables of that " +
        "revision, and of no later one, must be there.",
    )
    .argument("<revision>", "such as 0001")
    .addHelpText("after", examples("cq stamp 0001"))
    .action(async (revision) => {
      await withDatabase(
        (database) =>
          stamp(database, MIGRATIONS, revision, { clock: systemClock(), appVersion: APP_VERSION }),
        { schema: "any" },
      );
      print(`Stamped ${revision}.`);
    });
}

/** `db-url`: where the database is. */
export function dbUrlCommand(): CommandUnknownOpts {
  return new Command("db-url")
    .description("Print the URL of the database that the server would use.")
    .option("--show-password", "print the password in it, if there is one")
    .addHelpText("after", examples("cq db-url"))
    .action(({ showPassword }) => {
      const { url } = databaseConfig();
      print(showPassword === true ? url : redactUrl(url));
    });
}

/** `status`: the schema and what the store holds. */
export function statusCommand(): CommandUnknownOpts {
  return new Command("status")
    .description(
      `Show the schema's revision and the size of the store. Exit code ${EXIT.ok}: current, ${EXIT.found}: migrations ` +
        `are pending, ${EXIT.refused}: the database is not usable.`,
    )
    .option("--json", "print as JSON")
    .addHelpText("after", examples("cq status", "cq status --json"))
    .action(async ({ json }) => {
      const status = await withDatabase(async (database, location) => {
        const decision = await knownPlan(database, location);
        const pending = decision.kind === "apply"
          ? decision.migrations.map((migration) => migration.revision)
          : [];
        return {
          database: redactUrl(location.url),
          revision: decision.kind === "apply" ? decision.from ?? null : decision.revision,
          pending,
          units: decision.kind === "apply" && decision.from === undefined
            ? 0
            : await createTransfer({ database, clock: systemClock() }).count(),
          version: APP_VERSION,
        };
      }, { schema: "any" });
      if (json === true) printJson(status);
      else for (const [name, value] of Object.entries(status)) print(`${name}: ${shown(value)}`);
      if (status.pending.length > 0) throw new Finding();
    });
}

function shown(value: string | number | readonly string[] | null): string {
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.join(", ");
  return String(value ?? "none");
}
