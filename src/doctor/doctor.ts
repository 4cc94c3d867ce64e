import type { Config } from "../config.ts";
import type { Environment } from "../variables.ts";
import { databaseExists, openDatabase } from "../database/open.ts";
import type { Migration } from "../migrate/plan.ts";
import type { Clock } from "../wire/time.ts";
import { diagnoseBackups } from "./backups.ts";
import { diagnoseContents } from "./contents.ts";
import { type Diagnosis, fail } from "./diagnosis.ts";
import { diagnoseSettings, type Settings } from "./settings.ts";
import { diagnoseStorage } from "./storage.ts";
import { diagnoseEmbedding, diagnosePort } from "./surroundings.ts";

interface Instruments {
  readonly migrations: readonly Migration[];
  readonly clock: Clock;
}

/** Looks at everything a server needs and goes on where something is at fault. Changes nothing. */
export async function diagnose(environment: Environment, instruments: Instruments): Promise<Diagnosis[]> {
  const settings = await diagnoseSettings(environment);
  const found: Diagnosis[] = [...settings.diagnoses];
  for (const { needs, look } of checksFor(settings, instruments)) {
    // What stands in for a faulty variable is not what is meant to be looked at.
    if (needs.some((name) => settings.faulty.has(name))) continue;
    try {
      found.push(...[await look()].flat());
    } catch (error) {
      found.push(
        fail(`this could not be looked at: ${(error as Error).message}`, "see what else is said here"),
      );
    }
  }
  return found;
}

interface Check {
  /** Variables that must not be at fault. */
  readonly needs: readonly string[];
  look(): Promise<Diagnosis | Diagnosis[]>;
}

const DATABASE = ["CQ_DATABASE_URL", "CQ_DB_PATH"];

function checksFor({ config }: Settings, instruments: Instruments): Check[] {
  const { embedding } = config;
  return [
    { needs: DATABASE, look: () => diagnoseDatabase(config, instruments) },
    {
      needs: [...DATABASE, "CQ_BACKUP_EVERY", "CQ_BACKUP_KEEP"],
      look: () => diagnoseBackups(config, instruments.clock),
    },
    { needs: ["CQ_HOST", "CQ_PORT"], look: () => diagnosePort(config) },
    ...(embedding === undefined ? [] : [{ needs: [], look: () => diagnoseEmbedding(embedding) }]),
  ];
}

async function diagnoseDatabase(
  { database: location, opening }: Config,
  { migrations, clock }: Instruments,
): Promise<Diagnosis[]> {
  const isFile = location.engine === "sqlite" && location.path !== ":memory:";
  const found = isFile ? await diagnoseStorage(location.path, opening.checkpoints) : [];
  if (isFile && !await databaseExists(location)) return found;
  const database = openDatabase(location, { untouched: true, poolSize: 1, patient: true });
  try {
    return [...found, ...await diagnoseContents({ database, location, migrations, clock })];
  } finally {
    await database.close();
  }
}
