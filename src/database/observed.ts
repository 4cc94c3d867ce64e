import {
  DATABASE_COMMIT,
  DATABASE_FAULTS,
  DATABASE_READ_DURATION,
  DATABASE_TRANSACTIONS,
  DATABASE_WAIT,
} from "../telemetry/instruments.ts";
import { WRITE_DOUBT_MS } from "../telemetry/limits.ts";
import { currentContext } from "../telemetry/request_context.ts";
import { rounded, type SlowLog } from "../telemetry/slow_log.ts";
import { isTracing, traced } from "../telemetry/tracing.ts";
import type { Clock } from "../wire/time.ts";
import type { Activity, Database, Erasure, Row, Transaction } from "./database.ts";
import { DatabaseFault, type FaultKind } from "./fault.ts";
import type { Sql } from "./sql.ts";
import { statementText, TransactionTiming } from "./transaction_timing.ts";

const READS = DATABASE_READ_DURATION.of();
const WAITS = DATABASE_WAIT.of();
const COMMITS = DATABASE_COMMIT.of();
/** After these, another write will most likely fare alike. Whether Postgres takes writes can be asked, unless its disk is full. */
const NO_WRITES: Readonly<Record<Database["dialect"], readonly FaultKind[]>> = {
  sqlite: ["read_only", "unreachable", "failing", "gone", "replaced", "disk_full"],
  postgres: ["disk_full"],
};

interface Observation {
  readonly clock: Clock;
  readonly slow: SlowLog;
}

/** A database that counts, times and traces what it is asked, and tells of what is slow. */
export class ObservedDatabase implements Database {
  readonly dialect: Database["dialect"];
  readonly #slow: SlowLog;
  readonly #clock: Clock;
  #lastFault: { readonly kind: FaultKind; readonly at_us: number } | undefined;

  constructor(private readonly inner: Database, { clock, slow }: Observation) {
    this.dialect = inner.dialect;
    this.#clock = clock;
    this.#slow = slow;
  }

  /** Why the database takes no writes, as the last one found out; undefined where it does, or that was a while ago. */
  get writeFault(): FaultKind | undefined {
    const fault = this.#lastFault;
    const isRecent = fault !== undefined && Math.abs(this.#clock.now() - fault.at_us) < WRITE_DOUBT_MS * 1000;
    return isRecent ? fault.kind : undefined;
  }

  all<R extends object = Row>(query: Sql): Promise<R[]> {
    return this.#read(query, () => this.inner.all<R>(query));
  }

  first<R extends object = Row>(query: Sql): Promise<R | undefined> {
    return this.#read(query, () => this.inner.first<R>(query));
  }

  async transaction<T>(
    work: (transaction: Transaction) => Promise<T>,
    options?: { readonly lockWait_ms?: number },
  ): Promise<T> {
    const timing = new TransactionTiming(this.dialect);
    try {
      const result = await traced({ name: "transaction", attributes: () => this.#attributes() }, () => {
        // It may run when its turn comes in a queue, as a part of somebody else's request.
        const inContext = currentContext();
        const watched = (transaction: Transaction): Promise<T> =>
          inContext(() => timing.run(work, this.#watched(transaction, timing)));
        return this.inner.transaction(watched, options);
      });
      DATABASE_TRANSACTIONS.increment("committed");
      this.#lastFault = undefined;
      return result;
    } catch (error) {
      this.#noteEnd(error, timing);
      throw error;
    } finally {
      this.#noteTime(timing);
    }
  }

  activity(): Activity {
    return this.inner.activity();
  }

  eraseRemains(): Promise<Erasure> {
    return this.inner.eraseRemains();
  }

  backup(path: string): Promise<void> {
    return this.inner.backup(path);
  }

  close(): Promise<void> {
    return this.inner.close();
  }

  async #read<T>(query: Sql, read: () => Promise<T>): Promise<T> {
    const began_ms = performance.now();
    try {
      return await (isTracing() ? traced(this.#span("read", query), read) : read());
    } catch (error) {
      countFault(error);
      throw error;
    } finally {
      const ms = performance.now() - began_ms;
      DATABASE_READ_DURATION.observe(ms / 1000, READS);
      if (this.#slow.isSlow(ms)) {
        this.#slow.tell("slow read", { ms: rounded(ms), statement: statementText(query, this.dialect) });
      }
    }
  }

  #watched(transaction: Transaction, timing: TransactionTiming): Transaction {
    if (!this.#slow.isOn && !isTracing()) return transaction;
    return new ObservedTransaction(transaction, (query, send) => {
      const timed = () => timing.time(query, send);
      return isTracing() ? traced(this.#span("statement", query), timed) : timed();
    });
  }

  #span(name: string, query: Sql): Parameters<typeof traced>[0] {
    const attributes = (): Record<string, string> => ({
      ...this.#attributes(),
      "db.query.text": statementText(query, this.dialect),
    });
    return { name, attributes };
  }

  #attributes(): Record<string, string> {
    return { "db.system.name": this.dialect === "postgres" ? "postgresql" : "sqlite" };
  }

  #noteEnd(error: unknown, { thrown }: TransactionTiming): void {
    const isFault = error instanceof DatabaseFault;
    DATABASE_TRANSACTIONS.increment(isFault || error !== thrown ? "failed" : "undone");
    countFault(error);
    if (isFault && NO_WRITES[this.dialect].includes(error.kind)) {
      this.#lastFault = { kind: error.kind, at_us: this.#clock.now() };
    }
  }

  #noteTime(timing: TransactionTiming): void {
    const { wait_ms, commit_ms, total_ms } = timing.times();
    DATABASE_WAIT.observe(wait_ms / 1000, WAITS);
    if (commit_ms !== undefined) DATABASE_COMMIT.observe(commit_ms / 1000, COMMITS);
    if (this.#slow.isSlow(total_ms)) this.#slow.tell("slow transaction", timing.told());
  }
}

function countFault(error: unknown): void {
  if (error instanceof DatabaseFault) DATABASE_FAULTS.increment(error.kind);
}

/** Sends a statement, or a batch that is named by its first one. */
type Watch = <T>(query: Sql, send: () => Promise<T>) => Promise<T>;

const NOTHING: Sql = { pieces: [] };

class ObservedTransaction implements Transaction {
  constructor(private readonly inner: Transaction, private readonly watch: Watch) {}

  all<R extends object = Row>(query: Sql): Promise<R[]> {
    return this.watch(query, () => this.inner.all<R>(query));
  }

  first<R extends object = Row>(query: Sql): Promise<R | undefined> {
    return this.watch(query, () => this.inner.first<R>(query));
  }

  run(query: Sql): Promise<number> {
    return this.watch(query, () => this.inner.run(query));
  }

  batch(queries: readonly Sql[]): Promise<number[]> {
    return this.watch(queries[0] ?? NOTHING, () => this.inner.batch(queries));
  }

  script(text: string): Promise<void> {
    return this.inner.script(text);
  }
}
