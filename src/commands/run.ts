import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { CommanderError } from "commander";
import { CqError, type ErrorCode } from "../errors.ts";
import { note, print, ReaderLeft } from "./terminal.ts";

/** How a command ends, for scripts. */
export const EXIT = {
  ok: 0,
  /** The command worked and found something: a problem, a pending migration. */
  found: 1,
  /** The arguments are wrong. */
  usage: 2,
  /** The configuration or the database is not usable. */
  refused: 3,
  /** What was asked for is not possible: unknown, taken, not acceptable. */
  failed: 4,
  /** Whoever read the output left before its end: what a shell tells of a program that SIGPIPE ends. */
  unread: 141,
} as const;

/** A command ended well and has something to say by its exit code. */
export class Finding extends Error {}

const REFUSALS: readonly ErrorCode[] = [
  "misconfigured",
  "refused",
  "unavailable",
  "storage_full",
  "internal",
];

/** Help text that shows how a command is used. */
export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}`).join("\n")}`;
}

/** Runs the command line and returns its exit code. Errors are one line on standard error. */
export async function runCommand(program: CommandUnknownOpts, args: readonly string[]): Promise<number> {
  takeOver(program);
  try {
    await program.parseAsync([...args], { from: "user" });
    return EXIT.ok;
  } catch (error) {
    if (error instanceof Finding) return EXIT.found;
    if (error instanceof ReaderLeft) return EXIT.unread;
    // Its message, or the help that was asked for, has been printed.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    if (isSystemError(error)) {
      note(`error: ${error.message}`);
      return EXIT.failed;
    }
    if (!(error instanceof CqError)) throw error;
    note(`error: ${error.fields?.map((field) => field.msg).join("; ") ?? error.message}`);
    return REFUSALS.includes(error.code) ? EXIT.refused : EXIT.failed;
  }
}

/** Whether the system refused something, such as a file that is missing: its words say what. */
function isSystemError(error: unknown): error is Error {
  return Object.values(Deno.errors).some((kind) => error instanceof kind);
}

function takeOver(command: CommandUnknownOpts): void {
  command.exitOverride();
  command.showHelpAfterError("(--help shows how it is used)");
  // Help and complaints meet closed pipes and full disks like everything else.
  command.configureOutput({
    writeOut: (text) => print(text.replace(/\n$/, "")),
    writeErr: (text) => note(text.replace(/\n$/, "")),
  });
  for (const child of command.commands) takeOver(child);
}
