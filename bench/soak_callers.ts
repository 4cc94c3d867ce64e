import { NAVIGATION } from "../src/ui/nav.ts";
import { keyOf, PASSWORD, proposals, USER_COUNT, usernameOf } from "./content.ts";
import { pathOf, typicalQueries } from "./queries.ts";
import { between, pick, type Random, seededRandom } from "./random.ts";
import { signIn } from "./sign_in.ts";
import type { Subject } from "./subject.ts";

/** Somebody who calls the server again and again in one way. */
export interface Caller {
  readonly name: string;
  readonly perSecond: number;
  /** One call, or a few that belong together; throws where an answer is not the right one. */
  readonly call: () => Promise<void>;
}

/** The server was too busy for a call and said so. */
export class Refused extends Error {}

interface Request {
  readonly method?: string;
  readonly json?: unknown;
  readonly bearer?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

type Ask = (path: string, request: Request, ...statuses: number[]) => Promise<string>;

/**
 * Everybody who uses a server: agents that query, ask, propose, confirm and flag, over the API and over MCP; reviewers; people who
 * look at pages; and logins, good and bad ones. At a steady pace, so that slower answers do not mean less load.
 */
export function callers(origin: string, subject: Subject): Caller[] {
  const random = seededRandom(subject.content.seed + 6);
  const key = (): string => keyOf(between(random, 0, USER_COUNT - 1), subject.content).token;
  const ask = asking(origin);
  const parts = { origin, subject, random, key, ask };
  return [...agents(parts), ...people(parts)];
}

interface Parts {
  readonly origin: string;
  readonly subject: Subject;
  readonly random: Random;
  readonly key: () => string;
  readonly ask: Ask;
}

function asking(origin: string): Ask {
  return async (path, { method, json, bearer, headers = {} }, ...statuses) => {
    const response = await fetch(origin + path, {
      method: method ?? (json === undefined ? "GET" : "POST"),
      redirect: "manual",
      headers: {
        ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
        ...(json === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      body: json === undefined ? null : JSON.stringify(json),
    });
    const text = await response.text();
    if (response.status === 503) throw new Refused();
    if (!statuses.includes(response.status)) {
      throw new Error(`${path} answers ${response.status}: ${text.slice(0, 200)}`);
    }
    return text;
  };
}

function agents({ subject: { approved }, random, key, ask }: Parts): Caller[] {
  const nextQuery = typicalQueries(random);
  const nextProposal = proposals(random);
  const words = (): string => {
    const { insight } = nextProposal();
    return insight.detail.split(" ").slice(0, between(random, 2, 20)).join(" ");
  };
  const unit = (): string => `/api/v1/knowledge/${pick(random, approved)}`;
  const tool = (name: string, input: object): Promise<string> =>
    ask("/mcp", {
      bearer: key(),
      headers: { accept: "application/json, text/event-stream" },
      json: { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name, arguments: input } },
    }, 200);
  return [
    { name: "query", perSecond: 40, call: async () => void await ask(pathOf(nextQuery()), {}, 200) },
    {
      name: "question",
      perSecond: 8,
      call: async () => void await ask(`/api/v1/knowledge?${new URLSearchParams({ q: words() })}`, {}, 200),
    },
    {
      name: "confirm",
      perSecond: 5,
      call: async () => void await ask(`${unit()}/confirmations`, { method: "POST", bearer: key() }, 201),
    },
    {
      name: "flag",
      perSecond: 0.5,
      call: async () => void await ask(`${unit()}/flags`, { bearer: key(), json: { reason: "stale" } }, 201),
    },
    {
      name: "query over MCP",
      perSecond: 3,
      call: async () => void await tool("query", { question: words() }),
    },
    { name: "status over MCP", perSecond: 0.5, call: async () => void await tool("status", {}) },
  ];
}

const PAGES = [...NAVIGATION.map(({ path }) => path), "/units?q=pool&status=approved"];

function people({ origin, subject: { token, approved }, random, key, ask }: Parts): Caller[] {
  const nextProposal = proposals(random);
  let cookie: Promise<string> | undefined;
  let address = 0, decided = 0;
  // Each from an address of its own: after ten failures of one, passwords are not looked at any more.
  const login = (password: string, status: number): Promise<string> =>
    ask(
      "/api/v1/auth/login",
      {
        json: { username: usernameOf(between(random, 1, USER_COUNT - 1)), password },
        headers: { "x-forwarded-for": `10.${++address >> 16 & 255}.${address >> 8 & 255}.${address & 255}` },
      },
      status,
      429,
    );
  return [
    {
      name: "propose and review",
      perSecond: 1,
      async call(): Promise<void> {
        const proposed = await ask("/api/v1/knowledge", { bearer: key(), json: nextProposal() }, 201);
        const { id } = JSON.parse(proposed) as { id: string };
        const decision = decided++ % 3 === 0 ? "reject" : "approve";
        await ask("/api/v1/review/queue?limit=20", { bearer: token }, 200);
        await ask(`/api/v1/review/${id}/${decision}`, { method: "POST", bearer: token }, 200);
      },
    },
    {
      name: "page",
      perSecond: 3,
      async call(): Promise<void> {
        cookie ??= signIn(origin);
        const path = pick(random, [...PAGES, `/units/${pick(random, approved)}`]);
        await ask(path, { headers: { cookie: await cookie, accept: "text/html" } }, 200);
      },
    },
    {
      name: "sign in to the pages",
      perSecond: 0.1,
      call: async () => void (cookie = Promise.resolve(await signIn(origin))),
    },
    {
      name: "statistics",
      perSecond: 1,
      call: async () => void await ask("/api/v1/review/stats", { bearer: token }, 200),
    },
    { name: "login", perSecond: 0.5, call: async () => void await login(PASSWORD, 200) },
    {
      name: "login, wrong password",
      perSecond: 0.2,
      call: async () => void await login(`not ${PASSWORD}`, 401),
    },
  ];
}
