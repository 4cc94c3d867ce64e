const QUANTIFIER = /\?|[*+]|\{(\d+)(,?)(\d*)\}/y;
const ATOM =
  /\[(?:[^\]\\]|\\.)*\]|\\(?:u\{[0-9a-fA-F]+\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[pP]\{[^}]*\}|k<[^>]*>|.)|[^]/y;
const OPENING = /\((?:\?(?:[:=!]|<[=!]|<\w+>))?/y;
/** What takes no room in a match. */
const NO_ROOM = /^(?:[\^$]|\\[bB])$/;

/** Characters of the longest text that a regular expression's source can match; infinite where nothing bounds it. */
export function longestOf(source: string): number {
  let at = 0;

  function taken(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    at += match?.[0].length ?? 0;
    return match;
  }

  function times(): number {
    const match = taken(QUANTIFIER);
    if (match === null) return 1;
    if (source[at] === "?") at++;
    if (match[0] === "?") return 1;
    if (match[1] === undefined) return Infinity;
    if (match[2] === "") return Number(match[1]);
    return match[3] === "" ? Infinity : Number(match[3]);
  }

  function group(): number {
    const isAround = /[=!]$/.test(taken(OPENING)![0]);
    const longest = alternatives();
    at++;
    return isAround ? 0 : longest;
  }

  function alternatives(): number {
    let longest = 0, own = 0;
    while (at < source.length && source[at] !== ")") {
      if (source[at] === "|") {
        at++;
        longest = Math.max(longest, own);
        own = 0;
        continue;
      }
      const part = source[at] === "(" ? group() : NO_ROOM.test(taken(ATOM)![0]) ? 0 : 1;
      const most = times();
      own += part === 0 ? 0 : part * most;
    }
    return Math.max(longest, own);
  }

  return alternatives();
}
