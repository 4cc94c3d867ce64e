import { Command, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { type Administration, createAdministration } from "../accounts/administration.ts";
import { createPasswords } from "../accounts/passwords.ts";
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
        "Set a user's password; login tokens issued before are void",
        "has a new password",
        async (users, name) => users.setPassword(name, await readNewPassword()),
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
    .addHelpText("after", examples("cq user add alice", "printf '%s' \"$PASSWORD\" | cq user add alice"))
    .action(async (username) => {
      await administer(async (users) => users.add(username, await readNewPassword()));
      print(`User ${username} added.`);
    });
}

function listCommand(): CommandUnknownOpts {
  return new Command("list").description("List users").option("--json", "print as JSON")
    .addHelpText("after", examples("cq user list", "cq user list --json"))
    .action(async ({ json }) => {
      const users = await administer((users) => users.list());
      if (json === true) return printJson(users);
      printTable(
        ["USERNAME", "CREATED", "STATE"],
        users.map((user) => [
          user.username,
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
      work(createAdministration({ database, passwords, clock: systemClock() }))
    );
  } finally {
    passwords.close();
  }
}
