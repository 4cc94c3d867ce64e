/** What went wrong, as a program tells it apart. */
export type ErrorCode =
  | "bad_request"
  | "unauthorized"
  | "forbidden"
  | "not_found"
  | "method_not_allowed"
  | "request_timeout"
  | "conflict"
  | "too_large"
  | "invalid"
  | "internal"
  | "unavailable"
  | "throttled"
  | "interrupted"
  | "not_ready"
  | "storage_full"
  | "misconfigured"
  | "refused";

/** One fault in a request, in the original's spelling: `loc` leads to the value, `type` names the fault. */
export interface FieldError {
  readonly type: string;
  readonly loc: readonly (string | number)[];
  readonly msg: string;
}

interface ErrorDetails {
  readonly fields?: readonly FieldError[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** The one error class. `message` is shown to clients and operators; `status` is the HTTP status. */
export class CqError extends Error {
  override readonly name = "CqError";
  readonly fields: readonly FieldError[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    readonly code: ErrorCode,
    readonly status: number,
    message: string,
    details: ErrorDetails = {},
  ) {
    super(message, { cause: details.cause });
    this.fields = details.fields;
    this.headers = details.headers ?? {};
  }
}

/** 400: the bytes of the request cannot be read. */
export function badRequest(message: string): CqError {
  return new CqError("bad_request", 400, message);
}

/** 401, with the challenge a client needs to know what is asked for. */
export function unauthorized(message: string): CqError {
  return new CqError("unauthorized", 401, message, { headers: { "www-authenticate": "Bearer" } });
}

/** 403: known, but not allowed to. */
export function forbidden(message: string): CqError {
  return new CqError("forbidden", 403, message);
}

/** 404. */
export function notFound(message: string): CqError {
  return new CqError("not_found", 404, message);
}

/** 405, naming every method the path has. */
export function methodNotAllowed(allowed: readonly string[]): CqError {
  return new CqError("method_not_allowed", 405, "Method Not Allowed", {
    headers: { allow: allowed.join(", ") },
  });
}

/** 408: the request did not come in time. */
export function requestTimeout(message: string): CqError {
  return new CqError("request_timeout", 408, message);
}

/** 409. */
export function conflict(message: string): CqError {
  return new CqError("conflict", 409, message);
}

/** 413. */
export function tooLarge(message: string): CqError {
  return new CqError("too_large", 413, message);
}

/** 422 with a sentence: the request is well formed, its content is not acceptable. */
export function invalid(message: string): CqError {
  return new CqError("invalid", 422, message);
}

/** 422 with a list: every fault found in the request. */
export function invalidFields(fields: readonly FieldError[]): CqError {
  return new CqError("invalid", 422, "The request does not have the expected shape", { fields });
}

/** 503 with `Retry-After`: the server is busy or its database out of reach; the same request may succeed later. */
export function unavailable(message: string, options: { retryAfter_s: number; cause?: unknown }): CqError {
  return new CqError("unavailable", 503, message, {
    headers: { "retry-after": String(options.retryAfter_s) },
    cause: options.cause,
  });
}

/** 503 with `Retry-After`: the request was not read to its end because the server is stopping, or because its sender left. */
export function interrupted({ retryAfter_s }: { retryAfter_s: number }): CqError {
  return new CqError("interrupted", 503, "The server is stopping", {
    headers: { "retry-after": String(retryAfter_s) },
  });
}

/** 503 with `Retry-After`: whoever asked whether the server should be sent requests is told why not. */
export function notReady(reasons: readonly string[], { retryAfter_s }: { retryAfter_s: number }): CqError {
  return new CqError("not_ready", 503, `Not ready: ${reasons.join("; ")}`, {
    headers: { "retry-after": String(retryAfter_s) },
  });
}

/** 429 or 503 with `Retry-After`: the same caller asks too often. */
export function throttled(
  message: string,
  { status, retryAfter_s }: { status: 429 | 503; retryAfter_s: number },
): CqError {
  return new CqError("throttled", status, message, { headers: { "retry-after": String(retryAfter_s) } });
}

/** 507: a disk is full. */
export function storageFull(message: string, cause?: unknown): CqError {
  return new CqError("storage_full", 507, message, { cause });
}

/** A setting that stops the start: which variable, what is wrong with its value, what to do. */
export function misconfigured(message: string, cause?: unknown): CqError {
  return new CqError("misconfigured", 500, message, { cause });
}

/** A database this server will not touch: what was found, what was expected, what to do. */
export function refused(message: string, cause?: unknown): CqError {
  return new CqError("refused", 500, message, { cause });
}

/** 500 that is told to the client as such. */
export function internal(message: string, cause?: unknown): CqError {
  return new CqError("internal", 500, message, { cause });
}
