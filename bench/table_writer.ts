import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";

/** Rows of one statement: a hundred times fewer calls, and few enough values for any SQLite. */
const ROWS = 100;

/** Writes the rows of a table, many with each statement, which is prepared once. */
export class TableWriter {
  readonly #full: StatementSync;
  readonly #values: SQLInputValue[] = [];

  constructor(
    private readonly database: DatabaseSync,
    private readonly table: string,
    private readonly columns: readonly string[],
  ) {
    this.#full = this.#insertion(ROWS);
  }

  add(row: readonly SQLInputValue[]): void {
    this.#values.push(...row);
    if (this.#values.length < ROWS * this.columns.length) return;
    this.#full.run(...this.#values);
    this.#values.length = 0;
  }

  /** Writes what is left. */
  end(): void {
    const rows = this.#values.length / this.columns.length;
    if (rows > 0) this.#insertion(rows).run(...this.#values);
    this.#values.length = 0;
  }

  #insertion(rows: number): StatementSync {
    const row = `(${this.columns.map(() => "?").join(", ")})`;
    const values = Array.from({ length: rows }, () => row).join(", ");
    return this.database.prepare(`INSERT INTO ${this.table} (${this.columns.join(", ")}) VALUES ${values}`);
  }
}
