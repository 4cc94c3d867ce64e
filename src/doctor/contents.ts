import type { Database } from "../database/database.ts";
import { DatabaseFault } from "../database/fault.ts";
import { type DatabaseLocation, redactUrl } from "../database/url.ts";
import { existingTables, isReadOnly } from "../database/schema.ts";
import { sql } from "../database/sql.ts";
import { newestEventTime } from "../events/events.ts";
import type { Migration } from "../migrate/plan.ts";
import { planFor } from "../migrate/runner.ts";
import { CLOCK_TOLERANCE_S } from "../operations_limits.ts";
import type { Clock } from "../wire/time.ts";
import { type Diagnosis, fail, ok, warn } from "./diagnosis.ts";

const EVENT_TABLES = ["knowledge_events", "account_events"];

interface Subject {
  readonly database: Database;
  readonly location: DatabaseLocation;
  readonly migrations: readonly Migration[];
  readonly clock: Clock;
}

/** Looks at what is in a database, which must be there: schema, integrity, journal, times. Reads only. */
export async function diagnoseContents(subject: Subject): Promise<Diagnosis[]> {
  const { database, location } = subject;
  try {
    await database.first(sql`SELECT 1 AS one`);
  } catch (error) {
    const reason = (error as Error).message;
    return [
      fail(
        `${redactUrl(location.url)} cannot be read: ${reason}${causeOf(error)}`,
        unreadableFix(location, error),
      ),
    ];
  }
  const integrity = database.dialect === "sqlite" ? [await integrityFinding(database)] : [];
  // What a damaged file holds may not be there to be looked at.
  if (integrity.some(({ level }) => level === "fail")) return integrity;
  return [
    await schemaFinding(subject),
    ...integrity,
    database.dialect === "sqlite" ? await journalFinding(database) : await writableFinding(database),
    ...await clockFindings(subject),
  ];
}

function causeOf(error: unknown): string {
  const { cause } = error as Error;
  return cause instanceof Error ? ` (${cause.message})` : "";
}

function unreadableFix({ engine }: DatabaseLocation, error: unknown): string {
  if (engine === "postgres") return "is the server there, does it let this host, user and database in?";
  // Nothing tells that the file is at fault where it could not even be opened.
  return error instanceof DatabaseFault && error.kind === "unreachable"
    ? "let the user of the server read and write the file and its folder"
    : "restore a backup: cq restore; see backup.md";
}

async function schemaFinding({ database, migrations }: Subject): Promise<Diagnosis> {
  const decision = await planFor(database, migrations);
  if (decision.kind === "up_to_date") return ok(`the schema is at revision ${decision.revision}, the newest`);
  if (decision.kind === "refuse") return fail(decision.message, "see upgrading.md");
  const pending = decision.migrations.map(({ revision }) => revision).join(", ");
  return warn(
    `the schema is at revision ${decision.from ?? "none"}; ${pending} are to be applied`,
    "the next start does it, or cq migrate",
  );
}

async function integrityFinding(database: Database): Promise<Diagnosis> {
  const [first] = await database.all<{ message: string }>(
    sql`SELECT quick_check AS message FROM pragma_quick_check LIMIT 1`,
  );
  if (first?.message === "ok") return ok("the file is whole (quick check; cq check looks closer)");
  return fail(
    `the file is damaged: ${first?.message.replaceAll("\n", " ")}`,
    "restore a backup: cq restore; see backup.md",
  );
}

async function journalFinding(database: Database): Promise<Diagnosis> {
  const row = await database.first<{ mode: string }>(
    sql`SELECT journal_mode AS mode FROM pragma_journal_mode`,
  );
  if (row?.mode === "wal") return ok("write-ahead logging is on");
  return warn(
    `the journal mode is ${row?.mode}, not wal`,
    "as after a restore: the next start switches it on; if it stays so, the disk cannot share memory: use a local one",
  );
}

async function writableFinding(database: Database): Promise<Diagnosis> {
  if (!await isReadOnly(database)) return ok("the database takes writes");
  return fail("the database takes no writes", "name the primary in CQ_DATABASE_URL, not a replica");
}

async function clockFindings({ database, clock }: Subject): Promise<Diagnosis[]> {
  const found: Diagnosis[] = [];
  const now_s = clock.now() / 1_000_000;
  if (database.dialect === "postgres") {
    const row = await database.first<{ now_s: number }>(
      sql`SELECT EXTRACT(EPOCH FROM clock_timestamp())::float8 AS now_s`,
    );
    const difference_s = Math.round(Math.abs(row!.now_s - now_s));
    if (difference_s > CLOCK_TOLERANCE_S) {
      found.push(
        warn(`the clocks of server and database differ by ${difference_s} s`, "have both set by NTP"),
      );
    }
  }
  const isKept = (await existingTables(database, EVENT_TABLES)).size === EVENT_TABLES.length;
  const newest = isKept ? await newestEventTime(database) : undefined;
  if (newest !== undefined && Date.parse(newest) / 1_000 > now_s + CLOCK_TOLERANCE_S) {
    found.push(
      fail(
        `the newest event is of ${newest}, in the future`,
        "have the clock set by NTP; one of the two was wrong",
      ),
    );
  }
  return found.length === 0 ? [ok("the clock is not behind what is stored")] : found;
}
