import { deepEqual, equal, match, ok } from "node:assert/strict";
import fc from "fast-check";
import { dayOf, isoOffset, isoZ, normalizeTime, systemClock, zToOffset } from "../../src/wire/time.ts";

const DAY_US = 86_400_000_000;

Deno.test("a time has six fractional digits, or none where the microseconds are zero", () => {
  const micros = Date.UTC(2026, 2, 1, 10, 20, 30) * 1000;
  equal(isoZ(micros), "2026-03-01T10:20:30Z");
  equal(isoZ(micros + 1), "2026-03-01T10:20:30.000001Z");
  equal(isoZ(micros + 120_000), "2026-03-01T10:20:30.120000Z");
  equal(isoOffset(micros), "2026-03-01T10:20:30+00:00");
  equal(isoOffset(micros + 999_999), "2026-03-01T10:20:30.999999+00:00");
});

Deno.test("a day begins at midnight in UTC, also before 1970", () => {
  const day = Date.UTC(2026, 2, 1) / 86_400_000;
  equal(dayOf(day * DAY_US), day);
  equal(dayOf((day + 1) * DAY_US - 1), day);
  equal(dayOf((day + 1) * DAY_US), day + 1);
  deepEqual([dayOf(0), dayOf(-1), dayOf(-DAY_US - 1)], [0, -1, -2]);
});

Deno.test("only a Z becomes +00:00", () => {
  equal(zToOffset("2026-03-01T10:20:30Z"), "2026-03-01T10:20:30+00:00");
  equal(zToOffset("2026-03-01T10:20:30+02:00"), "2026-03-01T10:20:30+02:00");
});

const READABLE: readonly [string, string][] = [
  ["2026-03-01T10:20:30Z", "2026-03-01T10:20:30Z"],
  ["2026-03-01T10:20:30.123456Z", "2026-03-01T10:20:30.123456Z"],
  ["2026-03-01T10:20:30.5Z", "2026-03-01T10:20:30.500000Z"],
  ["2026-03-01T10:20:30.123Z", "2026-03-01T10:20:30.123000Z"],
  ["2026-03-01T10:20:30.000Z", "2026-03-01T10:20:30Z"],
  ["2026-03-01T10:20:30.1234567Z", "2026-03-01T10:20:30.123456Z"],
  ["2026-03-01T10:20:30+00:00", "2026-03-01T10:20:30Z"],
  ["2026-03-01T10:20:30-00:00", "2026-03-01T10:20:30Z"],
  ["2026-03-01T10:20:30+02:00", "2026-03-01T10:20:30+02:00"],
  ["2026-03-01T10:20:30.25-0530", "2026-03-01T10:20:30.250000-05:30"],
  ["2026-03-01t10:20:30z", "2026-03-01T10:20:30Z"],
  // Without a zone it is UTC: clients that parse RFC 3339 need one.
  ["2026-03-01 10:20:30", "2026-03-01T10:20:30Z"],
  ["2026-03-01T10:20:30.75", "2026-03-01T10:20:30.750000Z"],
  ["2026-03-01T10:20", "2026-03-01T10:20:00Z"],
  ["2024-02-29T23:59:59Z", "2024-02-29T23:59:59Z"],
];

Deno.test("a stored time is served in the wire's spelling with its own offset", () => {
  for (const [stored, served] of READABLE) equal(normalizeTime(stored), served, stored);
});

const NO_TIMES: readonly string[] = [
  "",
  "yesterday",
  "2026-03-01",
  "2999-99-99T00:00:00Z",
  "2026-02-30T00:00:00Z",
  "2025-02-29T00:00:00Z",
  "2026-03-01T24:00:00Z",
  "2026-03-01T10:60:00Z",
  "2026-03-01T10:20:60Z",
  "2026-03-01T10:20:30+24:00",
  "2026-03-01T10:20:30+01:60",
  "2026-03-01T10:20:30+1:00",
  "2026-3-1T10:20:30Z",
  "2026-03-01T10:20:30.Z",
  "x2026-03-01T10:20:30Z",
  "2026-03-01T10:20:30Z\n",
];

Deno.test("what is no time, or a day or hour that does not exist, is not served as one", () => {
  for (const text of NO_TIMES) equal(normalizeTime(text), undefined, JSON.stringify(text));
});

function digits(count: number): fc.Arbitrary<string> {
  return fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: count, maxLength: count });
}

const spelledTime: fc.Arbitrary<string> = fc.record({
  date: fc.date({ min: new Date("0001-01-01"), max: new Date("9999-12-31"), noInvalidDate: true }),
  separator: fc.constantFrom("T", "t", " "),
  fraction: fc.oneof(fc.constant(""), fc.integer({ min: 1, max: 9 }).chain(digits).map((text) => `.${text}`)),
  zone: fc.oneof(
    fc.constantFrom("", "Z", "z", "+00:00", "-0000"),
    fc.tuple(
      fc.constantFrom("+", "-"),
      fc.integer({ min: 0, max: 23 }),
      fc.constantFrom("", ":"),
      fc.integer({ min: 0, max: 59 }),
    ).map(([sign, hours, colon, minutes]) =>
      sign + String(hours).padStart(2, "0") + colon + String(minutes).padStart(2, "0")
    ),
  ),
}).map(({ date, separator, fraction, zone }) => {
  const iso = date.toISOString();
  return iso.slice(0, 10) + separator + iso.slice(11, 19) + fraction + zone;
});

Deno.test("normalising any spelling gives RFC 3339 and the same moment, and doing it twice changes nothing", () => {
  fc.assert(fc.property(spelledTime, (spelled) => {
    const normal = normalizeTime(spelled);
    ok(normal !== undefined, spelled);
    match(normal, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?(Z|[+-]\d\d:\d\d)$/);
    equal(normalizeTime(normal), normal);
    equal(normal.slice(0, 10) + normal.slice(11, 19), spelled.slice(0, 10) + spelled.slice(11, 19));
  }));
});

Deno.test("no text makes normalising fail", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => {
    const normal = normalizeTime(text);
    ok(normal === undefined || normalizeTime(normal) === normal);
  }));
});

Deno.test("the clock never gives the same microsecond twice and never runs backwards", () => {
  const clock = systemClock();
  let last = clock.now();
  for (let i = 0; i < 10_000; i++) {
    const now = clock.now();
    ok(now > last);
    last = now;
  }
});

Deno.test("ids are 32 lower-case hex digits and do not repeat", () => {
  const clock = systemClock();
  const ids = Array.from({ length: 1000 }, () => clock.hex32());
  for (const id of ids) match(id, /^[0-9a-f]{32}$/);
  equal(new Set(ids).size, ids.length);
  equal(clock.bytes(32).length, 32);
});
