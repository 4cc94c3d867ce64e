import { CqError } from "../errors.ts";
import { logger } from "../telemetry/log.ts";
import { jsonResponse } from "./headers.ts";

const log = logger("http");

/** The one place where an error becomes a response. Nothing of an unexpected error is told but that it happened. */
export function errorResponse(error: unknown, requestId: string): Response {
  if (error instanceof CqError) {
    if (error.status >= 500) logFailure(error, requestId);
    return jsonResponse({ detail: error.fields ?? error.message }, error.status, error.headers);
  }
  logFailure(error, requestId);
  return jsonResponse({ detail: "Internal Server Error" }, 500);
}

function logFailure(error: unknown, requestId: string): void {
  log.error("request failed", {
    requestId,
    reason: String(error),
    stack: error instanceof Error ? error.stack : undefined,
    cause: error instanceof Error && error.cause !== undefined ? String(error.cause) : undefined,
  });
}
