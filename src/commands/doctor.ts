import { Command, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { MIGRATIONS } from "../../migrations/mod.ts";
import { processEnvironment } from "../config.ts";
import { diagnose } from "../doctor/doctor.ts";
import { systemClock } from "../wire/time.ts";
import { examples, EXIT, Finding } from "./run.ts";
import { print, printJson } from "./terminal.ts";

/** `doctor`: what is wrong with an installation. */
export function doctorCommand(): CommandUnknownOpts {
  return new Command("doctor")
    .description(
      "Look at everything a server needs (variables, files, disk, schema, clock, backups, port, services) with the server's own " +
        `environment, and say how to mend what is wrong. Changes nothing. Exit code ${EXIT.found} where anything fails.`,
    )
    .option("--json", "print what was found as JSON")
    .addHelpText("after", examples("cq doctor", "cq doctor --json"))
    .action(async ({ json }) => {
      const found = await diagnose(processEnvironment(), { migrations: MIGRATIONS, clock: systemClock() });
      if (json === true) printJson(found);
      else {for (const { level, what, fix } of found) {
          print(`${level.padEnd(4)}  ${what}${fix === undefined ? "" : `; ${fix}`}`);
        }}
      if (found.some(({ level }) => level === "fail")) throw new Finding();
    });
}
