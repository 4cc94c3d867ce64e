import { isDeepStrictEqual } from "node:util";
import { seededRandom } from "./random.ts";
import { hottestPath, queryPath } from "./scenarios.ts";

const SAMPLE = 200;
const SHOWN_MAX = 5;

/** How far two servers answer alike. */
export interface Comparison {
  readonly asked: number;
  readonly equal: number;
  /** The first queries that were answered differently, and how. */
  readonly differences: readonly string[];
}

/** Asks two servers the same queries. Order and every field count, the spelling of the JSON does not. */
export async function compareAnswers(ports: readonly [number, number], seed: number): Promise<Comparison> {
  const random = seededRandom(seed + 2);
  const paths = [hottestPath(), ...Array.from({ length: SAMPLE - 1 }, () => queryPath(random))];
  const differences: string[] = [];
  for (const path of paths) {
    const [ours, other] = await Promise.all([ask(ports[0], path), ask(ports[1], path)]);
    if (!isDeepStrictEqual(ours, other)) {
      differences.push(`${path}: ours ${idsOf(ours)}, the other ${idsOf(other)}`);
    }
  }
  return { asked: SAMPLE, equal: SAMPLE - differences.length, differences: differences.slice(0, SHOWN_MAX) };
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
