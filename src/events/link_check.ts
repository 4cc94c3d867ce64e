import { createHash } from "node:crypto";
import type { StoredEntry } from "./audit.ts";
import { detailHash, PURGED_DETAIL } from "./purged.ts";

/**
 * Checks entry after entry against the link to the one before. Links of units' events are made of the hash of the detail since
 * revision 0013, of the detail itself before that, as those of accounts' events are: see the migrations.
 */
export class LinkCheck {
  #purged = 0;
  readonly #unproven: number[] = [];
  /** Whether a link of the newer kind was met: all units' events after it have such ones. */
  #isNewer = false;

  /**
   * @param purged the hashes of purged details, by the ids of their events.
   * @param newerFrom the number of the entry that says where the older links end; 0 where there are none.
   */
  constructor(private readonly purged: ReadonlyMap<number, string>, private readonly newerFrom: number) {}

  /** How many entries lost their details, and which of them cannot be proven to be otherwise as they were. */
  found(): { purged: number; unproven: readonly number[] } {
    return { purged: this.#purged, unproven: this.#unproven };
  }

  /** Whether an entry is as it was written, after one with the hash `previous`. */
  isWhole(entry: StoredEntry, previous: string): boolean {
    const { detail, hash, source } = entry;
    const start = previous + fieldsOf(entry);
    if (sha256(start + part(detail)) === hash) return true;
    if (source !== "knowledge" || detail === null) return false;
    if (sha256(start + hashedPart(detailHash(detail))) === hash) return this.#isNewer = true;
    return detail === PURGED_DETAIL && this.#isWholeWithout(entry, start);
  }

  #isWholeWithout({ seq, event_id, hash }: StoredEntry, start: string): boolean {
    const kept = this.purged.get(event_id);
    if (kept === undefined) return false;
    const isProven = sha256(start + hashedPart(kept)) === hash;
    if (!isProven && (this.#isNewer || seq > this.newerFrom)) return false;
    this.#purged++;
    if (isProven) this.#isNewer = true;
    else this.#unproven.push(seq);
    return true;
  }
}

function fieldsOf({ source, event_id, subject, kind, actor, api_key_id, occurred_at }: StoredEntry): string {
  return [source, String(event_id), subject, kind, actor, api_key_id, occurred_at].map(part).join("");
}

function part(text: string | null): string {
  // Lengths in characters, as both engines count them.
  return text === null ? "|-" : `|${[...text].length}:${text}`;
}

function hashedPart(hash: string): string {
  return `|#${hash}`;
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
