import { Command, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { auditEntries, latestAudit, parseHead, spelledHead, verifyAudit } from "../events/audit.ts";
import { withDatabase } from "./context.ts";
import { examples, Finding } from "./run.ts";
import { note, print, printJson } from "./terminal.ts";

/** `audit`: the log of what was done to units, accounts and keys. */
export function auditCommand(): CommandUnknownOpts {
  return new Command("audit")
    .description(
      "Check and export the audit log: what was done to units, accounts and keys, each entry chained to the one before.",
    )
    .addHelpText(
      "after",
      examples("cq audit verify", "cq audit head > /elsewhere/cq-head", "cq audit export > audit.jsonl"),
    )
    .addCommand(verifyCommand())
    .addCommand(headCommand())
    .addCommand(exportCommand());
}

function verifyCommand(): CommandUnknownOpts {
  return new Command("verify")
    .description(
      "Make sure that no entry was changed, removed or added past the log. Ends with status 1 where one was.",
    )
    .option("--head <seq:hash>", "an entry that was noted before: tells whether the newest ones were cut off")
    .option("--json", "print the report as JSON")
    .addHelpText("after", examples("cq audit verify", 'cq audit verify --head "$(cat /elsewhere/cq-head)"'))
    .action(async ({ head: noted, json }) => {
      const known = noted === undefined ? undefined : parseHead(noted);
      const report = await withDatabase((database) => verifyAudit(database, known));
      if (json === true) printJson(report);
      else {
        for (const { message } of report.problems) note(message);
        print(`${report.entries} entries, ${report.problems.length} problems.`);
      }
      if (report.problems.length > 0) throw new Finding();
    });
}

function headCommand(): CommandUnknownOpts {
  return new Command("head")
    .description("Print the newest entry's number and hash, to be kept where nobody can change both.")
    .addHelpText("after", examples("cq audit head"))
    .action(async () => {
      const [newest] = await withDatabase((database) => latestAudit(database, { limit: 1 }));
      print(spelledHead(newest));
    });
}

function exportCommand(): CommandUnknownOpts {
  return new Command("export")
    .description("Print every entry as a line of JSON, oldest first.")
    .addHelpText("after", examples("cq audit export > audit.jsonl"))
    .action(async () => {
      await withDatabase(async (database) => {
        for await (const entry of auditEntries(database)) print(JSON.stringify(entry));
      });
    });
}
