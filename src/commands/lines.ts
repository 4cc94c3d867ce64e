import { invalid } from "../errors.ts";
import { IMPORT_LINE_MAX_BYTES } from "../limits.ts";
import type { NumberedLine } from "../knowledge/transfer.ts";
import { isObject } from "../wire/json.ts";

const NEWLINE = 10;

/** A line as it was read. */
export interface ReadLine extends NumberedLine {
  /** With its end. */
  readonly bytes: number;
  /** Whether it is not UTF-8: replacing what cannot be read would change what its author wrote. */
  readonly isGarbled: boolean;
}

/** The lines of a file, or of standard input where `path` is `-`, numbered from 1. */
export async function* readLines(path: string): AsyncGenerator<ReadLine> {
  let rest: Uint8Array[] = [];
  let size = 0, number = 0;
  for await (const chunk of readChunks(path)) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      yield decoded([...rest, chunk.subarray(start, end)], ++number);
      start = end + 1;
      rest = [];
      size = 0;
    }
    rest.push(chunk.subarray(start));
    size += chunk.length - start;
    if (size > IMPORT_LINE_MAX_BYTES) throw invalid(`line ${number + 1}: it is too long`);
  }
  if (size > 0) yield decoded(rest, ++number);
}

function decoded(parts: readonly Uint8Array[], number: number): ReadLine {
  const bytes = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  const told = { number, bytes: bytes.length + 1 };
  try {
    // A byte order mark is one at the beginning of the file only.
    const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: number > 1 });
    return { ...told, text: decoder.decode(bytes), isGarbled: false };
  } catch {
    return { ...told, text: "", isGarbled: true };
  }
}

async function* readChunks(path: string): AsyncGenerator<Uint8Array> {
  const stream = path === "-" ? Deno.stdin.readable : (await Deno.open(path).catch(unreadableFile)).readable;
  try {
    yield* stream;
  } catch (error) {
    // A folder can be opened like a file.
    unreadableFile(error as Error);
  }
}

/** @throws {CqError} 422 with what the system says. */
export function unreadableFile(error: Error): never {
  throw invalid(`the file cannot be read: ${error.message}`);
}

/** Enough of a line to tell an export's. */
const LINE_START_BYTES = 65_536;
/** How the lines of an export begin; the id of a unit that cannot be read is left out. */
const LINE_STARTS = ['{"unit":{', '{"id":"","unit_text":"'];

/**
 * Where an interrupted export ends: the id in its last whole line, and the byte after that line. Undefined where the file holds
 * anything but an export, such as somebody's notes, which must not be overwritten.
 */
export async function endOfExport(
  file: Deno.FsFile,
): Promise<{ after: string; offset: number } | undefined> {
  const { size } = await file.stat();
  const offset = await startOfLastLine(file, size);
  const rest = await readRange(file, offset, Math.min(size, offset + LINE_START_BYTES));
  if (!isBegunLine(new TextDecoder().decode(rest))) return undefined;
  if (offset === 0) return { after: "", offset };
  const start = await startOfLastLine(file, offset - 1);
  const after = exportedId(await readRange(file, start, offset));
  return after === undefined ? undefined : { after, offset };
}

function isBegunLine(text: string): boolean {
  const begun = text.replace(/^(\{"id":")(?:[^"\\]|\\(?:.|$))*/, "$1");
  return LINE_STARTS.some((start) => begun.startsWith(start) || start.startsWith(begun));
}

/** The id in a line of an export. */
function exportedId(bytes: Uint8Array): string | undefined {
  try {
    const line: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    if (!isObject(line) || typeof line["status"] !== "string") return undefined;
    const { id } = isObject(line["unit"]) ? line["unit"] : typeof line["unit_text"] === "string" ? line : {};
    return typeof id === "string" ? id : undefined;
  } catch {
    return undefined;
  }
}

/** The byte after the last line end before `end`; 0 where there is none. */
async function startOfLastLine(file: Deno.FsFile, end: number): Promise<number> {
  const step = 65_536;
  for (let upper = end; upper > 0; upper -= step) {
    const lower = Math.max(0, upper - step);
    const at = (await readRange(file, lower, upper)).lastIndexOf(NEWLINE);
    if (at !== -1) return lower + at + 1;
  }
  return 0;
}

async function readRange(file: Deno.FsFile, start: number, end: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(end - start);
  await file.seek(start, Deno.SeekMode.Start);
  for (let read = 0; read < bytes.length;) {
    const length = await file.read(bytes.subarray(read));
    if (length === null) break;
    read += length;
  }
  return bytes;
}
