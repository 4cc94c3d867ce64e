import { Command, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { MIGRATIONS } from "../../migrations/mod.ts";
import {
  COPIED_TABLES,
  copyTable,
  countRows,
  digestTable,
  foreignRow,
  LEFT_TABLES,
  type TableDigest,
} from "../migrate/copy.ts";
import type { Database } from "../database/database.ts";
import { databaseExists, openDatabase } from "../database/open.ts";
import { type DatabaseLocation, parseDatabaseUrl, redactUrl } from "../database/url.ts";
import { conflict, invalid } from "../errors.ts";
import { atDatabase, openMigrated, requireCurrent } from "../migrate/startup.ts";
import { systemClock } from "../wire/time.ts";
import { examples } from "./run.ts";
import { print, printJson, startProgress } from "./terminal.ts";

/** `copy`: a whole store from one database to another. */
export function copyCommand(): CommandUnknownOpts {
  return new Command("copy")
    .description(
      "Copy a whole store to another database, between engines too: users, keys, units, history, snoozes. Stop the servers first. " +
        "Sessions of the pages end: everybody signs in again. The target's schema is made. Counts and checksums are compared at the end; what was interrupted can be run again.",
    )
    .requiredOption("--from <url>", "the store to copy")
    .requiredOption("--to <url>", "a new or empty database, or one an interrupted copy was made to")
    .option("--json", "print the counts as JSON")
    .addHelpText(
      "after",
      examples("cq copy --from sqlite:////data/cq.db --to postgresql://cq@db.example.com/cq"),
    )
    .action(async ({ from, to, json }) => {
      const [source, target] = [parseDatabaseUrl(from, "--from"), parseDatabaseUrl(to, "--to")];
      if (redactUrl(source.url) === redactUrl(target.url)) {
        throw invalid("--from and --to are the same database");
      }
      const copied = await copyStore(source, target);
      if (json === true) return printJson(copied);
      for (const [table, { rows, checksum }] of Object.entries(copied)) {
        print(`${table}: ${rows} rows, checksum ${checksum.slice(0, 12)} on both sides`);
      }
      for (const [table, why] of Object.entries(LEFT_TABLES)) print(`${table}: not copied, ${why}`);
    });
}

async function copyStore(
  source: DatabaseLocation,
  target: DatabaseLocation,
): Promise<Record<string, TableDigest>> {
  if (!await databaseExists(source)) throw invalid(`there is no database at ${redactUrl(source.url)}`);
  const from = openDatabase(source, { patient: true });
  try {
    await requireCurrent(from, MIGRATIONS).catch((error) => {
      throw atDatabase(source, error);
    });
    const { database: to } = await openMigrated(target, {
      migrations: MIGRATIONS,
      clock: systemClock(),
      patient: true,
    });
    try {
      await requireOwnTarget(from, to);
      await copyAll(from, to);
      return await verified(from, to);
    } finally {
      await to.close();
    }
  } finally {
    await from.close();
  }
}

/** Makes sure that the target holds nothing but what an earlier copy of the same store brought there. */
async function requireOwnTarget(from: Database, to: Database): Promise<void> {
  for (const name of COPIED_TABLES) {
    const key = await foreignRow({ from, to, name });
    if (key === undefined) continue;
    throw conflict(
      `the target holds what the source does not: ${name} ${key}. Nothing was copied. Copy to a new database, or to the one that ` +
        "an interrupted copy of this store was made to, with the servers stopped",
    );
  }
}

async function copyAll(from: Database, to: Database): Promise<void> {
  const counts = await Promise.all(COPIED_TABLES.map((name) => countRows(from, name)));
  const progress = startProgress(counts.reduce((total, count) => total + count, 0));
  try {
    for (const name of COPIED_TABLES) {
      await copyTable({ from, to, name, onCopied: (rows) => progress.advance(rows) });
    }
  } finally {
    progress.stop();
  }
}

async function verified(from: Database, to: Database): Promise<Record<string, TableDigest>> {
  const digests: Record<string, TableDigest> = {};
  for (const name of COPIED_TABLES) {
    const [source, target] = [await digestTable(from, name), await digestTable(to, name)];
    if (source.checksum !== target.checksum) {
      throw conflict(
        `${name} differs after the copy: ${source.rows} rows in the source, ${target.rows} in the target. Somebody wrote ` +
          "meanwhile; stop the servers and copy to a new database",
      );
    }
    digests[name] = target;
  }
  return digests;
}
