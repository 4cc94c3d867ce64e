import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { Database, Queryable } from "../../src/database/database.ts";
import type { Sql } from "../../src/database/sql.ts";
import * as units from "../../src/knowledge/store.ts";
import { FEW_UNITS_MAX } from "../../src/limits.ts";
import { changesAfter, newestChange } from "../../src/projection/changes.ts";
import * as reviews from "../../src/review/store.ts";
import { testDatabase } from "../fixtures/database.ts";
import { foreign } from "./derived.ts";
import { ids } from "./scenario.ts";

/** A store in which one domain has many units, and one has few that are all old. */
async function fill(database: Database): Promise<void> {
  const numbers = `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${
    FEW_UNITS_MAX + 50
  })`;
  const insertions = [
    `${numbers} INSERT INTO knowledge_units (id, data, status, created_at)
      SELECT printf('u%05d', i), json_object('evidence', json_object('confidence', i % 11 / 10.0)),
        CASE WHEN i % 7 = 0 THEN 'approved' WHEN i % 1000 = 1 THEN 'rejected' ELSE 'pending' END,
        date('2020-01-01', (i / 3) || ' days') FROM n`,
    `${numbers} INSERT INTO knowledge_unit_domains SELECT printf('u%05d', i), 'many' FROM n`,
    "INSERT INTO knowledge_unit_domains SELECT id, 'few' FROM knowledge_units ORDER BY created_at LIMIT 20",
  ];
  await database.transaction((transaction) => transaction.batch(insertions.map(foreign)));
}

/** A step of a plan, and of which one it is a part. */
interface Step {
  readonly parent: number;
  readonly detail: string;
}

/** The plans of all statements that `work` sends. */
async function plansOf(
  database: Database,
  work: (recorded: Queryable) => Promise<unknown>,
): Promise<Step[][]> {
  const sent: Sql[] = [];
  await work({
    all: (query) => {
      sent.push(query);
      return database.all(query);
    },
    first: (query) => {
      sent.push(query);
      return database.first(query);
    },
  });
  const plans = await Promise.all(
    sent.map(({ pieces }) => database.all<Step>({ pieces: [{ text: "EXPLAIN QUERY PLAN " }, ...pieces] })),
  );
  ok(plans.length > 0);
  return plans;
}

function printed(plan: readonly Step[]): string {
  return plan.map(({ detail }) => detail).join("\n");
}

/** Whether all that is sorted was found by its ids, or is what was taken in order from each of a few ranges. */
function sortsFew(plan: readonly Step[]): boolean {
  return plan.filter(({ detail }) => detail === "USE TEMP B-TREE FOR ORDER BY").every(({ parent }) =>
    plan.some((step) => step.parent === parent && /\(id=\?\)|^SCAN newest$/.test(step.detail))
  );
}

const WHOLE_TABLE = /^SCAN (?:knowledge_\w+|[a-z])\b(?! USING (?:COVERING )?INDEX)/m;

type Work = (database: Queryable) => Promise<unknown>;
const list = (filter: reviews.UnitFilter): Work => (database) => reviews.filteredUnits(database, filter, 100);

/** What is asked while requests wait, and how its last statement has to find the rows. */
const STATEMENTS: readonly (readonly [name: string, work: Work, ...steps: RegExp[]])[] = [
  [
    "the queue",
    (database) => reviews.pendingUnits(database, 20, 4000),
    /COVERING INDEX cq_units_status_created \(status=\?\)/,
  ],
  ["the queue's length", reviews.countPending, /COVERING INDEX cq_units_status_created \(status=\?\)/],
  [
    "the activity",
    (database) => reviews.latestUnits(database, 20),
    /^SCAN knowledge_units USING INDEX cq_units_activity$/,
  ],
  ["all units", list({}), /^SCAN u USING INDEX cq_units_created$/],
  [
    "units of a status",
    list({ status: "approved" }),
    /^SEARCH u USING INDEX cq_units_status_created \(status=\?\)$/,
  ],
  ["units of a domain with many", list({ domain: "many" }), /^SCAN u USING INDEX cq_units_created$/m],
  [
    "units of a status and a domain with many",
    list({ domain: "many", status: "approved" }),
    /^SEARCH u USING INDEX cq_units_status_created/,
  ],
  [
    "units by confidence",
    list({ confidenceMin: 0.5 }),
    /SEARCH u USING INDEX cq_changes_confidence \(confidence_bucket=\?\)/,
  ],
  [
    "units of a status by confidence",
    list({ confidenceMin: 0.35, confidenceMax: 0.7, status: "approved" }),
    /SEARCH u USING INDEX cq_changes_confidence \(confidence_bucket=\?\)/,
  ],
  [
    "units of a domain with many by confidence",
    list({ confidenceMax: 0.3, domain: "many" }),
    /SEARCH u USING INDEX cq_changes_confidence/,
  ],
  ...[{}, { status: "approved" }, { confidenceMin: 0.2 }, { status: "pending", confidenceMax: 0.6 }].map((
    filter,
  ) =>
    [
      `units of a domain with few by ${Object.keys(filter)}`,
      list({ domain: "few", ...filter }),
      /^SEARCH d USING INDEX idx_domains_domain \(domain=\?\)$/m,
      /^SEARCH u USING INDEX sqlite_autoindex_knowledge_units_1 \(id=\?\)$/m,
    ] as const
  ),
  [
    "candidates of a query",
    (database) => units.findCandidates(database, ["few", "none"]),
    /^SEARCH knowledge_unit_domains USING INDEX idx_domains_domain \(domain=\?\)$/m,
    /^SEARCH knowledge_units USING INDEX sqlite_autoindex_knowledge_units_1 \(id=\?\)$/m,
  ],
  [
    "whether there are many candidates",
    (database) => units.hasMoreCandidates(database, ["few", "many"], 100),
    /COVERING INDEX idx_domains_domain \(domain=\?\)/,
  ],
  [
    "units with their versions",
    (database) => units.unitVersions(database, ["u00001", "u00002"]),
    /^SEARCH u USING INDEX sqlite_autoindex_knowledge_units_1 \(id=\?\)/m,
  ],
  [
    "what a trigger keeps of a unit",
    (database) =>
      database.all(foreign("SELECT * FROM knowledge_kept_facts WHERE unit_id IN ('u00001', 'u00002')")),
    /^SEARCH u USING INDEX sqlite_autoindex_knowledge_units_1 \(id=\?\)$/m,
  ],
  ["the latest change", newestChange, /^SEARCH knowledge_changes USING COVERING INDEX cq_changes_seq$/],
  [
    "what changed",
    (database) => changesAfter(database, 1000, 500),
    /^SEARCH c USING INDEX cq_changes_seq \(seq>\?\)$/m,
  ],
];

Deno.test("sqlite: no list, queue, activity or query reads a whole table or sorts it", async () => {
  await using test = await testDatabase({ migrated: true });
  await fill(test.database);
  for (const [name, work, ...steps] of STATEMENTS) {
    const plans = await plansOf(test.database, work);
    for (const plan of plans) {
      equal(WHOLE_TABLE.test(printed(plan)), false, `${name}\n${printed(plan)}`);
      ok(sortsFew(plan), `${name}\n${printed(plan)}`);
    }
    for (const step of steps) match(printed(plans.at(-1)!), step, name);
  }
});

Deno.test("sqlite: a list of a domain with many units is the one that filtering and sorting every row gives", async () => {
  await using test = await testDatabase({ migrated: true });
  await fill(test.database);
  const expected = async (condition: string): Promise<string[]> =>
    ids(
      await test.database.all<units.UnitRow>(foreign(`SELECT id FROM knowledge_units
      WHERE ${condition} ORDER BY created_at DESC, id DESC LIMIT 30`)),
    );
  const confidence = "json_extract(data, '$.evidence.confidence')";
  const cases: readonly (readonly [reviews.UnitFilter, condition: string])[] = [
    [{}, "1"],
    [{ status: "approved" }, "status = 'approved'"],
    [{ status: "rejected", confidenceMax: 1 }, "status = 'rejected'"],
    [{ confidenceMin: 0.25, confidenceMax: 0.6 }, `${confidence} >= 0.25 AND ${confidence} < 0.6`],
    [{ confidenceMin: 0.8, status: "approved" }, `${confidence} >= 0.8 AND status = 'approved'`],
  ];
  for (const [filter, condition] of cases) {
    const listed = await reviews.filteredUnits(test.database, { ...filter, domain: "many" }, 30);
    deepEqual(ids(listed), await expected(condition), condition);
  }
});
