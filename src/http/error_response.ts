import { stackOf } from "../descriptors.ts";
import { CqError } from "../errors.ts";
import { logger } from "../telemetry/log.ts";
import { problemPage } from "../ui/pages/problem_page.tsx";
import type { Visit } from "../ui/route.ts";
import { jsonResponse } from "./headers.ts";

const log = logger("http");

/** The one place where an error becomes a response. Nothing of an unexpected error is told but that it happened. */
export function errorResponse(error: unknown, requestId: string): Response {
  noteFailure(error, requestId);
  if (error instanceof CqError) {
    return jsonResponse({ detail: error.fields ?? error.message }, error.status, error.headers);
  }
  return jsonResponse({ detail: "Internal Server Error" }, 500);
}

/** The same for a browser: a page that says what happened and where to go from there. */
export async function errorPage(error: unknown, requestId: string, visit: Visit): Promise<Response> {
  noteFailure(error, requestId);
  const known = error instanceof CqError ? error : undefined;
  const response = await problemPage(visit, {
    status: known?.status ?? 500,
    message: known?.message ?? "Something went wrong on the server.",
    requestId,
  });
  for (const name of ["allow", "retry-after"]) {
    const value = known?.headers[name];
    if (value !== undefined) response.headers.set(name, value);
  }
  return response;
}

/** Logs an error that is the server's fault, not its caller's. */
export function noteFailure(error: unknown, requestId: string): void {
  if (!(error instanceof CqError)) return logFailure(error, requestId);
  // The answer that was asked for, each time a balancer asks: its reasons are all there is to tell.
  if (error.code === "not_ready") return log.warn("not ready", { requestId, reason: error.message });
  if (isFailure(error)) logFailure(error, requestId);
}

// A caller that is held back is no failure; the throttle itself says so, once a minute. Nor is one that left.
function isFailure({ status, code }: CqError): boolean {
  return status >= 500 && code !== "throttled" && code !== "interrupted";
}

function logFailure(error: unknown, requestId: string): void {
  log.error("request failed", {
    requestId,
    reason: String(error),
    stack: error instanceof Error ? stackOf(error) : undefined,
    cause: error instanceof Error && error.cause !== undefined ? String(error.cause) : undefined,
  });
}
