/**
 * Lets everybody who waits for the network have a turn, and goes on after a millisecond or two.
 *
 * An immediate or a message to oneself would be quicker and serve nobody: as long as there is something to do at once, the runtime
 * looks at the network only in one of 61 turns.
 */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

/** Work that goes on for long, in slices: a turn for others whenever `slice_ms` are used up. */
export class Slices {
  #start = performance.now();

  constructor(private readonly slice_ms: number) {}

  /** Whether it is time for a turn for others. */
  get isOver(): boolean {
    return performance.now() - this.#start >= this.slice_ms;
  }

  /** To be called between two steps. */
  async step(): Promise<void> {
    if (!this.isOver) return;
    await nextTurn();
    this.#start = performance.now();
  }
}
