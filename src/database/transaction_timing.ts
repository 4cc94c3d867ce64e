import { STATEMENT_MAX_CHARS } from "../telemetry/limits.ts";
import { rounded } from "../telemetry/slow_log.ts";
import type { Database, Transaction } from "./database.ts";
import { compile, type Sql } from "./sql.ts";

/** How a transaction went. One that collides with another is run again: then the last time counts. */
export class TransactionTiming {
  readonly #asked_ms = performance.now();
  #began_ms: number | undefined;
  #worked_ms: number | undefined;
  #statements = 0;
  #slowest: { readonly query: Sql; readonly ms: number } | undefined;
  /** What the work itself ended with. */
  thrown: unknown;

  constructor(private readonly dialect: Database["dialect"]) {}

  async run<T>(work: (transaction: Transaction) => Promise<T>, transaction: Transaction): Promise<T> {
    this.#began_ms = performance.now();
    this.#worked_ms = this.thrown = undefined;
    try {
      const result = await work(transaction);
      this.#worked_ms = performance.now();
      return result;
    } catch (error) {
      this.thrown = error;
      throw error;
    }
  }

  async time<T>(query: Sql, send: () => Promise<T>): Promise<T> {
    const began_ms = performance.now();
    try {
      return await send();
    } finally {
      const ms = performance.now() - began_ms;
      this.#statements++;
      if (this.#slowest === undefined || ms > this.#slowest.ms) this.#slowest = { query, ms };
    }
  }

  times(): { wait_ms: number; commit_ms: number | undefined; total_ms: number } {
    const now_ms = performance.now();
    return {
      wait_ms: (this.#began_ms ?? now_ms) - this.#asked_ms,
      commit_ms: this.#worked_ms === undefined ? undefined : now_ms - this.#worked_ms,
      total_ms: now_ms - this.#asked_ms,
    };
  }

  /** What a line of the log says of it. */
  told(): Record<string, unknown> {
    const { wait_ms, commit_ms, total_ms } = this.times();
    return {
      ms: rounded(total_ms),
      wait_ms: rounded(wait_ms),
      ...(commit_ms === undefined ? {} : { commit_ms: rounded(commit_ms) }),
      statements: this.#statements,
      ...(this.#slowest === undefined ? {} : {
        slowest: statementText(this.#slowest.query, this.dialect),
        slowest_ms: rounded(this.#slowest.ms),
      }),
    };
  }
}

/** A statement with placeholders for its values, on one line. */
export function statementText(query: Sql, dialect: Database["dialect"]): string {
  return compile(query, dialect).text.replaceAll(/\s+/g, " ").trim().slice(0, STATEMENT_MAX_CHARS);
}
