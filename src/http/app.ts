import { type Context, Hono } from "hono";
import type { Identify } from "../accounts/identify.ts";
import type { Sessions } from "../accounts/sessions.ts";
import { forbidden, methodNotAllowed, notFound } from "../errors.ts";
import type { Mcp } from "../mcp/mcp.ts";
import type { AdmitRequest } from "../throttle/requests.ts";
import type { UiRoute } from "../ui/route.ts";
import { type Endpoint, rateOf } from "../wire/endpoint.ts";
import type { Clock } from "../wire/time.ts";
import type { ClientAddress, Connection, FromProxy } from "./client_address.ts";
import { docsPage } from "./docs_page.ts";
import { errorResponse } from "./error_response.ts";
import { jsonResponse, pageResponse } from "./headers.ts";
import { MCP_PATH, mountMcp } from "./mcp.ts";
import { openApiDocument } from "./openapi.ts";
import { mountPages, strayErrorPage } from "./pages.ts";
import { discardBody, readRequestBody } from "./request_body.ts";
import { createRequestIds, logRequest } from "./request_log.ts";

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
type RequestContext = Context<{ Bindings: Bindings }>;

const DISCOVERY_PATH = "/.well-known/cq-node.json";

/** Routes requests to endpoints, in the order of checks that the wire has. */
export function createApp(options: AppOptions): App {
  const router = new Hono<{ Bindings: Bindings }>();
  router.onError((error, context) => errorResponse(error, context.env.requestId));
  router.notFound(({ req, env }) => {
    const { clock } = options;
    if (!isForBrowser(req.raw)) return jsonResponse({ detail: "Not Found" }, 404);
    return strayErrorPage(notFound("Not Found"), { request: req.raw, clock, requestId: env.requestId });
  });
  registerEndpoints(router, options);
  registerDocuments(router, options);
  mountMcp(router, options);
  refuseOtherMethods(router, MCP_PATH, ["POST"]);
  mountPages(router, { ...options.pages, clock: options.clock, publicUrl: options.publicUrl });

  const requestIdOf = createRequestIds(options);
  const { clientAddress } = options;
  return async (request, connection): Promise<Response> => {
    const started = performance.now();
    const address = (): string => clientAddress(request, connection);
    const bindings: Bindings = { requestId: requestIdOf(request, connection), address, route: "-" };
    const response = await router.fetch(request, bindings);
    await discardBody(request);
    response.headers.set("x-request-id", bindings.requestId);
    logRequest({
      method: request.method,
      route: bindings.route,
      status: response.status,
      ms: Math.round((performance.now() - started) * 100) / 100,
      requestId: bindings.requestId,
    });
    return response;
  };
}

function registerEndpoints(router: Hono<{ Bindings: Bindings }>, options: AppOptions): void {
  const { endpoints } = options;
  const methods = new Map<string, string[]>();
  for (const { path, method } of endpoints) methods.set(path, [...methods.get(path) ?? [], method]);
  for (const endpoint of endpoints) {
    router.on(endpoint.method, routerPath(endpoint.path), (context) => {
      context.env.route = endpoint.path;
      // The router answers HEAD as GET; the wire has no HEAD.
      if (context.req.method === "HEAD") throw methodNotAllowed(methods.get(endpoint.path)!);
      return answer(endpoint, options, context);
    });
  }
  for (const [path, allowed] of methods) refuseOtherMethods(router, path, allowed);
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
  { req, env: { address } }: RequestContext,
): Promise<Response> {
  const body = endpoint.body === undefined ? undefined : await readRequestBody(req.raw, bodyMaxBytes);
  const caller = await identify(endpoint.access, req.header("authorization") ?? null);
  if (endpoint.access !== "open" && endpoint.needs !== undefined && !caller.permissions.has(endpoint.needs)) {
    throw forbidden(notAllowed(endpoint));
  }
  admit(rateOf(endpoint), { caller, address });
  const result = await endpoint.run({
    caller,
    path: req.param(),
    search: searchOf(req.url),
    body,
    userAgent: req.header("user-agent") ?? "",
    address,
  });
  return jsonResponse(result, endpoint.status);
}

function notAllowed({ access, needs }: Endpoint): string {
  return access === "key"
    ? `This API key may not ${needs}: its scopes or its owner's role do not allow it`
    : `Your role does not allow you to ${needs}`;
}

/** The query of a URL, without its question mark. */
function searchOf(url: string): string {
  const start = url.indexOf("?");
  return start === -1 ? "" : url.slice(start + 1);
}

/** Whether somebody looks at a path that no client of the API has business with. */
function isForBrowser(request: Request): boolean {
  const { pathname } = new URL(request.url);
  return !/^\/(?:api|\.well-known)(?:\/|$)/i.test(pathname) &&
    (request.headers.get("accept") ?? "").includes("text/html");
}

function registerDocuments(router: Hono<{ Bindings: Bindings }>, { endpoints, publicUrl }: AppOptions): void {
  const page = (path: string, handle: () => Response | Promise<Response>): void => {
    router.get(path, (context) => {
      context.env.route = path;
      if (context.req.method === "HEAD") throw methodNotAllowed(["GET"]);
      return handle();
    });
    refuseOtherMethods(router, path, ["GET"]);
  };
  // Clients take any 404 here for "use the defaults", and must never be shown anything but JSON.
  page(DISCOVERY_PATH, () => {
    if (publicUrl === undefined) throw notFound("Not Found");
    return jsonResponse({ version: 1, api_base_url: `${publicUrl}/api/v1`, api_version: "v1" }, 200);
  });
  page("/openapi.json", () => jsonResponse(openApiDocument(endpoints), 200));
  page("/docs", async () => pageResponse(await docsPage(endpoints, openApiDocument(endpoints))));
}
