import { Command, type CommandUnknownOpts } from "@commander-js/extra-typings";
import type { Database, Erasure } from "../database/database.ts";
import { invalid } from "../errors.ts";
import { COMMAND_LINE } from "../events/account_events.ts";
import { createScreening } from "../knowledge/screening.ts";
import { createPurge } from "../review/purge.ts";
import { systemClock } from "../wire/time.ts";
import { withDatabase } from "./context.ts";
import { examples } from "./run.ts";
import { print } from "./terminal.ts";

/** `purge`: a unit is removed for good. */
export function purgeCommand(): CommandUnknownOpts {
  return new Command("purge")
    .description(
      "Remove a unit for good, with every copy of its text in the database: for personal data, or a secret that got through. " +
        "Its events stay in the audit log without their details, and one more says why. The server may run meanwhile. " +
        "With all permissions (deno run -A) a SQLite file is written anew at the end, which takes as much room again. " +
        "Backups and exports are not touched: remove the unit from them, or them.",
    )
    .argument("[id]", "of the unit")
    .option("--reason <text>", "why, for the audit log; without what must not be kept")
    .option(
      "--remains",
      "only overwrite what was left in the file by units that were purged on their pages, or edited",
    )
    .addHelpText(
      "after",
      examples(
        'cq purge ku_0123456789abcdef0123456789abcdef --reason "a customer\'s address, ticket 4711"',
        "cq purge --remains",
      ),
    )
    .action(async (id, { reason, remains }) => {
      if ((id === undefined) !== (remains === true)) throw invalid("Give the id of a unit, or --remains");
      if (id !== undefined && reason === undefined) throw invalid("Say why with --reason");
      await withDatabase(async (database) => {
        if (id !== undefined) await purgeUnit(database, id, reason!);
        print(ERASURES[await database.eraseRemains()]);
      });
    });
}

async function purgeUnit(database: Database, id: string, reason: string): Promise<void> {
  const purge = createPurge({ database, clock: systemClock(), screening: createScreening() });
  const events = await purge.purge(id, { reason, by: { username: COMMAND_LINE } });
  print(`Purged ${id}, and the details of ${events} ${events === 1 ? "event" : "events"}.`);
}

const ERASURES: Readonly<Record<Erasure, string>> = {
  rewritten: "The file was written anew: nothing that was removed is left in it.",
  "log emptied":
    "What was removed was overwritten where it stood, and the log was emptied. Texts that an older version or another " +
    "program removed may still be in free pages: to write the file anew, run cq purge --remains with all permissions (deno run -A).",
  untouched:
    "Postgres keeps removed rows in its files until they are overwritten. To have that done at once, which locks the tables " +
    "meanwhile: VACUUM FULL knowledge_units, knowledge_unit_domains, knowledge_events, knowledge_changes, knowledge_text, " +
    "knowledge_text_words, knowledge_vectors;",
};
