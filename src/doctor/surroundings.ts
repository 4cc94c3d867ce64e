import type { Config, EmbeddingConfig } from "../config.ts";
import { EMBEDDING_UNIT_MS } from "../limits.ts";
import { DOCTOR_ANSWER_MS } from "../operations_limits.ts";
import { EmbeddingService } from "../search/embedding_service.ts";
import { type Diagnosis, fail, ok, warn } from "./diagnosis.ts";

/** Looks whether the port is free, or who answers there. */
export async function diagnosePort({ host, port }: Pick<Config, "host" | "port">): Promise<Diagnosis> {
  if (port === 0) return ok("any free port will do");
  const address = { "0.0.0.0": "127.0.0.1", "::": "::1" }[host] ?? host;
  try {
    (await Deno.connect({ hostname: address, port })).close();
  } catch (error) {
    if (error instanceof Deno.errors.ConnectionRefused) {
      return ok(`nobody listens at ${address}:${port}: it is free`);
    }
    return fail(
      `CQ_HOST, CQ_PORT: ${address}:${port} cannot be reached: ${(error as Error).message}`,
      "set an address of this machine",
    );
  }
  const base = `http://${address.includes(":") ? `[${address}]` : address}:${port}`;
  const health = await answerOf(`${base}/api/v1/health`);
  if (health?.body?.["status"] !== "ok") {
    const isOurs = typeof health?.body?.["detail"] === "string";
    return isOurs
      ? fail(
        `the server at ${base} is not healthy: ${health!.body!["detail"]}`,
        "see what else is said here, and its log",
      )
      : fail(`another program listens at ${base}`, "end it, or set another CQ_PORT");
  }
  const ready = await answerOf(`${base}/readyz`);
  if (ready?.status === 200) return ok(`a server answers at ${base} and is ready`);
  return warn(
    `the server at ${base} is healthy, but: ${
      ready?.body?.["detail"] ?? "it does not say whether it is ready"
    }`,
    "see its log",
  );
}

async function answerOf(
  url: string,
): Promise<{ status: number; body: Record<string, unknown> | undefined } | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(DOCTOR_ANSWER_MS), redirect: "manual" });
    const text = await response.text();
    return { status: response.status, body: parsed(text) };
  } catch {
    return undefined;
  }
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value as Record<string, unknown> : undefined;
  } catch {
    return undefined;
  }
}

/** Asks the embedding service for one vector. */
export async function diagnoseEmbedding(embedding: EmbeddingConfig): Promise<Diagnosis> {
  const service = new EmbeddingService(embedding);
  try {
    await service.embed(["the doctor was here"], EMBEDDING_UNIT_MS);
    return ok(`the embedding service makes vectors of ${embedding.dimension} numbers`);
  } catch (error) {
    return warn(
      `TOKEN_EMBEDDING_URL: ${(error as Error).message}`,
      "questions are answered by their text alone until it works; see semantic-search.md",
    );
  } finally {
    service.close();
  }
}
