/** What SQLite appends to a database's name for the files of its logs: they belong to it as long as they are there. */
export const LOG_SUFFIXES = ["-wal", "-shm", "-journal"] as const;
