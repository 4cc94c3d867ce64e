import { WORKER_FILES } from "./connection_limits.ts";
import { requireDescriptors } from "./descriptors.ts";

/**
 * Starts a worker.
 *
 * @throws {CqError} 503 where no file descriptors are left for it.
 */
export function startWorker(module: URL): Worker {
  requireDescriptors(WORKER_FILES);
  return new Worker(module.href, { type: "module" });
}
