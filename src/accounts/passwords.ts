import { invalid, unavailable } from "../errors.ts";
import {
  BCRYPT_COST,
  PASSWORD_MAX_BYTES,
  PASSWORD_QUEUE_MAX,
  PASSWORD_WORKER_IDLE_MS,
  PASSWORD_WORKERS_MAX,
  RETRY_AFTER_S,
} from "../limits.ts";
import { startWorker } from "../workers.ts";
import { PASSWORDS_REFUSED } from "../telemetry/instruments.ts";
import type { PasswordTask } from "./password_worker.ts";

/** Password hashing off the event loop: one check takes a quarter of a second of a core. */
export interface Passwords {
  /**
   * Whether a password fits a stored hash. Takes the same work where there is no usable hash to compare with, so that the
   * time tells nothing.
   *
   * @throws {CqError} 503 where too many checks are waiting, or no worker can be started.
   */
  verify(password: string, hash: string | undefined): Promise<boolean>;
  /** @throws {CqError} 422 where the password is empty or too long to be hashed in full. */
  hash(password: string): Promise<string>;
  /** Passwords that wait, and those that are being checked or hashed. */
  activity(): { readonly waiting: number; readonly running: number };
  /** Ends the workers. */
  close(): void;
}

const BCRYPT_HASH = /^\$2[abxy]\$(\d\d)\$[./A-Za-z0-9]{53}$/;
/** A hash of a random text nobody kept, with the cost of real ones. */
const NOBODYS_HASH = "$2b$12$/xPj0BKcUA6CIS8.4hIKHOjwmHInv.2aeqBNAXdDm1HpPzf6sq2my";

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

interface Job {
  readonly task: PasswordTask;
  readonly resolve: (value: boolean | string) => void;
  readonly reject: (reason: unknown) => void;
}

interface IdleWorker {
  readonly worker: Worker;
  /** Ends it. */
  readonly timer: ReturnType<typeof setTimeout>;
}

/** Workers are started when they are needed and end when they no longer are: each takes about 8 MB. */
export function createPasswords({ idle_ms = PASSWORD_WORKER_IDLE_MS } = {}): Passwords {
  const waiting: Job[] = [];
  const idle: IdleWorker[] = [];
  const running = new Set<Worker>();

  function submit(task: PasswordTask): Promise<boolean | string> {
    if (waiting.length >= PASSWORD_QUEUE_MAX) {
      PASSWORDS_REFUSED.increment();
      return Promise.reject(unavailable("Too many logins are under way", { retryAfter_s: RETRY_AFTER_S }));
    }
    return new Promise((resolve, reject) => {
      waiting.push({ task, resolve, reject });
      dispatch();
    });
  }

  function dispatch(): void {
    while (waiting.length > 0 && (idle.length > 0 || running.size < PASSWORD_WORKERS_MAX)) {
      const job = waiting.shift()!;
      try {
        run(woken() ?? startWorker(new URL("./password_worker.ts", import.meta.url)), job);
      } catch (error) {
        if (running.size === 0) {
          job.reject(error);
          continue;
        }
        // One that runs takes it when it is done.
        waiting.unshift(job);
        return;
      }
    }
  }

  function woken(): Worker | undefined {
    const last = idle.pop();
    clearTimeout(last?.timer);
    return last?.worker;
  }

  function rest(worker: Worker): void {
    const timer = setTimeout(() => {
      idle.splice(idle.findIndex((each) => each.worker === worker), 1);
      worker.terminate();
    }, idle_ms);
    timer.unref();
    idle.push({ worker, timer });
  }

  function run(worker: Worker, job: Job): void {
    running.add(worker);
    worker.onmessage = ({ data }): void => {
      running.delete(worker);
      rest(worker);
      job.resolve(data);
      dispatch();
    };
    worker.onerror = (event): void => {
      event.preventDefault();
      running.delete(worker);
      worker.terminate();
      job.reject(new Error(`the password worker failed: ${event.message}`));
      dispatch();
    };
    worker.postMessage(job.task);
  }

  return {
    async verify(password, hash): Promise<boolean> {
      const isUsable = hash !== undefined && BCRYPT_HASH.test(hash) &&
        byteLength(password) <= PASSWORD_MAX_BYTES;
      // $2x$ marks hashes of an old implementation; for these the original's library computes the same as for $2b$.
      const compared = isUsable ? hash.replace("$2x$", "$2b$") : NOBODYS_HASH;
      return await submit({ kind: "verify", password: isUsable ? password : "", hash: compared }) === true &&
        isUsable;
    },
    async hash(password): Promise<string> {
      if (password === "") throw invalid("The password is empty");
      if (byteLength(password) > PASSWORD_MAX_BYTES) {
        throw invalid(`The password is longer than ${PASSWORD_MAX_BYTES} bytes, more than bcrypt looks at`);
      }
      return String(await submit({ kind: "hash", password, cost: BCRYPT_COST }));
    },
    activity: () => ({ waiting: waiting.length, running: running.size }),
    close(): void {
      for (const worker of running) worker.terminate();
      running.clear();
      for (let worker = woken(); worker !== undefined; worker = woken()) worker.terminate();
    },
  };
}
