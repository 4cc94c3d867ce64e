import { createHash, timingSafeEqual } from "node:crypto";
import type { MetricsConfig } from "../config.ts";
import { unauthorized } from "../errors.ts";
import { COUNTED } from "../telemetry/instruments.ts";
import { exposition, EXPOSITION_TYPE, type Reading } from "../telemetry/metrics.ts";
import { textResponse } from "./headers.ts";

/**
 * Answers a request for metrics.
 *
 * @param authorization its header.
 * @throws {CqError} 401 where it is not the right one.
 */
export type ShowMetrics = (authorization: string | null) => Promise<Response>;

/** {@link ShowMetrics}; undefined where nobody is shown any. */
export function createMetrics(
  config: MetricsConfig,
  read: () => Promise<Reading[]>,
): ShowMetrics | undefined {
  if (config.access === "off") return undefined;
  const wanted = config.access === "open" ? undefined : digest(`Bearer ${config.token}`);
  return async (authorization) => {
    const isRight = wanted === undefined || timingSafeEqual(wanted, digest(authorization ?? ""));
    if (!isRight) throw unauthorized("Metrics need the bearer token of CQ_METRICS_TOKEN");
    const readings = await read();
    return textResponse(exposition(COUNTED, readings), EXPOSITION_TYPE);
  };
}

/** Of equal length for every text, so that they can be compared in constant time. */
function digest(text: string): Uint8Array {
  return createHash("sha256").update(text).digest();
}
