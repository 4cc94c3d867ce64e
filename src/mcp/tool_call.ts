import type { CallToolResult } from "@modelcontextprotocol/server";
import { CqError, forbidden, unauthorized } from "../errors.ts";
import { MCP_CALLS } from "../telemetry/instruments.ts";
import type { AdmitRequest } from "../throttle/requests.ts";
import type { Identity } from "../wire/endpoint.ts";
import type { Arguments } from "./arguments.ts";
import { resultText } from "./presentation.ts";
import type { Tool } from "./tools.ts";

/** Who calls, and what is needed to answer. */
export interface Exchange {
  /** Without an id of a key: nobody in particular. */
  readonly caller: Identity;
  readonly address: () => string;
  readonly requestId: string;
  /** Is told every error that a tool ended with. */
  readonly note: (error: unknown) => void;
}

interface Rules {
  readonly admit: AdmitRequest;
  readonly readNeedsKey: boolean;
}

/** Calls a tool in the order of checks that the API has. Every error is a result that an agent can read. */
export async function callTool(
  tool: Tool,
  { given, exchange, rules }: { given: Arguments; exchange: Exchange; rules: Rules },
): Promise<CallToolResult> {
  try {
    checkPermission(tool, exchange.caller, rules);
    rules.admit(tool.rate, exchange);
    const result = await tool.run(given, exchange.caller);
    MCP_CALLS.increment(tool.name, "answered");
    return { content: [{ type: "text", text: resultText(result) }], structuredContent: result };
  } catch (error) {
    MCP_CALLS.increment(tool.name, "refused");
    exchange.note(error);
    return { content: [{ type: "text", text: sentenceOf(error, exchange.requestId) }], isError: true };
  }
}

function checkPermission({ needs }: Tool, caller: Identity, { readNeedsKey }: Rules): void {
  if (needs === "read" && !readNeedsKey) return;
  if (caller.apiKeyId === undefined) {
    throw unauthorized(
      `An API key is needed to ${needs}: configure the client to send it as "Authorization: Bearer <key>"`,
    );
  }
  if (caller.permissions.has(needs)) return;
  throw forbidden(`This API key may not ${needs}: its scopes or its owner's role do not allow it`);
}

/** An error as a sentence. Nothing of an unexpected one is told but that it happened. */
function sentenceOf(error: unknown, requestId: string): string {
  if (!(error instanceof CqError)) return `Something went wrong on the server (request ${requestId})`;
  const wait_s = error.headers["retry-after"];
  if (wait_s !== undefined) {
    const reason = error.code === "throttled" ? "Too many requests" : error.message;
    return `${reason}; nothing was done. Try again after ${wait_s} ${wait_s === "1" ? "second" : "seconds"}.`;
  }
  if (error.fields === undefined) return error.message;
  return error.fields.map(({ loc, msg }) => `${loc.slice(1).join(".")}: ${msg}`).join("; ");
}
