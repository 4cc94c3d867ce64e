import type { EmbeddingConfig } from "../../src/config.ts";
import { tokensOf } from "../../src/search/tokens.ts";

const DIMENSION = 512;

/** An embedding service that answers until it is closed. */
export interface FakeEmbedding extends AsyncDisposable {
  readonly config: EmbeddingConfig;
}

/**
 * A service that knows no meanings: the vector of a text is its bag of stems, hashed, the frequent ones damped. It shows that the
 * fusion does no harm, and is the same on every machine.
 */
export function startFakeEmbedding(): FakeEmbedding {
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (request) => {
    const { inputs } = await request.json() as { inputs: readonly string[] };
    return Response.json({
      results: inputs.map((text) => ({ embeddings: [{ embedding: bagOf(text) }] })),
    });
  });
  return {
    config: { url: `http://127.0.0.1:${server.addr.port}`, dimension: DIMENSION },
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

function bagOf(text: string): number[] {
  const counts = new Array<number>(DIMENSION).fill(0);
  for (const token of tokensOf(text)) {
    const hash = hashOf(token);
    // Two stems that share a number cancel each other as often as they add up.
    counts[hash % DIMENSION]! += hash & 0x40000000 ? 1 : -1;
  }
  return counts.map((count) => Math.sign(count) * Math.sqrt(Math.abs(count)));
}

/** FNV-1a. */
function hashOf(token: string): number {
  let hash = 0x811c9dc5;
  for (const char of token) hash = Math.imul(hash ^ char.codePointAt(0)!, 0x01000193);
  return hash >>> 0;
}
