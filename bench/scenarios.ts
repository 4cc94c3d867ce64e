import { STATUSES } from "../src/knowledge/unit.ts";
import { keyOf, PASSWORD, proposals, TAG_COUNT, tagOf, USER_COUNT, usernameOf } from "./content.ts";
import { type LabelledRequest, SERIAL } from "./load.ts";
import { hottestQuery, pathOf, rareContextQuery, typicalQueries } from "./queries.ts";
import { between, distinct, pick, type Random, seededRandom, zipf } from "./random.ts";
import type { Subject } from "./subject.ts";

/** One kind of load. */
export interface Scenario {
  readonly name: string;
  readonly requests: readonly LabelledRequest[];
  /** What is asked for, where the same answers can be had from memory for comparison. */
  readonly paths?: readonly string[];
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
/** Enough for a server that keeps whole answers to have forgotten one before it is asked for again. */
const NEVER_THE_SAME = 10_000;
export const REQUESTS_MAX = 500_000;
/** Proposals of one measurement: they stay in the database, and all rounds should find it alike. */
const PROPOSALS_MAX = 20_000;
const QUEUE_PAGE = 20;
/** Ranges of confidence that reviewers look at; the upper end is excluded below 1. */
const RANGES = [[0, 0.3], [0.3, 0.5], [0.5, 0.7], [0.7, 1]] as const;

/** Every scenario, for servers on a database with this subject; those that write come last. */
export function scenarios(subject: Subject): Scenario[] {
  const random = seededRandom(subject.content.seed + 1);
  const typical = typicalQueries(random);
  const many = (make: () => string): string[] => Array.from({ length: VARIETY }, make);
  const different = (make: () => string): string[] => distinct(NEVER_THE_SAME, make);
  const pending = Math.ceil(subject.content.units * 0.15);
  const farPage = (): number => between(random, 0, Math.floor(pending / QUEUE_PAGE)) * QUEUE_PAGE;
  const rank = zipf(random, TAG_COUNT);
  const reviewed = (name: string, paths: readonly string[]): Scenario =>
    reads(name, paths.map((path) => `/api/v1/review/${path}`), { token: subject.token });
  return [
    reads("health", ["/api/v1/health"]),
    queries("query", many(() => pathOf(typical()))),
    queries("query, never the same", different(() => pathOf(typical()))),
    queries("query of the hottest tags", [pathOf(hottestQuery())]),
    reads("query of the hottest tags, rare context", different(() => pathOf(rareContextQuery(random)))),
    reads("knowledge/stats", ["/api/v1/knowledge/stats"]),
    reviewed("review/stats", ["stats"]),
    reviewed("review/queue", ["queue"]),
    reviewed("review/queue, any page", many(() => `queue?limit=${QUEUE_PAGE}&offset=${farPage()}`)),
    reviewed("review/units of a status", STATUSES.map((status) => `units?status=${status}`)),
    reviewed("review/units of a domain", many(() => `units?domain=${tagOf(rank())}`)),
    reviewed(
      "review/units of a confidence",
      RANGES.map(([min, max]) => `units?confidence_min=${min}&confidence_max=${max}`),
    ),
    {
      name: "propose",
      requests: proposing(subject, random),
      requestsMax: PROPOSALS_MAX,
      status: 201,
    },
    {
      name: "confirm",
      requests: confirming(subject, random),
      requestsMax: REQUESTS_MAX,
      status: 201,
    },
    logins(),
  ];
}

function reads(name: string, paths: readonly string[], { token }: { token?: string } = {}): Scenario {
  const requests = paths.map((path) => ({
    label: name,
    text: httpRequest("GET", path, token === undefined ? {} : { token }),
  }));
  return { name, requests, requestsMax: REQUESTS_MAX, status: 200 };
}

function queries(name: string, paths: readonly string[]): Scenario {
  return { ...reads(name, paths), paths };
}

/** Requests that propose units. */
export function proposing({ content }: Subject, random: Random): LabelledRequest[] {
  const next = proposals(random);
  return Array.from({ length: VARIETY }, (_, index) => ({
    label: "propose",
    text: httpRequest("POST", "/api/v1/knowledge", {
      token: keyOf(index % USER_COUNT, content).token,
      body: withSerial(next()),
    }),
  }));
}

function withSerial({ insight, ...proposal }: ReturnType<ReturnType<typeof proposals>>): unknown {
  return { ...proposal, insight: { ...insight, summary: `${insight.summary} ${SERIAL}` } };
}

/** Requests that confirm units, one for each that the subject knows. */
export function confirming({ content, approved }: Subject, random: Random): LabelledRequest[] {
  const keys = Array.from({ length: USER_COUNT }, (_, user) => keyOf(user, content).token);
  return approved.map((id) => ({
    label: "confirm",
    text: httpRequest("POST", `/api/v1/knowledge/${id}/confirmations`, { token: pick(random, keys) }),
  }));
}

/** Refused logins one after the other, known and unknown names in turn: their times must not tell which is which. */
function logins(): Scenario {
  let address = 0;
  const attempt = (label: string, username: string): LabelledRequest => ({
    label,
    // Each from an address of its own: after ten failures of one, passwords are not looked at any more.
    text: httpRequest("POST", "/api/v1/auth/login", {
      body: { username, password: `not ${PASSWORD}` },
      forwardedFor: `192.0.2.${++address}`,
    }),
  });
  return {
    name: "login, wrong password",
    requests: Array.from({ length: USER_COUNT }, (_, user) => [
      attempt("login, known user", usernameOf(user)),
      attempt("login, unknown user", `nobody-${user}`),
    ]).flat(),
    connections: 1,
    duration: 2,
    requestsMax: REQUESTS_MAX,
    status: 401,
  };
}

function httpRequest(
  method: string,
  path: string,
  { token, body, forwardedFor }: { token?: string; body?: unknown; forwardedFor?: string } = {},
): string {
  const content = body === undefined ? "" : JSON.stringify(body);
  const length = new TextEncoder().encode(content).length;
  return [
    `${method} ${path} HTTP/1.1`,
    "host: 127.0.0.1",
    ...(token === undefined ? [] : [`authorization: Bearer ${token}`]),
    ...(forwardedFor === undefined ? [] : [`x-forwarded-for: ${forwardedFor}`]),
    ...(body === undefined ? [] : ["content-type: application/json"]),
    ...(method === "POST" ? [`content-length: ${length}`] : []),
    "",
    content,
  ].join("\r\n");
}
