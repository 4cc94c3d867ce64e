import { openSqlite } from "../../src/database/sqlite.ts";
import { sql } from "../../src/database/sql.ts";
import { PASSWORD, PASSWORD_HASH } from "../fixtures/app.ts";
import type { ServerProcess } from "../fixtures/server_process.ts";

/** Adds a user to the database of a running server and returns the status of a login with the right password. */
export async function statusOfLogin(server: ServerProcess, databasePath: string): Promise<number> {
  const database = openSqlite(databasePath);
  await database.transaction((transaction) =>
    transaction.run(sql`
      INSERT INTO users (username, password_hash, created_at) VALUES ('packer', ${PASSWORD_HASH}, '2026-01-01')`)
  );
  await database.close();
  const response = await fetch(`${server.url}/api/v1/auth/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ username: "packer", password: PASSWORD }),
  });
  await response.body?.cancel();
  return response.status;
}

/** The status of a message to `/mcp`: what answers it is loaded with the first one. */
export async function statusOfMessage(server: ServerProcess): Promise<number> {
  const response = await fetch(`${server.url}/mcp`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "ping" }),
  });
  await response.body?.cancel();
  return response.status;
}
