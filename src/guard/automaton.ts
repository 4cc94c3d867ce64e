/** Characters beyond ASCII share so many classes. */
const OTHER_CLASSES = 16;
const ASCII_CHARS = 128;

/** Room for hits at first, and the most that is kept for the next text. */
const HITS_FIRST = 256, HITS_KEPT = 16_384;

/** Where literals occur: the first `count` entries of each list. */
export interface Hits {
  count: number;
  /** Numbers of literals. */
  readonly ids: Uint16Array;
  /** Places after their last characters. */
  readonly ends: Uint32Array;
}

/** Classes of characters: 0 for what no text holds, one for each ASCII sign, and a few that the rest of Unicode shares. */
interface Classes {
  /** Of an ASCII character; letters in either case have one. */
  readonly ascii: Uint8Array;
  /** The first of the other classes, or 0 where no text has such characters. */
  readonly other: number;
  readonly count: number;
}

function classesOf(literals: readonly string[]): Classes {
  const ascii = new Uint8Array(ASCII_CHARS);
  let count = 1, hasOther = false;
  for (const literal of literals) {
    for (let i = 0; i < literal.length; i++) {
      const code = folded(literal.charCodeAt(i));
      if (code >= ASCII_CHARS) hasOther = true;
      else if (ascii[code] === 0) ascii[code] = count++;
    }
  }
  for (let code = 65; code <= 90; code++) ascii[code] = ascii[code + 32]!;
  ascii[9] = ascii[32]!;
  ascii[13] = ascii[10]!;
  return { ascii, other: hasOther ? count : 0, count: hasOther ? count + OTHER_CLASSES : count };
}

/** A character's code in lower case; a tab is a space, and a carriage return a line feed. */
function folded(code: number): number {
  if (code >= 65 && code <= 90) return code + 32;
  return code === 9 ? 32 : code === 13 ? 10 : code;
}

function classOf({ ascii, other }: Classes, code: number): number {
  if (code < ASCII_CHARS) return ascii[code]!;
  return other === 0 ? 0 : other + code % OTHER_CLASSES;
}

/**
 * Finds every one of many literal texts in one pass (Aho and Corasick). ASCII case makes no difference. Characters beyond ASCII
 * are taken for others of their class: a text may be reported that is not there, none is missed.
 */
export class Automaton {
  readonly #classes: Classes;
  readonly #next: Uint16Array;
  /** Whether any text ends in a state. Small, so that it stays in the cache. */
  readonly #isEnd: Uint8Array;
  /** Where the texts that end in a state begin in `#ends`; the last entry closes the list. */
  readonly #from: Uint32Array;
  readonly #ends: Uint16Array;
  #hits = hitsFor(HITS_FIRST);

  constructor(literals: readonly string[]) {
    const classes = classesOf(literals);
    const size = literals.reduce((sum, { length }) => sum + length, 1);
    const next = new Uint16Array(size * classes.count);
    const own: number[][] = [[]];
    for (const [id, literal] of literals.entries()) {
      let state = 0;
      for (let i = 0; i < literal.length; i++) {
        const slot = state * classes.count + classOf(classes, literal.charCodeAt(i));
        if (next[slot] === 0) next[slot] = own.push([]) - 1;
        state = next[slot]!;
      }
      own[state]!.push(id);
    }
    const ends = linked(next, { own, classes: classes.count });
    this.#classes = classes;
    this.#next = next.slice(0, own.length * classes.count);
    this.#from = new Uint32Array(own.length + 1);
    for (const [state, ids] of ends.entries()) this.#from[state + 1] = this.#from[state]! + ids.length;
    this.#isEnd = Uint8Array.from(ends, (ids) => ids.length === 0 ? 0 : 1);
    this.#ends = Uint16Array.from(ends.flat());
  }

  /** Every occurrence of the literals, by their ends. Good until the next scan. */
  scan(text: string): Hits {
    const { ascii, other, count: classes } = this.#classes;
    const next = this.#next, isEnd = this.#isEnd, from = this.#from, ends = this.#ends;
    if (this.#hits.ids.length > HITS_KEPT) this.#hits = hitsFor(HITS_FIRST);
    let hits = this.#hits, count = 0;
    for (let i = 0, state = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      const cls = code < ASCII_CHARS ? ascii[code]! : other === 0 ? 0 : other + code % OTHER_CLASSES;
      state = next[state * classes + cls]!;
      if (isEnd[state] === 0) continue;
      for (let at = from[state]!; at < from[state + 1]!; at++, count++) {
        if (count === hits.ids.length) hits = this.#hits = doubled(hits);
        hits.ids[count] = ends[at]!;
        hits.ends[count] = i + 1;
      }
    }
    hits.count = count;
    return hits;
  }
}

function hitsFor(capacity: number): Hits {
  return { count: 0, ids: new Uint16Array(capacity), ends: new Uint32Array(capacity) };
}

function doubled(hits: Hits): Hits {
  const more = hitsFor(hits.ids.length * 2);
  more.ids.set(hits.ids);
  more.ends.set(hits.ends);
  return more;
}

/** Adds to the trie where a failed state goes on, and gives what ends in each state. */
function linked(
  next: Uint16Array,
  { own, classes }: { readonly own: readonly (readonly number[])[]; readonly classes: number },
): number[][] {
  const ends = own.map((ids) => [...ids]);
  const fallback = new Uint16Array(own.length);
  const waiting = [0];
  for (let at = 0; at < waiting.length; at++) {
    const state = waiting[at]!, back = fallback[state]!;
    for (let cls = 0; cls < classes; cls++) {
      const slot = state * classes + cls, child = next[slot]!;
      const onward = state === 0 ? 0 : next[back * classes + cls]!;
      if (child === 0) {
        next[slot] = onward;
        continue;
      }
      fallback[child] = onward;
      ends[child]!.push(...ends[onward]!);
      waiting.push(child);
    }
  }
  return ends;
}
