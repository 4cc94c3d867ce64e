import type { Database } from "../../src/database/database.ts";
import { accountTests } from "./accounts.ts";
import { changeTests } from "./changes.ts";
import { deskTests } from "./desk.ts";
import { eventTests } from "./events.ts";
import { listPageTests } from "./list_pages.ts";
import { listTests } from "./lists.ts";
import { dashboardTests, reviewTests } from "./reviews.ts";
import { sessionTests } from "./sessions.ts";
import { signInTests } from "./sign_ins.ts";
import { statisticsTests } from "./statistics.ts";
import { transactionTests } from "./transactions.ts";
import { trustTests } from "./trust.ts";
import { unitTests } from "./units.ts";

/** A database of a test's own at the newest revision. */
export interface OpenedDatabase extends AsyncDisposable {
  readonly database: Database;
}

/** An engine whose stores are to be tested. */
export interface Engine {
  readonly name: string;
  /** Whether it is not here. */
  readonly isAbsent?: boolean;
  open(): Promise<OpenedDatabase>;
}

const SUITE = [
  transactionTests,
  unitTests,
  statisticsTests,
  reviewTests,
  listTests,
  dashboardTests,
  accountTests,
  eventTests,
  changeTests,
  sessionTests,
  deskTests,
  listPageTests,
  trustTests,
  signInTests,
];

/** Registers the tests that every engine must pass: the seam itself, and each store on it. */
export function storeSuite(engine: Engine): void {
  for (const register of SUITE) {
    register((name, body) =>
      Deno.test({
        name: `${engine.name}: ${name}`,
        ignore: engine.isAbsent === true,
        async fn(): Promise<void> {
          await using opened = await engine.open();
          await body(opened.database);
        },
      })
    );
  }
}
