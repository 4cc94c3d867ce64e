import { isObject } from "../wire/json.ts";
import { normalised } from "./vectors.ts";

/**
 * The vectors in an answer of the embedding service, one for each of `count` texts: the mean of a text's embeddings, of length 1.
 * Undefined where the service answers several texts with something else than a result for each.
 *
 * @throws {Error} that says what is wrong with the answer.
 */
export function vectorsIn(
  answer: unknown,
  { count, dimension }: { count: number; dimension: number },
): Float32Array[] | undefined {
  const results = isObject(answer) ? answer["results"] : undefined;
  if (!Array.isArray(results) || results.length === 0) throw new Error("answered without results");
  // Of the answer to one text, the first result is used, whatever follows.
  if (count > 1 && results.length !== count) return undefined;
  return results.slice(0, count).map((result) => vectorOf(result, dimension));
}

function vectorOf(result: unknown, dimension: number): Float32Array {
  const embeddings = isObject(result) ? result["embeddings"] : undefined;
  if (!Array.isArray(embeddings) || embeddings.length === 0) throw new Error("answered without embeddings");
  const sum = new Float64Array(dimension);
  for (const each of embeddings) {
    const numbers = isObject(each) ? each["embedding"] : undefined;
    if (!Array.isArray(numbers) || !numbers.every((value) => typeof value === "number")) {
      throw new Error("answered with an embedding that is no list of numbers");
    }
    if (numbers.length !== dimension) {
      throw new Error(
        `answered with ${numbers.length} dimensions; SEMSEARCH_EMBEDDING_DIM says ${dimension}`,
      );
    }
    numbers.forEach((value, index) => sum[index]! += value);
  }
  const vector = normalised(sum);
  if (vector === undefined) throw new Error("answered with a vector without a direction");
  return vector;
}
