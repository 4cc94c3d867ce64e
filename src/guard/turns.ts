/** How often small letters, capitals and digits follow one another. */
export function turnsIn(value: string): number {
  return value.match(/[a-z](?=[A-Z\d])|[A-Z](?=[a-z\d])|\d(?=[A-Za-z])/g)?.length ?? 0;
}

/** Whether letters follow one another as they do in a word that can be said. */
export function hasWord(value: string, pattern = /[a-zA-Z][a-z]{4,}/g): boolean {
  return value.match(pattern)?.some((word) => !/[b-df-hj-np-tv-xz]{4}/i.test(word)) ?? false;
}
