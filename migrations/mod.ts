import baseline from "./0001_baseline.sqlite.sql" with { type: "text" };
import history from "./0002_history.sqlite.sql" with { type: "text" };
import accounts from "./0003_accounts.sqlite.sql" with { type: "text" };
import indexes from "./0004_indexes.sqlite.sql" with { type: "text" };
import type { Migration } from "../src/migrate/plan.ts";

/**
 * Every migration in the order it is applied. A released file is never edited: the ledger keeps its checksum.
 *
 * `0001` is the original server's schema; the later ones are ours and only add to it.
 */
export const MIGRATIONS: readonly Migration[] = [
  { revision: "0001", name: "baseline", sql: { sqlite: baseline } },
  { revision: "0002", name: "history", sql: { sqlite: history } },
  { revision: "0003", name: "accounts", sql: { sqlite: accounts } },
  { revision: "0004", name: "indexes", sql: { sqlite: indexes } },
];
