import postgres from "postgres";
import type { Activity, Database, Erasure, Row, Transaction } from "./database.ts";
import { DatabaseFault } from "./fault.ts";
import { compile, type Sql, type SqlValue } from "./sql.ts";
import type { PostgresLocation } from "./url.ts";
import { stackOf } from "../descriptors.ts";
import { CqError, internal } from "../errors.ts";
import {
  DATABASE_CONNECT_TIMEOUT_S,
  DATABASE_IDLE_TRANSACTION_MS,
  DATABASE_QUEUE_MAX,
  DATABASE_RECONNECT_MAX_S,
  MIGRATION_RUN_MAX_MS,
  TRANSACTION_TRIES,
  WRITE_LOCK_WAIT_MS,
} from "../limits.ts";
import { isCollision, isConnectionLost, leavesTransaction, postgresError } from "./postgres_errors.ts";
import { outlive } from "../telemetry/uncaught.ts";

interface PostgresOptions {
  /** Connections this process may hold. */
  readonly poolSize: number;
  /** Milliseconds a statement may run. */
  readonly statementTimeout_ms: number;
  /** Milliseconds anybody waits for an answer. */
  readonly answer_ms: number;
}

const DEFAULT_PORT = 5432;

type Client = postgres.Sql<{ bigint: number }>;
type Session = postgres.TransactionSql<{ bigint: number }> | Client;

/**
 * A database on a Postgres server, over a pool of connections that are made when needed and made again when lost. Requests beyond the
 * pool wait in a bounded queue, and nobody waits longer than a client would.
 */
export function openPostgres(location: PostgresLocation, options: PostgresOptions): Database {
  outlive(isOfClosedSocket);
  return new PostgresDatabase(() => connect(location, options), options);
}

function connect(location: PostgresLocation, { poolSize, statementTimeout_ms }: PostgresOptions): Client {
  const { database, username, password, ssl, parameters, prepare } = location;
  return postgres({
    ...addressOf(location),
    ...(database === undefined ? {} : { database }),
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ssl,
    prepare,
    max: poolSize,
    connect_timeout: DATABASE_CONNECT_TIMEOUT_S,
    backoff: (attempt) => Math.min(0.05 * 2 ** attempt, DATABASE_RECONNECT_MAX_S),
    // Types of extensions are not used: asking for them would cost each connection a round trip.
    fetch_types: false,
    onnotice: () => {},
    types: { bigint: { to: 20, from: [20], parse: Number, serialize: String } },
    connection: {
      application_name: "cq-server",
      TimeZone: "UTC",
      statement_timeout: statementTimeout_ms,
      lock_timeout: WRITE_LOCK_WAIT_MS,
      idle_in_transaction_session_timeout: DATABASE_IDLE_TRANSACTION_MS,
      ...parameters,
    },
  });
}

function addressOf({ host, port }: PostgresLocation): { host?: string; port?: number } {
  // The driver takes a colon for the end of the host, unless it gets a list; its types know of none.
  if (host?.includes(":")) {
    return { host: [host] as unknown as string, port: [port ?? DEFAULT_PORT] as unknown as number };
  }
  return { ...(host === undefined ? {} : { host }), ...(port === undefined ? {} : { port }) };
}

class PostgresDatabase implements Database {
  readonly dialect = "postgres";
  readonly #underWay = new Set<Promise<unknown>>();
  /** Pools that were let go of and are not gone yet. */
  readonly #ending = new Set<Promise<void>>();
  #isClosed = false;
  /** When something was last answered, well or not. */
  #answered_ms = 0;
  #client: Client;

  constructor(
    private readonly makeClient: () => Client,
    private readonly options: Pick<PostgresOptions, "poolSize" | "answer_ms">,
  ) {
    this.#client = makeClient();
  }

  async all<R extends object = Row>(query: Sql): Promise<R[]> {
    return await this.#bounded((client) => new PostgresSession(client).all<R>(query));
  }

  async first<R extends object = Row>(query: Sql): Promise<R | undefined> {
    return (await this.all<R>(query))[0];
  }

  async transaction<T>(
    work: (transaction: Transaction) => Promise<T>,
    { lockWait_ms }: { lockWait_ms?: number } = {},
  ): Promise<T> {
    // Whoever waits longer for a lock than a request does has more to do with it, too.
    const wait_ms = lockWait_ms === undefined ? this.options.answer_ms : lockWait_ms + MIGRATION_RUN_MAX_MS;
    return await this.#bounded(async (client) => {
      for (let attempt = 1;; attempt++) {
        try {
          return await client.begin((session) => work(new PostgresSession(session))) as T;
        } catch (error) {
          if (!isCollision(error) || attempt >= TRANSACTION_TRIES) throw error;
        }
      }
    }, wait_ms);
  }

  eraseRemains(): Promise<Erasure> {
    return Promise.resolve("untouched");
  }

  activity(): Activity {
    const { poolSize } = this.options;
    const underWay = this.#underWay.size;
    return {
      waiting: Math.max(0, underWay - poolSize),
      connections: { inUse: Math.min(underWay, poolSize), max: poolSize },
    };
  }

  backup(): Promise<void> {
    return Promise.reject(internal("A Postgres database is backed up with pg_dump"));
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    // The driver turns away what has no connection yet when a pool ends.
    await withDeadline(Promise.allSettled(this.#underWay), this.options.answer_ms).catch(() => {});
    this.#end(this.#client);
    await Promise.all(this.#ending);
  }

  async #bounded<T>(work: (client: Client) => Promise<T>, wait_ms = this.options.answer_ms): Promise<T> {
    if (this.#isClosed) throw new DatabaseFault("closed");
    if (this.#underWay.size >= DATABASE_QUEUE_MAX) throw new DatabaseFault("requests_queue_full");
    const client = this.#client;
    const running = work(client).finally(() => {
      this.#underWay.delete(running);
      this.#answered_ms = performance.now();
    });
    this.#underWay.add(running);
    try {
      return await withDeadline(running, wait_ms, () => this.#suspect(client));
    } catch (error) {
      if (error instanceof CqError) throw error;
      if (isConnectionLost(error)) this.#replace(client);
      throw postgresError(error);
    }
  }

  /**
   * Lets go of a pool that answers nobody any more. Statements end before their requests give up, so a busy server answers something
   * meanwhile; one that is gone without a word leaves connections that stay silent for a quarter of an hour.
   */
  #suspect(client: Client): void {
    if (performance.now() - this.#answered_ms > this.options.answer_ms) this.#replace(client);
  }

  /** Lets go of a pool that lost a connection, see {@link isOfClosedSocket}; what is under way on it may finish. */
  #replace(lost: Client): void {
    if (this.#client !== lost || this.#isClosed) return;
    this.#client = this.makeClient();
    this.#end(lost);
  }

  #end(client: Client): void {
    const ending = client.end({ timeout: DATABASE_CONNECT_TIMEOUT_S }).catch(() => {})
      .finally(() => this.#ending.delete(ending));
    this.#ending.add(ending);
  }
}

/**
 * The driver writes to a socket in a later turn of the event loop without looking whether it is still there; the error cannot be
 * caught, and the connection never writes again (porsager/postgres#1154, #1208; unmended in 3.4.9). So this one error is let pass, the
 * request it belongs to meets its deadline, and a pool that lost a connection is replaced as a whole.
 */
function isOfClosedSocket(error: unknown): boolean {
  const stack = error instanceof TypeError ? stackOf(error) ?? "" : "";
  return stack.includes("(reading 'write')") && stack.includes("nextWrite");
}

/** What can be asked over one connection, inside a transaction or outside. */
class PostgresSession implements Transaction {
  constructor(private readonly session: Session) {}

  async all<R extends object>(query: Sql): Promise<R[]> {
    return [...await this.#send<R[]>(query)];
  }

  async first<R extends object>(query: Sql): Promise<R | undefined> {
    return (await this.all<R>(query))[0];
  }

  async run(query: Sql): Promise<number> {
    return (await this.#send(query)).count;
  }

  // Sent without waiting for each other, they travel together.
  batch(queries: readonly Sql[]): Promise<number[]> {
    return Promise.all(queries.map((query) => this.run(query)));
  }

  async script(text: string): Promise<void> {
    try {
      // What a block executes cannot end the transaction it runs in: a COMMIT would make a part of the script permanent.
      await this.session.unsafe(`DO ${literal(`BEGIN EXECUTE ${literal(text)}; END`)}`).simple();
    } catch (error) {
      throw leavesTransaction(error)
        ? new Error("a script must not end or divide the transaction it runs in")
        : error;
    }
  }

  #send<R extends object[]>(query: Sql): postgres.PendingQuery<R> {
    const { text, values } = compile(query, "postgres");
    const parameters = /^\s*INSERT/.test(text) ? values : values.map(comparable);
    return this.session.unsafe<R>(text, parameters as postgres.SerializableParameter[], { prepare: true });
  }
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

// No stored text holds a NUL, and Postgres refuses to be asked for one: what is compared with it is compared with nothing.
function comparable(value: SqlValue): SqlValue {
  return typeof value === "string" && value.includes("\0") ? null : value;
}

async function withDeadline<T>(work: Promise<T>, wait_ms: number, onLate: () => void = () => {}): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      onLate();
      reject(new DatabaseFault("timeout"));
    }, wait_ms);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
    work.catch(() => {});
  }
}
