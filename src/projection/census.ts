/** Inner edges between which the confidence of approved units is counted: every edge that a statistic has. */
export const CONFIDENCE_EDGES: readonly number[] = [0.3, 0.5, 0.6, 0.7, 0.8];

/** What of a unit is counted. Status, tier and domains are numbers of a dictionary, days are since 1970. */
export interface Counted {
  readonly status: number;
  readonly tier: number;
  readonly createdDay: number | undefined;
  readonly reviewedDay: number | undefined;
  /** Of an approved unit. */
  readonly approved?: { readonly rows: readonly number[]; readonly confidence: number | undefined };
}

/** Counts of the whole store, kept as units come and go. */
export class Census {
  readonly statuses = new Map<number, number>();
  /** Approved units. */
  readonly tiers = new Map<number, number>();
  readonly domains = new Map<number, number>();
  /** Approved units between two edges of {@link CONFIDENCE_EDGES}: each has its lower edge and not its upper one. */
  readonly confidence: number[] = new Array(CONFIDENCE_EDGES.length + 1).fill(0);
  readonly proposedPerDay = new Map<number, number>();
  readonly #reviewedPerDay = new Map<number, Map<number, number>>();

  /** Counts a unit in, or out with -1. */
  count(unit: Counted, change: 1 | -1): void {
    add(this.statuses, unit.status, change);
    if (unit.createdDay !== undefined) add(this.proposedPerDay, unit.createdDay, change);
    if (unit.reviewedDay !== undefined) {
      const perDay = this.#reviewedPerDay.get(unit.status) ?? new Map<number, number>();
      this.#reviewedPerDay.set(unit.status, perDay);
      add(perDay, unit.reviewedDay, change);
    }
    if (unit.approved === undefined) return;
    add(this.tiers, unit.tier, change);
    for (const row of unit.approved.rows) add(this.domains, row, change);
    const { confidence } = unit.approved;
    if (confidence === undefined || Number.isNaN(confidence)) return;
    this.confidence[confidenceBucket(confidence)]! += change;
  }

  /** How many units of a status were decided on each day. */
  reviewedPerDay(status: number): ReadonlyMap<number, number> {
    return this.#reviewedPerDay.get(status) ?? new Map();
  }
}

/** Between which two of {@link CONFIDENCE_EDGES} a confidence is: 0 below the first one. */
export function confidenceBucket(confidence: number): number {
  const above = CONFIDENCE_EDGES.findIndex((edge) => confidence < edge);
  return above === -1 ? CONFIDENCE_EDGES.length : above;
}

function add(counts: Map<number, number>, key: number, change: number): void {
  const count = (counts.get(key) ?? 0) + change;
  if (count === 0) counts.delete(key);
  else counts.set(key, count);
}
