import { Command, type CommandUnknownOpts, Option } from "@commander-js/extra-typings";
import { type Administration, createAdministration } from "../accounts/administration.ts";
import { type ApiKey, type ApiKeys, createApiKeys, type KeyRequest } from "../accounts/keys.ts";
import { createPasswords } from "../accounts/passwords.ts";
import { keyRequestSchema } from "../accounts/key_request.ts";
import { type Scope, SCOPES } from "../accounts/roles.ts";
import { apiKeyPepper } from "../config.ts";
import { CqError, invalid } from "../errors.ts";
import { COMMAND_LINE } from "../events/account_events.ts";
import { systemClock } from "../wire/time.ts";
import { validate } from "../wire/validation.ts";
import { withDatabase } from "./context.ts";
import { examples } from "./run.ts";
import { note, print, printJson, printTable } from "./terminal.ts";

/** `key`: the API keys of users. */
export function keyCommand(): CommandUnknownOpts {
  return new Command("key")
    .description("Manage API keys: what agents propose, confirm and flag with.")
    .addHelpText("after", examples("cq key create alice --name laptop --ttl 90d", "cq key list alice"))
    .addCommand(createCommand())
    .addCommand(listCommand())
    .addCommand(revokeCommand());
}

function createCommand(): CommandUnknownOpts {
  return new Command("create")
    .description(
      "Make a key for a user and print its token, which is never shown again. Needs CQ_API_KEY_PEPPER.",
    )
    .argument("<username>")
    .requiredOption("--name <name>", "what the key is for")
    .option("--ttl <duration>", "lifetime, such as 30d or 12h; at most 365d", "90d")
    .option("--label <label...>", "labels, for finding it again", [])
    .addOption(
      new Option("--scope <scope...>", "what the key may do; without, what its owner may").choices(SCOPES),
    )
    .option("--json", "print the key as JSON")
    .addHelpText(
      "after",
      examples("cq key create alice --name laptop", "cq key create ci --name build --ttl 30d --label ci"),
    )
    .action(async (username, { name, ttl, label, json, ...options }) => {
      const { scope: scopes } = options as { scope?: Scope[] };
      const request = requested({ name, ttl, labels: label, scopes });
      const key = await withKeys(apiKeyPepper(), async (keys, users) => {
        const { id } = await users.find(username);
        return await keys.create(() => id, request);
      });
      if (json === true) return printJson(key);
      note(`Key ${key.id} for ${username}, valid until ${key.expires_at}. Its token is shown this once:`);
      print(key.token);
    });
}

const OPTIONS: Readonly<Record<string, string>> = {
  name: "--name",
  ttl: "--ttl",
  labels: "--label",
  scopes: "--scope",
};

/** @throws {CqError} 422 that names the options at fault. */
function requested(given: Record<string, unknown>): KeyRequest {
  try {
    return validate(keyRequestSchema, given, "body");
  } catch (error) {
    if (!(error instanceof CqError) || error.fields === undefined) throw error;
    throw invalid(error.fields.map(({ loc, msg }) => `${OPTIONS[loc[1]!]}: ${msg}`).join("; "));
  }
}

function listCommand(): CommandUnknownOpts {
  return new Command("list").description("List a user's keys, newest first").argument("<username>")
    .option("--json", "print as JSON")
    .addHelpText("after", examples("cq key list alice", "cq key list alice --json"))
    .action(async (username, { json }) => {
      const keys = await withKeys("", async (keys, users) => keys.list((await users.find(username)).id));
      if (json === true) return printJson(keys);
      const headings = ["ID", "NAME", "PREFIX", "STATE", "SCOPES", "EXPIRES", "LAST USED"];
      printTable(
        headings,
        keys.map((key) => [
          key.id,
          key.name,
          key.prefix,
          stateOf(key),
          key.scopes?.join(",") ?? "all",
          key.expires_at,
          key.last_used_at ?? "never",
        ]),
      );
    });
}

function revokeCommand(): CommandUnknownOpts {
  return new Command("revoke").description("Revoke a key: it is refused from now on")
    .argument("<username>").argument("<key-id>")
    .addHelpText("after", examples("cq key revoke alice 0123456789abcdef0123456789abcdef"))
    .action(async (username, id) => {
      await withKeys("", async (keys, users) => keys.revoke((await users.find(username)).id, id));
      print(`Key ${id} revoked.`);
    });
}

function stateOf(key: ApiKey): string {
  if (key.revoked_at !== null) return "revoked";
  return key.is_expired ? "expired" : "active";
}

async function withKeys<T>(
  pepper: string,
  work: (keys: ApiKeys, users: Administration) => Promise<T>,
): Promise<T> {
  const clock = systemClock();
  const passwords = createPasswords();
  return await withDatabase((database) =>
    work(
      createApiKeys({ database, clock, pepper, actor: COMMAND_LINE }),
      createAdministration({ database, clock, passwords, actor: COMMAND_LINE }),
    )
  );
}
