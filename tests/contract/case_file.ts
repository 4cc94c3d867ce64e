import { fileURLToPath } from "node:url";
import type { TokenSpec } from "./credentials.ts";
import { type JsonObject, type JsonValue, parseJson } from "./exact_json.ts";

// The format is the recorder's: cases/README.md in the repository the cases come from. Types here describe what is used of it.

export interface UserSetup {
  readonly id?: number;
  readonly username: string;
  readonly password_hash: string;
  readonly created_at: string;
}

export interface KeySetup {
  readonly id: string;
  readonly user: string;
  readonly name: string;
  readonly labels?: readonly string[];
  readonly secret: string;
  readonly pepper?: string;
  readonly ttl: string;
  readonly expires_at: string;
  readonly created_at: string;
  readonly last_used_at?: string | null;
  readonly revoked_at?: string | null;
}

export interface UnitSetup {
  readonly data: JsonObject;
  readonly status?: string;
  readonly reviewed_by?: string | null;
  readonly reviewed_at?: string | null;
  readonly created_at?: string | null;
  readonly tier?: string;
  readonly domains?: readonly string[];
}

/** What is there before the server starts. */
export interface Setup {
  readonly database?: "baseline" | "pre-alembic" | "none" | { readonly file: string };
  readonly db_file?: string;
  /** Null unsets. */
  readonly env?: Readonly<Record<string, string | null>>;
  readonly users?: readonly UserSetup[];
  readonly api_keys?: readonly KeySetup[];
  readonly units?: readonly UnitSetup[];
  readonly tokens?: Readonly<Record<string, TokenSpec>>;
  readonly sql?: readonly string[];
}

export interface RequestSpec {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: JsonValue;
  readonly raw?: string;
  readonly raw_base64?: string;
}

export interface Expectation {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly absent_headers?: readonly string[];
  readonly json?: JsonValue;
  readonly empty?: boolean;
  readonly key_order?: readonly string[];
}

export interface RequestStep {
  readonly name: string;
  readonly request: RequestSpec;
  readonly expect: Expectation;
  readonly capture?: Readonly<Record<string, string>>;
}

export interface SqlStep {
  readonly name: string;
  readonly sql: string;
  readonly expect_rows: JsonValue[];
}

export interface WaitStep {
  readonly name: string;
  readonly wait: number;
}

export interface RestartStep {
  readonly name: string;
  readonly restart: true;
}

export type Step = RequestStep | SqlStep | WaitStep | RestartStep;

/** One recorded scenario. */
export interface RecordedCase {
  readonly id: string;
  readonly title: string;
  readonly setup: Setup;
  readonly start?: { readonly expect: "refused"; readonly db_unchanged?: boolean };
  readonly steps: readonly Step[];
}

const CASES = new URL("./cases/", import.meta.url);

/** Every case, in the order of the file names. */
export function loadCases(): RecordedCase[] {
  const files = [...Deno.readDirSync(CASES)].map(({ name }) => name).filter((name) => name.endsWith(".json"));
  return files.sort().map((name) =>
    parseJson(Deno.readTextFileSync(new URL(name, CASES))) as unknown as RecordedCase
  );
}

/** Path of a sample database. */
export function sampleDatabase(name: string): string {
  return fileURLToPath(new URL(`./databases/${name}`, import.meta.url));
}
