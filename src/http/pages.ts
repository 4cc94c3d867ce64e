import type { Context, Hono } from "hono";
import type { Sessions } from "../accounts/sessions.ts";
import { badRequest, methodNotAllowed } from "../errors.ts";
import { readCookies } from "../ui/cookies.ts";
import type { UiRoute, Visit } from "../ui/route.ts";
import { UNKNOWN_ADDRESS } from "../wire/address.ts";
import type { Clock } from "../wire/time.ts";
import { compressed } from "./compression.ts";
import { errorPage } from "./error_response.ts";
import { withPageHeaders } from "./headers.ts";
import { readForm } from "./request_body.ts";
import { checkOrigin } from "./same_origin.ts";

interface PagesOptions {
  readonly routes: readonly UiRoute[];
  readonly sessions: Pick<Sessions, "find">;
  readonly clock: Clock;
  readonly publicUrl: string | undefined;
}

/** What is known of a request while it is answered. */
interface Bindings {
  readonly requestId: string;
  readonly address: () => string;
  route: string;
}

const NO_FORM = new URLSearchParams();
/** Stands in for the address of a request that names no host. */
const NO_ADDRESS = "http://unknown.invalid/";

/** Mounts the pages for people. Their paths answer HEAD like GET, and other methods with a 405. */
export function mountPages<B extends Bindings>(
  router: Hono<{ Bindings: B }>,
  options: PagesOptions,
): void {
  const isPage = pageFinder(options.routes);
  const methods = new Map<string, string[]>();
  for (const { path, method } of options.routes) methods.set(path, [...methods.get(path) ?? [], method]);
  for (const route of options.routes) {
    router.on(route.method, routerPath(route.path), (context) => {
      context.env.route = route.path;
      return answerPage(route, { ...options, isPage }, context);
    });
  }
  for (const [path, allowed] of methods) {
    router.all(routerPath(path), (context) => {
      context.env.route = path;
      const { raw } = context.req;
      return sent(
        raw,
        errorPage(methodNotAllowed(allowed), context.env.requestId, bareVisit(raw, options.clock)),
      );
    });
  }
}

/** The page that tells of an error outside of all routes: to whom nothing is known of. */
export function strayErrorPage(
  error: unknown,
  { request, clock, requestId }: { request: Request; clock: Clock; requestId: string },
): Promise<Response> {
  return sent(request, errorPage(error, requestId, bareVisit(request, clock)));
}

function routerPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ":$1");
}

function pageFinder(routes: readonly UiRoute[]): Visit["isPage"] {
  const paths = routes.filter(({ method }) => method === "GET").map(({ path }) =>
    new RegExp(`^${path.replaceAll(/\{\w+\}/g, "[^/]+")}$`)
  );
  return (pathname) => paths.some((path) => path.test(pathname));
}

async function answerPage<B extends Bindings>(
  route: UiRoute,
  { sessions, clock, publicUrl, isPage }: PagesOptions & Pick<Visit, "isPage">,
  { req, env }: Context<{ Bindings: B }>,
): Promise<Response> {
  const bare = { ...bareVisit(req.raw, clock), params: req.param(), address: env.address, isPage };
  let visit: Visit = bare;
  try {
    checkHost(req.raw);
    checkOrigin(req.raw, publicUrl);
    // Before the session is looked up: what was typed is given back where that fails.
    if (route.method === "POST") visit = { ...visit, form: await readForm(req.raw) };
    const token = bare.sessionToken;
    if (route.isPersonal && token !== undefined) visit = { ...visit, viewer: await sessions.find(token) };
    return await sent(req.raw, await route.handle(visit));
  } catch (error) {
    return await sent(req.raw, errorPage(error, env.requestId, visit));
  }
}

/** @throws {CqError} 400 where the request names a host that is none. */
function checkHost(request: Request): void {
  if (URL.canParse(request.url)) return;
  throw badRequest(
    "The Host header of the request names no host. Open the page at the address of this server.",
  );
}

function bareVisit(request: Request, clock: Clock): Visit {
  const { session, theme, flash } = readCookies(request.headers.get("cookie"));
  return {
    url: URL.parse(request.url) ?? new URL(NO_ADDRESS),
    params: {},
    form: NO_FORM,
    headers: request.headers,
    now_us: clock.now(),
    theme,
    flash,
    sessionToken: session,
    viewer: undefined,
    address: () => UNKNOWN_ADDRESS,
    isPage: () => false,
  };
}

async function sent(request: Request, response: Response | Promise<Response>): Promise<Response> {
  return await compressed(withPageHeaders(await response), request.headers.get("accept-encoding"));
}
