import { DatabaseSync } from "node:sqlite";

/** A SQLite file with a table `t` of so many rows of 2 kB, most of them in its log. */
export function sampleFile(path: string, rows: number): DatabaseSync {
  const database = new DatabaseSync(path);
  database.exec("PRAGMA journal_mode = WAL; CREATE TABLE t (x)");
  database.prepare(
    "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < ?) INSERT INTO t SELECT randomblob(2000) FROM c",
  ).run(rows);
  return database;
}

/** Names of what is in a folder, sorted. */
export function namesIn(path: string): string[] {
  return Array.from(Deno.readDirSync(path), ({ name }) => name).sort();
}
