import { GUARD_FINDINGS_MAX, GUARD_TEXT_MAX_CHARS, GUARD_TEXT_MIN_CHARS } from "../limits.ts";
import { fieldsOf, isLong, joinedTexts, wholeText } from "./fields.ts";
import { ACTIONS, bySeverity, type Finding, type Severity } from "./finding.ts";
import { windowsOf } from "./gathered.ts";
import type { Field, GuardedText } from "./guarded_text.ts";
import { isAscii } from "./normalise.ts";
import { actionFor, type Policy } from "./policy.ts";
import { QUALITY_RULES } from "./quality.ts";
import type { Sighting, TextRule } from "./rule.ts";
import { SENTENCE_RULES, SPLIT_SENTENCE_RULES, SPLIT_VALUE_RULES, TEXT_RULES } from "./rules.ts";
import { type Views, viewsOf } from "./views.ts";

export type { GuardedText } from "./guarded_text.ts";
export { parsePolicy, type Policy } from "./policy.ts";
export { RULES } from "./rules.ts";

/** The field of what is only found when all texts are read together. */
const WHOLE_UNIT = "unit";

/** What the rules find in a unit, severest first. Never holds any of its text. */
export function inspect(unit: GuardedText, policy: Policy): Finding[] {
  const fields = fieldsOf(unit);
  const rules = rulesThatMayFind(fields, policy);
  const places = new Map<string, string>();
  const found = fields.flatMap((field) => {
    const { name, text, place, isPutTogether } = field;
    const own = isLong(field) ? TEXT_RULES : rules;
    const wanted = isPutTogether === true ? own.filter((rule) => SENTENCE_RULES.has(rule)) : own;
    const findings = applied(wanted, text, { field: name, policy });
    if (place !== undefined && findings.length > 0) places.set(name, place);
    return findings;
  });
  if (fields.length > 1) found.push(...splitOver(fields, { found, rules, policy }));
  for (const rule of QUALITY_RULES) {
    const action = actionFor(rule, policy);
    const field = action === "off" ? undefined : rule.find(unit.insight);
    if (field !== undefined) {
      found.push({ rule: rule.id, field, severity: action as Severity, message: rule.message });
    }
  }
  const told = distinct(found).map((finding) => ({
    ...finding,
    field: places.get(finding.field) ?? finding.field,
  }));
  return bySeverity(told).slice(0, GUARD_FINDINGS_MAX);
}

/**
 * Rules that see something when short fields and the edges of long ones are read at once: for most units none, and no short
 * field is read by itself.
 */
function rulesThatMayFind(fields: readonly Field[], policy: Policy): readonly TextRule[] {
  const whole = wholeText(fields);
  if (whole.length > GUARD_TEXT_MAX_CHARS) return TEXT_RULES;
  const views = viewsOf(whole, { isSearch: true });
  return TEXT_RULES.filter((rule) => actionFor(rule, policy) !== "off" && rule.find(views) !== undefined);
}

/** What the rules find in a text that stands by itself, severest first. */
export function inspectText(text: string, options: { field: string; policy: Policy }): Finding[] {
  return bySeverity(distinct(applied(TEXT_RULES, text, options))).slice(0, GUARD_FINDINGS_MAX);
}

/** The severest of all findings. */
export function severest(findings: readonly Finding[]): Severity | undefined {
  return bySeverity(findings)[0]?.severity;
}

/** What is only seen when the texts of all fields are read together. */
function splitOver(
  fields: readonly Field[],
  { found, rules, policy }: {
    readonly found: readonly Finding[];
    readonly rules: readonly TextRule[];
    readonly policy: Policy;
  },
): Finding[] {
  const seen = new Set(found.map(({ rule }) => rule));
  const { spaced, tight } = joinedTexts(fields);
  const look = (wanted: readonly TextRule[], text: string): Finding[] =>
    applied(wanted.filter(({ id }) => !seen.has(id)), text, { field: WHOLE_UNIT, policy });
  const sentences = SPLIT_SENTENCE_RULES.filter((rule) => rules.includes(rule));
  return [...spaced.flatMap((text) => look(sentences, text)), ...look(SPLIT_VALUE_RULES, tight)];
}

function applied(
  rules: readonly TextRule[],
  text: string,
  { field, policy }: { field: string; policy: Policy },
): Finding[] {
  if (rules.length === 0 || text.length < GUARD_TEXT_MIN_CHARS && isAscii(text)) return [];
  return windowsOf(text).flatMap((window) => appliedTo(viewsOf(window), { rules, field, policy }));
}

function appliedTo(
  views: Views,
  { rules, field, policy }: {
    readonly rules: readonly TextRule[];
    readonly field: string;
    readonly policy: Policy;
  },
): Finding[] {
  const seen: Seen[] = [];
  for (const rule of rules) {
    const action = actionFor(rule, policy);
    const sighting = action === "off" ? undefined : rule.find(views);
    if (action !== "off" && sighting !== undefined) seen.push({ rule, action, sighting });
  }
  const isOrdering = seen.some(isOrder);
  return seen.map(({ rule, action, sighting }) => ({
    rule: rule.id,
    field,
    // Who gives an order elsewhere does not warn here.
    severity: sighting === "meant" || isOrdering ? action : "warn",
    message: rule.message,
  }));
}

interface Seen {
  readonly rule: TextRule;
  readonly action: Severity;
  readonly sighting: Sighting;
}

function isOrder({ rule, sighting }: Seen): boolean {
  return sighting === "meant" && rule.family === "injection" && rule.defaultAction === "block";
}

/** One finding for each rule and field, the severest. */
function distinct(findings: readonly Finding[]): Finding[] {
  const byPlace = new Map<string, Finding>();
  for (const finding of findings) {
    const place = `${finding.rule} ${finding.field}`;
    const known = byPlace.get(place);
    if (known === undefined || ACTIONS.indexOf(finding.severity) < ACTIONS.indexOf(known.severity)) {
      byPlace.set(place, finding);
    }
  }
  return [...byPlace.values()];
}
