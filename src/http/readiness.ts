import type { ObservedDatabase } from "../database/observed.ts";
import { isReadOnly } from "../database/schema.ts";
import type { Migration } from "../migrate/plan.ts";
import { schemaStanding } from "../migrate/runner.ts";
import { READINESS_KEEP_MS } from "../telemetry/limits.ts";
import type { Clock } from "../wire/time.ts";

interface ReadinessSubject {
  readonly database: ObservedDatabase;
  readonly migrations: readonly Migration[];
  readonly clock: Clock;
}

/** What speaks against sending requests to a server, and what else there is to know. */
export interface Readiness {
  readonly reasons: readonly string[];
  readonly notes: readonly string[];
}

/** Looks whether a server is ready: all who ask within a second are told the same. */
export class ReadinessCheck {
  #known: { readonly readiness: Promise<Readiness>; readonly at_us: number } | undefined;

  constructor(private readonly subject: ReadinessSubject) {}

  look(): Promise<Readiness> {
    const now_us = this.subject.clock.now();
    const known = this.#known;
    if (known !== undefined && Math.abs(now_us - known.at_us) < READINESS_KEEP_MS * 1000) {
      return known.readiness;
    }
    const readiness = lookAt(this.subject);
    this.#known = { readiness, at_us: now_us };
    return readiness;
  }
}

async function lookAt({ database, migrations }: ReadinessSubject): Promise<Readiness> {
  try {
    const standing = await schemaStanding(database, migrations);
    const isUnwritable = database.writeFault !== undefined || await isReadOnly(database);
    return {
      reasons: [
        ...(standing === "other" ? ["the schema is not at the newest revision"] : []),
        ...(isUnwritable ? ["the database takes no writes"] : []),
      ],
      notes: standing === "newer"
        ? ["the schema is newer than this version, which goes on; replace it by the newer one"]
        : [],
    };
  } catch {
    return { reasons: ["the database cannot be read"], notes: [] };
  }
}
