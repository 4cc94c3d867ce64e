import type { Environment } from "./variables.ts";
import { misconfigured } from "./errors.ts";

const SECRET_MIN_CHARS = 32;

/**
 * A secret that a server cannot do without.
 *
 * @throws {CqError} `misconfigured` where there is none.
 */
export function requiredSecret(environment: Environment, name: string): string {
  const value = secretOf(environment, name);
  if (value !== undefined && value !== "") return value;
  const problem = value === "" ? "is empty" : "is not set";
  throw misconfigured(`${name} ${problem}; set it, or ${name}_FILE, to a long random text`);
}

/**
 * A secret from its variable or from the file that `NAME_FILE` names.
 *
 * @throws {CqError} `misconfigured` where both are set or the file cannot be read.
 */
export function secretOf(environment: Environment, name: string): string | undefined {
  const path = environment[`${name}_FILE`];
  if (path === undefined || path === "") return environment[name];
  if (environment[name]) throw misconfigured(`${name} and ${name}_FILE are both set; keep one of them`);
  try {
    return Deno.readTextFileSync(path).replace(/\r?\n$/, "");
  } catch (error) {
    const reason = (error as Error).message;
    throw misconfigured(
      `${name}_FILE: ${path} cannot be read (${reason}); correct the path or its permissions`,
      error,
    );
  }
}

/** What should be said of secrets that are easy to guess. */
export function secretWarnings(environment: Environment): string[] {
  const metricsToken = secretOf(environment, "CQ_METRICS_TOKEN") ? ["CQ_METRICS_TOKEN"] : [];
  return ["CQ_JWT_SECRET", "CQ_API_KEY_PEPPER", ...metricsToken]
    .filter((name) => (secretOf(environment, name) ?? "").length < SECRET_MIN_CHARS)
    .map((name) =>
      `${name} is shorter than ${SECRET_MIN_CHARS} characters; a longer random text is harder to guess`
    );
}
