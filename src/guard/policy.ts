import { nearest } from "../wire/text.ts";
import { type Action, ACTIONS } from "./finding.ts";
import type { RuleInfo } from "./rule.ts";
import { RULES } from "./rules.ts";

/** A rule or a family, and what becomes of its findings. A rule's own entry wins over its family's. */
export type Policy = ReadonlyMap<string, Action>;

/** What becomes of a rule's findings. */
export function actionFor({ id, family, defaultAction }: RuleInfo, policy: Policy): Action {
  return policy.get(id) ?? policy.get(family) ?? defaultAction;
}

/** A policy from `rule=action` or `family=action`, separated by commas. Throws where a name or an action is wrong. */
export function parsePolicy(text: string): Policy {
  const known = [...new Set(RULES.map(({ family }) => family)), ...RULES.map(({ id }) => id)];
  const policy = new Map<string, Action>();
  for (const entry of text.split(/[,\n]/).map((part) => part.trim()).filter((part) => part !== "")) {
    const [name = "", action = "", ...rest] = entry.split("=").map((part) => part.trim());
    if (!known.includes(name)) {
      throw new Error(`Unknown rule "${name}": did you mean "${nearest(name, known)}"?`);
    }
    if (rest.length > 0 || !isAction(action)) {
      throw new Error(
        `Wrong action "${entry.slice(entry.indexOf("=") + 1).trim()}" for "${name}": write ${
          ACTIONS.join(", ")
        }`,
      );
    }
    policy.set(name, action);
  }
  return policy;
}

function isAction(text: string): text is Action {
  return (ACTIONS as readonly string[]).includes(text);
}
