import type { LabelledRequest, LoadResult } from "./load.ts";
import { observe, type Plan } from "./measure.ts";
import { type Measured, type Rounds, rowOf, type TargetName } from "./rows.ts";

const CONNECTIONS = 1_000;

export const BURST = "burst of 1,000 connections";

/** Opens a thousand connections at once, each with one request: reads and writes in turn. */
export async function measureBurst(
  plan: Plan,
  { reads, writes }: { reads: readonly LabelledRequest[]; writes: readonly LabelledRequest[] },
  progress: (text: string) => void,
): Promise<Measured> {
  const requests = reads.flatMap((read, index) => [read, writes[index % writes.length]!]);
  const found: Partial<Record<TargetName, LoadResult[]>> = {};
  for (const target of plan.targets.filter(({ name }) => name !== "bare")) {
    progress(`${BURST}, ${target.name}`);
    const list = found[target.name] = [] as LoadResult[];
    for (let round = 0; round < plan.rounds; round++) {
      list.push(
        await observe(target, {
          requests,
          seconds: plan.patience_s,
          connections: CONNECTIONS,
          requestsMax: CONNECTIONS,
          perConnectionMax: 1,
          patience_s: plan.patience_s,
        }),
      );
    }
  }
  const rounds = (read: (result: LoadResult) => number): Rounds =>
    Object.fromEntries(Object.entries(found).map(([target, list]) => [target, list.map(read)]));
  const number = (...statuses: readonly string[]) => (result: LoadResult): number =>
    statuses.reduce((total, status) => total + (result.statuses[status] ?? 0), 0);
  const served = number("200", "201"), refused = number("503");
  const row = { name: BURST, better: "less" } as const;
  return {
    rows: [
      rowOf({ ...row, metric: "last answer, ms" }, rounds(({ lastAnswer_ms }) => lastAnswer_ms)),
      rowOf({ ...row, metric: "served", better: "more" }, rounds(served)),
      rowOf({ ...row, metric: "refused with 503" }, rounds(refused)),
      rowOf(
        { ...row, metric: "neither" },
        rounds((result) => CONNECTIONS - served(result) - refused(result)),
      ),
    ],
    problems: [],
  };
}
