import { equal } from "node:assert/strict";
import { reasonAt } from "../../src/database/obstacle.ts";

Deno.test("where the system lets nobody write, the reason says who should", () => {
  equal(
    reasonAt(
      "/data/cq.db",
      new Deno.errors.PermissionDenied("Permission denied (os error 13): open '/data/cq.db'"),
    ),
    "Permission denied (os error 13): open '/data/cq.db'; let the user of this process write the file and its folder",
  );
  equal(reasonAt("/data/cq.db", new Error("file is not a database")), "file is not a database");
});
