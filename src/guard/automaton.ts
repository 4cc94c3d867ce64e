/** Classes of characters: letters in one case, digits, other ASCII signs, and a few that the rest of Unicode shares. */
const CLASSES = 88;
const OTHER_SCRIPTS = 16;
const CLASS_OF = classTable();

function classTable(): Uint8Array {
  const table = new Uint8Array(65_536);
  let next = 1;
  for (let code = 32; code < 127; code++) {
    if (code >= 65 && code <= 90) continue;
    table[code] = next++;
  }
  for (let code = 65; code <= 90; code++) table[code] = table[code + 32]!;
  table[9] = table[32]!;
  table[10] = table[13] = next++;
  for (let code = 128; code < table.length; code++) table[code] = next + code % OTHER_SCRIPTS;
  return table;
}

/**
 * Finds every one of many literal texts in one pass (Aho and Corasick). ASCII case makes no difference. Characters beyond ASCII
 * are taken for others of their class: a text may be reported that is not there, none is missed.
 */
export class Automaton {
  readonly #next: Uint16Array;
  /** Where the texts that end in a state begin in `#ends`; the last entry closes the list. */
  readonly #from: Uint32Array;
  readonly #ends: Uint16Array;

  constructor(literals: readonly string[]) {
    const size = literals.reduce((sum, { length }) => sum + length, 1);
    const next = new Uint16Array(size * CLASSES);
    const own: number[][] = [[]];
    for (const [id, literal] of literals.entries()) {
      let state = 0;
      for (let i = 0; i < literal.length; i++) {
        const slot = state * CLASSES + CLASS_OF[literal.charCodeAt(i)]!;
        if (next[slot] === 0) next[slot] = own.push([]) - 1;
        state = next[slot]!;
      }
      own[state]!.push(id);
    }
    const ends = linked(next, own);
    this.#next = next.slice(0, own.length * CLASSES);
    this.#from = new Uint32Array(own.length + 1);
    for (const [state, ids] of ends.entries()) this.#from[state + 1] = this.#from[state]! + ids.length;
    this.#ends = Uint16Array.from(ends.flat());
  }

  /** Calls `found` with the number of each literal and the place after its last character. */
  scan(text: string, found: (id: number, end: number) => void): void {
    const next = this.#next, from = this.#from, ends = this.#ends;
    for (let i = 0, state = 0; i < text.length; i++) {
      state = next[state * CLASSES + CLASS_OF[text.charCodeAt(i)]!]!;
      for (let at = from[state]!; at < from[state + 1]!; at++) found(ends[at]!, i + 1);
    }
  }
}

/** Adds to the trie where a failed state goes on, and gives what ends in each state. */
function linked(next: Uint16Array, own: readonly (readonly number[])[]): number[][] {
  const ends = own.map((ids) => [...ids]);
  const fallback = new Uint16Array(own.length);
  const waiting = [0];
  for (let at = 0; at < waiting.length; at++) {
    const state = waiting[at]!, back = fallback[state]!;
    for (let cls = 0; cls < CLASSES; cls++) {
      const slot = state * CLASSES + cls, child = next[slot]!;
      const onward = state === 0 ? 0 : next[back * CLASSES + cls]!;
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
