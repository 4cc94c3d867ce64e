import { Command, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { SIGN_INS_PAGE } from "../account_limits.ts";
import { createSignIns } from "../accounts/sign_ins.ts";
import { invalid } from "../errors.ts";
import {
  auditEntries,
  latestAudit,
  parseHead,
  spelledHead,
  unprovenWords,
  verifyAudit,
} from "../events/audit.ts";
import { systemClock } from "../wire/time.ts";
import { withDatabase } from "./context.ts";
import { examples, Finding } from "./run.ts";
import { note, print, printJson, printTable } from "./terminal.ts";

/** `audit`: the log of what was done to units, accounts and keys. */
export function auditCommand(): CommandUnknownOpts {
  return new Command("audit")
    .description(
      "Check and export the audit log: what was done to units, accounts and keys, each entry chained to the one before.",
    )
    .addHelpText(
      "after",
      examples(
        "cq audit verify",
        "cq audit head > /elsewhere/cq-head",
        "cq audit export > audit.jsonl",
        "cq audit sign-ins",
      ),
    )
    .addCommand(verifyCommand())
    .addCommand(headCommand())
    .addCommand(exportCommand())
    .addCommand(signInsCommand());
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
        if (report.purged > 0) print(`${report.purged} entries had their details purged.`);
        if (report.unproven.length > 0) print(unprovenWords(report.unproven));
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

function signInsCommand(): CommandUnknownOpts {
  return new Command("sign-ins")
    .description(
      `Print who signed in and out and who was refused, counted by the hour, newest first: at most ${SIGN_INS_PAGE} rows. ` +
        "A row without a user stands for all names that nobody has.",
    )
    .option("--user <name>", "of one user")
    .option("--before <id>", "rows before the one with this id, to go on from the last of a page")
    .option("--json", "print as JSON")
    .addHelpText("after", examples("cq audit sign-ins", "cq audit sign-ins --user alice --json"))
    .action(async ({ user, before, json }) => {
      if (before !== undefined && !/^[1-9]\d{0,14}$/.test(before)) {
        throw invalid("--before takes the id of a row");
      }
      const { rows } = await withDatabase((database) =>
        createSignIns({ database, clock: systemClock() }).list({
          username: user,
          before: before === undefined ? undefined : Number(before),
          limit: SIGN_INS_PAGE,
        })
      );
      if (json === true) return printJson(rows);
      printTable(
        ["ID", "USER", "OUTCOME", "FOR", "TIMES", "LATEST", "LATEST ADDRESS"],
        rows.map(({ id, username, outcome, way, total, last_at, address }) => [
          String(id),
          username === "" ? "-" : username,
          outcome,
          way,
          String(total),
          last_at,
          address,
        ]),
      );
    });
}
