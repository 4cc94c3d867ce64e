import { internal } from "../errors.ts";
import { logger } from "../telemetry/log.ts";
import type { UnitRow } from "./store.ts";
import { decodeDocument, decodeUnit, type KnowledgeUnit, parseDocument, UnreadableUnit } from "./unit.ts";

const log = logger("knowledge");

/** The unit in a row, or undefined (and a line in the log) where it cannot be read: one bad row must not break a list. */
export function readableUnit(row: Pick<UnitRow, "id" | "data" | "created_at">): KnowledgeUnit | undefined {
  try {
    return decodeUnit(row.data, row.created_at);
  } catch (error) {
    if (!(error instanceof UnreadableUnit)) throw error;
    log.warn("an unreadable unit was left out", { unitId: row.id, reason: error.message });
    return undefined;
  }
}

/** What is stored of a unit, letter by letter: SQLite also keeps bytes, where another program gave it some. */
export function storedText(row: Pick<UnitRow, "data">): string {
  const data: unknown = row.data;
  return data instanceof Uint8Array ? new TextDecoder().decode(data) : String(data);
}

/**
 * The unit in a row that was asked for by its id.
 *
 * @throws {CqError} 500 that names the unit and what is wrong with it.
 */
export function readable(row: UnitRow): { document: Record<string, unknown>; unit: KnowledgeUnit } {
  try {
    const document = parseDocument(row.data);
    return { document, unit: decodeDocument(document, row.created_at) };
  } catch (error) {
    if (!(error instanceof UnreadableUnit)) throw error;
    throw internal(`The stored unit cannot be read: ${error.message}`, error);
  }
}
