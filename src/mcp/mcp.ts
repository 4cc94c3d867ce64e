import { PROTOCOL_FILES } from "../connection_limits.ts";
import { requireDescriptors } from "../descriptors.ts";
import type { AdmitRequest } from "../throttle/requests.ts";
import { type MessageFault, readMessage } from "./message.ts";
import type { Exchange } from "./tool_call.ts";
import type { Tool } from "./tools.ts";

type Protocol = typeof import("./protocol.ts");

/** What answers are made of. */
export interface McpParts {
  readonly tools: readonly Tool[];
  readonly admit: AdmitRequest;
  /** Whether even reading needs an API key. */
  readonly readNeedsKey: boolean;
}

/** The Model Context Protocol, one request at a time; nothing is remembered between two. */
export interface Mcp {
  /** @param text the body of `request`, which was read. */
  answer(request: Request, options: { text: string; exchange: Exchange }): Promise<Response>;
}

/** Headers that the protocol reads. Credentials were read before, and are not passed on. */
const PASSED_HEADERS = ["content-type", "mcp-protocol-version", "mcp-method", "mcp-name"];

/** {@link Mcp} with the given tools. */
export function createMcp(parts: McpParts): Mcp {
  return {
    async answer(request, { text, exchange }): Promise<Response> {
      const message = readMessage(text);
      if ("fault" in message) return faultResponse(message.fault);
      const { speak } = protocol ??= await loadProtocol();
      const response = await speak(bare(request), { body: message.body, exchange, parts });
      response.headers.set("x-content-type-options", "nosniff");
      return response;
    },
  };
}

/** Loaded with the first message: it takes longer than the rest of the server. */
let protocol: Protocol | undefined;

async function loadProtocol(): Promise<Protocol> {
  requireDescriptors(PROTOCOL_FILES);
  return await import("./protocol.ts");
}

function bare({ url, headers }: Request): Request {
  const passed = PASSED_HEADERS.flatMap((name) => {
    const value = headers.get(name);
    return value === null ? [] : [[name, value]];
  });
  // Whatever a client says it accepts, it is sent JSON; the SDK wants to hear that streams are welcome too.
  passed.push(["accept", "application/json, text/event-stream"]);
  return new Request(url, { method: "POST", headers: passed as [string, string][] });
}

function faultResponse({ code, message }: MessageFault): Response {
  return new Response(JSON.stringify({ jsonrpc: "2.0", id: null, error: { code, message } }), {
    status: 400,
    headers: { "content-type": "application/json", "x-content-type-options": "nosniff" },
  });
}
