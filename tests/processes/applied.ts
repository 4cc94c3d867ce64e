import { equal } from "node:assert/strict";
import type { ServerProcess } from "../fixtures/server_process.ts";

/** The revisions a server that has ended says it applied at its start. */
export function appliedBy(server: ServerProcess): string[] {
  const lines = server.output().trim().split("\n").map((line) => JSON.parse(line));
  const outcomes = lines.filter(({ message }) => message === "schema is up to date");
  equal(outcomes.length, 1, server.output());
  return outcomes[0].applied;
}
