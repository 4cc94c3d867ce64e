import type { Action } from "./finding.ts";
import type { Views } from "./views.ts";

/** What documentation and configuration need to know of a rule. */
export interface RuleInfo {
  readonly id: string;
  readonly family: "secret" | "injection" | "hidden" | "personal" | "quality";
  readonly title: string;
  readonly defaultAction: Action;
}

/** `meant`: the text does it. `mentioned`: the text quotes it or warns against it. */
export type Sighting = "meant" | "mentioned";

/** A rule over one text. */
export interface TextRule extends RuleInfo {
  /** What is wrong and what to do, without any of the text. */
  readonly message: string;
  /** Whether the rule sees what it looks for. */
  readonly find: (text: Views) => Sighting | undefined;
}
