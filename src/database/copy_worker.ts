/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />
import { backup, DatabaseSync } from "node:sqlite";
import { COPY_STEP_PAGES } from "../operations_limits.ts";
import { DATABASE_BUSY_TIMEOUT_MS } from "../limits.ts";

/** What the worker is told, in paths. */
export interface CopyOrder {
  /** Undefined where the copy is there and is only to be checked. */
  readonly source: string | undefined;
  readonly target: string;
}

/** How it ended: what is wrong with the copy, or what kept it from being made; neither where all is well. */
export interface CopyReport {
  readonly damage?: string;
  readonly failure?: {
    readonly name: string;
    readonly message: string;
    readonly errcode: number | undefined;
  };
}

self.onmessage = async ({ data: { source, target } }: MessageEvent<CopyOrder>) => {
  try {
    if (source !== undefined) await copy(source, target);
    self.postMessage(inspect(target) satisfies CopyReport);
  } catch (error) {
    const { name, message, errcode } = error as Error & { errcode?: number };
    self.postMessage({ failure: { name, message, errcode } } satisfies CopyReport);
  }
};

/**
 * Whoever ordered the copy has made its file, and removes it where the copy is given up: SQLite would make it anew. To be asked right
 * before the file is opened.
 */
function requireTarget(path: string): void {
  Deno.statSync(path);
}

async function copy(source: string, target: string): Promise<void> {
  using database = new DatabaseSync(source, { readOnly: true, timeout: DATABASE_BUSY_TIMEOUT_MS });
  // All of it as it is now: otherwise a copy begins again with every commit of another connection, under load for ever.
  database.exec("BEGIN");
  database.prepare("SELECT COUNT(*) FROM sqlite_schema").get();
  requireTarget(target);
  await backup(database, target, { rate: COPY_STEP_PAGES });
}

function inspect(path: string): CopyReport {
  requireTarget(path);
  using database = new DatabaseSync(path);
  // One file without a log beside it: it can be moved, and read where nothing can be written.
  database.exec("PRAGMA journal_mode = DELETE");
  const integrity = String(database.prepare("PRAGMA integrity_check(1)").get()!["integrity_check"])
    .replaceAll("\n", " ");
  if (integrity !== "ok") return { damage: integrity };
  const reference = database.prepare("PRAGMA foreign_key_check").get();
  return reference === undefined
    ? {}
    : { damage: `rows of ${reference["table"]} refer to rows of ${reference["parent"]} that do not exist` };
}
