import { REQUEST_ID_MAX_CHARS } from "../limits.ts";
import { isLogged, logger } from "../telemetry/log.ts";
import type { Clock } from "../wire/time.ts";

const log = logger("request");
const REQUEST_ID = new RegExp(`^[A-Za-z0-9._-]{1,${REQUEST_ID_MAX_CHARS}}$`);

/** Gives every request an id: the one a proxy gave it, or a new one. */
export function createRequestIds(clock: Clock): (request: Request) => string {
  // A random start for each process, then counted: a random id for each request would cost more than its routing.
  const process = clock.hex32();
  let count = 0;
  return (request) => {
    const given = request.headers.get("x-request-id");
    return given !== null && REQUEST_ID.test(given) ? given : `${process}-${(++count).toString(36)}`;
  };
}

/** One line for each request. The route is the pattern, not the path: paths and queries are the clients' business. */
export function logRequest(
  entry: { method: string; route: string; status: number; ms: number; requestId: string },
): void {
  if (isLogged("info")) log.info("request", entry);
}
