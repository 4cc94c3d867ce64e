/** For each letter those that follow it in words: in English, in names of code and in most languages written alike. */
const FOLLOWERS: ReadonlyMap<string, string> = new Map(
  [
    "a:bcdgiklmnprstuy b:aceilorstuy c:acehiklortu d:abdeilmorsuy e:acdefglmnprstvx f:aefilorstuy g:aeghilnorsu",
    "h:aeimortu i:abcdefglmnoprstv j:adeiopsuw k:acegilnstu l:adeilostuy m:abeimopsu n:acdefginostuv",
    "o:acdgiklmnoprstuvw p:aehiloprstu q:aelpu r:acdeikmnorstuy s:acehiklopstuy t:acehilorstuy u:abcdegilmnprst",
    "v:aeios w:aehilnors x:aceiptx y:bcegilmnoprstw z:adeioru",
  ].join(" ").split(" ").map((entry) => [entry[0]!, entry.slice(2)]),
);
/** Letters below which a part that begins with a capital is hardly a word. */
const WORD_CHARS = 3;
const PART = /[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+/g;

/**
 * How much of a value of letters and digits is unlike words, even such as are put together as in code, for each of its characters:
 * names have hardly more than a tenth, what is drawn has a third and more.
 */
export function unlikeWords(value: string): number {
  let signs = 0;
  for (const { 0: part, index } of value.matchAll(PART)) {
    if (/\d/.test(part)) {
      // A number at the end numbers a name.
      if (index + part.length < value.length) signs++;
      continue;
    }
    if (part.length < WORD_CHARS) signs++;
    const letters = part.toLowerCase();
    for (let at = 1; at < letters.length; at++) {
      if (!FOLLOWERS.get(letters[at - 1]!)!.includes(letters[at]!)) signs++;
    }
  }
  return value === "" ? 0 : signs / value.length;
}
