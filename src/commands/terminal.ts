// @ts-types="@types/cli-progress"
import progress from "cli-progress";
import process from "node:process";
import { invalid } from "../errors.ts";

const encoder = new TextEncoder();

/** Whoever read the result has left, as `head` does: nothing more is to be said. */
export class ReaderLeft extends Error {}

/** Writes all of a text to a file or a stream. */
export function write(stream: Pick<Deno.FsFile, "writeSync">, text: string): void {
  const bytes = encoder.encode(text);
  for (let written = 0; written < bytes.length;) written += stream.writeSync(bytes.subarray(written));
}

/**
 * A line of a command's result.
 *
 * @throws {ReaderLeft} where nobody reads it any more.
 * @throws {CqError} 422 where it cannot be written.
 */
export function print(line: string): void {
  try {
    write(Deno.stdout, `${line}\n`);
  } catch (error) {
    if (error instanceof Deno.errors.BrokenPipe) throw new ReaderLeft();
    throw invalid(`standard output cannot be written to: ${(error as Error).message}`);
  }
}

const UNSEEN = /[\x7f-\x9f\p{Cf}\u2028\u2029]/gu;

/** A command's result for scripts; what a terminal might obey in it is escaped, as JSON allows. */
export function printJson(value: unknown): void {
  print(
    JSON.stringify(value, null, 2).replace(
      UNSEEN,
      (char) =>
        char.split("").map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`).join(""),
    ),
  );
}

/** A line about the command itself. */
export function note(line: string): void {
  try {
    write(Deno.stderr, `${line}\n`);
  } catch {
    // The exit code tells it still.
  }
}

/** A text on one line: whatever anybody wrote in it must not move the cursor, colour the terminal or turn words around. */
export function printable(text: string): string {
  return text.replaceAll(/[\s\p{C}]+/gu, " ");
}

/** Rows under headings, columns aligned. */
export function printTable(headings: readonly string[], rows: readonly (readonly string[])[]): void {
  const all = [headings, ...rows.map((row) => row.map(printable))];
  const widths = headings.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  for (const row of all) print(row.map((cell, column) => cell.padEnd(widths[column]!)).join("  ").trimEnd());
}

/** Tells how far a long command is. Silent where nobody looks on, or nobody knows how long it is. */
export interface Progress {
  advance(amount: number): void;
  stop(): void;
}

export function startProgress(total: number): Progress {
  if (total === 0 || !Deno.stderr.isTerminal()) return { advance: () => {}, stop: () => {} };
  const bar = new progress.SingleBar({
    stream: process.stderr,
    format: "{bar} {percentage}% | {value}/{total} | {eta_formatted} left",
    hideCursor: true,
  }, progress.Presets.shades_classic);
  bar.start(total, 0);
  return { advance: (amount) => bar.increment(amount), stop: () => bar.stop() };
}

/**
 * Reads a password: on a terminal twice and without showing it, else the first line of standard input. Never from the arguments:
 * every user of the machine can see those.
 *
 * @throws {CqError} 422 where the two differ.
 */
export async function readNewPassword(): Promise<string> {
  if (!Deno.stdin.isTerminal()) return await firstLine();
  const password = readHidden("Password: ");
  if (readHidden("Again: ") !== password) throw invalid("The two passwords differ; nothing was changed");
  return password;
}

async function firstLine(): Promise<string> {
  let text = "";
  for await (const chunk of Deno.stdin.readable.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (text.includes("\n")) break;
  }
  return text.split(/\r?\n/, 1)[0]!;
}

const ENTER = /[\r\n]/, INTERRUPT = "\x03", END_OF_INPUT = "\x04", ERASE = /[\x7f\b]/;

function readHidden(prompt: string): string {
  const decoder = new TextDecoder();
  const buffer = new Uint8Array(256);
  write(Deno.stderr, prompt);
  Deno.stdin.setRaw(true);
  try {
    let typed: string[] = [];
    for (;;) {
      const length = Deno.stdin.readSync(buffer);
      if (length === null) return typed.join("");
      for (const char of decoder.decode(buffer.subarray(0, length), { stream: true })) {
        if (ENTER.test(char) || char === END_OF_INPUT) return typed.join("");
        if (char === INTERRUPT) throw invalid("Interrupted; nothing was changed");
        typed = ERASE.test(char) ? typed.slice(0, -1) : [...typed, char];
      }
    }
  } finally {
    Deno.stdin.setRaw(false);
    write(Deno.stderr, "\n");
  }
}
