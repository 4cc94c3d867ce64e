import type { Finding } from "../guard/finding.ts";
import { type GuardedText, inspect, inspectText, type Policy } from "../guard/guard.ts";

/** A unit to look at, or a text that stands by itself. */
export type GuardTask =
  | { readonly unit: GuardedText; readonly policy: Policy }
  | { readonly text: string; readonly field: string; readonly policy: Policy };

/** What the rules find. */
export function lookAt(task: GuardTask): readonly Finding[] {
  return "unit" in task ? inspect(task.unit, task.policy) : inspectText(task.text, task);
}
