const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * Whether a page at `origin` may talk to the server. Programs send no origin. The host that a request names is no proof: a page
 * whose name was turned to this machine names its own. So only the configured address counts, and, on a machine that is reached as
 * itself, its own pages.
 */
export function isAllowedOrigin(
  origin: string | null,
  { url, publicUrl }: { url: string; publicUrl: string | undefined },
): boolean {
  if (origin === null) return true;
  const page = URL.parse(origin);
  if (page === null || page.origin === "null") return false;
  if (publicUrl !== undefined && page.origin === new URL(publicUrl).origin) return true;
  return LOOPBACK.test(page.hostname) && LOOPBACK.test(URL.parse(url)?.hostname ?? "");
}
