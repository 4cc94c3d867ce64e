import { ok } from "node:assert/strict";
import { loginToken, makeKey, proposal } from "../fixtures/accounts.ts";
import { type Answer, call } from "../fixtures/json_client.ts";
import { delay } from "../fixtures/waiting.ts";

/** What was acknowledged during a load, and what reads were found to miss. */
export interface LoadReport {
  readonly proposed: Set<string>;
  readonly decisions: Map<string, string[]>;
  readonly confirmations: Map<string, number>;
  readonly flags: Map<string, number>;
  /** Reads that did not show a write acknowledged longer than the bound ago. */
  readonly stale: string[];
  /** Answers other than success, conflict and "try again". */
  readonly odd: string[];
  /** Requests that were answered with success. */
  successes: number;
  /** Requests that were answered 502 or 503. */
  refusals: number;
}

interface LoadOptions {
  readonly url: string;
  readonly clients: number;
  readonly reviewer: string;
  /** Approved units that everybody confirms and flags. */
  readonly units: readonly string[];
  /** How old a write may be before every read must show it, in milliseconds. */
  readonly bound_ms: number;
  readonly isOver: () => boolean;
}

const REPORTED_MAX = 20;

/** Mixed reads and writes from many clients until it is over. */
export async function mixedLoad(options: LoadOptions): Promise<LoadReport> {
  const report: LoadReport = {
    proposed: new Set(),
    decisions: new Map(),
    confirmations: new Map(),
    flags: new Map(),
    stale: [],
    odd: [],
    successes: 0,
    refusals: 0,
  };
  const key = await makeKey(options.url, loginToken(options.reviewer));
  await Promise.all(
    Array.from({ length: options.clients }, (_, client) => runClient(client, key, options, report)),
  );
  return report;
}

async function runClient(
  client: number,
  key: string,
  options: LoadOptions,
  report: LoadReport,
): Promise<void> {
  const works = [proposeAndDecide, confirm, flag, read];
  const work = works[client % works.length]!;
  while (!options.isOver()) {
    await work(key, options, report);
    await delay(1);
  }
}

/** The answer where it is a success; everything else is noted. */
async function attempt<T>(
  report: LoadReport,
  url: string,
  route: `${"GET" | "POST"} /${string}`,
  options: { bearer?: string; json?: unknown } = {},
): Promise<Answer<T> | undefined> {
  const answer = await call<T>(url, route, options);
  if (answer.status === 200 || answer.status === 201) {
    report.successes++;
    return answer;
  }
  if (answer.status === 502 || answer.status === 503) {
    report.refusals++;
    await delay(20);
  } else if (answer.status !== 409 && report.odd.length < REPORTED_MAX) {
    report.odd.push(`${route}: ${answer.status} ${JSON.stringify(answer.body)}`);
  }
  return undefined;
}

async function proposeAndDecide(
  key: string,
  { url, reviewer }: LoadOptions,
  report: LoadReport,
): Promise<void> {
  const proposed = await attempt<{ id: string }>(report, url, "POST /knowledge", {
    bearer: key,
    json: proposal("load"),
  });
  if (proposed === undefined) return;
  const { id } = proposed.body;
  report.proposed.add(id);
  const bearer = loginToken(reviewer);
  const verdicts = await Promise.all(
    (["approve", "reject"] as const).map((verb) =>
      attempt<{ status: string }>(report, url, `POST /review/${id}/${verb}`, { bearer })
    ),
  );
  const taken = verdicts.flatMap((answer) => answer === undefined ? [] : [answer.body.status]);
  if (taken.length > 0) report.decisions.set(id, taken);
}

function anyOf(units: readonly string[]): string {
  return units[Math.floor(Math.random() * units.length)]!;
}

function count(counts: Map<string, number>, id: string): void {
  counts.set(id, (counts.get(id) ?? 0) + 1);
}

async function confirm(key: string, { url, units }: LoadOptions, report: LoadReport): Promise<void> {
  const id = anyOf(units);
  const answer = await attempt(report, url, `POST /knowledge/${id}/confirmations`, { bearer: key });
  if (answer !== undefined) count(report.confirmations, id);
}

async function flag(key: string, { url, units }: LoadOptions, report: LoadReport): Promise<void> {
  const id = anyOf(units);
  const answer = await attempt(report, url, `POST /knowledge/${id}/flags`, {
    bearer: key,
    json: { reason: "stale" },
  });
  if (answer !== undefined) count(report.flags, id);
}

interface Served {
  readonly id: string;
  readonly evidence: { readonly confirmations: number };
  readonly flags: readonly unknown[];
}

/** Notes what is acknowledged, waits for the bound, reads, and compares. */
async function read(_key: string, { url, bound_ms }: LoadOptions, report: LoadReport): Promise<void> {
  const [confirmations, flags] = [new Map(report.confirmations), new Map(report.flags)];
  await delay(bound_ms);
  const answer = await attempt<{ data: Served[] }>(report, url, "GET /knowledge?domains=shared&limit=50");
  if (answer === undefined) return;
  const served = new Map(answer.body.data.map((unit) => [unit.id, unit]));
  ok(served.size > 0);
  const note = (what: string): void => {
    if (report.stale.length < REPORTED_MAX) report.stale.push(what);
  };
  for (const [id, least] of confirmations) {
    const found = served.get(id)?.evidence.confirmations ?? 0;
    if (found - 1 < least) note(`${id}: ${found - 1} confirmations served, ${least} acknowledged`);
  }
  for (const [id, least] of flags) {
    const found = served.get(id)?.flags.length ?? 0;
    if (found < least) note(`${id}: ${found} flags served, ${least} acknowledged`);
  }
}
