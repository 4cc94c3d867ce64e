import { HTTP_DURATION, HTTP_REQUESTS } from "../telemetry/instruments.ts";
import { isLogged, logger } from "../telemetry/log.ts";
import type { Count, Distribution } from "../telemetry/metrics.ts";
import { rounded, type SlowLog } from "../telemetry/slow_log.ts";
import { activeSpan, type Span } from "../telemetry/tracing.ts";

const log = logger("request");

/** Methods that are told as they are; a client may send any other word as one. */
const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]);

/** What is told of a request. The route is the pattern, not the path: paths and queries are the clients' business. */
interface RequestEntry {
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly requestId: string;
}

/** What is counted of the requests to one route with one method. */
interface Tally {
  readonly duration: Distribution;
  /** By status. */
  readonly requests: Map<number, Count>;
}

/** Says what a span is about. The runtime has named it by its method alone. */
function describe(span: Span, { method, route, requestId }: Omit<RequestEntry, "status">): void {
  span.updateName(route === "-" ? method : `${method} ${route}`);
  if (route !== "-") span.setAttribute("http.route", route);
  span.setAttribute("cq.request_id", requestId);
}

/** Counts and times requests; tells of each in the log, in its trace, and of slow ones. */
export class RequestWatch {
  /** By route and method: looked up once for each request, so it is no text made for the purpose. */
  readonly #tallies = new Map<string, Map<string, Tally>>();
  #inFlight = 0;

  constructor(private readonly slow: SlowLog) {}

  /** Requests that have no response yet. */
  get inFlight(): number {
    return this.#inFlight;
  }

  /** A request has come. Returns when, for {@link answered}. */
  began(): number {
    this.#inFlight++;
    return performance.now();
  }

  /** The response to a request is there. */
  answered({ method, route, status, requestId }: RequestEntry, began_ms: number): void {
    const ms = performance.now() - began_ms;
    const known = METHODS.has(method) ? method : "-";
    this.#count({ method: known, route, status }, ms);
    const span = activeSpan();
    if (span !== undefined) describe(span, { method: known, route, requestId });
    const isSlow = this.slow.isSlow(ms);
    if (!isSlow && !isLogged("info")) return;
    const line = { method: known, route, status, ms: rounded(ms), requestId };
    log.info("request", line);
    if (isSlow) this.slow.tell("slow request", line);
  }

  /** Nobody works on a request any more, whether it was answered or not. */
  ended(): void {
    this.#inFlight--;
  }

  #count({ method, route, status }: Omit<RequestEntry, "requestId">, ms: number): void {
    const { duration, requests } = this.#tally(route, method);
    HTTP_DURATION.observe(ms / 1000, duration);
    let count = requests.get(status);
    if (count === undefined) {
      count = HTTP_REQUESTS.of(method, route, String(status));
      requests.set(status, count);
    }
    count.value++;
  }

  #tally(route: string, method: string): Tally {
    let methods = this.#tallies.get(route);
    if (methods === undefined) this.#tallies.set(route, methods = new Map());
    let tally = methods.get(method);
    if (tally === undefined) {
      methods.set(method, tally = { duration: HTTP_DURATION.of(method, route), requests: new Map() });
    }
    return tally;
  }
}
