/** Entries of one block. Larger ones make queries skip more at once, smaller ones make changes cheaper. */
export const BLOCK_ENTRIES = 256;
/** Numbers of one entry: the unit, and the two words of its {@link Sketch}. */
export const ENTRY_WORDS = 3;
const FIRST_CAPACITY = 4;

/** What of a unit can be told without looking at it. */
export interface Sketch {
  /** 28 bits of its domains, and above them how many it has, at most 15. */
  readonly domains: number;
  /** 32 bits of its languages, frameworks and pattern. */
  readonly context: number;
}

/** Consecutive entries: unit, domain word, context word, and again. Never empty. */
export interface Block {
  entries: Uint32Array;
  count: number;
}

/** Negative where the first unit comes before the second one. */
export type Order = (a: number, b: number) => number;

/**
 * The units of one domain in a given order, in blocks of bounded size: a change moves at most one block's entries.
 */
export class Postings {
  readonly blocks: Block[] = [];
  #size = 0;

  constructor(private readonly order: Order) {}

  get size(): number {
    return this.#size;
  }

  insert(unit: number, sketch: Sketch): void {
    this.#size++;
    const last = this.blocks.at(-1);
    // Where units come in order, blocks are filled one after the other.
    if (last === undefined || this.order(unitAt(last, last.count - 1), unit) < 0) {
      const block = last === undefined || last.count === BLOCK_ENTRIES ? newBlock() : last;
      if (block !== last) this.blocks.push(block);
      return put(block, block.count, unit, sketch);
    }
    const index = Math.max(0, this.#lastBlockFrom(unit));
    let block = this.blocks[index]!;
    if (block.count === BLOCK_ENTRIES) {
      const next = splitOff(block);
      this.blocks.splice(index + 1, 0, next);
      if (this.order(unitAt(next, 0), unit) < 0) block = next;
    }
    put(block, this.#position(block, unit), unit, sketch);
  }

  /** Takes out a unit that is in, by the order that holds now. */
  remove(unit: number): void {
    this.#size--;
    const index = this.#lastBlockFrom(unit);
    const block = this.blocks[index]!;
    const at = this.#position(block, unit);
    block.entries.copyWithin(at * ENTRY_WORDS, (at + 1) * ENTRY_WORDS, block.count * ENTRY_WORDS);
    block.count--;
    if (block.count === 0) this.blocks.splice(index, 1);
    this.#joinWithNext(index);
    this.#joinWithNext(index - 1);
  }

  #joinWithNext(index: number): void {
    const block = this.blocks[index], next = this.blocks[index + 1];
    if (block === undefined || next === undefined || block.count + next.count > BLOCK_ENTRIES / 2) return;
    append(block, next);
    this.blocks.splice(index + 1, 1);
  }

  /** The last block that begins with the unit or before it; -1 where there is none. */
  #lastBlockFrom(unit: number): number {
    let low = 0, high = this.blocks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.order(unitAt(this.blocks[middle]!, 0), unit) <= 0) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** Where in a block the unit is or belongs. */
  #position(block: Block, unit: number): number {
    let low = 0, high = block.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.order(unitAt(block, middle), unit) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The unit of an entry. */
export function unitAt(block: Block, position: number): number {
  return block.entries[position * ENTRY_WORDS]!;
}

function newBlock(): Block {
  return { entries: new Uint32Array(FIRST_CAPACITY * ENTRY_WORDS), count: 0 };
}

function put(block: Block, position: number, unit: number, sketch: Sketch): void {
  reserve(block, block.count + 1);
  const at = position * ENTRY_WORDS;
  block.entries.copyWithin(at + ENTRY_WORDS, at, block.count * ENTRY_WORDS);
  block.entries[at] = unit;
  block.entries[at + 1] = sketch.domains;
  block.entries[at + 2] = sketch.context;
  block.count++;
}

function splitOff(block: Block): Block {
  const kept = block.count >>> 1;
  const next = newBlock();
  next.entries = block.entries.slice(kept * ENTRY_WORDS, block.count * ENTRY_WORDS);
  next.count = block.count - kept;
  block.count = kept;
  return next;
}

function append(block: Block, next: Block): void {
  reserve(block, block.count + next.count);
  block.entries.set(next.entries.subarray(0, next.count * ENTRY_WORDS), block.count * ENTRY_WORDS);
  block.count += next.count;
}

function reserve(block: Block, count: number): void {
  const capacity = block.entries.length / ENTRY_WORDS;
  if (count <= capacity) return;
  const grown = new Uint32Array(Math.min(Math.max(capacity * 2, count), BLOCK_ENTRIES) * ENTRY_WORDS);
  grown.set(block.entries.subarray(0, block.count * ENTRY_WORDS));
  block.entries = grown;
}
