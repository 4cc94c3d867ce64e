import { SHOWN_COUNT_MAX } from "../limits.ts";
import type { Doubts } from "../projection/live.ts";
import {
  type AgeingList,
  ageingUnits,
  countAgeing,
  type DoubtKind,
  type UnitDoubts,
  unitDoubts,
} from "./ageing.ts";
import { correct, type Correction } from "./corrections.ts";
import { type Parts, unknownUnit } from "./decisions.ts";
import type { Figure } from "./overview.ts";

/** What keeps approved units right. */
export interface Upkeep {
  /** Whether doubts count at all. */
  readonly isOn: boolean;
  /** Units in doubt, a page of them. */
  ageing(request: { kind: DoubtKind; after: string; limit: number }): Promise<AgeingList>;
  /** How many there are. */
  counts(): Promise<Readonly<Record<DoubtKind, Figure>>>;
  /** What is held against each of these units; those against which nothing is are left out. */
  doubts(ids: readonly string[]): Promise<ReadonlyMap<string, UnitDoubts>>;
  /**
   * Corrects an approved unit and verifies it.
   *
   * @returns how many flags nobody answered yet: those that the caller did not see.
   * @throws {CqError} 422 under the rules of a proposal, 409 where it changed meanwhile.
   */
  correct(id: string, correction: Omit<Correction, "id">): Promise<number>;
}

/** Upkeep of the units in a database; without `doubts` none are ever in doubt. */
export function createUpkeep({ doubts, ...parts }: Parts & { readonly doubts: Doubts | undefined }): Upkeep {
  const { database } = parts;
  const count = async (kind: DoubtKind): Promise<Figure> => {
    if (doubts === undefined) return { count: 0, isMore: false };
    const request = { kind, policy: doubts.policy, today: doubts.today(), max: SHOWN_COUNT_MAX + 1 };
    const total = await countAgeing(database, request);
    return { count: Math.min(total, SHOWN_COUNT_MAX), isMore: total > SHOWN_COUNT_MAX };
  };
  return {
    isOn: doubts !== undefined,
    async ageing(request): Promise<AgeingList> {
      if (doubts === undefined) return { units: [], next: undefined };
      return await ageingUnits(database, { ...request, policy: doubts.policy, today: doubts.today() });
    },
    async counts(): Promise<Readonly<Record<DoubtKind, Figure>>> {
      const [disputed, stale] = await Promise.all([count("disputed"), count("stale")]);
      return { disputed, stale };
    },
    async doubts(ids): Promise<ReadonlyMap<string, UnitDoubts>> {
      if (doubts === undefined) return new Map();
      const storable = ids.filter((id) => !id.includes("\0"));
      return await unitDoubts(database, { ids: storable, policy: doubts.policy, today: doubts.today() });
    },
    async correct(id, correction): Promise<number> {
      // No id holds a NUL, and Postgres takes none into a text.
      if (id.includes("\0")) throw unknownUnit();
      return await correct(parts, { id, ...correction });
    },
  };
}
