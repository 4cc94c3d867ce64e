import { deepEqual } from "node:assert/strict";
import { type GuardedText, inspectText, parsePolicy } from "../../src/guard/guard.ts";

export const DEFAULTS = parsePolicy("");

/** A text that looks random and is the same in every run: no credential stands in this repository. */
export function drawn(
  length: number,
  alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
): string {
  let state = 0x2545f491, text = "";
  while (text.length < length) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    text += alphabet[(state >>> 16) % alphabet.length];
  }
  return text;
}

export const HEX = "0123456789abcdef";

/** Rules that find something in a text, with their severity. */
export function found(text: string): string[] {
  return inspectText(text, { field: "insight.detail", policy: DEFAULTS }).map(({ rule, severity }) =>
    `${rule}=${severity}`
  );
}

/** Of every rule, for {@link assertBlocked} and {@link assertAllowed}. */
export const ANY_RULE = "";

/** Whether a text is refused for a rule, or for one that begins so. */
export function isRefused(text: string, rule: string): boolean {
  return found(text).some((one) => one.startsWith(rule) && one.endsWith("=block"));
}

/** Each text is refused for a rule, or for one that begins so. */
export function assertBlocked(rule: string, texts: readonly string[]): void {
  deepEqual(texts.filter((text) => !isRefused(text, rule)), []);
}

/** No text is refused for a rule that begins so. */
export function assertAllowed(rule: string, texts: readonly string[]): void {
  deepEqual(texts.filter((text) => isRefused(text, rule)), []);
}

/** A harmless unit, with parts of it replaced. */
export function unit(
  parts: Partial<Omit<GuardedText, "insight">> & { insight?: Partial<GuardedText["insight"]> } = {},
): GuardedText {
  return {
    domains: ["postgres"],
    context: { languages: ["typescript"], frameworks: [], pattern: "" },
    ...parts,
    insight: {
      summary: "Pools must be closed before a process forks",
      detail: "A socket that both processes read from mixes up the answers of two queries.",
      action: "Close the pool first and open it again in the child.",
      ...parts.insight,
    },
  };
}
