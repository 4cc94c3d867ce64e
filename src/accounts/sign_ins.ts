import {
  SIGN_IN_KEEP_DAYS,
  SIGN_IN_NAMES_MAX,
  SIGN_IN_WRITE_INTERVAL_MS,
  SIGN_INS_MAX,
} from "../account_limits.ts";
import type { Database } from "../database/database.ts";
import { USERNAME_MAX_CHARS } from "../limits.ts";
import { logger } from "../telemetry/log.ts";
import { type Clock, isoOffset } from "../wire/time.ts";
import {
  countSignIns,
  dropSignIns,
  listSignIns,
  type SignInCount,
  type SignInOutcome,
  type SignInRow,
  type SignInWay,
} from "./sign_in_store.ts";

export type { SignInOutcome, SignInRow, SignInWay };

const log = logger("accounts");

/** Something to be counted. */
interface Attempt {
  /** As it was given: names that nobody has are counted together and stored nowhere. */
  readonly username: string;
  readonly outcome: SignInOutcome;
  readonly way: SignInWay;
  readonly address: string;
}

/** A page of what was counted, newest first. */
export interface SignInList {
  readonly rows: readonly SignInRow[];
  /** For the next page; undefined at the end. */
  readonly next: number | undefined;
}

/** Who signed in and out, and who was refused: counted by the hour, so that a flood of attempts is a few rows. */
export interface SignIns {
  /** Notes an attempt; it is written within a second, beside the request. */
  note(attempt: Attempt): void;
  /** What was counted, of one user or of all. */
  list(
    request: { username?: string | undefined; before?: number | undefined; limit: number },
  ): Promise<SignInList>;
  /** Waits until what was noted is written. */
  settle(): Promise<void>;
}

/** Sign-ins in `database`. What cannot be written is logged and forgotten: nobody is kept out for it. */
export function createSignIns({ database, clock }: { database: Database; clock: Clock }): SignIns {
  let pending = new Map<string, SignInCount>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let writing: Promise<void> = Promise.resolve();

  async function write(counts: readonly SignInCount[]): Promise<void> {
    const oldest_us = clock.now() - SIGN_IN_KEEP_DAYS * 86_400_000_000;
    try {
      await database.transaction(async (transaction) => {
        if (await countSignIns(transaction, counts) === 0) return;
        await dropSignIns(transaction, { hour: hourOf(oldest_us), keep: SIGN_INS_MAX });
      });
    } catch (error) {
      log.warn("sign-ins were not recorded", { rows: counts.length, reason: String(error) });
    }
  }

  function settle(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const counts = [...pending.values()];
    pending = new Map();
    if (counts.length > 0) writing = writing.then(() => write(counts));
    return writing;
  }

  return {
    note(attempt): void {
      const count = counted(attempt, clock.now());
      // Many different names at once are those of nobody.
      const isNamed = pending.has(keyOf(count)) || pending.size < SIGN_IN_NAMES_MAX;
      const kept = isNamed ? count : { ...count, username: "" };
      const { first_at, total } = pending.get(keyOf(kept)) ?? { first_at: kept.first_at, total: 0 };
      pending.set(keyOf(kept), { ...kept, first_at, total: total + 1 });
      timer ??= setTimeout(settle, SIGN_IN_WRITE_INTERVAL_MS);
    },
    async list({ username, before, limit }): Promise<SignInList> {
      // Postgres takes no NUL, and no name holds one.
      if (username?.includes("\0") === true) return { rows: [], next: undefined };
      await settle();
      const rows = await listSignIns(database, { username, before, limit: limit + 1 });
      return { rows: rows.slice(0, limit), next: rows.length > limit ? rows[limit - 1]!.id : undefined };
    },
    settle,
  };
}

/** Who got in is counted for each address, who was refused for all of them: those an attacker chooses. */
function counted({ username, outcome, way, address }: Attempt, now_us: number): SignInCount {
  const at = isoOffset(now_us);
  const isName = username.length <= USERNAME_MAX_CHARS * 2 && username.isWellFormed() &&
    !username.includes("\0");
  const place = outcome === "signed_in" || outcome === "signed_out" ? address : "";
  return {
    hour: hourOf(now_us),
    username: isName ? username : "",
    outcome,
    way,
    place,
    address,
    first_at: at,
    last_at: at,
    total: 1,
  };
}

function keyOf({ hour, username, outcome, way, place }: SignInCount): string {
  return [hour, outcome, way, place, username].join(" ");
}

function hourOf(time_us: number): string {
  return isoOffset(time_us).slice(0, 13);
}
