/** How bad it is: nothing to do, something to know, something that keeps the server from working or data from being safe. */
export type Level = "ok" | "warn" | "fail";

/** What was looked at, and what to do where it is not as it should be. */
export interface Diagnosis {
  readonly level: Level;
  readonly what: string;
  readonly fix?: string;
}

export function ok(what: string): Diagnosis {
  return { level: "ok", what };
}

export function warn(what: string, fix: string): Diagnosis {
  return { level: "warn", what, fix };
}

export function fail(what: string, fix: string): Diagnosis {
  return { level: "fail", what, fix };
}
