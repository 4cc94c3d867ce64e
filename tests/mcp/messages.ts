import { equal } from "node:assert/strict";
import type { TestApp } from "../fixtures/app.ts";

/** The answer to a request, as far as tests look at it. */
export interface RpcAnswer {
  readonly id: unknown;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly code: number; readonly message: string };
}

interface Sending {
  readonly bearer?: string;
  readonly peer?: string;
  readonly headers?: Record<string, string>;
}

/** A call of a tool as a message. */
export function toolCall(name: string, given?: unknown, id: unknown = 1): object {
  return { jsonrpc: "2.0", id, method: "tools/call", params: { name, arguments: given } };
}

/** Sends a message to an app without a socket. */
export function send(
  app: TestApp,
  message: unknown,
  { headers, ...options }: Sending = {},
): Promise<Response> {
  const body = typeof message === "string" ? message : JSON.stringify(message);
  return app.request("POST", "/mcp", {
    ...options,
    body,
    headers: { "content-type": "application/json", ...headers },
  });
}

/** What a tool answers, and whether that is an error; the text as it came. */
export async function answerOf(
  app: TestApp,
  message: object,
  sending: Sending = {},
): Promise<
  { readonly text: string; readonly isError: boolean; readonly structure: Record<string, unknown> }
> {
  const response = await send(app, message, sending);
  equal(response.status, 200, await response.clone().text());
  const { result } = await response.json() as RpcAnswer;
  const [{ text }] = result!["content"] as [{ text: string }];
  return {
    text,
    isError: result!["isError"] === true,
    structure: result!["structuredContent"] as Record<string, unknown>,
  };
}
