import baselineSqlite from "./0001_baseline.sqlite.sql" with { type: "text" };
import historySqlite from "./0002_history.sqlite.sql" with { type: "text" };
import accountsSqlite from "./0003_accounts.sqlite.sql" with { type: "text" };
import indexesSqlite from "./0004_indexes.sqlite.sql" with { type: "text" };
import changesSqlite from "./0005_changes.sqlite.sql" with { type: "text" };
import sessionsSqlite from "./0006_sessions.sqlite.sql" with { type: "text" };
import reviewSqlite from "./0007_review.sqlite.sql" with { type: "text" };
import daysSqlite from "./0008_days.sqlite.sql" with { type: "text" };
import trustSqlite from "./0009_trust.sqlite.sql" with { type: "text" };
import textSqlite from "./0010_text.sqlite.sql" with { type: "text" };
import vectorsSqlite from "./0011_vectors.sqlite.sql" with { type: "text" };
import proposalsSqlite from "./0012_proposals.sqlite.sql" with { type: "text" };
import ownAccountsSqlite from "./0013_own_accounts.sqlite.sql" with { type: "text" };
import changesInPlaceSqlite from "./0014_changes_in_place.sqlite.sql" with { type: "text" };
import unreadableToPostgresSqlite from "./0015_unreadable_to_postgres.sqlite.sql" with { type: "text" };
import baselinePostgres from "./0001_baseline.postgres.sql" with { type: "text" };
import historyPostgres from "./0002_history.postgres.sql" with { type: "text" };
import accountsPostgres from "./0003_accounts.postgres.sql" with { type: "text" };
import indexesPostgres from "./0004_indexes.postgres.sql" with { type: "text" };
import changesPostgres from "./0005_changes.postgres.sql" with { type: "text" };
import sessionsPostgres from "./0006_sessions.postgres.sql" with { type: "text" };
import reviewPostgres from "./0007_review.postgres.sql" with { type: "text" };
import daysPostgres from "./0008_days.postgres.sql" with { type: "text" };
import trustPostgres from "./0009_trust.postgres.sql" with { type: "text" };
import textPostgres from "./0010_text.postgres.sql" with { type: "text" };
import vectorsPostgres from "./0011_vectors.postgres.sql" with { type: "text" };
import proposalsPostgres from "./0012_proposals.postgres.sql" with { type: "text" };
import ownAccountsPostgres from "./0013_own_accounts.postgres.sql" with { type: "text" };
import changesInPlacePostgres from "./0014_changes_in_place.postgres.sql" with { type: "text" };
import unreadableToPostgres from "./0015_unreadable_to_postgres.postgres.sql" with { type: "text" };
import type { Migration } from "../src/migrate/plan.ts";

/**
 * Every migration in the order it is applied. A released file is never edited: the ledger keeps its checksum.
 *
 * `0001` is the original server's schema; the later ones are ours and only add to it.
 */
export const MIGRATIONS: readonly Migration[] = [
  { revision: "0001", name: "baseline", sql: { sqlite: baselineSqlite, postgres: baselinePostgres } },
  { revision: "0002", name: "history", sql: { sqlite: historySqlite, postgres: historyPostgres } },
  { revision: "0003", name: "accounts", sql: { sqlite: accountsSqlite, postgres: accountsPostgres } },
  { revision: "0004", name: "indexes", sql: { sqlite: indexesSqlite, postgres: indexesPostgres } },
  { revision: "0005", name: "changes", sql: { sqlite: changesSqlite, postgres: changesPostgres } },
  { revision: "0006", name: "sessions", sql: { sqlite: sessionsSqlite, postgres: sessionsPostgres } },
  { revision: "0007", name: "review", sql: { sqlite: reviewSqlite, postgres: reviewPostgres } },
  { revision: "0008", name: "days", sql: { sqlite: daysSqlite, postgres: daysPostgres } },
  { revision: "0009", name: "trust", sql: { sqlite: trustSqlite, postgres: trustPostgres } },
  { revision: "0010", name: "text", sql: { sqlite: textSqlite, postgres: textPostgres } },
  { revision: "0011", name: "vectors", sql: { sqlite: vectorsSqlite, postgres: vectorsPostgres } },
  { revision: "0012", name: "proposals", sql: { sqlite: proposalsSqlite, postgres: proposalsPostgres } },
  {
    revision: "0013",
    name: "own_accounts",
    sql: { sqlite: ownAccountsSqlite, postgres: ownAccountsPostgres },
  },
  {
    revision: "0014",
    name: "changes_in_place",
    sql: { sqlite: changesInPlaceSqlite, postgres: changesInPlacePostgres },
  },
  {
    revision: "0015",
    name: "unreadable_to_postgres",
    sql: { sqlite: unreadableToPostgresSqlite, postgres: unreadableToPostgres },
  },
];
