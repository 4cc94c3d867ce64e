import { Command } from "@commander-js/extra-typings";
import { auditCommand } from "./src/commands/audit.ts";
import { backupCommand, restoreCommand } from "./src/commands/backup.ts";
import { copyCommand } from "./src/commands/copy.ts";
import { devSetupCommand } from "./src/commands/development.ts";
import { keyCommand } from "./src/commands/keys.ts";
import { purgeCommand } from "./src/commands/purge.ts";
import { checkCommand } from "./src/commands/maintenance.ts";
import { doctorCommand } from "./src/commands/doctor.ts";
import { runCommand } from "./src/commands/run.ts";
import { dbUrlCommand, migrateCommand, stampCommand, statusCommand } from "./src/commands/schema.ts";
import { searchCommand } from "./src/commands/search.ts";
import { exportCommand, importCommand } from "./src/commands/transfer.ts";
import { userCommand } from "./src/commands/users.ts";
import { vectorsCommand } from "./src/commands/vectors.ts";
import { APP_VERSION } from "./src/version.ts";

/** The whole command line. */
export function createProgram(): Command {
  const program = new Command("cq")
    .description("Maintains the database of a cq server: CQ_DATABASE_URL, or CQ_DB_PATH, says which.")
    .version(APP_VERSION);
  program.addCommand(migrateCommand());
  program.addCommand(stampCommand());
  program.addCommand(dbUrlCommand());
  program.addCommand(statusCommand());
  program.addCommand(userCommand());
  program.addCommand(keyCommand());
  program.addCommand(auditCommand());
  program.addCommand(purgeCommand());
  program.addCommand(searchCommand());
  program.addCommand(backupCommand());
  program.addCommand(restoreCommand());
  program.addCommand(checkCommand());
  program.addCommand(doctorCommand());
  program.addCommand(importCommand());
  program.addCommand(exportCommand());
  program.addCommand(copyCommand());
  program.addCommand(vectorsCommand());
  program.addCommand(devSetupCommand());
  return program;
}

if (import.meta.main) Deno.exit(await runCommand(createProgram(), Deno.args));
