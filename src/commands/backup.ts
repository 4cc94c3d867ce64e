import { Command, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { MIGRATIONS } from "../../migrations/mod.ts";
import { backUp } from "../backup/backup.ts";
import { restore, type Restored } from "../backup/restore.ts";
import { databaseConfig } from "../config.ts";
import { databaseExists } from "../database/open.ts";
import { redactUrl, type SqliteLocation } from "../database/url.ts";
import { invalid, refused } from "../errors.ts";
import { systemClock } from "../wire/time.ts";
import { dumpCommand, undumpCommand } from "./postgres_tools.ts";
import { examples } from "./run.ts";
import { print } from "./terminal.ts";

/** `backup`: a copy of the database. */
export function backupCommand(): CommandUnknownOpts {
  return new Command("backup")
    .description("Copy the database to a new file while the server runs, and check the copy.")
    .argument("<file>", "must not exist")
    .addHelpText("after", examples("cq backup /backups/cq-2026-11-24.db"))
    .action(async (file) => {
      const location = databaseConfig();
      if (location.engine === "postgres") {
        throw invalid(
          "a Postgres database is backed up with its own tool, which is consistent while the server runs and takes the password " +
            `from PGPASSWORD or asks for it: ${dumpCommand(location, file)} ` +
            `(to restore it: ${undumpCommand(location, file)})`,
        );
      }
      const source = fileOf(location);
      if (!await databaseExists(location)) {
        throw refused(
          `there is no database at ${redactUrl(location.url)}; make one with the migrate command`,
        );
      }
      if (file === "") throw invalid("the backup needs a name: a file that does not exist yet");
      if (await isDirectory(file)) throw invalid(`${file} is a directory; name a new file in it`);
      await backUp(source, { partial: `${file}.partial`, nameFor: () => file });
      print(`Backed up to ${file}.`);
    });
}

/** `restore`: a backup becomes the database. */
export function restoreCommand(): CommandUnknownOpts {
  return new Command("restore")
    .description(
      "Put a backup in the database's place, after a check of all of it. No server may have the database open.",
    )
    .argument(
      "<file>",
      "what the backup command, a scheduled backup or an upgrade made; it stays where it is",
    )
    .option("--replace", "put it in the place of a database that is there, which is kept under another name")
    .addHelpText(
      "after",
      examples("cq restore /backups/cq-2026-11-24.db", "cq restore --replace /backups/cq-2026-11-24.db"),
    )
    .action(async (file, { replace }) => {
      const location = databaseConfig();
      if (location.engine === "postgres") {
        throw invalid(
          "a Postgres database is restored with its own tool, into the database as it is, while no server runs: " +
            undumpCommand(location, file),
        );
      }
      const target = fileOf(location);
      const isReplacing = replace === true;
      print(
        told(
          target,
          await restore(file, target, { migrations: MIGRATIONS, clock: systemClock(), isReplacing }),
        ),
      );
    });
}

function isDirectory(path: string): Promise<boolean> {
  return Deno.stat(path).then(({ isDirectory }) => isDirectory, () => false);
}

function fileOf({ path }: SqliteLocation): string {
  if (path === ":memory:") throw invalid("a database in memory has no file");
  return path;
}

function told(target: string, { revision, pending, kept }: Restored): string {
  const next = pending.length === 0 ? "" : ` The next start applies ${pending.join(", ")}.`;
  const before = kept.length === 0 ? "" : ` What was in its place is kept as ${kept.join(", ")}.`;
  return `Restored ${target}, at revision ${revision}.${next}${before}`;
}
