import { z } from "@hono/zod-openapi";
import type { Database } from "../database/database.ts";
import { isReadOnly } from "../database/schema.ts";
import { sql } from "../database/sql.ts";
import { unavailable } from "../errors.ts";
import { RETRY_AFTER_S } from "../limits.ts";
import type { Migration } from "../migrate/plan.ts";
import { planFor } from "../migrate/runner.ts";
import { type Endpoint, endpoint } from "../wire/endpoint.ts";

const tag = "health";

interface HealthSubject {
  readonly database: Database;
  readonly migrations: readonly Migration[];
  /** Whether the server is about to end. */
  readonly isDraining: () => boolean;
}

/** Whether the server works, for clients, and whether it should be sent requests, for load balancers. */
export function healthEndpoints(subject: HealthSubject): Endpoint[] {
  return [
    endpoint({
      method: "GET",
      path: "/api/v1/health",
      access: "open",
      rate: "unlimited",
      tag,
      summary: "Whether the server can answer",
      status: 200,
      response: z.object({ status: z.literal("ok") }),
      async handle(): Promise<unknown> {
        try {
          await subject.database.first(sql`SELECT id FROM users LIMIT 1`);
        } catch (cause) {
          throw unavailable("The database cannot be read", { retryAfter_s: RETRY_AFTER_S, cause });
        }
        return { status: "ok" };
      },
    }),
    endpoint({
      method: "GET",
      path: "/readyz",
      access: "open",
      rate: "unlimited",
      tag,
      summary: "Whether the server should be sent requests",
      status: 200,
      response: z.object({ status: z.literal("ready") }),
      async handle(): Promise<unknown> {
        const reason = await reasonAgainst(subject);
        if (reason !== undefined) throw unavailable(`Not ready: ${reason}`, { retryAfter_s: RETRY_AFTER_S });
        return { status: "ready" };
      },
    }),
  ];
}

async function reasonAgainst(
  { database, migrations, isDraining }: HealthSubject,
): Promise<string | undefined> {
  if (isDraining()) return "the server is about to end";
  try {
    const decision = await planFor(database, migrations);
    if (decision.kind !== "up_to_date") return "the schema is not at the newest revision";
    return await isReadOnly(database) ? "the database takes no writes" : undefined;
  } catch {
    return "the database cannot be read";
  }
}
