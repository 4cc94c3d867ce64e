import { REQUEST_ID_MAX_CHARS } from "../limits.ts";
import type { Clock } from "../wire/time.ts";
import type { Connection, FromProxy } from "./client_address.ts";

const REQUEST_ID = new RegExp(`^[A-Za-z0-9._-]{1,${REQUEST_ID_MAX_CHARS}}$`);

/** Gives a request an id. */
type RequestIds = (request: Request, connection: Connection | undefined) => string;

/**
 * {@link RequestIds}: the one a trusted proxy gave it, or a new one. Anybody else's could be a credential that a client put into
 * the wrong header, and ids are logged.
 */
export function createRequestIds(
  { clock, isFromProxy }: { clock: Clock; isFromProxy: FromProxy },
): RequestIds {
  // A random start for each process, then counted: a random id for each request would cost more than its routing.
  const process = clock.hex32();
  let count = 0;
  return (request, connection) => {
    const given = isFromProxy(connection) ? request.headers.get("x-request-id") : null;
    return given !== null && REQUEST_ID.test(given) ? given : `${process}-${(++count).toString(36)}`;
  };
}
