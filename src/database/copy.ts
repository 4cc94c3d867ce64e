import { conflict, CqError, refused, storageFull, unavailable } from "../errors.ts";
import { RETRY_AFTER_S } from "../limits.ts";
import { startWorker } from "../workers.ts";
import { LOG_SUFFIXES } from "./files.ts";
import type { CopyOrder, CopyReport } from "./copy_worker.ts";
import { flushFile } from "./flush.ts";
import { reasonAt } from "./obstacle.ts";
import { storageError } from "./sqlite_errors.ts";

interface CopyOptions {
  /** Whether nobody writes to the source and it has no log: then it is read without SQLite, which may need to write beside it. */
  readonly isAtRest?: boolean;
  /** Ends the copy early. */
  readonly signal?: AbortSignal;
}

/**
 * Copies a SQLite file to a new one, as it is at one moment, while others read and write it, in a thread beside the event loop. The
 * copy has been checked and is on the disk, and only its owner may read it; there is none where anything went wrong.
 *
 * @throws {CqError} `conflict` where the target exists, `refused` where the copy is damaged, 503 or 507 where the disk does not take it.
 */
export async function copySqliteFile(
  source: string,
  target: string,
  { isAtRest = false, signal }: CopyOptions = {},
): Promise<void> {
  await createPrivate(target);
  try {
    if (isAtRest) await copyBytes(source, target);
    await inWorker({ source: isAtRest ? undefined : source, target }, signal);
    await flushFile(target);
  } catch (error) {
    for (const suffix of ["", ...LOG_SUFFIXES]) await Deno.remove(target + suffix).catch(() => {});
    throw signal?.aborted === true ? error : named(storageError(error), { source, target });
  }
}

/** What an engine says of "the database" may be about either file. */
function named(error: unknown, { source, target }: { source: string; target: string }): unknown {
  if (!(error instanceof CqError)) return error;
  const reason = error.cause instanceof Error ? reasonAt(source, error.cause) : error.message;
  const message = `${source} could not be copied to ${target}: ${reason}`;
  if (error.code === "storage_full") return storageFull(message, error.cause);
  if (error.code === "unavailable") {
    return unavailable(message, { retryAfter_s: RETRY_AFTER_S, cause: error.cause });
  }
  return refused(message, error.cause);
}

async function createPrivate(path: string): Promise<void> {
  try {
    (await Deno.open(path, { createNew: true, write: true, mode: 0o600 })).close();
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists)) {
      throw refused(`${path} cannot be made: ${(error as Error).message}`, error);
    }
    throw conflict(`${path} exists: another copy is being made, or one was broken off; then remove the file`);
  }
}

async function copyBytes(source: string, target: string): Promise<void> {
  await Deno.copyFile(source, target);
  await Deno.chmod(target, 0o600);
}

function inWorker(order: CopyOrder, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  const worker = startWorker(new URL("./copy_worker.ts", import.meta.url));
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  worker.onmessage = ({ data: { damage, failure } }: MessageEvent<CopyReport>): void => {
    if (failure !== undefined) reject(Object.assign(new Error(failure.message), failure));
    else if (damage !== undefined) reject(refused(`the copy is damaged: ${damage}`));
    else resolve();
  };
  worker.onerror = (event): void => {
    event.preventDefault();
    reject(new Error(event.message));
  };
  const onAbort = (): void => reject(signal!.reason);
  signal?.addEventListener("abort", onAbort);
  worker.postMessage(order);
  return promise.finally(() => {
    signal?.removeEventListener("abort", onAbort);
    worker.terminate();
  });
}
