import {
  createMcpHandler,
  isLegacyRequest,
  ProtocolError,
  ProtocolErrorCode,
  Server,
  SUPPORTED_PROTOCOL_VERSIONS,
  WebStandardStreamableHTTPServerTransport,
} from "@modelcontextprotocol/server";
import { APP_VERSION } from "../version.ts";
import { INSTRUCTIONS, PROMPTS } from "./prompts.ts";
import { callTool, type Exchange } from "./tool_call.ts";
import { SERVER_NAME } from "./tools.ts";
import type { McpParts } from "./mcp.ts";

// The only module that loads the SDK: see mcp.ts.

/** Every revision that is spoken; the SDK keeps the first one, which knows no handshake, apart from the others. */
const REVISIONS = ["2026-07-28", ...SUPPORTED_PROTOCOL_VERSIONS];

/** What a message is answered with: the SDK does the protocol, each message with a server of its own. */
export async function speak(
  request: Request,
  { body, exchange, parts }: { body: unknown; exchange: Exchange; parts: McpParts },
): Promise<Response> {
  if (await isLegacyRequest(request, body)) {
    return await speakWithHandshake(request, { body, exchange, parts });
  }
  const handler = createMcpHandler(() => createSdkServer(exchange, parts), {
    legacy: "reject",
    // A subscription would be an open stream, and nothing here ever changes that one could be told of.
    maxSubscriptions: 0,
  });
  return await handler.fetch(request, { parsedBody: body });
}

/** The revisions that begin with a handshake. Nothing of it is kept: every message stands by itself. */
async function speakWithHandshake(
  request: Request,
  { body, exchange, parts }: { body: unknown; exchange: Exchange; parts: McpParts },
): Promise<Response> {
  const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
  const server = createSdkServer(exchange, parts);
  await server.connect(transport);
  // Whoever names an unknown revision is told these.
  transport.setSupportedProtocolVersions(REVISIONS);
  try {
    return await transport.handleRequest(request, { parsedBody: body });
  } finally {
    await server.close();
  }
}

function createSdkServer(exchange: Exchange, { tools, ...rules }: McpParts): Server {
  const server = new Server(
    { name: SERVER_NAME, title: "cq shared knowledge", version: APP_VERSION },
    { capabilities: { tools: {}, prompts: {} }, instructions: INSTRUCTIONS },
  );
  server.setRequestHandler("tools/list", () => ({
    tools: tools.map(({ name, title, description, input, output, rate, isIdempotent }) => ({
      name,
      title,
      description,
      inputSchema: input,
      outputSchema: output,
      annotations: {
        readOnlyHint: rate === "reads",
        destructiveHint: false,
        idempotentHint: isIdempotent,
        openWorldHint: false,
      },
    })),
  }));
  server.setRequestHandler("tools/call", async ({ params }) => {
    const tool = tools.find(({ name }) => name === params.name);
    if (tool === undefined) throw unknown("tool", tools);
    return await callTool(tool, { given: params.arguments ?? {}, exchange, rules });
  });
  server.setRequestHandler("prompts/list", () => ({
    prompts: PROMPTS.map(({ name, title, description }) => ({ name, title, description })),
  }));
  server.setRequestHandler("prompts/get", ({ params }) => {
    const prompt = PROMPTS.find(({ name }) => name === params.name);
    if (prompt === undefined) throw unknown("prompt", PROMPTS);
    const { description, text } = prompt;
    return { description, messages: [{ role: "user", content: { type: "text", text } }] };
  });
  return server;
}

function unknown(kind: string, known: readonly { readonly name: string }[]): ProtocolError {
  const names = known.map(({ name }) => name).join(", ");
  return new ProtocolError(ProtocolErrorCode.InvalidParams, `There is no such ${kind}; there are ${names}`);
}
