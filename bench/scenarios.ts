import { contents, keyOf, PASSWORD, TAG_COUNT, tagOf, units, USER_COUNT, usernameOf } from "./content.ts";
import type { LabelledRequest } from "./load.ts";
import type { Content } from "./make_database.ts";
import { between, distinct, pick, type Random, seededRandom, zipf } from "./random.ts";

/** One kind of load. */
export interface Scenario {
  readonly name: string;
  readonly requests: readonly LabelledRequest[];
  /** Number of connections, where it is not the one asked for. */
  readonly connections?: number;
  /** How many times as long as the others it runs. */
  readonly duration?: number;
  readonly requestsMax: number;
  /** The status of a right answer. */
  readonly status: number;
}

/** Different requests of a scenario; they are repeated in turn. */
const VARIETY = 500;
const READS_MAX = 500_000;
/** Proposals of one measurement: they stay in the database, and all rounds should find it alike. */
const PROPOSALS_MAX = 20_000;
const HOTTEST = 3;

/** Every scenario, for servers on a database with this content. */
export function scenarios(content: Content): Scenario[] {
  const random = seededRandom(content.seed + 1);
  const get = (label: string, paths: readonly string[]): Scenario => ({
    name: label,
    requests: paths.map((path) => ({ label, text: httpRequest("GET", path) })),
    requestsMax: READS_MAX,
    status: 200,
  });
  return [
    get("health", ["/api/v1/health"]),
    get("query", Array.from({ length: VARIETY }, () => queryPath(random))),
    get("query of the hottest tags", [hottestPath()]),
    proposals(content, random),
    confirmations(content, random),
    logins(),
  ];
}

/** A query for one to three tags, popular ones more often, with a context every other time. */
export function queryPath(random: Random): string {
  const tags = distinct(between(random, 1, 3), zipf(random, TAG_COUNT)).map(tagOf);
  const context = random() < 0.5 ? [] : [["languages", pick(random, ["python", "go"])], ["pattern", "retry"]];
  return knowledgePath([...tags.map((tag) => ["domains", tag]), ...context]);
}

/** The query with the most candidates. */
export function hottestPath(): string {
  return knowledgePath(Array.from({ length: HOTTEST }, (_, rank) => ["domains", tagOf(rank)]));
}

function knowledgePath(parameters: string[][]): string {
  return `/api/v1/knowledge?${new URLSearchParams([...parameters, ["limit", "5"]])}`;
}

function proposals(content: Content, random: Random): Scenario {
  const proposal = contents(random);
  return {
    name: "propose",
    requests: Array.from({ length: VARIETY }, (_, index) => ({
      label: "propose",
      text: httpRequest("POST", "/api/v1/knowledge", {
        token: keyOf(index % USER_COUNT, content).token,
        body: proposal(),
      }),
    })),
    requestsMax: PROPOSALS_MAX,
    status: 201,
  };
}

function confirmations(content: Content, random: Random): Scenario {
  const approved = [...units(content.seed, content.units)]
    .filter(({ status }) => status === "approved").map(({ unit }) => unit.id);
  return {
    name: "confirm",
    requests: Array.from({ length: VARIETY }, (_, index) => ({
      label: "confirm",
      text: httpRequest("POST", `/api/v1/knowledge/${pick(random, approved)}/confirmations`, {
        token: keyOf(index % USER_COUNT, content).token,
      }),
    })),
    requestsMax: READS_MAX,
    status: 201,
  };
}

/** Refused logins one after the other, known and unknown names in turn: their times must not tell which is which. */
function logins(): Scenario {
  const attempt = (label: string, username: string): LabelledRequest => ({
    label,
    text: httpRequest("POST", "/api/v1/auth/login", { body: { username, password: `not ${PASSWORD}` } }),
  });
  return {
    name: "login, wrong password",
    requests: Array.from({ length: USER_COUNT }, (_, user) => [
      attempt("login, known user", usernameOf(user)),
      attempt("login, unknown user", `nobody-${user}`),
    ]).flat(),
    connections: 1,
    duration: 2,
    requestsMax: READS_MAX,
    status: 401,
  };
}

function httpRequest(
  method: string,
  path: string,
  { token, body }: { token?: string; body?: unknown } = {},
): string {
  const content = body === undefined ? "" : JSON.stringify(body);
  const length = new TextEncoder().encode(content).length;
  return [
    `${method} ${path} HTTP/1.1`,
    "host: 127.0.0.1",
    ...(token === undefined ? [] : [`authorization: Bearer ${token}`]),
    ...(body === undefined ? [] : ["content-type: application/json"]),
    ...(method === "POST" ? [`content-length: ${length}`] : []),
    "",
    content,
  ].join("\r\n");
}
