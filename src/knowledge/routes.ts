import { z } from "@hono/zod-openapi";
import { QUERY_LIMIT_DEFAULT, QUERY_LIMIT_MAX } from "../limits.ts";
import type { Answers } from "../projection/answers.ts";
import { type Endpoint, endpoint } from "../wire/endpoint.ts";
import { JsonText } from "../wire/json.ts";
import { integerParameter, listParameter, requiredListParameter, textParameter } from "../wire/parameters.ts";
import { flagSchema, proposalSchema } from "./proposal.ts";
import { publicUnitSchema, statisticsSchema, unitSchema } from "./schemas.ts";
import type { Knowledge } from "./service.ts";
import { publicUnit, wireUnit } from "./unit.ts";

const tag = "knowledge";

const querySchema = z.object({
  domains: requiredListParameter("Domains to look in; repeat the parameter for several"),
  languages: listParameter("Languages that raise a unit's rank"),
  frameworks: listParameter("Frameworks that raise a unit's rank"),
  pattern: textParameter("A pattern that raises a unit's rank"),
  limit: integerParameter({
    default: QUERY_LIMIT_DEFAULT,
    min: 1,
    max: QUERY_LIMIT_MAX,
    cap: true,
    description: `Number of units; more than ${QUERY_LIMIT_MAX} counts as ${QUERY_LIMIT_MAX}`,
  }),
});

/** What agents call. */
export function knowledgeEndpoints(
  { knowledge, answers, readNeedsKey }: { knowledge: Knowledge; answers: Answers; readNeedsKey: boolean },
): Endpoint[] {
  const reading = readNeedsKey ? { access: "key", needs: "read" } as const : { access: "open" } as const;
  return [
    endpoint({
      method: "GET",
      path: "/api/v1/knowledge",
      ...reading,
      tag,
      summary: "Find approved units",
      query: querySchema,
      status: 200,
      response: z.object({ data: z.array(publicUnitSchema) }),
      handle: ({ query }) =>
        answers.recall(`knowledge ${JSON.stringify(query)}`, async () => {
          return new JsonText('{"data":[', await knowledge.query(query, true), "]}");
        }),
    }),
    endpoint({
      method: "POST",
      path: "/api/v1/knowledge",
      access: "key",
      needs: "propose",
      tag,
      summary: "Propose a unit for review",
      body: proposalSchema,
      status: 201,
      response: unitSchema,
      handle: async ({ body, caller }) => wireUnit(await knowledge.propose(body, caller)),
    }),
    endpoint({
      method: "GET",
      path: "/api/v1/knowledge/stats",
      ...reading,
      tag,
      summary: "Count what the store knows",
      status: 200,
      response: statisticsSchema,
      handle: () => answers.recall("knowledge/stats", () => knowledge.statistics()),
    }),
    endpoint({
      method: "POST",
      path: "/api/v1/knowledge/{unit_id}/confirmations",
      access: "key",
      needs: "confirm",
      tag,
      summary: "Confirm that a unit proved right",
      status: 201,
      response: publicUnitSchema,
      problems: [404],
      handle: async ({ path, caller }) => publicUnit(await knowledge.confirm(path["unit_id"]!, caller)),
    }),
    endpoint({
      method: "POST",
      path: "/api/v1/knowledge/{unit_id}/flags",
      access: "key",
      needs: "confirm",
      tag,
      summary: "Flag a unit as stale, incorrect or a duplicate",
      body: flagSchema,
      status: 201,
      response: publicUnitSchema,
      problems: [404],
      handle: async ({ path, body, caller }) =>
        publicUnit(await knowledge.flag(path["unit_id"]!, body, caller)),
    }),
  ];
}
