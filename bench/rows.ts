import { type Spread, spread } from "./statistics.ts";

/** Whose figures: our server, the one it is compared with, and a handler that only returns the same bytes from memory. */
export type TargetName = "ours" | "other" | "bare";

/** One measured quantity of every target, and how many times as good ours is. */
export interface Row {
  readonly name: string;
  readonly metric: string;
  readonly values: Readonly<Partial<Record<TargetName, Spread>>>;
  /** Above 1: ours has more of what there should be more of, or less of what there should be less of. */
  readonly ratios: Readonly<Partial<Record<"other" | "bare", Spread>>>;
}

/** What a measurement gave. */
export interface Measured {
  readonly rows: readonly Row[];
  /** Answers that were not as they should be. */
  readonly problems: readonly string[];
}

/** What each target had in each round. */
export type Rounds = Readonly<Partial<Record<TargetName, readonly number[]>>>;

/** The row of a quantity; ratios are taken within each round, whose measurements followed each other. */
export function rowOf(
  { name, metric, better }: { name: string; metric: string; better: "more" | "less" },
  rounds: Rounds,
): Row {
  const values = Object.fromEntries(
    Object.entries(rounds).map(([target, list]) => [target, spread(list)]),
  );
  const ratioTo = (target: "other" | "bare"): Partial<Row["ratios"]> => {
    const ours = rounds.ours, theirs = rounds[target];
    if (ours === undefined || theirs === undefined) return {};
    const ratios = ours.map((value, round) =>
      better === "more" ? value / theirs[round]! : theirs[round]! / value
    );
    return { [target]: spread(ratios) };
  };
  return { name, metric, values, ratios: { ...ratioTo("other"), ...ratioTo("bare") } };
}

/** The row of a quantity; undefined where it was not measured. */
export function findRow(rows: readonly Row[], name: string, metric: string): Row | undefined {
  return rows.find((row) => row.name === name && row.metric === metric);
}
