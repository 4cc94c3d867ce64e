import { forbidden } from "../errors.ts";

const SAFE = new Set(["GET", "HEAD"]);

/**
 * Refuses a request that would change something and was made by a page of somewhere else: the browser sends the session's
 * cookie along with those too.
 *
 * @throws {CqError} 403.
 */
export function checkOrigin(request: Request, publicUrl: string | undefined): void {
  if (SAFE.has(request.method) || isOwn(request, publicUrl)) return;
  throw forbidden(
    "This was sent from another site, so nothing was changed. Open the page here and try again.",
  );
}

function isOwn(request: Request, publicUrl: string | undefined): boolean {
  const site = request.headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin" || site === "none";
  // Older browsers, and all on unencrypted pages, say only where the request comes from.
  const origin = request.headers.get("origin");
  if (origin === null) return false;
  const own = [request.url, publicUrl].flatMap((url) => url === undefined ? [] : [new URL(url).origin]);
  return own.includes(origin);
}
