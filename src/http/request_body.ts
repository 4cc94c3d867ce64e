import { badRequest, CqError, tooLarge, unavailable } from "../errors.ts";
import { DISCARDED_BODY_MAX_BYTES, FORM_MAX_BYTES, RETRY_AFTER_S } from "../limits.ts";
import { parseBody, unreadableBody } from "../wire/json.ts";

const JSON_TYPE = /^\s*application\/(?:[^;\s]+\+)?json\s*(?:;|$)/i;
const FORM_TYPE = /^\s*application\/x-www-form-urlencoded\s*(?:;|$)/i;
const decoder = new TextDecoder("utf-8", { fatal: true });

/**
 * The body of a request as its route checks it: undefined where it is empty, parsed where the content type is JSON, else some text.
 *
 * @throws {CqError} 400 for bytes that are no text, 413 for too many, 422 for a JSON syntax error, 503 while stopping.
 */
export async function readRequestBody(request: Request, max: number): Promise<unknown> {
  const bytes = await readBytes(request, max);
  if (bytes.length === 0) return undefined;
  if (!JSON_TYPE.test(request.headers.get("content-type") ?? "")) return "";
  const body = parseBody(decoded(bytes));
  // The literal null counts as no body, as with the original.
  return body === null ? undefined : body;
}

/**
 * The body of a request as text, whatever its content type.
 *
 * @throws {CqError} 400 for bytes that are no text, 413 for too many, 503 while stopping.
 */
export async function readText(request: Request, max: number): Promise<string> {
  return decoded(await readBytes(request, max));
}

/**
 * The fields of a form that a page sent.
 *
 * @throws {CqError} 400 for bytes that are no text or no form, 413 for too many.
 */
export async function readForm(request: Request): Promise<URLSearchParams> {
  const bytes = await readBytes(request, FORM_MAX_BYTES);
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

async function readBytes(request: Request, max: number): Promise<Uint8Array> {
  const declared = Number(request.headers.get("content-length") ?? NaN);
  if (declared > max) throw bodyTooLarge(max);
  try {
    if (declared <= max) return await request.bytes();
    return request.body === null ? new Uint8Array() : await readChunks(request.body, max);
  } catch (error) {
    if (error instanceof CqError) throw error;
    // The runtime takes unread bodies away when the server begins to stop: https://github.com/denoland/deno/issues/36809
    if (error instanceof Deno.errors.BadResource) {
      throw unavailable("The server is stopping", { retryAfter_s: RETRY_AFTER_S });
    }
    throw badRequest(`The request body could not be read: ${(error as Error).message}`);
  }
}

/**
 * Reads and forgets a body nobody asked for: the runtime closes a connection whose request was not read to its end, and
 * clients take that for an unreachable server. Larger ones, and such of unknown length, are worth a new connection.
 */
export async function discardBody(request: Request): Promise<void> {
  const declared = Number(request.headers.get("content-length") ?? 0);
  if (request.bodyUsed || !(declared > 0 && declared <= DISCARDED_BODY_MAX_BYTES)) return;
  await request.bytes().catch(() => {});
}

async function readChunks(stream: ReadableStream<Uint8Array>, max: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    length += chunk.length;
    if (length > max) throw bodyTooLarge(max);
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}

function bodyTooLarge(max: number): CqError {
  return tooLarge(`The request body is larger than ${max} bytes`);
}
