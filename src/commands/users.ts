import { Argument, Command, type CommandUnknownOpts, Option } from "@commander-js/extra-typings";
import { type Administration, createAdministration } from "../accounts/administration.ts";
import { createPasswords } from "../accounts/passwords.ts";
import { type Role, ROLES } from "../accounts/roles.ts";
import { COMMAND_LINE } from "../events/account_events.ts";
import { systemClock } from "../wire/time.ts";
import { withDatabase } from "./context.ts";
import { examples } from "./run.ts";
import { print, printJson, printTable, readNewPassword } from "./terminal.ts";

/** `user`: who may sign in. */
export function userCommand(): CommandUnknownOpts {
  return new Command("user")
    .description(
      "Manage who may sign in. Passwords are asked for, or read from standard input; never arguments.",
    )
    .addHelpText(
      "after",
      examples("cq user add alice", "printf '%s' \"$PASSWORD\" | cq user add alice", "cq user list"),
    )
    .addCommand(addCommand())
    .addCommand(listCommand())
    .addCommand(roleCommand())
    .addCommand(
      change(
        "disable",
        "Refuse a user's logins, tokens and keys from now on",
        "disabled",
        (users, name) => users.disable(name),
      ),
    )
    .addCommand(
      change("enable", "Let a disabled user in again", "enabled", (users, name) => users.enable(name)),
    )
    .addCommand(
      change(
        "passwd",
        "Set a user's password; sessions and login tokens from before are void",
        "has a new password",
        async (users, name) => {
          await users.find(name);
          await users.setPassword(name, await readNewPassword());
        },
      ),
    )
    .addCommand(
      change(
        "delete",
        "Remove a user and the user's keys; proposals and decisions stay",
        "deleted",
        (users, name) => users.remove(name),
      ),
    );
}

function addCommand(): CommandUnknownOpts {
  return new Command("add").description("Add a user").argument("<username>")
    .addOption(roleOption("what the user may do; the first user is an admin by default, others contributors"))
    .addHelpText(
      "after",
      examples("cq user add alice --role reviewer", "printf '%s' \"$PASSWORD\" | cq user add alice"),
    )
    .action(async (username, options) => {
      const { role: given } = options as { role?: Role };
      const role = await administer(async (users) => {
        await users.requireNew(username);
        return await users.add(username, await readNewPassword(), given);
      });
      print(`User ${username} added as ${role}.`);
    });
}

function roleOption(description: string): Option {
  return new Option("--role <role>", description).choices(ROLES);
}

function roleCommand(): CommandUnknownOpts {
  return new Command("role").description("Give a user another role").argument("<username>")
    .addArgument(new Argument("<role>").choices(ROLES))
    .addHelpText("after", examples("cq user role alice reviewer"))
    .action(async (username, role) => {
      await administer((users) => users.setRole(username, role as Role));
      print(`User ${username} is ${role} now.`);
    });
}

function listCommand(): CommandUnknownOpts {
  return new Command("list").description("List users").option("--json", "print as JSON")
    .addHelpText("after", examples("cq user list", "cq user list --json"))
    .action(async ({ json }) => {
      const users = await administer((users) => users.list());
      if (json === true) return printJson(users);
      printTable(
        ["USERNAME", "ROLE", "CREATED", "STATE"],
        users.map((user) => [
          user.username,
          user.role ?? "unknown",
          user.created_at,
          user.disabled_at === null ? "enabled" : `disabled since ${user.disabled_at}`,
        ]),
      );
    });
}

function change(
  name: string,
  description: string,
  outcome: string,
  work: (users: Administration, username: string) => Promise<void>,
): CommandUnknownOpts {
  return new Command(name).description(description).argument("<username>")
    .addHelpText("after", examples(`cq user ${name} alice`))
    .action(async (username) => {
      await administer((users) => work(users, username));
      print(`User ${username} ${outcome}.`);
    });
}

async function administer<T>(work: (users: Administration) => Promise<T>): Promise<T> {
  const passwords = createPasswords();
  try {
    return await withDatabase((database) =>
      work(createAdministration({ database, passwords, clock: systemClock(), actor: COMMAND_LINE }))
    );
  } finally {
    passwords.close();
  }
}
