import { setTimeout as delay } from "node:timers/promises";
import type { Database } from "../database/database.ts";
import { sql } from "../database/sql.ts";
import { likenessText } from "../guard/likeness.ts";
import { DUPLICATES_PAUSE_MS, DUPLICATES_WAITING_MAX } from "../limits.ts";
import { logger } from "../telemetry/log.ts";
import { type Clock, isoOffset } from "../wire/time.ts";
import { findingsInsertion } from "./findings.ts";
import type { Screening } from "./screening.ts";
import type { SimilarUnit } from "./similar.ts";
import type { KnowledgeUnit } from "./unit.ts";

const log = logger("guard");

interface Parts {
  readonly database: Database;
  readonly clock: Clock;
  readonly screening: Screening;
  /** Finds units of any status that say about the same. */
  readonly similarTo: (unit: KnowledgeUnit) => Promise<readonly SimilarUnit[]>;
}

/**
 * Looks, after a proposal was answered, for units that say the same, and adds a finding for each. It takes one proposal after the other,
 * with pauses, so that many at once are not slowed down; those that come while too many wait are not looked at.
 */
export class DuplicateWatch {
  readonly #waiting: KnowledgeUnit[] = [];
  readonly #closing = new AbortController();
  #running: Promise<void> | undefined;

  constructor(private readonly parts: Parts) {}

  /** To be told of every new unit. */
  note(unit: KnowledgeUnit): void {
    if (this.#closing.signal.aborted || this.#waiting.length >= DUPLICATES_WAITING_MAX) return;
    this.#waiting.push(unit);
    this.#running ??= this.#run().finally(() => this.#running = undefined);
  }

  /** Ends it; proposals that wait are not looked at. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#closing;
    for (;;) {
      await delay(DUPLICATES_PAUSE_MS, undefined, { signal, ref: false }).catch(() => {});
      const unit = this.#waiting.shift();
      if (unit === undefined || signal.aborted) return;
      try {
        await this.#look(unit);
      } catch (error) {
        log.warn("a proposal could not be compared with others", { unitId: unit.id, reason: String(error) });
      }
    }
  }

  async #look(unit: KnowledgeUnit): Promise<void> {
    const { database, clock, screening, similarTo } = this.parts;
    const similar = await similarTo(unit);
    const findings = screening.duplicates(
      unit,
      similar.map(({ unit: { id, insight }, status }) => ({ id, status, text: likenessText(insight) })),
    );
    if (findings.length === 0) return;
    await database.transaction(async (transaction) => {
      const pending = await transaction.first(sql`
        SELECT id FROM knowledge_units WHERE id = ${unit.id} AND status = 'pending'`);
      if (pending === undefined) return;
      await transaction.batch(findingsInsertion(unit.id, findings, isoOffset(clock.now())));
    });
  }
}
