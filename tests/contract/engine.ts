import type { RecordedCase, Setup } from "./case_file.ts";
import type { JsonValue } from "./exact_json.ts";

/** The database of one case. */
export interface CaseDatabase extends AsyncDisposable {
  /** What tells a server where it is. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What `{db}` stands for in a case's environment. */
  readonly place: string;
  /** Changes where anything stored does; undefined where nobody can tell. */
  fingerprint(): Promise<string | undefined>;
  /** Rows of a recorded SQL query, which is in SQLite's words, as lists of column values. */
  rows(query: string): Promise<JsonValue[][]>;
}

/** What the recorded cases run on. */
export interface CaseEngine {
  readonly name: string;
  /** Why a case says nothing about this engine, or undefined. */
  inapplicable(recorded: RecordedCase): string | undefined;
  /** Makes the database a case starts from, in `directory` where it is a file. */
  prepare(options: { directory: string; setup: Setup; pepper: string }): Promise<CaseDatabase>;
}
