import { testDatabase } from "../fixtures/database.ts";
import { storeSuite } from "./store_suite.ts";

storeSuite({ name: "sqlite", open: () => testDatabase({ migrated: true }) });
