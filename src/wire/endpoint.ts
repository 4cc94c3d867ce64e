import { z } from "@hono/zod-openapi";
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
  /** The URL's query, without the question mark. */
  readonly search: string;
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
  /** With `{name}` for parameters. */
  readonly path: string;
  readonly access: Access;
  /** What the caller must be allowed to do. An endpoint that is open needs nothing. */
  readonly needs?: Permission;
  /**
   * Mostly answered from memory: entering the context of a request would cost a noticeable part of that, so the handler does where it
   * goes further.
   */
  readonly isFromMemory?: true;
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
  /** Statuses a well-formed request may end with besides `status`. */
  readonly problems?: readonly number[];
  readonly handle: (call: Call<z.output<Q>, z.output<B>>) => Promise<unknown>;
}

/** One route: what the router, the OpenAPI document and the documentation page need to know of it. */
export interface Endpoint extends Omit<EndpointSpec<z.ZodObject, z.ZodType>, "handle"> {
  /** Validates the request and answers it with a value to be sent as JSON. */
  readonly run: (call: RawCall) => Promise<unknown>;
}

/** What a request to an endpoint counts as. */
export function rateOf({ rate, method }: Pick<Endpoint, "rate" | "method">): Rate {
  return rate ?? (method === "GET" ? "reads" : "writes");
}

/** Declares a route; its schemas both validate and document it. */
export function endpoint<Q extends z.ZodObject, B extends z.ZodType>(spec: EndpointSpec<Q, B>): Endpoint {
  const { handle, ...description } = spec;
  const query = spec.query === undefined ? undefined : createQueryReader(spec.query, spec.replaceable ?? {});
  return {
    ...description,
    async run({ caller, path, search, body, userAgent, address, requestId }): Promise<unknown> {
      const checkedQuery = query?.(search) as z.output<Q>;
      const checkedBody =
        (spec.body === undefined ? undefined : validate(spec.body, body, "body")) as z.output<B>;
      return await handle({
        caller,
        path,
        query: checkedQuery,
        body: checkedBody,
        userAgent,
        address,
        requestId,
      });
    },
  };
}
