import { JsonText } from "../wire/json.ts";

/** A JSON response in the wire's spelling: compact, the content type without parameters. */
export function jsonResponse(
  body: unknown,
  status: number,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const written = body instanceof JsonText ? body : new JsonText(JSON.stringify(body));
  return new Response(written.text, {
    status,
    headers: {
      "content-type": "application/json",
      "x-content-type-options": "nosniff",
      ...written.headers,
      ...headers,
    },
  });
}

/** A response that is a text for programs, true at this moment only. */
export function textResponse(text: string, contentType: string): Response {
  return new Response(text, {
    headers: {
      "content-type": contentType,
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
    },
  });
}

const UI_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
  "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/** A response of the pages for people: nothing inline, nothing from elsewhere, in no frame of others. */
export function withPageHeaders(response: Response): Response {
  response.headers.set("content-security-policy", UI_POLICY);
  response.headers.set("x-content-type-options", "nosniff");
  // Not no-referrer: browsers would hide the origin of forms from us then.
  response.headers.set("referrer-policy", "same-origin");
  response.headers.set("cross-origin-opener-policy", "same-origin");
  return response;
}

const PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'";

/** An HTML page without scripts and without anything from elsewhere. */
export function pageResponse(html: string): Response {
  return new Response(html, {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": PAGE_POLICY,
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cross-origin-opener-policy": "same-origin",
    },
  });
}
