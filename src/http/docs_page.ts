import { html } from "hono/html";
import { APP_VERSION } from "../version.ts";
import type { Access, Endpoint } from "../wire/endpoint.ts";
import type { OpenApiDocument } from "./openapi.ts";

const ACCESS: Readonly<Record<Access, string>> = {
  open: "no credentials",
  session: "login token",
  account: "login token",
  key: "API key",
};

const STYLE = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
  details { border-top: 1px solid color-mix(in srgb, currentColor 20%, transparent); padding: .5rem 0; }
  summary { cursor: pointer; }
  code { overflow-wrap: anywhere; }
  code, pre { font: .875rem/1.5 ui-monospace, monospace; }
  pre { overflow-x: auto; padding: .75rem; background: color-mix(in srgb, currentColor 7%, transparent); }
  small { opacity: .75; }
`;

/** The API as one page that needs neither scripts nor the network. */
export async function docsPage(endpoints: readonly Endpoint[], document: OpenApiDocument): Promise<string> {
  const page = html`
    <!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <title>cq Server API</title>
        <meta name="viewport" content="width=device-width">
        <style>${html([STYLE] as unknown as TemplateStringsArray)}</style>
      </head>
      <body>
    <h1>cq Server API <small>${APP_VERSION}</small></h1>
    <p>The machine-readable form is <a href="/openapi.json">/openapi.json</a> (OpenAPI 3.1).</p>
    ${endpoints.map((endpoint) => endpointSection(endpoint, document))}
      </body>
    </html>
  `;
  return String(await page);
}

function endpointSection(endpoint: Endpoint, document: OpenApiDocument): ReturnType<typeof html> {
  const path = document.paths?.[endpoint.path];
  const operation = endpoint.method === "GET" ? path?.get : path?.post;
  return html`
    <details>
      <summary><code>${endpoint.method} ${endpoint.path}</code> ${endpoint
        .summary} <small>(${ACCESS[endpoint.access]})</small></summary>
      <pre>${JSON.stringify(operation, null, 2)}</pre>
    </details>
  `;
}
