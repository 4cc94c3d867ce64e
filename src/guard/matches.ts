/** Every match of a global pattern. Unlike `matchAll`, no copy of the pattern is made, which V8 would compile anew. */
export function matchesOf(text: string, pattern: RegExp, max = Infinity): RegExpExecArray[] {
  const found: RegExpExecArray[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null && found.length < max; match = pattern.exec(text)) {
    found.push(match);
    if (match[0] === "") pattern.lastIndex++;
  }
  return found;
}
