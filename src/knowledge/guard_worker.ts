/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />
import { type GuardTask, lookAt } from "./guard_task.ts";
import type { Finding } from "../guard/finding.ts";

/** What was found, or the kind of error the guard failed with: its message could hold a part of the text. */
export type GuardReport = readonly Finding[] | { readonly failed: string };

self.onmessage = ({ data }: MessageEvent<readonly GuardTask[]>) => {
  self.postMessage(data.map(report));
};

function report(task: GuardTask): GuardReport {
  try {
    return lookAt(task);
  } catch (error) {
    return { failed: (error as Error).name };
  }
}
