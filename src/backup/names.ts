import { basename, join } from "node:path";

/** A scheduled backup, as its name tells. */
export interface BackupFile {
  readonly path: string;
  /** Milliseconds since 1970. */
  readonly madeAt_ms: number;
}

/** How scheduled backups of one database are named: `cq-20260301T102030Z-0012.db`; of `/data/cq.db` and time and revision. */
export class BackupNames {
  readonly #prefix: string;

  constructor(source: string, private readonly folder: string) {
    this.#prefix = `${basename(source).replace(/\.db$/, "")}-`;
  }

  /** The name of a whole backup. */
  whole(time: string, revision: string | undefined): string {
    return join(this.folder, `${this.#prefix}${time}-${revision ?? "none"}.db`);
  }

  /** The name while it is being made. */
  partial(time: string): string {
    return join(this.folder, `${this.#prefix}${time}.partial`);
  }

  /**
   * Whole backups in the folder, the newest first. Whatever has another name, or is no file, is not one. One of the future was made
   * by a clock that was wrong: it must not stand in for newer ones.
   */
  async list(now_ms: number): Promise<{ made: BackupFile[]; ofTheFuture: BackupFile[] }> {
    const found = (await this.#matching(/^(\d{8}T\d{6}Z)-\w+\.db$/))
      .map(({ name, time }) => ({ path: join(this.folder, name), madeAt_ms: timeOf(time) }))
      .sort((a, b) => b.madeAt_ms - a.madeAt_ms);
    return {
      made: found.filter(({ madeAt_ms }) => madeAt_ms <= now_ms),
      ofTheFuture: found.filter(({ madeAt_ms }) => madeAt_ms > now_ms),
    };
  }

  /** Paths of partial backups. */
  async listPartial(): Promise<string[]> {
    const found = await this.#matching(/^(\d{8}T\d{6}Z)\.partial(?:-journal|-wal|-shm)?$/);
    return found.map(({ name }) => join(this.folder, name));
  }

  async #matching(rest: RegExp): Promise<{ name: string; time: string }[]> {
    const found: { name: string; time: string }[] = [];
    for await (const { name, isFile } of Deno.readDir(this.folder)) {
      const match = name.startsWith(this.#prefix) ? rest.exec(name.slice(this.#prefix.length)) : null;
      if (isFile && match !== null && !Number.isNaN(timeOf(match[1]!))) found.push({ name, time: match[1]! });
    }
    return found;
  }
}

function timeOf(text: string): number {
  return Date.parse(text.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, "$1-$2-$3T$4:$5:$6Z"));
}
