import { compareAnswers, type Comparison } from "./answers.ts";
import { BURST, measureBurst } from "./burst.ts";
import type { Content } from "./content.ts";
import { measureEndurance } from "./endurance.ts";
import type { LabelledRequest } from "./load.ts";
import { measure, type Plan, type Target } from "./measure.ts";
import { measureMixed, MIXED, writing } from "./mixed.ts";
import { seededRandom } from "./random.ts";
import type { Measured } from "./rows.ts";
import { confirming, proposing, type Scenario, scenarios } from "./scenarios.ts";
import type { Subject } from "./subject.ts";
import { memoryRows, type Other, startBare, startTargets } from "./targets.ts";

/** What a run is asked for besides the content. */
export interface Options extends Omit<Plan, "targets"> {
  /** How many answers are compared. */
  readonly answers: number;
  /** Minutes of the mixed load; 0 for none. */
  readonly minutes: number;
  /** Names of what is measured; undefined for all. */
  readonly only: readonly string[] | undefined;
  /** Where databases are kept; undefined where they are made anew. */
  readonly cache: string | undefined;
  readonly other: Other | undefined;
}

/** Everything found out about one size. */
export interface SizeReport extends Measured {
  readonly units: number;
  readonly answers?: Comparison;
}

/** How often each kind of read has its turn before the mixed load begins again. */
const READ_TURNS = 500;

/** Measures all targets on copies of one database. */
export async function measureSize(
  content: Content,
  options: Options,
  progress: (text: string) => void,
): Promise<SizeReport> {
  const say = (text: string): void => progress(`${content.units} units: ${text}`);
  await using started = await startTargets(content, { ...options, progress: say });
  const { targets, subject } = started;
  const [ours, other] = targets as [Target, Target?];
  const atRest = await memoryRows("at rest", targets);
  // Before anything is written: afterwards the two have different units.
  if (other !== undefined) say("comparing answers");
  const answers = other === undefined ? {} : {
    answers: await compareAnswers([ours.port, other.port], { seed: content.seed, count: options.answers }),
  };
  const chosen = scenarios(subject).filter(({ name }) => options.only?.includes(name) ?? true);
  say("starting the bare handler");
  await using bare = await startBare(ours, chosen);
  const all = bare === undefined ? targets : [...targets, { ...bare, name: "bare" as const }];
  const parts = await measureParts({ ...options, targets: all }, { subject, chosen, options }, say);
  return {
    units: content.units,
    rows: [
      ...started.rows,
      ...atRest,
      ...parts.flatMap(({ rows }) => rows),
      ...await memoryRows("after all loads", targets),
    ],
    problems: parts.flatMap(({ problems }) => problems),
    ...answers,
  };
}

/** All loads; those that write come last, so that those that read find the same units in every round. */
async function measureParts(
  plan: Plan,
  { subject, chosen, options }: { subject: Subject; chosen: readonly Scenario[]; options: Options },
  progress: (text: string) => void,
): Promise<Measured[]> {
  const parts = [await measure(plan, chosen, progress)];
  const all = scenarios(subject), writes = writing(subject);
  const isChosen = (name: string): boolean => options.only?.includes(name) ?? true;
  if (isChosen(MIXED)) parts.push(await measureMixed(plan, { scenarios: all, writes }, progress));
  if (isChosen(BURST)) {
    const { requests } = all.find(({ name }) => name === "query")!;
    parts.push(await measureBurst(plan, { reads: requests, writes }, progress));
  }
  if (options.minutes > 0) {
    const target = plan.targets.find(({ name }) => name === "ours") as Required<Target>;
    const random = seededRandom(subject.content.seed + 5);
    parts.push(
      await measureEndurance({ target, minutes: options.minutes, plan }, {
        units: subject.content.units,
        reads: everyRead(all),
        confirmations: confirming(subject, random),
        proposals: proposing(subject, random),
      }, progress),
    );
  }
  return parts;
}

/** One request of every scenario that reads, then the next one of each. */
function everyRead(all: readonly Scenario[]): LabelledRequest[] {
  const reading = all.filter(({ status }) => status === 200);
  return Array.from(
    { length: READ_TURNS },
    (_, index) => reading.map(({ requests }) => requests[index % requests.length]!),
  ).flat();
}
