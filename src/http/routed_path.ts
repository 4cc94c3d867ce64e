import { getPath } from "hono/utils/url";
import { percentDecoded } from "../wire/query_string.ts";

const WIRE = /^\/(?:api|\.well-known)(?:\/|$)/i;

/** Whether a request's path is one that only clients of the API have business with. */
export function isOnWire(request: Request): boolean {
  return WIRE.test(routedPath(request));
}

/**
 * The path that a request is routed by. On the wire all of it is decoded first, as the original does: `%2F` divides it. On pages an id
 * may hold a slash, which is the parameter's alone.
 */
export function routedPath(request: Request): string {
  const [path] = /^[^?#]*/.exec(targetOf(request.url))!;
  if (!path.includes("%")) return path;
  const decoded = percentDecoded(path);
  // The router decodes parameters, which would be once too often.
  return WIRE.test(decoded) ? decoded.replaceAll("%", "%25") : getPath(request);
}

/** The path and the query of a URL, as they were sent. */
export function targetOf(url: string): string {
  return url.slice(url.indexOf("/", url.indexOf("://") + 3));
}
