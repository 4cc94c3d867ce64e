import type { LabelledRequest } from "./load.ts";
import { inOwnProcess, loadOf, observe, type Plan, type Target, unexpected } from "./measure.ts";
import { seededRandom } from "./random.ts";
import { type Measured, type Row, rowOf, type TargetName } from "./rows.ts";
import { confirming, proposing, REQUESTS_MAX, type Scenario } from "./scenarios.ts";
import type { Subject } from "./subject.ts";

/** Who reads, and how many connections write at full speed meanwhile. */
export const MIXES: readonly { readonly reader: string; readonly writers: readonly number[] }[] = [
  { reader: "query", writers: [1, 16] },
  { reader: "knowledge/stats", writers: [1] },
  { reader: "review/stats", writers: [1] },
  { reader: "review/queue", writers: [1] },
];
/** Writers begin with the readers and go on longer, so that whoever is counted has them at his side. */
const LONGER_S = 0.5;

/** The names of mixed loads. */
export const MIXED = "reading beside writers";

/** A proposal and a confirmation in turn. */
export function writing(subject: Subject): LabelledRequest[] {
  const random = seededRandom(subject.content.seed + 4);
  const proposals = proposing(subject, random);
  return confirming(subject, random).flatMap((request, index) => [
    proposals[index % proposals.length]!,
    request,
  ]);
}

/** Measures what readers have to bear while others write, against what they have alone in the same round. */
export async function measureMixed(
  plan: Plan,
  { scenarios, writes }: { scenarios: readonly Scenario[]; writes: readonly LabelledRequest[] },
  progress: (text: string) => void,
): Promise<Measured> {
  const rows: Row[] = [];
  const problems: string[] = [];
  const targets = plan.targets.filter(({ name }) => name !== "bare");
  for (const { reader, writers } of MIXES) {
    const scenario = scenarios.find(({ name }) => name === reader)!;
    const rounds = new Map<TargetName, Side[][]>(targets.map(({ name }) => [name, []]));
    for (let round = 1; round <= plan.rounds; round++) {
      for (const target of targets) {
        const sides: Side[] = [];
        for (const count of [0, ...writers]) {
          progress(`${mixedName(reader, count)}, round ${round} of ${plan.rounds}, ${target.name}`);
          sides.push(await side({ plan, target, scenario, writes, writers: count }));
        }
        rounds.get(target.name)!.push(sides);
      }
    }
    [0, ...writers].forEach((count, index) => rows.push(...rowsOf(reader, count, { rounds, index })));
    for (const [target, list] of rounds) {
      problems.push(...unexpected(`${reader} beside writers`, { [target]: list.flat() }, [200, 201]));
    }
  }
  return { rows, problems };
}

/** What the readers had with some number of writers at their side. */
interface Side {
  readonly p99_ms: number;
  readonly perSecond: number;
  readonly writesPerSecond: number;
  readonly statuses: Readonly<Record<string, number>>;
}

async function side(
  { plan, target, scenario, writes, writers }: {
    plan: Plan;
    target: Target;
    scenario: Scenario;
    writes: readonly LabelledRequest[];
    writers: number;
  },
): Promise<Side> {
  const load = loadOf(scenario, plan);
  const writing = writers === 0 ? undefined : inOwnProcess({
    ...load,
    port: target.port,
    requests: writes,
    connections: writers,
    requestsMax: REQUESTS_MAX,
    seconds: load.seconds + LONGER_S,
  });
  const read = await observe(target, load);
  const written = await writing;
  return {
    p99_ms: read.latencies[scenario.name]?.p99_ms ?? NaN,
    perSecond: read.perSecond,
    writesPerSecond: written?.perSecond ?? 0,
    statuses: { ...read.statuses, ...written?.statuses },
  };
}

/** The name of what is read beside so many writers. */
export function mixedName(reader: string, writers: number): string {
  return writers === 0 ? `${reader}, alone` : `${reader} beside ${writers} writing`;
}

function rowsOf(
  reader: string,
  writers: number,
  { rounds, index }: { rounds: ReadonlyMap<TargetName, readonly (readonly Side[])[]>; index: number },
): Row[] {
  const name = mixedName(reader, writers);
  const of = (read: (side: Side, alone: Side) => number): Record<string, number[]> =>
    Object.fromEntries(
      [...rounds].map(([target, list]) => [target, list.map((sides) => read(sides[index]!, sides[0]!))]),
    );
  const shared = [
    rowOf({ name, metric: "req/s", better: "more" }, of(({ perSecond }) => perSecond)),
    rowOf({ name, metric: "p99, ms", better: "less" }, of(({ p99_ms }) => p99_ms)),
  ];
  if (writers === 0) return shared;
  return [
    ...shared,
    rowOf(
      { name, metric: "p99, times that alone", better: "less" },
      of(({ p99_ms }, alone) => p99_ms / alone.p99_ms),
    ),
    rowOf({ name, metric: "writes/s", better: "more" }, of(({ writesPerSecond }) => writesPerSecond)),
  ];
}
