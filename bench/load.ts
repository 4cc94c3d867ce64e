/** The load generator, in a process of its own: a {@link Load} on standard input, a {@link LoadResult} on standard output. */
import { Connection } from "./connection.ts";
import { percentile } from "./statistics.ts";

/** What to send. Whatever is asked for, a load ends: see {@link BOUNDS}. */
export interface Load {
  /** Of a server at 127.0.0.1. */
  readonly port: number;
  readonly requests: readonly LabelledRequest[];
  readonly seconds: number;
  readonly connections: number;
  readonly requestsMax: number;
}

/** A whole HTTP/1.1 request; latencies are told apart by label. */
export interface LabelledRequest {
  readonly label: string;
  readonly text: string;
}

/** What came back. */
export interface LoadResult {
  readonly perSecond: number;
  readonly latencies: Readonly<Record<string, { readonly p50_ms: number; readonly p99_ms: number }>>;
  /** Number of answers by status; connections that broke are counted as `broken`. */
  readonly statuses: Readonly<Record<string, number>>;
}

const BOUNDS = { seconds: 60, connections: 256, requests: 500_000 };
/** Part of the time spent before anything is counted. */
const WARM_UP = 0.2;

interface Run {
  readonly requests: readonly { label: string; bytes: Uint8Array }[];
  readonly port: number;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly requestsMax: number;
  readonly samples: Map<string, number[]>;
  readonly statuses: Record<string, number>;
  sent: number;
}

/** Runs a load to its end. */
export async function runLoad(load: Load): Promise<LoadResult> {
  const seconds = Math.min(load.seconds, BOUNDS.seconds);
  const connections = Math.min(load.connections, BOUNDS.connections);
  const startsAt = performance.now() + seconds * WARM_UP * 1000;
  const encoder = new TextEncoder();
  const run: Run = {
    requests: load.requests.map(({ label, text }) => ({ label, bytes: encoder.encode(text) })),
    port: load.port,
    startsAt,
    endsAt: startsAt + seconds * 1000,
    requestsMax: Math.min(load.requestsMax, BOUNDS.requests),
    samples: new Map(),
    statuses: {},
    sent: 0,
  };
  await Promise.all(Array.from({ length: connections }, () => work(run)));
  const elapsed_ms = Math.min(performance.now(), run.endsAt) - startsAt;
  const counted = [...run.samples.values()].reduce((total, list) => total + list.length, 0);
  const latencies = [...run.samples].map(([label, list]) =>
    [label, { p50_ms: percentile(list, 0.5), p99_ms: percentile(list, 0.99) }] as const
  );
  return {
    perSecond: counted / (elapsed_ms / 1000),
    latencies: Object.fromEntries(latencies),
    statuses: run.statuses,
  };
}

async function work(run: Run): Promise<void> {
  try {
    using connection = await Connection.open(run.port);
    while (performance.now() < run.endsAt && run.sent < run.requestsMax) {
      const { label, bytes } = run.requests[run.sent++ % run.requests.length]!;
      const sentAt = performance.now();
      const status = await connection.exchange(bytes);
      const answeredAt = performance.now();
      run.statuses[status] = (run.statuses[status] ?? 0) + 1;
      // What was sent before and answered within counts: else slow answers would be missed at both ends.
      if (answeredAt < run.startsAt || answeredAt > run.endsAt) continue;
      const list = run.samples.get(label) ?? [];
      list.push(answeredAt - sentAt);
      run.samples.set(label, list);
    }
  } catch {
    run.statuses["broken"] = (run.statuses["broken"] ?? 0) + 1;
  }
}

if (import.meta.main) {
  const load: Load = await new Response(Deno.stdin.readable).json();
  await Deno.stdout.write(new TextEncoder().encode(JSON.stringify(await runLoad(load))));
}
