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
  const uses = new Uint32Array(ASCII_CHARS);
  let hasOther = false;
  for (const literal of literals) {
    for (let i = 0; i < literal.length; i++) {
      const code = folded(literal.charCodeAt(i));
      if (code >= ASCII_CHARS) hasOther = true;
      else uses[code]!++;
    }
  }
  const used = [...uses.keys()].filter((code) => uses[code]! > 0).sort((a, b) => uses[b]! - uses[a]!);
  const ascii = new Uint8Array(ASCII_CHARS);
  let count = 1;
  // The most frequent first: what a text asks a state for then stands together, and stays in the cache.
  for (const code of used) ascii[code] = count++;
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
    const stateOf = new Uint16Array(literals.length);
    const longest = literals.reduce((most, { length }) => Math.max(most, length), 0);
    let states = 1;
    // By depth: most texts keep to states near the root, which so stand together.
    for (let depth = 0; depth < longest; depth++) {
      for (const [id, literal] of literals.entries()) {
        if (depth >= literal.length) continue;
        const slot = stateOf[id]! * classes.count + classOf(classes, literal.charCodeAt(depth));
        if (next[slot] === 0) next[slot] = states++;
        stateOf[id] = next[slot]!;
      }
    }
    const { waiting, fallback } = linked(next, { states, classes: classes.count });
    const { from, ends } = endsOf(stateOf, { waiting, fallback });
    this.#classes = classes;
    this.#next = next.slice(0, states * classes.count);
    this.#from = from;
    this.#isEnd = Uint8Array.from({ length: states }, (_, state) => from[state] === from[state + 1] ? 0 : 1);
    this.#ends = ends;
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

/** The states of a trie, each after all that are nearer to its root, and where each goes on when it fails. */
interface Links {
  readonly waiting: Uint16Array;
  readonly fallback: Uint16Array;
}

/** Adds to the trie where a failed state goes on. */
function linked(
  next: Uint16Array,
  { states, classes }: { readonly states: number; readonly classes: number },
): Links {
  const fallback = new Uint16Array(states), waiting = new Uint16Array(states);
  for (let at = 0, count = 1; at < count; at++) {
    const state = waiting[at]!, back = fallback[state]!;
    for (let cls = 0; cls < classes; cls++) {
      const slot = state * classes + cls, child = next[slot]!;
      const onward = state === 0 ? 0 : next[back * classes + cls]!;
      if (child === 0) {
        next[slot] = onward;
        continue;
      }
      fallback[child] = onward;
      waiting[count++] = child;
    }
  }
  return { waiting, fallback };
}

/** The literals that end in each state: those that are the way to it, then those that end where it goes on. */
function endsOf(
  stateOf: Uint16Array,
  { waiting, fallback }: Links,
): { from: Uint32Array; ends: Uint16Array<ArrayBuffer> } {
  const counts = new Uint32Array(waiting.length);
  for (const state of stateOf) counts[state]!++;
  const own = counts.slice();
  for (const state of waiting.subarray(1)) counts[state]! += counts[fallback[state]!]!;
  const from = new Uint32Array(waiting.length + 1);
  for (const [state, count] of counts.entries()) from[state + 1] = from[state]! + count;
  const ends = new Uint16Array(from[waiting.length]!);
  const free = from.slice();
  for (const [id, state] of stateOf.entries()) ends[free[state]!++] = id;
  for (const state of waiting.subarray(1)) {
    const back = fallback[state]!;
    ends.copyWithin(from[state]! + own[state]!, from[back]!, from[back + 1]!);
  }
  return { from, ends };
}
