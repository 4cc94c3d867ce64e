import { CqError } from "../errors.ts";
import { MCP_BATCH_MAX } from "../limits.ts";
import { isObject, parseBody, parseExact } from "../wire/json.ts";

/** Why a message cannot be answered, as JSON-RPC spells it. */
export interface MessageFault {
  readonly code: -32700 | -32600;
  readonly message: string;
}

/** A parsed message or batch, or why there is none. */
export type ReadMessage = { readonly body: unknown } | { readonly fault: MessageFault };

/**
 * Reads what a client sent: JSON within the bounds of every body, one message or a bounded batch. Numbers in the extensions of a
 * proposal keep their spelling, as they do over the API.
 */
export function readMessage(text: string): ReadMessage {
  let body: unknown;
  try {
    body = parseBody(text);
  } catch (error) {
    if (!(error instanceof CqError)) throw error;
    return error.code === "invalid"
      ? { fault: { code: -32700, message: "Parse error: the body is not valid JSON" } }
      : invalidRequest("The body is nested too deeply, or a number in it is too long");
  }
  const exact = parseExact(text);
  if (Array.isArray(body)) return readBatch(body, exact as unknown[]);
  return isObject(body)
    ? { body: withExactExtensions(body, exact) }
    : invalidRequest("The body is no JSON-RPC message");
}

function readBatch(messages: readonly unknown[], exact: readonly unknown[]): ReadMessage {
  if (messages.length === 0 || messages.length > MCP_BATCH_MAX) {
    return invalidRequest(`A batch has 1 to ${MCP_BATCH_MAX} messages`);
  }
  const ids = messages.flatMap((message) => isObject(message) && "id" in message ? [message["id"]] : []);
  if (new Set(ids).size < ids.length) return invalidRequest("Two messages of the batch have the same id");
  // A request that is cancelled together with its arrival would never be answered, and the response would never end.
  const kept = messages
    .map((message, index) => withExactExtensions(message, exact[index]))
    .filter((message) => !isObject(message) || message["method"] !== "notifications/cancelled");
  return { body: kept.length === 0 ? messages[0] : kept };
}

function invalidRequest(message: string): ReadMessage {
  return { fault: { code: -32600, message } };
}

function withExactExtensions(message: unknown, exact: unknown): unknown {
  const extensions = argumentsOf(exact)?.["extensions"];
  const given = argumentsOf(message);
  if (given === undefined || !isObject(extensions)) return message;
  const { params, ...rest } = message as { params: Record<string, unknown> };
  return { ...rest, params: { ...params, arguments: { ...given, extensions } } };
}

function argumentsOf(message: unknown): Record<string, unknown> | undefined {
  const params = isObject(message) ? message["params"] : undefined;
  const given = isObject(params) ? params["arguments"] : undefined;
  return isObject(given) ? given : undefined;
}
