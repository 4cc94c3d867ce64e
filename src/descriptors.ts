import { STACK_FILES } from "./connection_limits.ts";
import { unavailable } from "./errors.ts";
import { RETRY_AFTER_S } from "./limits.ts";

/**
 * Makes sure that so many more files can be opened, where the runtime would end the whole process if they could not.
 *
 * @throws {CqError} 503 where they cannot.
 */
export function requireDescriptors(count: number): void {
  if (hasDescriptors(count)) return;
  throw unavailable("Too many files and connections are open", { retryAfter_s: RETRY_AFTER_S });
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

/**
 * The stack of an error. The runtime opens files to make it readable, and ends the whole process where it finds no file descriptor for
 * them: then none is told.
 */
export function stackOf(error: Error): string | undefined {
  return hasDescriptors(STACK_FILES) ? error.stack : undefined;
}
