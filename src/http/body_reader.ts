import {
  BODIES_MAX_BYTES,
  BODY_READ_MS,
  BODY_UNCOUNTED_MAX_BYTES,
  DISCARDED_BODY_MAX_BYTES,
  DISCARDED_BODY_READ_MS,
} from "../connection_limits.ts";
import { badRequest, CqError, interrupted, requestTimeout, tooLarge, unavailable } from "../errors.ts";
import { RETRY_AFTER_S } from "../limits.ts";

/** Bytes of the larger bodies that are being read now, of all requests, had they come. */
let expected = 0;

/**
 * The bytes of a request's body. Nobody is known yet who sends it: it is bounded in bytes, in time, and together with all others.
 *
 * @throws {CqError} 400 where it breaks off, 408 where it takes too long, 413 for more than `max` bytes, 503 while stopping or where
 * too much is being read.
 */
export async function readBody(request: Request, max: number): Promise<Uint8Array> {
  const declared = Number(request.headers.get("content-length") ?? NaN);
  if (declared > max) throw bodyTooLarge(max);
  if (!(declared <= max) && request.body === null) return new Uint8Array();
  const length = declared <= max ? declared : max;
  const counted = length > BODY_UNCOUNTED_MAX_BYTES ? length : 0;
  if (expected + counted > BODIES_MAX_BYTES) {
    throw unavailable("Too many large requests are being read", { retryAfter_s: RETRY_AFTER_S });
  }
  expected += counted;
  try {
    return await (declared <= max ? inTime(request.bytes(), BODY_READ_MS) : readChunks(request.body!, max));
  } catch (error) {
    if (error instanceof CqError) throw error;
    // The runtime takes unread bodies away when the server begins to stop, https://github.com/denoland/deno/issues/36809, and when the
    // client ends the connection.
    if (error instanceof Deno.errors.BadResource) throw interrupted({ retryAfter_s: RETRY_AFTER_S });
    throw badRequest(`The request body could not be read: ${(error as Error).message}`);
  } finally {
    expected -= counted;
  }
}

/**
 * Reads and forgets a body nobody asked for: the runtime closes a connection whose request was not read to its end, and
 * clients take that for an unreachable server. Larger ones, slow ones, and such of unknown length, are worth a new connection.
 */
export async function discardBody(request: Request): Promise<void> {
  // The runtime hands out no body of these, and to look at the headers costs as much as a good part of a query from memory.
  if (request.method === "GET" || request.method === "HEAD") return;
  const declared = Number(request.headers.get("content-length") ?? 0);
  if (request.bodyUsed || !(declared > 0 && declared <= DISCARDED_BODY_MAX_BYTES)) return;
  await inTime(request.bytes(), DISCARDED_BODY_READ_MS).catch(() => {});
}

async function readChunks(stream: ReadableStream<Uint8Array>, max: number): Promise<Uint8Array> {
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  const readAll = async (): Promise<void> => {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      length += read.value.length;
      if (length > max) throw bodyTooLarge(max);
      chunks.push(read.value);
    }
  };
  try {
    await inTime(readAll(), BODY_READ_MS);
    return joined(chunks, length);
  } catch (error) {
    reader.cancel().catch(() => {});
    throw error;
  }
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}

async function inTime<T>(reading: Promise<T>, limit_ms: number): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(requestTimeout(`The request body did not come within ${limit_ms / 1000} seconds`)),
    limit_ms,
  );
  try {
    return await Promise.race([reading, late]);
  } finally {
    clearTimeout(timer);
  }
}

function bodyTooLarge(max: number): CqError {
  return tooLarge(`The request body is larger than ${max} bytes`);
}
