import { type Context, Hono, type Next } from "hono";
import type { Identify } from "../accounts/identify.ts";
import type { Sessions } from "../accounts/sessions.ts";
import { forbidden, methodNotAllowed, notFound } from "../errors.ts";
import type { Mcp } from "../mcp/mcp.ts";
import { inRequest } from "../telemetry/request_context.ts";
import type { AdmitRequest } from "../throttle/requests.ts";
import type { UiRoute } from "../ui/route.ts";
import { type Endpoint, rateOf } from "../wire/endpoint.ts";
import type { Clock } from "../wire/time.ts";
import { discardBody } from "./body_reader.ts";
import type { ClientAddress, Connection, FromProxy } from "./client_address.ts";
import { docsPage } from "./docs_page.ts";
import { errorResponse } from "./error_response.ts";
import { jsonResponse, pageResponse } from "./headers.ts";
import { MCP_PATH, mountMcp } from "./mcp.ts";
import type { ShowMetrics } from "./metrics.ts";
import { openApiDocument } from "./openapi.ts";
import { mountPages, strayErrorPage } from "./pages.ts";
import { readRequestBody } from "./request_body.ts";
import { createRequestIds } from "./request_ids.ts";
import type { RequestWatch } from "./request_watch.ts";
import { isOnWire, routedPath, targetOf } from "./routed_path.ts";

interface AppOptions {
  readonly endpoints: readonly Endpoint[];
  readonly identify: Identify;
  readonly clock: Clock;
  /** The pages for people, and who is signed in to them. */
  readonly pages: { readonly routes: readonly UiRoute[]; readonly sessions: Pick<Sessions, "find"> };
  /** Where clients reach the server; undefined publishes nothing. */
  readonly publicUrl: string | undefined;
  readonly bodyMaxBytes: number;
  readonly clientAddress: ClientAddress;
  readonly isFromProxy: FromProxy;
  readonly admit: AdmitRequest;
  readonly mcp: Mcp;
  readonly watch: RequestWatch;
  /** Undefined where nobody is shown any. */
  readonly metrics: ShowMetrics | undefined;
}

/** The whole server as a function of a request and of what is known of its connection. */
export type App = (request: Request, connection?: Connection) => Promise<Response>;

/** What is known of a request while it is answered. */
interface Bindings {
  readonly requestId: string;
  /** Looked up when it is needed: most requests do without. */
  readonly address: () => string;
  route: string;
}

/** A request to an endpoint. */
interface Asked {
  readonly request: Request;
  /** The path and the query, as they were sent. */
  readonly target: string;
  /** The values of the path's parameters. */
  readonly path: Readonly<Record<string, string>>;
  readonly env: Bindings;
}
const NO_PARAMETERS: Asked["path"] = {};

const METRICS_PATH = "/metrics";
const DISCOVERY_PATH = "/.well-known/cq-node.json";

/** Routes requests to endpoints, in the order of checks that the wire has. */
export function createApp(options: AppOptions): App {
  const router = new Hono<{ Bindings: Bindings }>({ getPath: routedPath });
  router.onError((error, context) => errorResponse(error, context.env.requestId));
  router.notFound(({ req, env }) => {
    const { clock } = options;
    if (!isForBrowser(req.raw)) return jsonResponse({ detail: "Not Found" }, 404);
    return strayErrorPage(notFound("Not Found"), { request: req.raw, clock, requestId: env.requestId });
  });
  router.get("*", tellLength);
  registerEndpoints(router, options);
  registerDocuments(router, options);
  mountMcp(router, options);
  refuseOtherMethods(router, MCP_PATH, ["POST"]);
  mountPages(router, { ...options.pages, clock: options.clock, publicUrl: options.publicUrl });

  const requestIdOf = createRequestIds(options);
  const shortcut = createShortcut(options);
  const routed = async (request: Request, bindings: Bindings): Promise<Response> =>
    withRequestId(await inRequest(bindings.requestId, () => router.fetch(request, bindings)), bindings);
  const { clientAddress, watch } = options;
  return async (request, connection): Promise<Response> => {
    const began_ms = watch.began();
    const address = (): string => clientAddress(request, connection);
    const requestId = requestIdOf(request, connection);
    const bindings: Bindings = { requestId, address, route: "-" };
    try {
      const response = await (shortcut(request, bindings) ?? routed(request, bindings));
      await discardBody(request);
      const { method } = request;
      watch.answered({ method, route: bindings.route, status: response.status, requestId }, began_ms);
      return response;
    } finally {
      watch.ended();
    }
  };
}

function registerEndpoints(router: Hono<{ Bindings: Bindings }>, options: AppOptions): void {
  const { endpoints } = options;
  const methods = new Map<string, string[]>();
  for (const { path, method, answersHead } of endpoints) {
    methods.set(path, [...methods.get(path) ?? [], method, ...(answersHead ? ["HEAD"] : [])]);
  }
  for (const endpoint of endpoints) {
    router.on(endpoint.method, routerPath(endpoint.path), (context) => {
      context.env.route = endpoint.path;
      checkHead(context.req, methods.get(endpoint.path)!);
      return answer(endpoint, options, {
        request: context.req.raw,
        target: targetOf(context.req.raw.url),
        path: context.req.param(),
        env: context.env,
      });
    });
  }
  for (const [path, allowed] of methods) refuseOtherMethods(router, path, allowed);
}

/** @throws {CqError} 405 where HEAD is asked and not allowed: the wire has no HEAD. */
function checkHead({ method }: { readonly method: string }, allowed: readonly string[]): void {
  if (method === "HEAD" && !allowed.includes("HEAD")) throw methodNotAllowed(allowed);
}

/** Tells with HEAD how long the answer to GET is: the router takes its body away, and the runtime would say that it has none. */
async function tellLength(context: Context, next: Next): Promise<void> {
  await next();
  if (context.req.method !== "HEAD" || context.res.body === null) return;
  const { length } = await context.res.bytes();
  context.res.headers.set("content-length", String(length));
}

/** Answers requests to endpoints without parameters in their paths: looking one up costs a fraction of what the router does. */
function createShortcut(
  options: AppOptions,
): (request: Request, env: Bindings) => Promise<Response> | undefined {
  const fixed = options.endpoints.filter(({ path }) => !path.includes("{"));
  const endpoints = new Map(fixed.map((endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint]));
  return (request, env) => {
    const target = targetOf(request.url);
    const end = target.indexOf("?");
    const endpoint = endpoints.get(`${request.method} ${end === -1 ? target : target.slice(0, end)}`);
    if (endpoint === undefined) return undefined;
    env.route = endpoint.path;
    const respond = (): Promise<Response> =>
      answer(endpoint, options, { request, target, path: NO_PARAMETERS, env })
        .catch((error) => withRequestId(errorResponse(error, env.requestId), env));
    return endpoint.isFromMemory ? respond() : inRequest(env.requestId, respond);
  };
}

function withRequestId(response: Response, { requestId }: Bindings): Response {
  response.headers.set("x-request-id", requestId);
  return response;
}

function routerPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ":$1");
}

function refuseOtherMethods(
  router: Hono<{ Bindings: Bindings }>,
  path: string,
  allowed: readonly string[],
): void {
  router.all(routerPath(path), (context) => {
    context.env.route = path;
    throw methodNotAllowed(allowed);
  });
}

async function answer(
  endpoint: Endpoint,
  { identify, admit, bodyMaxBytes }: AppOptions,
  { request, target, path, env: { address, requestId } }: Asked,
): Promise<Response> {
  const body = endpoint.body === undefined ? undefined : await readRequestBody(request, bodyMaxBytes);
  const caller = await identify(
    endpoint.access,
    endpoint.access === "open" ? null : request.headers.get("authorization"),
  );
  if (endpoint.access !== "open" && endpoint.needs !== undefined && !caller.permissions.has(endpoint.needs)) {
    throw forbidden(notAllowed(endpoint));
  }
  admit(rateOf(endpoint), { caller, address });
  const result = await endpoint.run({
    caller,
    path,
    target,
    body,
    userAgent: () => request.headers.get("user-agent") ?? "",
    address,
    requestId,
  });
  return jsonResponse(result, endpoint.status, { "x-request-id": requestId, ...keptFrom(endpoint) });
}

const NOT_KEPT = { "cache-control": "no-store" };
const KEPT = {};

/** What keeps an answer out of caches: whatever somebody has to sign in for, and what signing in answers. */
function keptFrom({ access, method }: Endpoint): Readonly<Record<string, string>> {
  return access === "open" && method === "GET" ? KEPT : NOT_KEPT;
}

function notAllowed({ access, needs }: Endpoint): string {
  return access === "key"
    ? `This API key may not ${needs}: its scopes or its owner's role do not allow it`
    : `Your role does not allow you to ${needs}`;
}

/** Whether somebody looks at a path that no client of the API has business with. */
function isForBrowser(request: Request): boolean {
  return URL.canParse(request.url) && !isOnWire(request) &&
    (request.headers.get("accept") ?? "").includes("text/html");
}

function registerDocuments(
  router: Hono<{ Bindings: Bindings }>,
  { endpoints, publicUrl, metrics }: AppOptions,
): void {
  const page = (
    path: string,
    handle: (request: Request) => Response | Promise<Response>,
    allowed: readonly string[] = ["GET"],
  ): void => {
    router.get(path, (context) => {
      context.env.route = path;
      checkHead(context.req, allowed);
      return handle(context.req.raw);
    });
    refuseOtherMethods(router, path, allowed);
  };
  // Clients take any 404 here for "use the defaults", and must never be shown anything but JSON.
  page(DISCOVERY_PATH, () => {
    if (publicUrl === undefined) throw notFound("Not Found");
    return jsonResponse({ version: 1, api_base_url: `${publicUrl}/api/v1`, api_version: "v1" }, 200);
  });
  page("/openapi.json", () => jsonResponse(openApiDocument(endpoints), 200));
  if (metrics !== undefined) {
    page(METRICS_PATH, ({ headers }) => metrics(headers.get("authorization")), ["GET", "HEAD"]);
  }
  page("/docs", async () => pageResponse(await docsPage(endpoints, openApiDocument(endpoints))));
}
