import { delay } from "../fixtures/waiting.ts";
import { rawRequest } from "../fixtures/raw_http.ts";
import type { RequestSpec, RequestStep, SqlStep, Step } from "./case_file.ts";
import { differences, valueAt } from "./comparison.ts";
import type { JsonValue } from "./exact_json.ts";
import { compareResponse } from "./response.ts";
import { expand, expandText, expandTexts, MissingVariable, type Scope } from "./templates.ts";

/** What steps act on. */
export interface Stage {
  readonly scope: Scope;
  /** Where the server answers now. */
  url(): string;
  /** Rows of the case's database. */
  rows(query: string): Promise<JsonValue[][]>;
  /** Stops the server and starts it on the same database. */
  restart(): Promise<void>;
}

/** Rows that a server writes after its answer are waited for this long. */
const ROWS_WAIT_MS = 3_000;
const ROWS_RETRY_MS = 50;

/** Takes one step; returns what went otherwise than recorded. */
export async function runStep(step: Step, stage: Stage): Promise<string[]> {
  try {
    if ("request" in step) return await runRequest(step, stage);
    if ("sql" in step) return await runSql(step, stage);
  } catch (error) {
    if (error instanceof MissingVariable) return [`nothing captured as ${error.message} by an earlier step`];
    throw error;
  }
  if ("wait" in step) await delay(step.wait * 1000);
  else await stage.restart();
  return [];
}

async function runRequest({ request, expect, capture = {} }: RequestStep, stage: Stage): Promise<string[]> {
  const { scope } = stage;
  const { headers, body } = contentOf(request, scope);
  const path = expandText(request.path, scope);
  const response = await rawRequest(stage.url(), { method: request.method, path, headers, body });
  const { problems, body: answer } = compareResponse(response, expect, scope);
  const uncaptured = Object.entries(capture).flatMap(([name, place]) => {
    const value = valueAt(place, answer);
    if (value === undefined) return [`capture ${name}: nothing at ${place}`];
    scope.captured.set(name, value);
    return [];
  });
  return [...problems, ...uncaptured].map((problem) => `${request.method} ${path.slice(0, 120)}: ${problem}`);
}

function contentOf(
  request: RequestSpec,
  scope: Scope,
): { headers: Record<string, string>; body: Uint8Array | undefined } {
  const headers = expandTexts(request.headers ?? {}, scope);
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  if (request.json !== undefined) {
    const isTyped = Object.keys(headers).some((name) => name.toLowerCase() === "content-type");
    if (!isTyped) headers["content-type"] = "application/json";
    return { headers, body: encode(JSON.stringify(expand(request.json, scope))) };
  }
  if (request.raw !== undefined) return { headers, body: encode(expandText(request.raw, scope)) };
  if (request.raw_base64 !== undefined) return { headers, body: Uint8Array.fromBase64(request.raw_base64) };
  return { headers, body: request.method === "POST" ? new Uint8Array() : undefined };
}

async function runSql({ sql, expect_rows }: SqlStep, { scope, rows }: Stage): Promise<string[]> {
  const deadline = performance.now() + ROWS_WAIT_MS;
  for (;;) {
    const problems = differences(expect_rows, await rows(expandText(sql, scope)), { scope, path: "rows" });
    if (problems.length === 0 || performance.now() > deadline) return problems;
    await delay(ROWS_RETRY_MS);
  }
}
