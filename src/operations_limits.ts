/** Every bound of copies, backups and the doctor, with its unit and its reason; all others are in `limits.ts`. */

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
/** Intervals between backups after which the newest one is too old: one may fail. */
export const BACKUP_LATE_INTERVALS = 2;
/** Free bytes below which a server soon cannot write, and bytes of a log that nobody brings into its file. */
export const DISK_FREE_MIN_BYTES = 67_108_864;
export const LOG_WARNING_BYTES = 268_435_456;
/** Seconds that the clocks of a server and its database may differ. */
export const CLOCK_TOLERANCE_S = 5;
/** Milliseconds in which a server on this machine answers the doctor. */
export const DOCTOR_ANSWER_MS = 5_000;
