import { badRequest } from "../errors.ts";
import { FORM_MAX_BYTES } from "../limits.ts";
import { parseBody, unreadableBody } from "../wire/json.ts";
import { readBody } from "./body_reader.ts";

// After a comma is what a header says that was sent once more: the first one counts, as with the original.
const JSON_TYPE = /^\s*application\/(?:[^;,/]*\+)?json\s*(?:[;,]|$)/i;
const FORM_TYPE = /^\s*application\/x-www-form-urlencoded\s*(?:;|$)/i;
const decoder = new TextDecoder("utf-8", { fatal: true });

/**
 * The body of a request as its route checks it: undefined where it is empty, parsed where the content type is JSON, else some text.
 *
 * @throws {CqError} 400 for bytes that are no text, 422 for a JSON syntax error, and what {@link readBody} throws.
 */
export async function readRequestBody(request: Request, max: number): Promise<unknown> {
  const bytes = await readBody(request, max);
  if (bytes.length === 0) return undefined;
  if (!JSON_TYPE.test(request.headers.get("content-type") ?? "")) return "";
  const body = parseBody(decoded(bytes));
  // The literal null counts as no body, as with the original.
  return body === null ? undefined : body;
}

/**
 * The body of a request as text, whatever its content type.
 *
 * @throws {CqError} 400 for bytes that are no text, and what {@link readBody} throws.
 */
export async function readText(request: Request, max: number): Promise<string> {
  return decoded(await readBody(request, max));
}

/**
 * The fields of a form that a page sent.
 *
 * @throws {CqError} 400 for bytes that are no text or no form, and what {@link readBody} throws.
 */
export async function readForm(request: Request): Promise<URLSearchParams> {
  const bytes = await readBody(request, FORM_MAX_BYTES);
  if (bytes.length > 0 && !FORM_TYPE.test(request.headers.get("content-type") ?? "")) {
    throw badRequest("The request body is no form");
  }
  return new URLSearchParams(decoded(bytes));
}

function decoded(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw unreadableBody();
  }
}
