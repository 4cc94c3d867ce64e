import { z } from "@hono/zod-openapi";
import { EVENT_KINDS } from "../events/events.ts";
import { countsSchema, unitSchema } from "../knowledge/schemas.ts";
import { OFFSET_MAX, PAGE_LIMIT_MAX, QUEUE_LIMIT_DEFAULT, UNITS_LIMIT_DEFAULT } from "../limits.ts";
import type { Answers } from "../projection/answers.ts";
import { type Endpoint, endpoint } from "../wire/endpoint.ts";
import { integerParameter, numberParameter, textParameter } from "../wire/parameters.ts";
import { type Clock, dayOf } from "../wire/time.ts";
import type { Verdict } from "./decisions.ts";
import type { Review } from "./service.ts";

const tag = "review";
const count = z.number().int();

const reviewItemSchema = z.object({
  knowledge_unit: unitSchema,
  status: z.string(),
  reviewed_by: z.string().nullable(),
  reviewed_at: z.string().nullable(),
}).openapi("ReviewItem");

const queueQuery = z.object({
  limit: integerParameter({
    default: QUEUE_LIMIT_DEFAULT,
    min: 0,
    max: PAGE_LIMIT_MAX,
    description: "Number of units",
  }),
  offset: integerParameter({ default: 0, min: 0, max: OFFSET_MAX, description: "Number of units to skip" }),
});

const unitsQuery = z.object({
  domain: textParameter("Only units of this domain"),
  confidence_min: numberParameter("Least confidence, included"),
  confidence_max: numberParameter("Greatest confidence, excluded below 1"),
  status: textParameter("Only units of this status: pending, approved or rejected"),
  limit: integerParameter({
    default: UNITS_LIMIT_DEFAULT,
    min: 0,
    max: PAGE_LIMIT_MAX,
    description: "Number of units",
  }),
});

const statisticsSchema = z.object({
  counts: z.object({ pending: count, approved: count, rejected: count }),
  domains: countsSchema,
  confidence_distribution: countsSchema,
  recent_activity: z.array(z.object({
    type: z.string(),
    unit_id: z.string(),
    summary: z.string(),
    reviewed_by: z.string().nullable().optional(),
    timestamp: z.string().nullable(),
  })),
  trends: z.object({
    daily: z.array(z.object({ date: z.string(), proposed: count, approved: count, rejected: count })),
  }),
}).openapi("ReviewStatistics");

const historySchema = z.object({
  events: z.array(z.object({
    id: count,
    kind: z.enum(EVENT_KINDS),
    actor: z.string(),
    api_key_id: z.string().nullable(),
    occurred_at: z.string(),
    detail: z.record(z.string(), z.unknown()).nullable(),
  })),
}).openapi("UnitHistory");

/** What reviewers call. Fixed names come before `{unit_id}`: the first route that fits a path answers it. */
export function reviewEndpoints(review: Review, answers: Answers, clock: Clock): Endpoint[] {
  const recall = answers.recall.bind(answers);
  return [
    endpoint({
      method: "GET",
      path: "/api/v1/review/queue",
      access: "session",
      needs: "review",
      tag,
      summary: "Pending units, oldest first",
      query: queueQuery,
      status: 200,
      response: z.object({ items: z.array(reviewItemSchema), total: count, offset: count, limit: count }),
      recall,
      handle: async ({ query: { limit, offset } }) => ({
        ...await review.queue({ limit, offset }),
        offset,
        limit,
      }),
    }),
    endpoint({
      method: "GET",
      path: "/api/v1/review/stats",
      access: "session",
      needs: "review",
      tag,
      summary: "Figures for the dashboard",
      status: 200,
      response: statisticsSchema,
      // The day is what the figures depend on besides the store.
      handle: () => answers.recall(`review/stats ${dayOf(clock.now())}`, () => review.statistics()),
    }),
    endpoint({
      method: "GET",
      path: "/api/v1/review/units",
      access: "session",
      needs: "review",
      tag,
      summary: "Units of any status, newest first",
      query: unitsQuery,
      status: 200,
      response: z.array(reviewItemSchema),
      recall,
      handle: ({ query }) => review.list(query),
    }),
    endpoint({
      method: "GET",
      path: "/api/v1/review/{unit_id}",
      access: "session",
      needs: "review",
      tag,
      summary: "One unit with its review",
      status: 200,
      response: reviewItemSchema,
      problems: [404],
      handle: ({ path }) => review.item(path["unit_id"]!),
    }),
    endpoint({
      method: "GET",
      path: "/api/v1/review/{unit_id}/history",
      access: "session",
      needs: "review",
      tag,
      summary: "What happened to a unit, newest first",
      status: 200,
      response: historySchema,
      problems: [404],
      handle: async ({ path }) => ({ events: await review.history(path["unit_id"]!) }),
    }),
    endpoint({
      ...decision("approve", "approved"),
      query: approveQuery,
      handle: ({ path, query, caller }) =>
        review.decide(path["unit_id"]!, "approved", {
          caller,
          acknowledgesHold: query.acknowledge_hold === "true",
        }),
    }),
    endpoint({
      ...decision("reject", "rejected"),
      handle: ({ path, caller }) => review.decide(path["unit_id"]!, "rejected", { caller }),
    }),
  ];
}

const approveQuery = z.object({
  acknowledge_hold: textParameter("`true` approves a unit that the guard holds"),
});

/** What the two decisions have in common. */
function decision(
  verb: string,
  verdict: Verdict,
): Omit<Parameters<typeof endpoint>[0], "query" | "body" | "handle"> {
  return {
    method: "POST",
    path: `/api/v1/review/{unit_id}/${verb}`,
    access: "session",
    needs: "review",
    tag,
    summary: `${verb[0]!.toUpperCase()}${verb.slice(1)} a pending unit`,
    status: 200,
    response: z.object({
      unit_id: z.string(),
      status: z.literal(verdict),
      reviewed_by: z.string(),
      reviewed_at: z.string(),
    }),
    problems: [404, 409],
  };
}
