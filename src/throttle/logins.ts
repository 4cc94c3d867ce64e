import { createHash } from "node:crypto";
import { CqError, throttled } from "../errors.ts";
import {
  LOGIN_ACCOUNT_RATE,
  LOGIN_ADDRESS_RATE,
  LOGIN_BUCKETS_MAX,
  LOGIN_FAILED_RATE,
  LOGIN_KNOWN_MAX,
  LOGIN_TURN_S,
  LOGIN_TURNS_MAX,
  LOGIN_WAITING_MAX,
} from "../limits.ts";
import type { Clock } from "../wire/time.ts";
import { Buckets } from "./buckets.ts";
import { NextTurns } from "./next_turns.ts";
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
  giveBack(): void;
  /** The outcome is known: whoever waits for it looks again. */
  release(): void;
}

/**
 * {@link LoginThrottle} by two buckets, of the address and of the account. Who signed in from an address before has a bucket of
 * their own there instead of the account's, and who was refused without a failure is promised the next token: so whoever attacks
 * an account does not keep its owner out. See docs/decisions/0008-throttles.md.
 */
export class LoginBuckets implements LoginThrottle {
  readonly #clock: Clock;
  readonly #note: NoteThrottled;
  readonly #addresses = new Buckets(LOGIN_ADDRESS_RATE, LOGIN_BUCKETS_MAX);
  readonly #accounts = new Buckets(LOGIN_ACCOUNT_RATE, LOGIN_BUCKETS_MAX);
  /** Pairs of an account and an address that failed for it. */
  readonly #failed = new Buckets(LOGIN_FAILED_RATE, LOGIN_BUCKETS_MAX);
  readonly #turns = new NextTurns(LOGIN_TURNS_MAX);
  /** Pairs of an account and an address it signed in from, the latest last. */
  readonly #known = new Set<string>();
  /** The end of all attempts that hold a token of a bucket. */
  readonly #underWay = new Map<string, Promise<unknown>>();
  #waiting = 0;

  constructor({ clock, note }: Dependencies) {
    this.#clock = clock;
    this.#note = note;
  }

  async attempt<T>({ username, address }: Attempt, check: () => Promise<T>): Promise<T> {
    // Hashed, because a name that is sent may be of any length.
    const name = createHash("sha256").update(username).digest("base64");
    const { giveBack, release } = await this.#tokensFor(name, address);
    try {
      const result = await check();
      giveBack();
      this.#remember(pairOf(name, address));
      return result;
    } catch (error) {
      const isFailure = error instanceof CqError && error.code === "unauthorized";
      if (isFailure) this.#failed.take(pairOf(name, address), this.#clock.now());
      else giveBack();
      throw error;
    } finally {
      release();
    }
  }

  async #tokensFor(name: string, address: string): Promise<Tokens> {
    const pair = pairOf(name, address);
    for (;;) {
      const now_us = this.#clock.now();
      const account = this.#known.has(pair) ? pair : name;
      const accountWait_us = this.#accounts.wait(account, now_us, this.#needed(account, address));
      const addressWait_us = this.#addresses.wait(address, now_us, this.#needed(address, name));
      if (accountWait_us === 0 && addressWait_us === 0) return this.#take({ account, name, address });
      // Who has the right password gives the token back: nobody is refused because others sign in at the same moment.
      const other = this.#underWay.get(accountWait_us > 0 ? account : address);
      if (other === undefined || this.#waiting >= LOGIN_WAITING_MAX) {
        const wait_us = Math.max(accountWait_us, addressWait_us);
        if (this.#failed.wait(pair, now_us) === 0) {
          if (accountWait_us > 0) this.#promise(account, { holder: address, wait_us });
          if (addressWait_us > 0) this.#promise(address, { holder: name, wait_us });
        }
        this.#note(accountWait_us > 0 ? "login_account" : "login_address", `address ${address}`);
        throw refusal(wait_us);
      }
      this.#waiting++;
      await other;
      this.#waiting--;
    }
  }

  /** Tokens there must be in a bucket: one is kept for whoever was promised it. */
  #needed(key: string, asker: string): number {
    const holder = this.#turns.holderOf(key, this.#clock.now());
    return holder === undefined || holder === asker ? 1 : 2;
  }

  // Whoever fails all the time must not be the first at every new token: the owner, refused once, gets the next one.
  #promise(key: string, { holder, wait_us }: { holder: string; wait_us: number }): void {
    const now_us = this.#clock.now();
    this.#turns.promise(key, { holder, until_us: now_us + wait_us + LOGIN_TURN_S * 1_000_000 }, now_us);
  }

  #take({ account, name, address }: { account: string; name: string; address: string }): Tokens {
    const now_us = this.#clock.now();
    this.#turns.end(account, address);
    this.#turns.end(address, name);
    this.#accounts.take(account, now_us);
    this.#addresses.take(address, now_us);
    const end = Promise.withResolvers<void>();
    for (const key of [account, address]) this.#holdUntil(end.promise, key);
    return {
      giveBack: () => {
        this.#accounts.giveBack(account);
        this.#addresses.giveBack(address);
      },
      release: () => end.resolve(),
    };
  }

  #holdUntil(end: Promise<void>, key: string): void {
    const all = Promise.all([this.#underWay.get(key), end]);
    this.#underWay.set(key, all);
    all.then(() => this.#underWay.get(key) === all && this.#underWay.delete(key));
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
