import { Command, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { MIGRATIONS } from "../../migrations/mod.ts";
import { createAdministration } from "../accounts/administration.ts";
import { createApiKeys } from "../accounts/keys.ts";
import { base32 } from "../accounts/key_token.ts";
import { createPasswords } from "../accounts/passwords.ts";
import { portOf } from "../config.ts";
import type { Database } from "../database/database.ts";
import { resolveDatabase } from "../database/url.ts";
import { openMigrated } from "../migrate/startup.ts";
import { COMMAND_LINE } from "../events/account_events.ts";
import { type Clock, systemClock } from "../wire/time.ts";
import { examples } from "./run.ts";
import { note } from "./terminal.ts";

const FOLDER = ".cq";
const ENVIRONMENT_FILE = `${FOLDER}/dev.env`;
const CLIENT_FILE = `${FOLDER}/client.env`;
const DATABASE_FILE = `${FOLDER}/cq.db`;
const USER = "dev";

/** `dev-setup`: what a server for trying things out needs. */
export function devSetupCommand(): CommandUnknownOpts {
  return new Command("dev-setup")
    .description(
      `Prepare a server for development in the folder ${FOLDER}: a database, generated secrets, and a first user and key, ` +
        `which are shown once and kept in ${CLIENT_FILE}. What is there already is kept.`,
    )
    .addHelpText("after", examples("cq dev-setup", "deno task dev"))
    .action(async () => {
      await Deno.mkdir(FOLDER, { recursive: true, mode: 0o700 });
      const pepper = await developmentPepper();
      const clock = systemClock();
      const location = resolveDatabase({ CQ_DB_PATH: DATABASE_FILE });
      const { database } = await openMigrated(location, { migrations: MIGRATIONS, clock });
      try {
        note(
          `For development only: secrets and database lie in ${FOLDER}, unprotected. Production runs main.ts.`,
        );
        await firstAccount(database, clock, pepper);
      } finally {
        await database.close();
      }
    });
}

async function developmentPepper(): Promise<string> {
  const existing = await Deno.readTextFile(ENVIRONMENT_FILE).catch(() => "");
  const known = /^CQ_API_KEY_PEPPER=(\S+)$/m.exec(existing)?.[1];
  if (known !== undefined) return known;
  const pepper = randomText();
  const settings = [
    `CQ_JWT_SECRET=${randomText()}`,
    `CQ_API_KEY_PEPPER=${pepper}`,
    `CQ_DB_PATH=${DATABASE_FILE}`,
    "CQ_HOST=127.0.0.1",
  ];
  await writePrivately(ENVIRONMENT_FILE, settings);
  return pepper;
}

async function writePrivately(path: string, lines: readonly string[]): Promise<void> {
  await Deno.writeTextFile(path, `${lines.join("\n")}\n`, { mode: 0o600 });
}

function randomText(): string {
  return base32(crypto.getRandomValues(new Uint8Array(32)));
}

async function whereTheFirstIs(): Promise<string> {
  const isKept = await Deno.stat(CLIENT_FILE).then(() => true, () => false);
  return isKept
    ? `The first user and key are in ${CLIENT_FILE}.`
    : `${CLIENT_FILE} with the first user and key is gone; remove ${FOLDER} to begin anew.`;
}

async function firstAccount(database: Database, clock: Clock, pepper: string): Promise<void> {
  const passwords = createPasswords();
  try {
    const users = createAdministration({ database, clock, passwords, actor: COMMAND_LINE });
    if ((await users.list()).length > 0) return note(await whereTheFirstIs());
    const password = randomText().slice(0, 16);
    await users.add(USER, password);
    const { id } = await users.find(USER);
    const keys = createApiKeys({ database, clock, pepper });
    const key = await keys.create(() => id, { name: "development", ttl: "365d", labels: [] });
    const address = `http://127.0.0.1:${portOf()}`;
    await writePrivately(CLIENT_FILE, [
      `export CQ_ADDR=${address}`,
      `export CQ_API_KEY=${key.token}`,
      `export DEV_PASSWORD=${password}`,
    ]);
    note(`A first user and key, shown this once:
  address   ${address}
  user      ${USER}
  password  ${password}
  API key   ${key.token}
For clients, in another terminal:
  . ${CLIENT_FILE}`);
  } finally {
    passwords.close();
  }
}
