import { gzipSync } from "node:zlib";
import { COMPRESSION_MIN_BYTES } from "../limits.ts";
import { acceptsGzip } from "../wire/encodings.ts";

const TEXT = /^text\/html\b/;

/** The response compressed, where it is a page of some length, the client can read it so, and it does not forbid it. */
export async function compressed(response: Response, accepted: string | null): Promise<Response> {
  const { headers } = response;
  if (!TEXT.test(headers.get("content-type") ?? "") || headers.has("content-encoding")) return response;
  if (/\bno-transform\b/.test(headers.get("cache-control") ?? "")) return response;
  headers.append("vary", "accept-encoding");
  if (!acceptsGzip(accepted)) return response;
  const bytes = await response.bytes();
  if (bytes.length < COMPRESSION_MIN_BYTES) return new Response(bytes, response);
  headers.set("content-encoding", "gzip");
  return new Response(new Uint8Array(gzipSync(bytes)), response);
}
