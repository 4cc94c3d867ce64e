/** Characters beyond ASCII share so many classes. */
const OTHER_CLASSES = 16;
const ASCII_CHARS = 128;

/** States of so few characters know where every class leads. */
const TABLED_DEPTH = 2;

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
 *
 * Only states near the root, where most characters lead, have a table of where each class leads. The others know their children and
 * where to go on when none of these fits: so all stay in the cache, however many the texts are.
 */
export class Automaton {
  readonly #classes: Classes;
  readonly #trie: Trie;
  readonly #links: Links;
  /** Whether any text ends in a state. Small, so that it stays in the cache. */
  readonly #isEnd: Uint8Array;
  /** Where the texts that end in a state begin in `#ends`; the last entry closes the list. */
  readonly #from: Uint32Array;
  readonly #ends: Uint16Array;
  #hits = hitsFor(HITS_FIRST);

  constructor(literals: readonly string[]) {
    const classes = classesOf(literals);
    const { trie, stateOf } = trieOf(literals, classes);
    const links = linked(trie, classes.count);
    const { from, ends } = endsOf(stateOf, links.fallback);
    this.#classes = classes;
    this.#trie = trie;
    this.#links = links;
    this.#from = from;
    this.#isEnd = Uint8Array.from(links.fallback, (_, state) => from[state] === from[state + 1] ? 0 : 1);
    this.#ends = ends;
  }

  /** Every occurrence of the literals, by their ends. Good until the next scan. */
  scan(text: string): Hits {
    const { ascii, other, count: classes } = this.#classes;
    const { tabled, children, classTo } = this.#trie;
    const { next, fallback } = this.#links;
    const isEnd = this.#isEnd, from = this.#from, ends = this.#ends;
    if (this.#hits.ids.length > HITS_KEPT) this.#hits = hitsFor(HITS_FIRST);
    let hits = this.#hits, count = 0;
    for (let i = 0, state = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      const cls = code < ASCII_CHARS ? ascii[code]! : other === 0 ? 0 : other + code % OTHER_CLASSES;
      let to = 0;
      for (; state >= tabled && to === 0; state = fallback[state]!) {
        const last = children[state + 1]!;
        for (let child = children[state]!; child < last; child++) {
          if (classTo[child] === cls) {
            to = child;
            break;
          }
        }
      }
      state = to === 0 ? next[state * classes + cls]! : to;
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

/** States in order of their depth, the children of each beside each other. */
interface Trie {
  readonly parents: Uint16Array;
  /** The class that leads to each state from its parent. */
  readonly classTo: Uint8Array;
  /** The first child of each state: its last one stands before the first of the next state. */
  readonly children: Uint16Array;
  /** States near the root: the first ones. */
  readonly tabled: number;
}

/** The trie of some texts, and in which state each of them ends. */
function trieOf(literals: readonly string[], classes: Classes): { trie: Trie; stateOf: Uint16Array } {
  const keys = literals.map((literal) =>
    Array.from({ length: literal.length }, (_, at) => classOf(classes, literal.charCodeAt(at)))
  );
  // In order, so that those that share a state stand beside each other.
  const order = [...keys.keys()].sort((a, b) => inOrder(keys[a]!, keys[b]!));
  const longest = keys.reduce((most, { length }) => Math.max(most, length), 0);
  const stateOf = new Uint16Array(keys.length);
  const parents = [0], classTo = [0];
  let tabled = 1;
  for (let depth = 0; depth < longest; depth++) {
    let last = 0;
    for (const id of order) {
      const cls = keys[id]![depth], parent = stateOf[id]!;
      if (cls === undefined) continue;
      if (last === 0 || parents[last] !== parent || classTo[last] !== cls) {
        last = parents.push(parent) - 1;
        classTo.push(cls);
      }
      stateOf[id] = last;
    }
    if (depth < TABLED_DEPTH) tabled = parents.length;
  }
  const children = new Uint16Array(parents.length + 1);
  for (const parent of parents.slice(1)) children[parent + 1]!++;
  children[0] = 1;
  for (let state = 0; state < parents.length; state++) children[state + 1]! += children[state]!;
  return {
    trie: { parents: Uint16Array.from(parents), classTo: Uint8Array.from(classTo), children, tabled },
    stateOf,
  };
}

/** Compares two lists by the first number that differs; what is the beginning of another comes before it. */
function inOrder(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((cls, i) => cls !== b[i]);
  return at === -1 ? a.length - b.length : a[at]! - (b[at] ?? -1);
}

/** Where states go on: those near the root by class, all others when none of their children fits. */
interface Links {
  readonly next: Uint16Array;
  readonly fallback: Uint16Array<ArrayBuffer>;
}

function linked({ parents, classTo, children, tabled }: Trie, classes: number): Links {
  const next = new Uint16Array(tabled * classes);
  const fallback = new Uint16Array(parents.length);
  const childOf = (state: number, cls: number): number | undefined => {
    for (let child = children[state]!; child < children[state + 1]!; child++) {
      if (classTo[child] === cls) return child;
    }
    return undefined;
  };
  const onward = (state: number, cls: number): number => {
    if (state < tabled) return next[state * classes + cls]!;
    return childOf(state, cls) ?? onward(fallback[state]!, cls);
  };
  // What a state goes on with is nearer to the root, so that its own links are there.
  for (const [state, parent] of parents.entries()) {
    if (parent !== 0) fallback[state] = onward(fallback[parent]!, classTo[state]!);
    if (state >= tabled) continue;
    const row = state * classes, back = fallback[state]! * classes;
    next.copyWithin(row, back, back + classes);
    for (let child = children[state]!; child < children[state + 1]!; child++) {
      next[row + classTo[child]!] = child;
    }
  }
  return { next, fallback };
}

/** The literals that end in each state: those that are the way to it, then those that end where it goes on. */
function endsOf(
  stateOf: Uint16Array,
  fallback: Uint16Array,
): { from: Uint32Array; ends: Uint16Array<ArrayBuffer> } {
  const counts = new Uint32Array(fallback.length);
  for (const state of stateOf) counts[state]!++;
  const own = counts.slice();
  for (let state = 1; state < fallback.length; state++) counts[state]! += counts[fallback[state]!]!;
  const from = new Uint32Array(fallback.length + 1);
  for (const [state, count] of counts.entries()) from[state + 1] = from[state]! + count;
  const ends = new Uint16Array(from[fallback.length]!);
  const free = from.slice();
  for (const [id, state] of stateOf.entries()) ends[free[state]!++] = id;
  for (let state = 1; state < fallback.length; state++) {
    const back = fallback[state]!;
    ends.copyWithin(from[state]! + own[state]!, from[back]!, from[back + 1]!);
  }
  return { from, ends };
}
