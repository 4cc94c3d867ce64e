/** Every bound of copies and backups, with its unit and its reason; all others are in `limits.ts`. */

/** Pages of a SQLite file that a copy takes at once: 4 MiB. */
export const COPY_STEP_PAGES = 1_024;
/** Bytes that a scheduled backup leaves free on its disk, which may be the database's: what a server writes meanwhile. */
export const BACKUP_SPARE_BYTES = 16_777_216;
/** Seconds between two scheduled backups at the most, and backups that are kept. */
export const BACKUP_EVERY_MAX_S = 31_536_000;
export const BACKUPS_KEPT_MAX = 10_000;
/** Seconds until a scheduled backup that failed is tried again, unless the next one is due before. */
export const BACKUP_RETRY_S = 600;
/** Seconds between two looks at whether one is due: then a clock that was set changes little. */
export const BACKUP_LOOK_S = 60;
/** Seconds after which a partial backup that nobody writes to was broken off. */
export const BACKUP_BROKEN_OFF_S = 3_600;
