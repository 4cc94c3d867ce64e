import { REQUEST_ID_MAX_CHARS } from "../limits.ts";
import { logger } from "../telemetry/log.ts";
import type { Clock } from "../wire/time.ts";

const log = logger("request");
const REQUEST_ID = new RegExp(`^[A-Za-z0-9._-]{1,${REQUEST_ID_MAX_CHARS}}$`);

/** The id a proxy gave the request, or a new one. */
export function requestIdOf(request: Request, clock: Clock): string {
  const given = request.headers.get("x-request-id");
  return given !== null && REQUEST_ID.test(given) ? given : clock.hex32();
}

/** One line for each request. The route is the pattern, not the path: paths and queries are the clients' business. */
export function logRequest(
  entry: { method: string; route: string; status: number; ms: number; requestId: string },
): void {
  log.info("request", entry);
}
