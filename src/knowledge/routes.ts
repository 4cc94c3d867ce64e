import { z } from "@hono/zod-openapi";
import { QUERY_LIMIT_DEFAULT, QUERY_LIMIT_MAX } from "../limits.ts";
import type { Answers } from "../projection/answers.ts";
import { type Endpoint, endpoint } from "../wire/endpoint.ts";
import { JsonText } from "../wire/json.ts";
import {
  choiceParameter,
  integerParameter,
  listParameter,
  requiredListParameter,
  textParameter,
} from "../wire/parameters.ts";
import { flagSchema, proposalSchema } from "./proposal.ts";
import { publicUnitSchema, statisticsSchema, unitSchema } from "./schemas.ts";
import type { Answer } from "./query.ts";
import type { Knowledge } from "./service.ts";
import { publicUnit, wireUnit } from "./unit.ts";

const tag = "knowledge";

const TAG_MODES = ["exact", "tolerant"] as const;

const querySchema = z.object({
  domains: requiredListParameter(
    "Domains to look in; repeat the parameter for several. Needed unless there is a `q`",
  ),
  languages: listParameter("Languages that raise a unit's rank"),
  frameworks: listParameter("Frameworks that raise a unit's rank"),
  pattern: textParameter("A pattern that raises a unit's rank"),
  q: textParameter(
    "A question in your own words, or an error message: units whose text answers it come first",
  ),
  tags: choiceParameter(
    TAG_MODES,
    "Whether units with other tags of the same meaning fill up an answer that is not full: `tolerant`, unless the server restores " +
      "the original's behaviour, or `exact`",
  ),
  limit: integerParameter({
    default: QUERY_LIMIT_DEFAULT,
    min: 1,
    max: QUERY_LIMIT_MAX,
    cap: true,
    description: `Number of units; more than ${QUERY_LIMIT_MAX} counts as ${QUERY_LIMIT_MAX}`,
  }),
});

/** An answer in the wire's form; what there is to say about it is said in headers, which clients of the original do not read. */
function written({ units, widened, isWhole, isPassing, topics }: Answer): JsonText {
  const headers: Record<string, string> = {};
  if (widened.size > 0) {
    headers["cq-widened"] = Array.from(
      widened,
      ([domain, others]) => `${encodeURIComponent(domain)}=${others.map(encodeURIComponent).join(",")}`,
    ).join("; ");
  }
  if (!isWhole) headers["cq-partial"] = "some texts of the store are not indexed yet";
  return new JsonText('{"data":[', { items: units, end: "]}", headers, isPassing, topics });
}

/** What agents call. */
export function knowledgeEndpoints(
  { knowledge, answers, readNeedsKey }: {
    knowledge: Knowledge;
    answers: Answers;
    readNeedsKey: boolean;
  },
): Endpoint[] {
  const recall = answers.recall.bind(answers);
  const reading = readNeedsKey ? { access: "key", needs: "read" } as const : { access: "open" } as const;
  return [
    endpoint({
      method: "GET",
      path: "/api/v1/knowledge",
      ...reading,
      tag,
      summary: "Find approved units",
      query: querySchema,
      replaceable: { domains: "q" },
      status: 200,
      response: z.object({ data: z.array(publicUnitSchema) }),
      recall,
      handle: async ({ query: { tags, ...asked } }) => {
        const isTolerant = tags === undefined ? undefined : tags === "tolerant";
        return written(await knowledge.query({ ...asked, isTolerant }, true));
      },
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
      handle: async ({ body, caller }) => wireUnit((await knowledge.propose(body, caller)).unit),
    }),
    endpoint({
      method: "GET",
      path: "/api/v1/knowledge/stats",
      ...reading,
      tag,
      summary: "Count what the store knows",
      status: 200,
      response: statisticsSchema,
      recall,
      handle: () => knowledge.statistics(),
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
