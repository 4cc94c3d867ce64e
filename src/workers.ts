import { WORKER_FILES } from "./connection_limits.ts";
import { unavailable } from "./errors.ts";
import { RETRY_AFTER_S } from "./limits.ts";

/**
 * Starts a worker. The runtime ends the whole process where it finds no file descriptor for one, so some must be left.
 *
 * @throws {CqError} 503 where none are.
 */
export function startWorker(module: URL): Worker {
  if (!hasDescriptors(WORKER_FILES)) {
    throw unavailable("Too many files and connections are open", { retryAfter_s: RETRY_AFTER_S });
  }
  return new Worker(module.href, { type: "module" });
}

function hasDescriptors(count: number): boolean {
  using files = new DisposableStack();
  try {
    for (let opened = 0; opened < count; opened++) files.use(Deno.openSync("."));
    return true;
  } catch (error) {
    // Whoever may not open this folder is told nothing by it.
    return !(error instanceof Error && "code" in error &&
      (error.code === "EMFILE" || error.code === "ENFILE"));
  }
}
