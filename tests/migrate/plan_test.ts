import { deepEqual, equal, match } from "node:assert/strict";
import type { TableShape } from "../../src/database/schema.ts";
import { BASELINE } from "../../src/migrate/baseline.ts";
import { type CheckedMigration, type Plan, plan, type SchemaState } from "../../src/migrate/plan.ts";

const MIGRATIONS: readonly CheckedMigration[] = ["0001", "0002", "0003"].map((revision) => ({
  revision,
  name: `name-${revision}`,
  sql: { sqlite: "", postgres: "" },
  checksum: `sum-${revision}`,
}));

type Tables = Record<string, TableShape>;

function state(
  { tables = {}, versions, history }: { tables?: Tables; versions?: string[]; history?: string[] },
): SchemaState {
  return {
    tables: new Map(Object.entries(tables)),
    versions,
    history: history?.map((revision) => ({ revision, checksum: `sum-${revision}` })),
  };
}

/** The plan in a line: `from undefined: 0001, 0002`, `from 0001 stamp: 0002`, `up to date 0003`, `refuse code`. */
function decided(found: SchemaState): string {
  const decision = plan(MIGRATIONS, found);
  switch (decision.kind) {
    case "up_to_date":
      return `up to date ${decision.revision}`;
    case "apply": {
      const revisions = decision.migrations.map(({ revision }) => revision).join(", ");
      return `from ${decision.from}${decision.stamp ? " stamp" : ""}: ${revisions}`;
    }
    case "refuse":
      return `refuse ${decision.code}`;
  }
}

function refusal(found: SchemaState): string {
  const decision: Plan = plan(MIGRATIONS, found);
  equal(decision.kind, "refuse");
  return decision.kind === "refuse" ? decision.message : "";
}

function without(...names: string[]): Tables {
  return Object.fromEntries(Object.entries(BASELINE).filter(([name]) => !names.includes(name)));
}

const complete = { ...BASELINE };
const ours = { tables: complete, versions: ["0001"] };

const TABLE: readonly [string, SchemaState, string][] = [
  ["no tables", state({}), "from undefined: 0001, 0002, 0003"],
  ["no tables, empty alembic_version", state({ versions: [] }), "from undefined: 0001, 0002, 0003"],
  ["the original's tables without a revision", state({ tables: complete }), "from 0001 stamp: 0002, 0003"],
  [
    "the same with an empty alembic_version",
    state({ tables: complete, versions: [] }),
    "from 0001 stamp: 0002, 0003",
  ],
  ["the original's database", state(ours), "from 0001: 0002, 0003"],
  ["an empty history", state({ ...ours, history: [] }), "from 0001: 0002, 0003"],
  ["some of ours applied", state({ ...ours, history: ["0001", "0002"] }), "from 0002: 0003"],
  ["all of ours applied", state({ ...ours, history: ["0001", "0002", "0003"] }), "up to date 0003"],

  ["two revisions", state({ tables: complete, versions: ["0001", "0002"] }), "refuse several_revisions"],
  ["another revision", state({ tables: complete, versions: ["0009"] }), "refuse unknown_revision"],
  ["another revision, no tables", state({ versions: ["0009"] }), "refuse unknown_revision"],
  // alembic_version stays at the original's 0001: our own revisions are no revisions of its.
  [
    "one of ours in alembic_version",
    state({ tables: complete, versions: ["0002"] }),
    "refuse unknown_revision",
  ],
  [
    "more history than known",
    state({ ...ours, history: ["0001", "0002", "0003", "0004"] }),
    "refuse unknown_revision",
  ],
  ["unknown history", state({ ...ours, history: ["0001", "x"] }), "refuse unknown_revision"],
  ["history with a gap", state({ ...ours, history: ["0001", "0003"] }), "refuse ledger_disagreement"],
  ["history without its start", state({ ...ours, history: ["0002"] }), "refuse ledger_disagreement"],
  [
    "history without a revision",
    state({ tables: complete, history: ["0001"] }),
    "refuse ledger_disagreement",
  ],
  [
    "history without a revision or tables",
    state({ versions: [], history: ["0001"] }),
    "refuse ledger_disagreement",
  ],
  ["a revision without tables", state({ versions: ["0001"] }), "refuse incomplete_schema"],
  ["one table only", state({ tables: { users: BASELINE["users"]! } }), "refuse incomplete_schema"],
  ["a table missing", state({ tables: without("api_keys"), versions: ["0001"] }), "refuse incomplete_schema"],
  [
    "a table missing though all is applied",
    state({ tables: without("users"), versions: ["0001"], history: ["0001", "0002", "0003"] }),
    "refuse incomplete_schema",
  ],
];

for (const [name, found, expected] of TABLE) {
  Deno.test(`the plan is "${expected}", when found: ${name}`, () => equal(decided(found), expected));
}

Deno.test("an applied migration whose checksum differs is refused as edited, naming it and both checksums", () => {
  const found: SchemaState = {
    ...state(ours),
    history: [{ revision: "0001", checksum: "sum-0001" }, { revision: "0002", checksum: "another" }],
  };
  equal(decided(found), "refuse edited_migration");
  match(refusal(found), /0002 \(name-0002\).*sum-0002.*another/);
});

Deno.test("an unknown revision names the one found and the newest known, wherever it was found", () => {
  match(refusal(state({ tables: complete, versions: ["0099"] })), /revision 0099,.*up to 0003/);
  match(refusal(state({ ...ours, history: ["0001", "0002", "0003", "0077"] })), /revision 0077,.*up to 0003/);
});

Deno.test("several revisions are all named", () => {
  match(
    refusal(state({ tables: complete, versions: ["0001", "0007"] })),
    /2 rows \(0001, 0007\), expected one/,
  );
});

Deno.test("what a schema lacks is named in words, columns and keys too", () => {
  const users: TableShape = {
    columns: ["username", "created_at"],
    primaryKey: "",
    unique: [],
    references: [],
  };
  const api_keys = { ...BASELINE["api_keys"]!, references: [] };
  const tables = { ...without("knowledge_unit_domains"), users, api_keys };
  const message = refusal(state({ tables, versions: ["0001"] }));
  match(message, /is stamped with revision 0001, but these are missing: (.*)\. It was left as it is/);
  deepEqual(/missing: (.*)\. It was/.exec(message)![1]!.split(", "), [
    "table knowledge_unit_domains",
    "column users.id",
    "column users.password_hash",
    "primary key users(id)",
    "unique key users(username)",
    "foreign key api_keys(user_id -> users)",
  ]);
});

Deno.test("a schema without a revision is said to be half of one", () => {
  match(refusal(state({ tables: without("users") })), /has some tables of revision 0001/);
});

Deno.test("more columns, in any order, and more keys are no difference", () => {
  const users: TableShape = {
    columns: ["extra", ...[...BASELINE["users"]!.columns].reverse()],
    primaryKey: "id",
    unique: ["extra", "username"],
    references: ["extra -> other"],
  };
  equal(decided(state({ tables: { ...complete, users }, versions: ["0001"] })), "from 0001: 0002, 0003");
});
