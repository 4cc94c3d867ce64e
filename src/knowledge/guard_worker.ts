/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />
import type { Finding } from "../guard/finding.ts";
import { type GuardedText, inspect, type Policy } from "../guard/guard.ts";

/** A unit to look at. */
export interface GuardTask {
  readonly text: GuardedText;
  readonly policy: Policy;
}

/** What was found in a unit, or the kind of error the guard failed with: its message could hold a part of the text. */
export type GuardReport = readonly Finding[] | { readonly failed: string };

self.onmessage = ({ data }: MessageEvent<readonly GuardTask[]>) => {
  self.postMessage(data.map(report));
};

function report({ text, policy }: GuardTask): GuardReport {
  try {
    return inspect(text, policy);
  } catch (error) {
    return { failed: (error as Error).name };
  }
}
