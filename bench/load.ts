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
  /** Requests of one connection; any number where it is left out. */
  readonly perConnectionMax?: number;
  /** How long slow answers are waited for. */
  readonly patience_s: number;
}

/** Where this stands in a request, each one that is sent has digits of its own: the same proposal once more would be none. */
export const SERIAL = "serial-00000000000000";
/** Digits by which loads differ that run at the same time, and one after the other. */
const LOAD_DIGITS = 5;

/** A whole HTTP/1.1 request; latencies are told apart by label. */
export interface LabelledRequest {
  readonly label: string;
  readonly text: string;
}

/** What came back. */
export interface LoadResult {
  readonly perSecond: number;
  readonly latencies: Readonly<Record<string, { readonly p50_ms: number; readonly p99_ms: number }>>;
  /** Number of answers by status; connections that broke are counted as `broken`, requests given up as `unanswered`. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Answers in all, those that are not counted among them. */
  readonly answered: number;
  /** From the beginning to the last answer. */
  readonly lastAnswer_ms: number;
}

const BOUNDS = { seconds: 60, connections: 1_024, requests: 500_000, patience_s: 900 };
/** Part of the time spent before anything is counted. */
const WARM_UP = 0.2;

/** Answers of one label, in the order they came: as two lists of numbers, which the garbage collector need not look into. */
interface Answers {
  readonly at_ms: number[];
  readonly took_ms: number[];
}

interface Run {
  readonly requests: readonly { label: string; bytes: Uint8Array; digitsAt: number | undefined }[];
  readonly loadDigits: string;
  readonly port: number;
  readonly endsAt: number;
  readonly requestsMax: number;
  readonly perConnectionMax: number;
  readonly answers: Map<string, Answers>;
  readonly statuses: Record<string, number>;
  sent: number;
  underWay: number;
  lastAnswerAt: number;
}

/** Runs a load to its end, or until patience is at its end. */
export async function runLoad(load: Load): Promise<LoadResult> {
  const seconds = Math.min(load.seconds, BOUNDS.seconds);
  const connections = Math.min(load.connections, BOUNDS.connections);
  const begunAt = performance.now();
  const warmAt = begunAt + seconds * WARM_UP * 1000;
  const endsAt = warmAt + seconds * 1000;
  const encoder = new TextEncoder();
  const run: Run = {
    requests: load.requests.map(({ label, text }) => {
      const at = text.indexOf(SERIAL);
      const digitsAt = at === -1 ? undefined : encoder.encode(text.slice(0, at + SERIAL.indexOf("0"))).length;
      return { label, bytes: encoder.encode(text), digitsAt };
    }),
    loadDigits: String(Math.floor(Math.random() * 10 ** LOAD_DIGITS)).padStart(LOAD_DIGITS, "0"),
    port: load.port,
    endsAt,
    requestsMax: Math.min(load.requestsMax, BOUNDS.requests),
    perConnectionMax: load.perConnectionMax ?? BOUNDS.requests,
    answers: new Map(),
    statuses: {},
    sent: 0,
    underWay: 0,
    lastAnswerAt: begunAt,
  };
  const work = Promise.all(Array.from({ length: connections }, () => converse(run)));
  await within(work, Math.min(load.patience_s, BOUNDS.patience_s) * 1000);
  if (run.underWay > 0) run.statuses["unanswered"] = run.underWay;
  return {
    ...summary(run, { begunAt, warmAt, endedAt: performance.now(), connections }),
    statuses: run.statuses,
    answered: [...run.answers.values()].reduce((total, { at_ms }) => total + at_ms.length, 0),
    lastAnswer_ms: run.lastAnswerAt - begunAt,
  };
}

/**
 * What was sent before the time that counts and answered within does count: else slow answers would be missed at both ends. Where
 * there were fewer answers than two for each connection, that time is too short to tell anything, and all answers count, from the
 * beginning to the last one, or to the end of patience where some never came.
 */
function summary(
  { answers, endsAt, lastAnswerAt, underWay }: Run,
  { begunAt, warmAt, endedAt, connections }: Record<"begunAt" | "warmAt" | "endedAt" | "connections", number>,
): Pick<LoadResult, "perSecond" | "latencies"> {
  const between = (from: number, to: number): [string, number[]][] =>
    [...answers].map(([label, { at_ms, took_ms }]) => {
      return [label, took_ms.filter((_, index) => at_ms[index]! >= from && at_ms[index]! <= to)];
    });
  const countOf = (lists: readonly [string, number[]][]): number =>
    lists.reduce((total, [, list]) => total + list.length, 0);
  let from = warmAt, to = Math.min(endsAt, lastAnswerAt);
  let counted = between(from, to);
  if (countOf(counted) < 2 * connections) {
    [from, to] = [begunAt, underWay === 0 ? lastAnswerAt : endedAt];
    counted = between(from, to);
  }
  const count = countOf(counted);
  const latencies = counted.map(([label, list]) =>
    [label, { p50_ms: percentile(list, 0.5), p99_ms: percentile(list, 0.99) }] as const
  );
  return {
    perSecond: count === 0 ? 0 : count / ((to - from) / 1000),
    latencies: Object.fromEntries(latencies),
  };
}

async function converse(run: Run): Promise<void> {
  try {
    using connection = await Connection.open(run.port);
    for (let count = 0; count < run.perConnectionMax; count++) {
      // Each connection sends something, however late it was open.
      const isOver = count > 0 && performance.now() >= run.endsAt;
      if (isOver || run.sent >= run.requestsMax) return;
      const { label, bytes } = nextRequest(run);
      const sentAt = performance.now();
      run.underWay++;
      const status = await connection.exchange(bytes).finally(() => run.underWay--);
      run.lastAnswerAt = performance.now();
      note(run, label, run.lastAnswerAt - sentAt);
      run.statuses[status] = (run.statuses[status] ?? 0) + 1;
    }
  } catch {
    run.statuses["broken"] = (run.statuses["broken"] ?? 0) + 1;
  }
}

function nextRequest(run: Run): { label: string; bytes: Uint8Array } {
  const number = run.sent++;
  const { label, bytes, digitsAt } = run.requests[number % run.requests.length]!;
  if (digitsAt === undefined) return { label, bytes };
  const own = bytes.slice();
  const digits = run.loadDigits + String(number).padStart(SERIAL.match(/0/g)!.length - LOAD_DIGITS, "0");
  new TextEncoder().encodeInto(digits, own.subarray(digitsAt));
  return { label, bytes: own };
}

function note(run: Run, label: string, took_ms: number): void {
  const known = run.answers.get(label);
  const list = known ?? { at_ms: [], took_ms: [] };
  if (known === undefined) run.answers.set(label, list);
  list.at_ms.push(run.lastAnswerAt);
  list.took_ms.push(took_ms);
}

async function within(work: Promise<unknown>, patience_ms: number): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, patience_ms);
  await Promise.race([work, late]);
  clearTimeout(timer);
}

if (import.meta.main) {
  const load: Load = await new Response(Deno.stdin.readable).json();
  await Deno.stdout.write(new TextEncoder().encode(JSON.stringify(await runLoad(load))));
  // Requests that were given up are still under way.
  Deno.exit(0);
}
