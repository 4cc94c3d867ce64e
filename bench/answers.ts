import { isDeepStrictEqual } from "node:util";
import { hottestQuery, pathOf, rareContextQuery, typicalQueries } from "./queries.ts";
import { seededRandom } from "./random.ts";

const SHOWN_MAX = 5;
const LARGEST_LIMIT = 50;
/** Of ten queries two are for the hottest tags: one without a context, one with a rare one. */
const HOT_EVERY = 10;

/** How far two servers answer alike. */
export interface Comparison {
  readonly asked: number;
  readonly equal: number;
  /** The first queries that were answered differently, and how. */
  readonly differences: readonly string[];
}

/** Asks two servers the same queries. Order and every field count, the spelling of the JSON does not. */
export async function compareAnswers(
  ports: readonly [number, number],
  { seed, count }: { seed: number; count: number },
): Promise<Comparison> {
  const differences: string[] = [];
  const paths = sample(seed, count);
  for (const path of paths) {
    const [ours, other] = await Promise.all([ask(ports[0], path), ask(ports[1], path)]);
    if (!isDeepStrictEqual(ours, other)) {
      differences.push(`${path}: ours ${idsOf(ours)}, the other ${idsOf(other)}`);
    }
  }
  return {
    asked: paths.length,
    equal: paths.length - differences.length,
    differences: differences.slice(0, SHOWN_MAX),
  };
}

/** Typical queries, and among them some for the hottest tags, with every kind of limit and context. */
function sample(seed: number, count: number): string[] {
  const random = seededRandom(seed + 2);
  const typical = typicalQueries(random);
  return Array.from({ length: count }, (_, index) => {
    const limit = (index + Math.floor(index / HOT_EVERY)) % 2 === 0 ? undefined : LARGEST_LIMIT;
    if (index % HOT_EVERY === 0) return pathOf(hottestQuery(), limit);
    if (index % HOT_EVERY === HOT_EVERY / 2) return pathOf(rareContextQuery(random), limit);
    return pathOf(typical(), limit);
  });
}

interface Answer {
  readonly status: number;
  readonly body: { readonly data?: readonly { readonly id: string }[] };
}

async function ask(port: number, path: string): Promise<Answer> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`);
  return { status: response.status, body: await response.json() };
}

function idsOf({ status, body }: Answer): string {
  return body.data === undefined ? `status ${status}` : `[${body.data.map(({ id }) => id).join(" ")}]`;
}
