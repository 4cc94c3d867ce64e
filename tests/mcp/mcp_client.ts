import {
  Client,
  type ClientOptions,
  StreamableHTTPClientTransport,
  SUPPORTED_PROTOCOL_VERSIONS,
} from "@modelcontextprotocol/client";

/** The revision without a handshake. */
export const MODERN = "2026-07-28";
/** Every revision that the official client speaks. */
export const REVISIONS: readonly string[] = [MODERN, ...SUPPORTED_PROTOCOL_VERSIONS];

/** A result of a tool, as far as tests look at it. */
export interface ToolResult {
  readonly content: readonly { readonly type: string; readonly text?: string }[];
  readonly structuredContent?: Record<string, unknown>;
  readonly isError?: boolean;
}

/** The official client, connected to a server. */
export interface McpClient extends AsyncDisposable {
  readonly client: Client;
  /** Requests that it sent over HTTP, each as `METHOD status`. */
  readonly exchanges: string[];
  call(name: string, given?: Record<string, unknown>): Promise<ToolResult>;
}

function optionsFor(revision: string): ClientOptions {
  if (revision === "auto") return { versionNegotiation: { mode: "auto" } };
  return revision === MODERN
    ? { versionNegotiation: { mode: { pin: MODERN } } }
    : { supportedProtocolVersions: [revision] };
}

/** Connects the official client, which offers one revision, or finds one by itself when told `auto`. */
export async function connectClient(
  url: string,
  { revision, bearer }: { revision: string; bearer?: string },
): Promise<McpClient> {
  const client = new Client({ name: "test", version: "1" }, optionsFor(revision));
  const exchanges: string[] = [];
  const transport = new StreamableHTTPClientTransport(new URL("/mcp", url), {
    requestInit: { headers: bearer === undefined ? {} : { authorization: `Bearer ${bearer}` } },
    fetch: async (input, init) => {
      const response = await fetch(input, init);
      exchanges.push(`${init?.method} ${response.status} ${response.headers.get("content-type")}`);
      return response;
    },
  });
  await client.connect(transport);
  return {
    client,
    exchanges,
    call: async (name, given = {}) => await client.callTool({ name, arguments: given }) as ToolResult,
    [Symbol.asyncDispose]: () => client.close(),
  };
}
