/** What becomes of a finding: the proposal is refused, held for a reviewer, or carries a warning. */
export type Action = "block" | "hold" | "warn" | "off";
export type Severity = Exclude<Action, "off">;

/** Every action, severest first. */
export const ACTIONS: readonly Action[] = ["block", "hold", "warn", "off"];

/** What a rule found: never the text itself. */
export interface Finding {
  readonly rule: string;
  readonly field: string;
  readonly severity: Severity;
  readonly message: string;
}

/** Findings with the severest first; those as severe as each other stay in the order of rules and fields. */
export function bySeverity(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((a, b) => ACTIONS.indexOf(a.severity) - ACTIONS.indexOf(b.severity));
}
