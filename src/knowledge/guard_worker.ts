/// <reference no-default-lib="true" />
/// <reference lib="deno.worker" />
import { type GuardTask, lookAt } from "./guard_task.ts";
import { GUARD_REPORT_MS } from "../limits.ts";
import type { Finding } from "../guard/finding.ts";

/** What was found, or the kind of error the guard failed with: its message could hold a part of the text. */
export type GuardReport = readonly Finding[] | { readonly failed: string };

/** Reports are told in the order of the tasks, in as many messages as the time they take. */
self.onmessage = ({ data }: MessageEvent<readonly GuardTask[]>) => {
  let reports: GuardReport[] = [];
  let toldAt = performance.now();
  const tell = (): void => {
    self.postMessage(reports);
    reports = [];
    toldAt = performance.now();
  };
  for (const task of data) {
    reports.push(report(task));
    if (performance.now() - toldAt >= GUARD_REPORT_MS) tell();
  }
  if (reports.length > 0) tell();
};

function report(task: GuardTask): GuardReport {
  try {
    return lookAt(task);
  } catch (error) {
    return { failed: (error as Error).name };
  }
}
