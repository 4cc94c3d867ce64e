import { Command, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { checkDatabase, damage, type Problem } from "../database/check.ts";
import type { Database } from "../database/database.ts";
import type { DatabaseLocation } from "../database/url.ts";
import { createTransfer } from "../knowledge/transfer.ts";
import { counted } from "../wire/text.ts";
import { systemClock } from "../wire/time.ts";
import { requireTables, withDatabase } from "./context.ts";
import { examples, EXIT, Finding } from "./run.ts";
import { print, printable, printJson, startProgress } from "./terminal.ts";

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
      const { units, problems } = await withDatabase(check, { schema: "any" });
      if (json === true) printJson({ units, problems });
      else {
        for (const line of problems.flatMap(linesOf)) print(printable(line));
        print(`${counted(units, "unit")} checked, ${counted(problems.length, "problem")} found.`);
      }
      if (problems.length > 0) throw new Finding();
    });
}

interface Found {
  readonly units: number;
  readonly problems: readonly Problem[];
}

/** SQLite tells of a damaged file in lines of its own; everything else may hold what anybody stored. */
function linesOf({ kind, message }: Problem): string[] {
  return kind === "integrity" ? message.split("\n") : [message];
}

async function check(database: Database, location: DatabaseLocation): Promise<Found> {
  try {
    await requireTables(database, location);
  } catch (error) {
    const unread = damage("the schema", error);
    return { units: 0, problems: [unread, ...await checkDatabase(database)] };
  }
  const found = await checkDatabase(database);
  const { units, problems } = await checkUnits(database);
  return { units, problems: [...found, ...problems] };
}

async function checkUnits(database: Database): Promise<Found> {
  const transfer = createTransfer({ database, clock: systemClock() });
  const problems: Problem[] = [];
  let units = 0;
  try {
    const progress = startProgress(await transfer.count());
    for await (const page of transfer.exportPages("")) {
      for (const unit of page) {
        if (unit.unreadable === undefined) continue;
        problems.push({
          kind: "unreadable_unit",
          message: `unit ${unit.id} cannot be read: ${unit.unreadable}`,
        });
      }
      units += page.length;
      progress.advance(page.length);
    }
    progress.stop();
  } catch (error) {
    problems.push(damage("every unit", error));
  }
  return { units, problems };
}
