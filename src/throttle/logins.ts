import { createHash } from "node:crypto";
import { CqError, throttled } from "../errors.ts";
import {
  LOGIN_ACCOUNT_RATE,
  LOGIN_ADDRESS_RATE,
  LOGIN_BUCKETS_MAX,
  LOGIN_KNOWN_MAX,
  LOGIN_WAITING_MAX,
} from "../limits.ts";
import type { Clock } from "../wire/time.ts";
import { Buckets } from "./buckets.ts";
import type { NoteThrottled } from "./warnings.ts";

/** Who tries to sign in. */
interface Attempt {
  readonly username: string;
  /** As `addressGroup` writes it. */
  readonly address: string;
}

/** Slows down guessing of passwords. */
export interface LoginThrottle {
  /**
   * Runs `check`, unless there were too many failures from the address or for the name. What `check` refuses with a 401 is a
   * failure; nothing else counts.
   *
   * @throws {CqError} 429, the same whether there is such a user or not.
   */
  attempt<T>(attempt: Attempt, check: () => Promise<T>): Promise<T>;
}

/** Lets everybody try. */
export const NO_LOGIN_THROTTLE: LoginThrottle = { attempt: (_, check) => check() };

interface Dependencies {
  readonly clock: Clock;
  readonly note: NoteThrottled;
}

/** The tokens that an attempt holds while its password is checked. */
interface Tokens {
  readonly keys: readonly string[];
  giveBack(): void;
}

/**
 * {@link LoginThrottle} by two buckets, of the address and of the account. Who signed in from an address before has a bucket of
 * their own there, and only that one decides: whoever attacks an account, or a neighbour behind the same address, cannot keep
 * its owner out. See docs/decisions/0008-throttles.md.
 */
export class LoginBuckets implements LoginThrottle {
  readonly #clock: Clock;
  readonly #note: NoteThrottled;
  readonly #addresses = new Buckets(LOGIN_ADDRESS_RATE, LOGIN_BUCKETS_MAX);
  readonly #accounts = new Buckets(LOGIN_ACCOUNT_RATE, LOGIN_BUCKETS_MAX);
  /** Pairs of an account and an address it signed in from, the latest last. */
  readonly #known = new Set<string>();
  /** The end of the latest attempt that holds a token of a bucket. */
  readonly #underWay = new Map<string, Promise<void>>();
  #waiting = 0;

  constructor({ clock, note }: Dependencies) {
    this.#clock = clock;
    this.#note = note;
  }

  async attempt<T>({ username, address }: Attempt, check: () => Promise<T>): Promise<T> {
    // Hashed, because a name that is sent may be of any length.
    const name = createHash("sha256").update(username).digest("base64");
    const { keys, giveBack } = await this.#tokensFor(name, address);
    const end = Promise.withResolvers<void>();
    for (const key of keys) this.#underWay.set(key, end.promise);
    try {
      const result = await check();
      giveBack();
      this.#remember(pairOf(name, address));
      return result;
    } catch (error) {
      if (!(error instanceof CqError && error.code === "unauthorized")) giveBack();
      throw error;
    } finally {
      for (const key of keys) if (this.#underWay.get(key) === end.promise) this.#underWay.delete(key);
      end.resolve();
    }
  }

  async #tokensFor(name: string, address: string): Promise<Tokens> {
    for (;;) {
      const now_us = this.#clock.now();
      const isKnown = this.#known.has(pairOf(name, address));
      const account = isKnown ? pairOf(name, address) : name;
      const accountWait_us = this.#accounts.wait(account, now_us);
      const addressWait_us = isKnown ? 0 : this.#addresses.wait(address, now_us);
      if (accountWait_us === 0 && addressWait_us === 0) return this.#take(account, address);
      // Who has the right password gives the token back: nobody is refused because others sign in at the same moment.
      const other = this.#underWay.get(accountWait_us > 0 ? account : address);
      if (other === undefined || this.#waiting >= LOGIN_WAITING_MAX) {
        this.#note(accountWait_us > 0 ? "login_account" : "login_address", `address ${address}`);
        throw refusal(Math.max(accountWait_us, addressWait_us));
      }
      this.#waiting++;
      await other;
      this.#waiting--;
    }
  }

  #take(account: string, address: string): Tokens {
    const now_us = this.#clock.now();
    const taken = [[this.#accounts, account], [this.#addresses, address]] as const;
    const held = taken.filter(([buckets, key]) => buckets.take(key, now_us) === 0);
    return {
      keys: [account, address],
      giveBack: () => held.forEach(([buckets, key]) => buckets.giveBack(key)),
    };
  }

  #remember(pair: string): void {
    this.#known.delete(pair);
    this.#known.add(pair);
    if (this.#known.size > LOGIN_KNOWN_MAX) this.#known.delete(this.#known.values().next().value!);
  }
}

function pairOf(name: string, address: string): string {
  return `${name} ${address}`;
}

function refusal(wait_us: number): CqError {
  const seconds = Math.ceil(wait_us / 1_000_000);
  return throttled(
    `Too many failed logins; try again in ${seconds} second${seconds === 1 ? "" : "s"}`,
    { status: 429, retryAfter_s: seconds },
  );
}
