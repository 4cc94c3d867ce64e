import { Command, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { checkDatabase, type Problem } from "../database/check.ts";
import type { Database } from "../database/database.ts";
import { createTransfer } from "../knowledge/transfer.ts";
import { systemClock } from "../wire/time.ts";
import { withDatabase } from "./context.ts";
import { examples, EXIT, Finding } from "./run.ts";
import { print, printJson, startProgress } from "./terminal.ts";

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
