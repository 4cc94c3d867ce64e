import { z } from "@hono/zod-openapi";
import type { Database } from "../database/database.ts";
import { sql } from "../database/sql.ts";
import { unavailable } from "../errors.ts";
import { RETRY_AFTER_S } from "../limits.ts";
import { type Endpoint, endpoint } from "../wire/endpoint.ts";

/** Whether the server can answer: it can when its database can be read. */
export function healthEndpoint(database: Database): Endpoint {
  return endpoint({
    method: "GET",
    path: "/api/v1/health",
    access: "open",
    tag: "health",
    summary: "Whether the server can answer",
    status: 200,
    response: z.object({ status: z.literal("ok") }),
    async handle(): Promise<unknown> {
      try {
        await database.first(sql`SELECT id FROM users LIMIT 1`);
      } catch (cause) {
        throw unavailable("The database cannot be read", { retryAfter_s: RETRY_AFTER_S, cause });
      }
      return { status: "ok" };
    },
  });
}
