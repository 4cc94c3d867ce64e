import type { TableShape } from "../database/schema.ts";
import type { Dialect } from "../database/sql.ts";
import { BASELINE } from "./baseline.ts";

/** One step of the schema, in the SQL of each engine. */
export interface Migration {
  readonly revision: string;
  readonly name: string;
  readonly sql: Readonly<Record<Dialect, string>>;
}

/** A migration with the SHA-256 of its normalised text. */
export interface CheckedMigration extends Migration {
  readonly checksum: string;
}

/** What a database says of itself. */
export interface SchemaState {
  /** Tables that exist, of those the baseline has. */
  readonly tables: ReadonlyMap<string, TableShape>;
  /** Rows of `alembic_version`; undefined where the table does not exist. */
  readonly versions: readonly string[] | undefined;
  /** Rows of `schema_history`, oldest first; undefined where the table does not exist. */
  readonly history: readonly { readonly revision: string; readonly checksum: string }[] | undefined;
}

export type RefusalCode =
  | "unknown_revision"
  | "several_revisions"
  | "incomplete_schema"
  | "ledger_disagreement"
  | "edited_migration";

/** What to do with a database. `from` is undefined where it is new; `stamp` is set where its tables are adopted. */
export type Plan =
  | { readonly kind: "up_to_date"; readonly revision: string }
  | {
    readonly kind: "apply";
    readonly from: string | undefined;
    readonly stamp: boolean;
    readonly migrations: readonly CheckedMigration[];
  }
  | { readonly kind: "refuse"; readonly code: RefusalCode; readonly message: string };

type Refusal = Extract<Plan, { kind: "refuse" }>;

/**
 * Decides what a start does with a database. Pure: the same state gives the same plan.
 *
 * `alembic_version` names the original's schema (its `0001`), `schema_history` what was applied beside it.
 */
export function plan(migrations: readonly CheckedMigration[], state: SchemaState): Plan {
  const baseline = migrations[0]!;
  const head = migrations.at(-1)!;
  const versions = state.versions ?? [];
  const isStamped = versions.length > 0;

  const problem = versionProblem(versions, baseline, head) ?? historyProblem(migrations, state, isStamped);
  if (problem !== undefined) return problem;

  if (!isStamped && state.tables.size === 0) {
    return { kind: "apply", from: undefined, stamp: false, migrations };
  }

  const missing = baselineDifferences(state.tables);
  if (missing.length > 0) return incompleteSchema(missing, isStamped);

  const applied = state.history?.length ?? 0;
  const pending = migrations.slice(Math.max(applied, 1));
  if (pending.length === 0) return { kind: "up_to_date", revision: head.revision };
  const from = migrations[Math.max(applied, 1) - 1]!.revision;
  return { kind: "apply", from, stamp: !isStamped, migrations: pending };
}

function refuse(code: RefusalCode, message: string): Refusal {
  return { kind: "refuse", code, message };
}

function versionProblem(
  versions: readonly string[],
  baseline: CheckedMigration,
  head: CheckedMigration,
): Refusal | undefined {
  if (versions.length > 1) {
    return refuse(
      "several_revisions",
      `alembic_version has ${versions.length} rows (${versions.join(", ")}), expected one; ` +
        "restore a backup, or delete the wrong rows and start again",
    );
  }
  const [found] = versions;
  return found === undefined || found === baseline.revision ? undefined : unknownRevision(found, head);
}

function unknownRevision(found: string, head: CheckedMigration): Refusal {
  return refuse(
    "unknown_revision",
    `the database is at revision ${found}, which was written by a newer version of the server; this version knows ` +
      `revisions up to ${head.revision}. Start the version that wrote it, or restore a backup made before the upgrade`,
  );
}

function historyProblem(
  migrations: readonly CheckedMigration[],
  state: SchemaState,
  isStamped: boolean,
): Refusal | undefined {
  const history = state.history ?? [];
  if (history.length === 0) return undefined;
  if (!isStamped) {
    return refuse(
      "ledger_disagreement",
      `schema_history records ${history.at(-1)!.revision}, but alembic_version has no row; ` +
        `run the stamp command with the revision the tables really have`,
    );
  }
  for (const [index, row] of history.entries()) {
    const known = migrations[index];
    if (known === undefined || !migrations.some(({ revision }) => revision === row.revision)) {
      return unknownRevision(row.revision, migrations.at(-1)!);
    }
    if (known.revision !== row.revision) {
      return refuse(
        "ledger_disagreement",
        `schema_history has ${row.revision} where ${known.revision} is expected; restore a backup, or run the stamp ` +
          "command with the revision the tables really have",
      );
    }
    if (known.checksum !== row.checksum) {
      return refuse(
        "edited_migration",
        `migration ${known.revision} (${known.name}) was changed after it had been applied: its checksum is ` +
          `${known.checksum.slice(0, 12)}, the database recorded ${
            row.checksum.slice(0, 12)
          }. Restore the released ` +
          "file and put the change into a new migration",
      );
    }
  }
  return undefined;
}

function incompleteSchema(missing: readonly string[], isStamped: boolean): Refusal {
  const found = isStamped ? "is stamped with revision 0001" : "has some tables of revision 0001";
  return refuse(
    "incomplete_schema",
    `the database ${found}, but these are missing: ${
      missing.join(", ")
    }. It was left as it is; restore a backup, or ` +
      "move the file away to start with a new database",
  );
}

/** What the baseline needs and `tables` lack, in words: `table api_keys`, `column users.password_hash`, … */
export function baselineDifferences(tables: ReadonlyMap<string, TableShape>): string[] {
  return Object.entries(BASELINE).flatMap(([name, needed]) => {
    const found = tables.get(name);
    return found === undefined ? [`table ${name}`] : tableDifferences(name, needed, found);
  });
}

function tableDifferences(name: string, needed: TableShape, found: TableShape): string[] {
  const columns = needed.columns.filter((column) => !found.columns.includes(column));
  const unique = needed.unique.filter((key) => !found.unique.includes(key));
  const references = needed.references.filter((reference) => !found.references.includes(reference));
  return [
    ...columns.map((column) => `column ${name}.${column}`),
    ...(needed.primaryKey === found.primaryKey ? [] : [`primary key ${name}(${needed.primaryKey})`]),
    ...unique.map((key) => `unique key ${name}(${key})`),
    ...references.map((reference) => `foreign key ${name}(${reference})`),
  ];
}
