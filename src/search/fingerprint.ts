import { createHash } from "node:crypto";
import type { UnitTexts } from "./unit_texts.ts";

/** Tells apart the texts of units: whoever has the same texts has the same words. 96 bits. */
export function fingerprintOf(texts: UnitTexts): string {
  return createHash("sha256").update(JSON.stringify(texts)).digest("base64").slice(0, 16);
}
