import { FLASH_MAX_CHARS } from "../limits.ts";
import { type Flash, flashCookie } from "./cookies.ts";
import { type LayoutProps, pageHtml, partHtml, type PartProps } from "./layout.tsx";

interface PageOptions extends Omit<LayoutProps, "visit"> {
  readonly status?: number;
  /** Whether a secret stands in the page: it is not compressed then, so that its length tells nothing. */
  readonly holdsSecret?: boolean;
}

/** A page within the layout. A message that was waiting is shown and gone. */
export async function renderPage(
  visit: LayoutProps["visit"],
  { status = 200, holdsSecret = false, ...layout }: PageOptions,
): Promise<Response> {
  const headers = new Headers({
    "content-type": "text/html; charset=utf-8",
    "cache-control": holdsSecret ? "no-store, no-transform" : "no-store",
  });
  if (visit.flash !== undefined) headers.append("set-cookie", flashCookie(undefined));
  return new Response(await pageHtml({ visit, ...layout }), { status, headers });
}

/** A piece of a page for a script that has the rest. A message that waits goes on waiting for a whole page. */
export async function renderPart(part: PartProps): Promise<Response> {
  const headers = { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" };
  return new Response(await partHtml(part), { headers });
}

/** Sends the browser to a path of this server after a form was dealt with, perhaps with a message for the page there. */
export function redirect(
  path: string,
  { flash, cookies = [] }: { flash?: Flash; cookies?: readonly string[] } = {},
): Response {
  const headers = new Headers({ location: path, "cache-control": "no-store" });
  for (const cookie of cookies) headers.append("set-cookie", cookie);
  if (flash !== undefined) {
    const text = [...flash.text].slice(0, FLASH_MAX_CHARS).join("");
    headers.append("set-cookie", flashCookie({ ...flash, text }));
  }
  return new Response(null, { status: 303, headers });
}
