import { OpenAPIHono, z } from "@hono/zod-openapi";
import { APP_VERSION } from "../version.ts";
import { type Access, type Endpoint, rateOf } from "../wire/endpoint.ts";

const problem = z.object({ detail: z.string() }).openapi("Problem");

const validationProblem = z.object({
  detail: z.union([
    z.string(),
    z.array(z.object({
      type: z.string(),
      loc: z.array(z.union([z.string(), z.number().int()])),
      msg: z.string(),
    })),
  ]),
}).openapi("ValidationProblem");

const DESCRIPTIONS: Readonly<Record<number, string>> = {
  200: "Success",
  201: "Stored",
  400: "The body cannot be read",
  401: "Not authenticated",
  404: "Not found",
  408: "The body did not come in time",
  409: "In conflict with the present state",
  413: "The body is too large",
  422: "Not acceptable",
  429: "Too often; try again after the time in Retry-After",
  500: "A stored unit cannot be read",
  503: "Busy; try again after the time in Retry-After",
  507: "The disk of the server is full",
};

const SECURITY: Readonly<Record<Access, string | undefined>> = {
  open: undefined,
  session: "loginToken",
  account: "loginToken",
  key: "apiKey",
};

/** An OpenAPI 3.1 document. */
export type OpenApiDocument = ReturnType<OpenAPIHono["getOpenAPI31Document"]>;

/** The document of the given endpoints, made from the schemas that validate their requests. */
export function openApiDocument(endpoints: readonly Endpoint[]): OpenApiDocument {
  const document = new OpenAPIHono();
  const { openAPIRegistry: registry } = document;
  registry.registerComponent("securitySchemes", "loginToken", {
    type: "http",
    scheme: "bearer",
    bearerFormat: "JWT",
    description: "The token that signing in returns.",
  });
  registry.registerComponent("securitySchemes", "apiKey", {
    type: "http",
    scheme: "bearer",
    bearerFormat: "cqa.v1.<id>.<secret>",
    description: "An API key.",
  });
  for (const endpoint of endpoints) registry.registerPath(pathOf(endpoint));
  return document.getOpenAPI31Document({
    openapi: "3.1.0",
    info: {
      title: "cq Server",
      version: APP_VERSION,
      description: "The shared knowledge store for coding agents.",
      license: { name: "Apache-2.0" },
    },
  });
}

type PathConfig = Parameters<OpenAPIHono["openAPIRegistry"]["registerPath"]>[0];

function pathOf(endpoint: Endpoint): PathConfig {
  const parameters = [...endpoint.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);
  const security = SECURITY[endpoint.access];
  return {
    method: endpoint.method === "GET" ? "get" : "post",
    path: endpoint.path,
    operationId: operationId(endpoint),
    summary: endpoint.summary,
    tags: [endpoint.tag],
    ...(security === undefined ? {} : { security: [{ [security]: [] }] }),
    request: {
      ...(parameters.length === 0
        ? {}
        : { params: z.object(Object.fromEntries(parameters.map((name) => [name, z.string().min(1)]))) }),
      ...(endpoint.query === undefined ? {} : { query: endpoint.query.partial(dispensable(endpoint)) }),
      ...(endpoint.body === undefined
        ? {}
        : { body: { required: true, content: { "application/json": { schema: endpoint.body } } } }),
    },
    responses: responsesOf(endpoint),
  };
}

function dispensable({ replaceable = {} }: Endpoint): Record<string, true> {
  return Object.fromEntries(Object.keys(replaceable).map((name) => [name, true]));
}

function operationId(endpoint: Endpoint): string {
  const words = endpoint.path.replace("/api/v1/", "").replaceAll(/[{}]/g, "").split(/[/-]/);
  return [endpoint.method.toLowerCase(), ...words].join("_");
}

function responsesOf(endpoint: Endpoint): PathConfig["responses"] {
  const statuses = new Set<number>(endpoint.problems ?? []);
  if (endpoint.access !== "open") statuses.add(401);
  if (endpoint.access !== "open" && endpoint.needs !== undefined) statuses.add(403);
  if (endpoint.query !== undefined) statuses.add(422);
  if (endpoint.body !== undefined) [400, 408, 413, 422].forEach((status) => statuses.add(status));
  // Clients throw a proposal away that is answered 429: the writes of keys are answered 503.
  const isWriteOfKey = endpoint.method === "POST" && endpoint.access === "key";
  if (rateOf(endpoint) !== "unlimited" && !isWriteOfKey) statuses.add(429);
  statuses.add(500).add(503);
  if (endpoint.method === "POST") statuses.add(507);
  const problems = [...statuses].sort().map((status) => [status, {
    description: DESCRIPTIONS[status]!,
    content: { "application/json": { schema: status === 422 ? validationProblem : problem } },
  }]);
  return {
    [endpoint.status]: {
      description: DESCRIPTIONS[endpoint.status]!,
      content: { "application/json": { schema: endpoint.response } },
    },
    ...Object.fromEntries(problems),
  };
}
