import { z } from "@hono/zod-openapi";
import { inRequest } from "../telemetry/request_context.ts";
import { createQueryReader } from "./parameters.ts";
import type { Permission } from "./permission.ts";
import { validate } from "./validation.ts";

/**
 * Who may call an endpoint: anyone (`open`), a signed-in user (`session`), a signed-in user whose account may be gone
 * (`account`: the route itself answers 404 then), or the owner of an API key (`key`).
 */
export type Access = "open" | "session" | "account" | "key";

/** What a request counts as where callers are slowed down; `unlimited` for what must always be answered. */
export type Rate = "reads" | "writes" | "unlimited";

/** Who sent a request. `userId` is undefined where no account stands behind the name. */
export interface Caller {
  readonly username: string;
  readonly userId?: number;
  readonly apiKeyId?: string;
}

/** Who sent a request, and what that caller may do. */
export interface Identity extends Caller {
  readonly permissions: ReadonlySet<Permission>;
}

/** A request taken apart, not yet checked against the endpoint's schemas. */
export interface RawCall {
  readonly caller: Caller;
  readonly path: Readonly<Record<string, string>>;
  /** The URL's path and query, as they were sent. */
  readonly target: string;
  /** The parsed body; undefined where it is empty, a string where it is not JSON. */
  readonly body: unknown;
  readonly userAgent: () => string;
  /** Whom the request counts for where there is no account yet. */
  readonly address: () => string;
  readonly requestId: string;
}

interface Call<Q, B> {
  readonly caller: Caller;
  readonly path: Readonly<Record<string, string>>;
  readonly query: Q;
  readonly body: B;
  readonly userAgent: () => string;
  readonly address: () => string;
  readonly requestId: string;
}

interface EndpointSpec<Q extends z.ZodObject, B extends z.ZodType> {
  readonly method: "GET" | "POST";
  /** Whether HEAD is answered like GET. The wire has no HEAD; load balancers and monitors ask what is for them with it. */
  readonly answersHead?: true;
  /** With `{name}` for parameters. */
  readonly path: string;
  readonly access: Access;
  /** What the caller must be allowed to do. An endpoint that is open needs nothing. */
  readonly needs?: Permission;
  /** Unless it follows from the method. */
  readonly rate?: Rate;
  readonly tag: string;
  readonly summary: string;
  readonly query?: Q;
  /** Parameters that need not be there where another one, the value, says something. */
  readonly replaceable?: Readonly<Record<string, string>>;
  readonly body?: B;
  readonly status: 200 | 201;
  readonly response: z.ZodType;
  /**
   * Gives the answer to what was asked before in the same words, or computes it. For endpoints whose answers depend on nothing but the
   * path, the query and the store.
   */
  readonly recall?: (target: string, compute: () => Promise<unknown>) => Promise<unknown>;
  /** Statuses a well-formed request may end with besides `status`. */
  readonly problems?: readonly number[];
  readonly handle: (call: Call<z.output<Q>, z.output<B>>) => Promise<unknown>;
}

/** One route: what the router, the OpenAPI document and the documentation page need to know of it. */
export interface Endpoint extends Omit<EndpointSpec<z.ZodObject, z.ZodType>, "handle" | "recall"> {
  /** Whether answers mostly come from memory: entering the context of a request would cost a noticeable part of that. */
  readonly isFromMemory: boolean;
  /** Validates the request and answers it with a value to be sent as JSON. */
  readonly run: (call: RawCall) => Promise<unknown>;
}

/** What a request to an endpoint counts as. */
export function rateOf({ rate, method }: Pick<Endpoint, "rate" | "method">): Rate {
  return rate ?? (method === "GET" ? "reads" : "writes");
}

/** Declares a route; its schemas both validate and document it. */
export function endpoint<Q extends z.ZodObject, B extends z.ZodType>(spec: EndpointSpec<Q, B>): Endpoint {
  const { handle, recall, ...description } = spec;
  const query = spec.query === undefined ? undefined : createQueryReader(spec.query, spec.replaceable ?? {});
  const compute = async ({ target, body, ...call }: RawCall): Promise<unknown> => {
    const checkedQuery = query?.(searchOf(target)) as z.output<Q>;
    const checkedBody = (spec.body === undefined ? undefined : validate(spec.body, body, "body")) as z.output<
      B
    >;
    return await handle({ ...call, query: checkedQuery, body: checkedBody });
  };
  return {
    ...description,
    isFromMemory: recall !== undefined,
    run: recall === undefined
      ? compute
      : (call) => recall(call.target, () => inRequest(call.requestId, () => compute(call))),
  };
}

/** The query of a path, without its question mark. */
function searchOf(target: string): string {
  const start = target.indexOf("?");
  return start === -1 ? "" : target.slice(start + 1);
}
