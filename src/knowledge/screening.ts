import { type CqError, invalid, misconfigured, unavailable } from "../errors.ts";
import type { Finding, Severity } from "../guard/finding.ts";
import { type GuardedText, parsePolicy, type Policy } from "../guard/guard.ts";
import { type Candidate, nearDuplicates } from "../guard/likeness.ts";
import { RETRY_AFTER_S } from "../limits.ts";
import { GUARD_FAILURES, GUARD_FINDINGS } from "../telemetry/instruments.ts";
import { logger } from "../telemetry/log.ts";
import { type GuardTask, lookAt } from "./guard_task.ts";
import type { KnowledgeUnit } from "./unit.ts";

const log = logger("guard");

/** What stands between a text and the store. */
export interface Screening {
  /**
   * What the guard found in a unit that may be stored.
   *
   * @throws {CqError} 422 that names rule and field where it may not, 503 where the guard itself failed: what was not looked at is not
   * stored.
   */
  unit(text: GuardedText): Promise<readonly Finding[]>;
  /** Findings for the units that say the same as this one. */
  duplicates(unit: Pick<KnowledgeUnit, "insight">, similar: readonly Candidate[]): readonly Finding[];
  /**
   * Looks for credentials in a text that stands by itself. Nobody decides on it before it counts, so what would be held is refused.
   *
   * @throws {CqError} see {@link Screening.unit}.
   */
  text(text: string, field: string): Promise<void>;
}

interface ScreeningOptions {
  readonly policy?: Policy;
  /** Whether what would be refused is stored with a warning. */
  readonly refusesNothing?: boolean;
  readonly guard?: Guard | undefined;
}

/** What looks at units and texts, here or elsewhere. */
export interface Guard {
  lookAt(task: GuardTask): readonly Finding[] | Promise<readonly Finding[]>;
}

/** Screening by a policy; without one by the defaults of the rules. */
export function createScreening(
  { policy = new Map(), refusesNothing = false, guard = { lookAt } }: ScreeningOptions = {},
): Screening {
  const accepted = (found: readonly Finding[], refused: readonly Severity[]): readonly Finding[] => {
    const findings = refusesNothing
      ? found.map((finding) => ({ ...finding, severity: "warn" as const }))
      : found;
    for (const { rule, severity } of findings) GUARD_FINDINGS.increment(rule, severity);
    const blocked = findings.filter(({ severity }) => refused.includes(severity));
    if (blocked.length > 0) throw refusal(blocked);
    return findings;
  };
  const look = async (task: GuardTask): Promise<readonly Finding[]> => {
    try {
      return await guard.lookAt(task);
    } catch (error) {
      throw guardFailure(error as Error);
    }
  };
  return {
    unit: async (unit) => accepted(await look({ unit, policy }), ["block"]),
    duplicates: (unit, candidates) => nearDuplicates(unit, { candidates, policy }),
    async text(text, field): Promise<void> {
      if (text === "") return;
      const found = await look({ text, field, policy });
      accepted(found.filter(({ rule }) => rule.startsWith("secret.")), ["block", "hold"]);
    },
  };
}

/** Screening by a policy as an operator wrote it. @throws {CqError} `misconfigured` where it is none. */
export function configuredScreening(
  policy: string,
  options: Omit<ScreeningOptions, "policy"> = {},
): Screening {
  return createScreening({ ...options, policy: configuredPolicy(policy) });
}

/** A policy as an operator wrote it. @throws {CqError} `misconfigured` where it is none. */
export function configuredPolicy(policy: string): Policy {
  try {
    return parsePolicy(policy);
  } catch (error) {
    throw misconfigured(`CQ_GUARD_POLICY: ${(error as Error).message}`, error);
  }
}

function guardFailure({ name }: Error): CqError {
  GUARD_FAILURES.increment();
  // Its message could hold a part of the text.
  log.error("the guard failed; nothing was stored", { kind: name });
  return unavailable("The text could not be checked and was not stored", { retryAfter_s: RETRY_AFTER_S });
}

function refusal(blocked: readonly Finding[]): CqError {
  const reasons = blocked.map(({ field, rule, message }) => `${field}: ${message} (${rule})`);
  return invalid(`Not stored. ${[...new Set(reasons)].join("; ")}. Remove it and send the rest again.`);
}
