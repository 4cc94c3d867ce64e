import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { type BucketRate, Buckets } from "../../src/throttle/buckets.ts";

const ENOUGH = 1_000;

/** A bucket as one would explain it: what it holds, in microseconds of filling. */
class NaiveBucket {
  #held_us: number;
  #at_us = 0;

  constructor(private readonly rate: BucketRate) {
    this.#held_us = rate.burst * rate.interval_us;
  }

  wait(now_us: number, tokens: number): number {
    const { burst, interval_us } = this.rate;
    this.#held_us = Math.min(burst * interval_us, this.#held_us + now_us - this.#at_us);
    this.#at_us = now_us;
    return Math.max(tokens * interval_us - this.#held_us, 0);
  }

  take(now_us: number): number {
    const wait_us = this.wait(now_us, 1);
    if (wait_us === 0) this.#held_us -= this.rate.interval_us;
    return wait_us;
  }

  giveBack(): void {
    this.#held_us += this.rate.interval_us;
  }
}

const rates = fc.record({
  burst: fc.integer({ min: 1, max: 5 }),
  interval_us: fc.integer({ min: 1, max: 50 }),
});
const step = fc.record({
  key: fc.constantFrom("a", "b", "c"),
  pause_us: fc.integer({ min: 0, max: 60 }),
  act: fc.constantFrom("take", "take", "take", "wait", "take and give back"),
  tokens: fc.integer({ min: 1, max: 2 }),
});

Deno.test("buckets hold and give what naive buckets do, whatever is asked when", () => {
  fc.assert(fc.property(rates, fc.array(step, { maxLength: 60 }), (rate, steps) => {
    const buckets = new Buckets(rate, ENOUGH);
    const naive = new Map(["a", "b", "c"].map((key) => [key, new NaiveBucket(rate)]));
    let now_us = 0;
    for (const { key, pause_us, act, tokens } of steps) {
      now_us += pause_us;
      const expected = naive.get(key)!;
      if (act === "wait") {
        equal(buckets.wait(key, now_us, tokens), expected.wait(now_us, tokens));
        continue;
      }
      const wait_us = buckets.take(key, now_us);
      equal(wait_us, expected.take(now_us));
      if (act === "take" || wait_us > 0) continue;
      buckets.giveBack(key);
      expected.giveBack();
    }
  }));
});

Deno.test("however often it is asked, a bucket gives its burst and one token an interval, no more", () => {
  fc.assert(fc.property(rates, fc.array(fc.integer({ min: 0, max: 60 })), (rate, pauses) => {
    const buckets = new Buckets(rate, ENOUGH);
    let now_us = 0, given = 0;
    for (const pause_us of pauses) {
      now_us += pause_us;
      if (buckets.take("a", now_us) === 0) given++;
    }
    ok(given <= rate.burst + Math.floor(now_us / rate.interval_us));
  }));
});

Deno.test("who waits as long as told gets a token, and not a microsecond earlier", () => {
  fc.assert(fc.property(rates, fc.integer({ min: 1, max: 100 }), (rate, count) => {
    const buckets = new Buckets(rate, ENOUGH);
    let now_us = 0;
    for (let i = 0; i < count; i++) {
      const wait_us = buckets.take("a", now_us);
      if (wait_us === 0) continue;
      ok(buckets.take("a", now_us + wait_us - 1) > 0);
      now_us += wait_us;
      equal(buckets.take("a", now_us), 0);
    }
  }));
});

Deno.test("no more buckets are kept than allowed, and the ones asked for last stay", () => {
  const buckets = new Buckets({ burst: 1, interval_us: 1_000_000 }, 100);
  for (let i = 0; i < 1_000; i++) {
    buckets.take(`caller ${i}`, i);
    ok(buckets.take("busy", i) === 0 || i > 0);
    ok(buckets.size <= 100);
  }
  ok(buckets.take("busy", 1_000) > 0, "it was asked for all the time");
  ok(buckets.take("caller 999", 1_000) > 0);
  equal(buckets.take("caller 0", 1_000), 0, "it was forgotten");
});

Deno.test("buckets that are full again are let go of as new ones come", () => {
  const buckets = new Buckets({ burst: 1, interval_us: 10 }, ENOUGH);
  for (let i = 0; i < 500; i++) buckets.take(`early ${i}`, 0);
  equal(buckets.size, 500);
  for (let i = 0; i < 500; i++) buckets.take(`late ${i}`, 1_000 + i);
  ok(buckets.size < 50, `${buckets.size} are kept`);
});

Deno.test("a clock that is set back leaves one token, and makes nobody wait longer than for an empty bucket", () => {
  const buckets = new Buckets({ burst: 2, interval_us: 10 }, ENOUGH);
  const hour_us = 3_600_000_000;
  deepEqual([0, 1, 2].map(() => buckets.take("a", hour_us)), [0, 0, 10]);
  equal(buckets.take("a", 5), 0);
  equal(buckets.take("a", 5), 10);
  equal(buckets.take("a", 15), 0);
});
