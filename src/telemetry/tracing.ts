import type { Span, Tracer } from "@opentelemetry/api";
import { APP_VERSION } from "../version.ts";

export type { Span };

type Api = typeof import("@opentelemetry/api");
type Attributes = Readonly<Record<string, string | number>>;

let api: Api | undefined;
let tracer: Tracer | undefined;

/** Begins to trace; the runtime exports. Before that, everything here does nothing. */
export async function startTracing(): Promise<void> {
  api = await import("@opentelemetry/api");
  tracer = api.trace.getTracer("cq-server", APP_VERSION);
}

/** Whether anything is traced: what costs time only for a trace is left out where not. */
export function isTracing(): boolean {
  return tracer !== undefined;
}

/** The span that the runtime has begun for the request that is being answered. */
export function activeSpan(): Span | undefined {
  return api?.trace.getActiveSpan();
}

/** Runs `work` in a span of its own. What it fails with is told by its kind alone: messages may hold what a client sent. */
export function traced<T>(
  { name, attributes }: { name: string; attributes: () => Attributes },
  work: () => Promise<T>,
): Promise<T> {
  if (api === undefined || tracer === undefined) return work();
  const { SpanKind, SpanStatusCode } = api;
  return tracer.startActiveSpan(name, { kind: SpanKind.CLIENT, attributes: attributes() }, async (span) => {
    try {
      return await work();
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      if (error instanceof Error) span.setAttribute("error.type", error.name);
      throw error;
    } finally {
      span.end();
    }
  });
}

/** What leads from a line of the log to its trace; nothing where none is kept. */
export function traceIds(): { readonly traceId: string; readonly spanId: string } | undefined {
  const context = activeSpan()?.spanContext();
  return context === undefined ? undefined : { traceId: context.traceId, spanId: context.spanId };
}
