import { z } from "@hono/zod-openapi";
import type { Database } from "../database/database.ts";
import { sql } from "../database/sql.ts";
import { notReady, unavailable } from "../errors.ts";
import { RETRY_AFTER_S } from "../limits.ts";
import { type Endpoint, endpoint } from "../wire/endpoint.ts";
import type { ReadinessCheck } from "./readiness.ts";

const tag = "health";

interface HealthSubject {
  readonly database: Database;
  readonly readiness: ReadinessCheck;
  /** Whether the server is about to end. */
  readonly isDraining: () => boolean;
}

/** Whether the server works, for clients, whether it lives, for supervisors, and whether it should be sent requests, for load balancers. */
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
      answersHead: true,
      path: "/healthz",
      access: "open",
      rate: "unlimited",
      tag,
      summary: "Whether the process lives: no database is asked",
      status: 200,
      response: z.object({ status: z.literal("ok") }),
      handle: () => Promise.resolve({ status: "ok" }),
    }),
    readinessEndpoint(subject),
  ];
}

function readinessEndpoint({ readiness, isDraining }: HealthSubject): Endpoint {
  return endpoint({
    method: "GET",
    answersHead: true,
    path: "/readyz",
    access: "open",
    rate: "unlimited",
    tag,
    summary: "Whether the server should be sent requests",
    status: 200,
    response: z.object({ status: z.literal("ready"), notes: z.array(z.string()).optional() }),
    async handle(): Promise<unknown> {
      const { reasons, notes } = await readiness.look();
      const all = [...(isDraining() ? ["the server is about to end"] : []), ...reasons];
      if (all.length > 0) throw notReady(all, { retryAfter_s: RETRY_AFTER_S });
      return { status: "ready", ...(notes.length > 0 ? { notes } : {}) };
    },
  });
}
