import type { Database } from "../database/database.ts";
import { CqError, invalid } from "../errors.ts";
import { eventInsertion } from "../events/events.ts";
import { purgedAmong } from "../events/purged.ts";
import { EXPORT_PAGE } from "../limits.ts";
import { isObject, parseExact } from "../wire/json.ts";
import { cleanDomains } from "../wire/text.ts";
import { type Clock, isoOffset, normalizeTime, zToOffset } from "../wire/time.ts";
import type { Finding } from "../guard/finding.ts";
import { findingsInsertion } from "./findings.ts";
import type { Screening } from "./screening.ts";
import { countUnits, insertUnits, type NewUnit, pageOfUnits, type UnitRow } from "./store.ts";
import { decodeDocument, decodeUnit, STATUSES, UnreadableUnit } from "./unit.ts";

/** Units as lines of JSON: one line holds one unit with its review. */
export interface Transfer {
  /**
   * Stores the units of some lines in one transaction; a unit whose id is known is left as it is, and one that was
   * purged is left out.
   *
   * @throws {CqError} 422 that names the line and what is wrong with it; nothing of the lines is stored then.
   */
  importLines(lines: readonly NumberedLine[]): Promise<ImportCounts>;
  /** Number of units in the store. */
  count(): Promise<number>;
  /** Every unit after `after`, in the order of their ids, a page at a time. */
  exportPages(after: string): AsyncIterable<readonly ExportedUnit[]>;
}

export interface NumberedLine {
  readonly number: number;
  readonly text: string;
}

export interface ImportCounts {
  readonly added: number;
  readonly known: number;
}

export interface ExportedUnit {
  readonly id: string;
  /** Without a line end. */
  readonly line: string;
  /** Why the unit cannot be read; its text is exported as it is. */
  readonly unreadable: string | undefined;
}

const IMPORTER = { username: "import" };

/** Transfer from and to `database`. */
export function createTransfer(
  { database, clock, screening }: {
    database: Database;
    clock: Clock;
    /** Absent, units are stored without being looked at. */
    screening?: Screening;
  },
): Transfer {
  return {
    async importLines(lines): Promise<ImportCounts> {
      const units = lines.map(parseLine);
      const findings = new Map<string, readonly Finding[]>();
      for (const [index, unit] of units.entries()) {
        findings.set(unit.id, await screened(unit, lines[index]!, screening));
      }
      return await database.transaction(async (transaction) => {
        // What was purged does not come back from an old export.
        const purged = await purgedAmong(transaction, units.map(({ id }) => id));
        const added = await insertUnits(transaction, units.filter(({ id }) => !purged.has(id)));
        const at = isoOffset(clock.now());
        const events = added.map(({ id }) => ({ unitId: id, kind: "imported", by: IMPORTER, at } as const));
        if (events.length > 0) await transaction.run(eventInsertion(...events));
        await transaction.batch(added.flatMap(({ id }) => findingsInsertion(id, findings.get(id)!, at)));
        return { added: added.length, known: units.length - added.length };
      });
    },
    count: () => countUnits(database),
    async *exportPages(after): AsyncGenerator<readonly ExportedUnit[]> {
      for (let last = after;;) {
        const rows = await pageOfUnits(database, last, EXPORT_PAGE);
        if (rows.length === 0) return;
        yield rows.map(exportedUnit);
        last = rows.at(-1)!.id;
      }
    },
  };
}

async function screened(
  { data, created_at }: NewUnit,
  { number }: NumberedLine,
  screening: Screening | undefined,
): Promise<readonly Finding[]> {
  if (screening === undefined) return [];
  try {
    const unit = decodeUnit(data, created_at);
    const flags = unit.flags.map(({ detail }) => detail ?? "").join("\n");
    const rest = { created_by: unit.created_by, superseded_by: unit.superseded_by ?? "", flags };
    for (const [field, text] of Object.entries(rest)) await screening.text(text, field);
    return await screening.unit(unit);
  } catch (error) {
    throw error instanceof CqError && error.code === "invalid"
      ? invalid(`line ${number}: ${error.message}`)
      : error;
  }
}

/** Why a stored row cannot be read as a unit, or undefined. */
function unreadableReason(row: Pick<UnitRow, "data" | "created_at">): string | undefined {
  try {
    decodeUnit(row.data, row.created_at);
    return undefined;
  } catch (error) {
    if (error instanceof UnreadableUnit) return error.message;
    throw error;
  }
}

function exportedUnit(row: UnitRow): ExportedUnit {
  const { id, data, status, reviewed_by, reviewed_at, created_at } = row;
  const unreadable = unreadableReason(row);
  const unit = unreadable === undefined ? { unit: parseExact(data) } : { id, unit_text: data };
  return { id, unreadable, line: JSON.stringify({ ...unit, status, reviewed_by, reviewed_at, created_at }) };
}

function parseLine({ number, text }: NumberedLine): NewUnit {
  try {
    const value = parseExact(text);
    if (!isObject(value)) throw new UnreadableUnit("it is no JSON object");
    if ("unit_text" in value) throw new UnreadableUnit("it was exported as unreadable");
    const unit = importedUnit(isObject(value["unit"]) ? { ...value, unit: value["unit"] } : { unit: value });
    if (Object.values(unit).flat().some((text) => text?.includes("\0") === true)) {
      throw new UnreadableUnit("an id, a domain, a name or a time in it contains the NUL character");
    }
    return unit;
  } catch (error) {
    if (error instanceof SyntaxError) throw invalid(`line ${number}: it is not JSON`);
    if (error instanceof RangeError) throw invalid(`line ${number}: it ${error.message}`);
    if (error instanceof UnreadableUnit) throw invalid(`line ${number}: ${error.message}`);
    throw error;
  }
}

function importedUnit(line: { unit: Record<string, unknown>; [name: string]: unknown }): NewUnit {
  const createdAt = optionalTime(line["created_at"], "created_at");
  const unit = decodeDocument(line.unit, createdAt);
  // Such a unit would have no address: nobody could decide on it.
  if (["", ".", ".."].includes(unit.id) || unit.id.includes("/")) {
    throw new UnreadableUnit("id is empty or holds a slash");
  }
  const status = line["status"] ?? "pending";
  if (!STATUSES.some((known) => known === status)) {
    throw new UnreadableUnit(`status is none of ${STATUSES.join(", ")}`);
  }
  return {
    id: unit.id,
    data: JSON.stringify(line.unit),
    status: String(status),
    reviewed_by: optionalText(line["reviewed_by"], "reviewed_by"),
    reviewed_at: optionalTime(line["reviewed_at"], "reviewed_at"),
    created_at: createdAt ?? zToOffset(unit.evidence.first_observed),
    tier: unit.tier,
    domains: cleanDomains(unit.domains),
  };
}

function optionalTime(value: unknown, name: string): string | null {
  const text = optionalText(value, name);
  if (text !== null && normalizeTime(text) === undefined) throw new UnreadableUnit(`${name} is no time`);
  return text;
}

function optionalText(value: unknown, name: string): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === "string") return value;
  throw new UnreadableUnit(`${name} is no text`);
}
