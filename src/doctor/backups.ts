import { type BackupFile, BackupNames } from "../backup/names.ts";
import type { BackupConfig, Config } from "../config.ts";
import { BACKUP_LATE_INTERVALS } from "../operations_limits.ts";
import type { Clock } from "../wire/time.ts";
import { type Diagnosis, fail, ok, warn } from "./diagnosis.ts";
import { unwritable } from "./storage.ts";

/** Looks how old the newest scheduled backup is, and for those that no clock can have made yet. */
export async function diagnoseBackups(
  { backups: config, database }: Pick<Config, "backups" | "database">,
  clock: Clock,
): Promise<Diagnosis[]> {
  if (config === undefined) {
    return [
      database.engine === "postgres"
        ? warn("the server makes no backups of Postgres", "have pg_dump or a base backup run; see backup.md")
        : warn(
          "the server makes no backups by itself",
          "set CQ_BACKUP_DIR, or have cq backup or Litestream run; see backup.md",
        ),
    ];
  }
  const place = await Deno.stat(config.folder).catch(() => undefined);
  if (place?.isDirectory === false) {
    return [fail(`CQ_BACKUP_DIR: ${config.folder} is no folder`, "name one that the server may write to")];
  }
  const closed = place && unwritable(config.folder, place, { purpose: "CQ_BACKUP_DIR names it for backups" });
  const { made: [newest], ofTheFuture } = await new BackupNames(config.source, config.folder)
    .list(clock.now() / 1_000).catch(() => ({ made: [], ofTheFuture: [] }));
  return [
    ...(closed === undefined ? [] : [closed]),
    newestFinding(newest, config, clock),
    ...ofTheFuture.map(({ path }) =>
      warn(
        `${path} is named by a time that is yet to come`,
        "a clock was wrong: rename the file or move it away; the server neither counts nor removes it",
      )
    ),
  ];
}

function newestFinding(
  newest: BackupFile | undefined,
  { folder, every_s }: BackupConfig,
  clock: Clock,
): Diagnosis {
  if (newest === undefined) {
    return warn(
      `CQ_BACKUP_DIR: ${folder} holds no backup yet`,
      "start the server: its log says why there is none",
    );
  }
  const age_s = Math.floor(clock.now() / 1_000_000 - newest.madeAt_ms / 1_000);
  const told = `the newest backup, ${newest.path}, is ${spelled(age_s)} old`;
  return age_s <= BACKUP_LATE_INTERVALS * every_s ? ok(told) : fail(
    `${told}; one is due each ${spelled(every_s)}`,
    "is the server running? its log says why one failed",
  );
}

function spelled(seconds: number): string {
  for (const [unit, length] of [["d", 86_400], ["h", 3_600], ["m", 60]] as const) {
    if (seconds >= 2 * length || seconds === length) return `${Math.floor(seconds / length)}${unit}`;
  }
  return `${seconds}s`;
}
