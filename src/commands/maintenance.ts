import { Command, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { checkDatabase, type Problem } from "../database/check.ts";
import { databaseConfig } from "../config.ts";
import type { Database } from "../database/database.ts";
import { openDatabase } from "../database/open.ts";
import { parseDatabaseUrl, type PostgresLocation, redactUrl } from "../database/url.ts";
import { conflict, invalid, refused } from "../errors.ts";
import { createTransfer } from "../knowledge/transfer.ts";
import { systemClock } from "../wire/time.ts";
import { withDatabase } from "./context.ts";
import { examples, EXIT, Finding } from "./run.ts";
import { print, printJson, startProgress } from "./terminal.ts";

/** `backup`: a copy of the database. */
export function backupCommand(): CommandUnknownOpts {
  return new Command("backup")
    .description("Copy the database to a new file while the server runs, and check the copy.")
    .argument("<file>", "must not exist")
    .addHelpText("after", examples("cq backup /backups/cq-2026-11-24.db"))
    .action(async (file) => {
      const location = databaseConfig();
      if (location.engine === "postgres") throw invalid(dumpAdvice(location, file));
      if (await fileExists(file)) throw conflict(`${file} exists; a backup does not overwrite anything`);
      const partial = `${file}.partial`;
      try {
        await withDatabase((database) => database.backup(partial), { schema: "any" });
        await verifyCopy(partial);
        await Deno.chmod(partial, 0o600);
        await Deno.rename(partial, file);
      } finally {
        // Checking the copy leaves the two files of its write-ahead log.
        for (const path of [partial, `${partial}-wal`, `${partial}-shm`]) {
          await Deno.remove(path).catch(() => {});
        }
      }
      print(`Backed up to ${file}.`);
    });
}

function dumpAdvice(location: PostgresLocation, file: string): string {
  const url = shellQuoted(urlForTools(location));
  const path = shellQuoted(file);
  const [schema] = (location.parameters["search_path"] ?? "").split(",");
  const only = schema === "" ? "" : ` --schema=${shellQuoted(schema!.trim())}`;
  return "a Postgres database is backed up with its own tool, which is consistent while the server runs and takes the password " +
    `from PGPASSWORD or asks for it: pg_dump --format=custom${only} --file=${path} ${url} ` +
    `(to restore it: pg_restore --clean --if-exists --dbname=${url} ${path})`;
}

/** Parameters that Postgres's own tools refuse, and the one that must not be shown. */
const NOT_FOR_TOOLS = ["search_path", "schema", "statement_timeout", "lock_timeout", "prepare", "password"];

function urlForTools(location: PostgresLocation): string {
  const [place, query = ""] = redactUrl(location.url).replace(":***@", "@").split("?", 2) as [
    string,
    string?,
  ];
  const parameters = query.split("&").filter((parameter) =>
    parameter !== "" && !NOT_FOR_TOOLS.includes(parameter.split("=", 1)[0]!)
  );
  return parameters.length === 0 ? place : `${place}?${parameters.join("&")}`;
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

async function verifyCopy(path: string): Promise<void> {
  const copy = openDatabase(parseDatabaseUrl(`sqlite:///${path}`, "backup"));
  try {
    const [problem] = await checkDatabase(copy);
    if (problem !== undefined) {
      throw refused(`the copy is damaged (${problem.message}); check the database itself`);
    }
  } finally {
    await copy.close();
  }
}

function fileExists(path: string): Promise<boolean> {
  return Deno.lstat(path).then(() => true, () => false);
}

/** `check`: is everything that is stored sound. */
export function checkCommand(): CommandUnknownOpts {
  return new Command("check")
    .description(
      "Check the file's integrity, its foreign keys, and that every stored unit can be read. " +
        `Exit code ${EXIT.found} where anything is wrong.`,
    )
    .option("--json", "print what was found as JSON")
    .addHelpText("after", examples("cq check", "cq check --json"))
    .action(async ({ json }) => {
      const { units, problems } = await withDatabase(async (database) => {
        const found = await checkDatabase(database);
        const { units, unreadable } = await checkUnits(database);
        return { units, problems: [...found, ...unreadable] };
      }, { schema: "known" });
      if (json === true) printJson({ units, problems });
      else {
        for (const { message } of problems) print(message);
        print(`${units} units checked, ${problems.length} problems found.`);
      }
      if (problems.length > 0) throw new Finding();
    });
}

async function checkUnits(database: Database): Promise<{ units: number; unreadable: Problem[] }> {
  const transfer = createTransfer({ database, clock: systemClock() });
  const progress = startProgress(await transfer.count());
  const unreadable: Problem[] = [];
  let units = 0;
  for await (const page of transfer.exportPages("")) {
    for (const unit of page) {
      if (unit.unreadable === undefined) continue;
      unreadable.push({
        kind: "unreadable_unit",
        message: `unit ${unit.id} cannot be read: ${unit.unreadable}`,
      });
    }
    units += page.length;
    progress.advance(page.length);
  }
  progress.stop();
  return { units, unreadable };
}
