/** Entries that are sorted, and entries that are merged, before others may run. */
const RUN = 4_096;
const MERGED_AT_ONCE = 32_768;

/**
 * Sorts by merging, a slice at a time: whoever walks through it may let others run in between. A million entries at once would stand
 * still for a second.
 */
export function* sorted(
  entries: Uint32Array<ArrayBuffer>,
  order: (a: number, b: number) => number,
): Generator<void, Uint32Array<ArrayBuffer>> {
  for (let start = 0; start < entries.length; start += RUN) {
    entries.subarray(start, start + RUN).sort(order);
    yield;
  }
  let from = entries, to = new Uint32Array(entries.length);
  for (let width = RUN; width < entries.length; width *= 2) {
    for (let start = 0; start < entries.length; start += 2 * width) {
      yield* merge({ from, to, start, width, order });
    }
    [from, to] = [to, from];
  }
  return from;
}

function* merge(
  { from, to, start, width, order }: {
    from: Uint32Array;
    to: Uint32Array;
    start: number;
    width: number;
    order: (a: number, b: number) => number;
  },
): Generator<void> {
  const middle = Math.min(start + width, from.length), end = Math.min(start + 2 * width, from.length);
  let left = start, right = middle;
  for (let at = start; at < end; at++) {
    const takesLeft = left < middle && (right >= end || order(from[left]!, from[right]!) <= 0);
    to[at] = from[takesLeft ? left++ : right++]!;
    if (at % MERGED_AT_ONCE === 0) yield;
  }
}
