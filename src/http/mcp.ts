import type { Context, Hono } from "hono";
import type { Identify } from "../accounts/identify.ts";
import { forbidden } from "../errors.ts";
import type { Mcp } from "../mcp/mcp.ts";
import { isAllowedOrigin } from "../mcp/origin.ts";
import { noteFailure } from "./error_response.ts";
import { readText } from "./request_body.ts";

/** Where agents speak the Model Context Protocol. */
export const MCP_PATH = "/mcp";

interface McpOptions {
  readonly mcp: Mcp;
  readonly identify: Identify;
  readonly publicUrl: string | undefined;
  readonly bodyMaxBytes: number;
}

/** What is known of a request while it is answered. */
interface Bindings {
  readonly requestId: string;
  readonly address: () => string;
  route: string;
}

/** Mounts the Model Context Protocol. A key that is sent must be good; without one, tools say what needs it. */
export function mountMcp<B extends Bindings>(router: Hono<{ Bindings: B }>, options: McpOptions): void {
  router.post(MCP_PATH, (context) => {
    context.env.route = MCP_PATH;
    return answer(options, context);
  });
}

async function answer<B extends Bindings>(
  { mcp, identify, publicUrl, bodyMaxBytes }: McpOptions,
  { req: { raw }, env: { requestId, address } }: Context<{ Bindings: B }>,
): Promise<Response> {
  if (!isAllowedOrigin(raw.headers.get("origin"), { url: raw.url, publicUrl })) {
    throw forbidden("Pages of this origin may not use the server; its own address is set with CQ_PUBLIC_URL");
  }
  const text = await readText(raw, bodyMaxBytes);
  const authorization = raw.headers.get("authorization");
  const caller = await identify(authorization === null ? "open" : "key", authorization);
  const note = (error: unknown): void => noteFailure(error, requestId);
  return await mcp.answer(raw, { text, exchange: { caller, address, requestId, note } });
}
