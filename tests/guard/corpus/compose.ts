import type { CleanCase } from "./cases.ts";

/** Clean units put together of blocks. */
export function composedUnits(): CleanCase[] {
  return [];
}
