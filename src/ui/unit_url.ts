/** Where the page of a unit is. Foreign rows may name others by texts that no address can hold as they are. */
export function unitUrl(id: string): string {
  return `/units/${encodeURIComponent(id.toWellFormed())}`;
}
