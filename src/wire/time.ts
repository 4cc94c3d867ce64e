/** Time and randomness, injected so that tests can be exact. */
export interface Clock {
  /** Microseconds since 1970 in UTC; never the same twice, so that rows made one after the other sort so. */
  now(): number;
  /** 32 lower-case hex digits, random. */
  hex32(): string;
  /** `length` random bytes. */
  bytes(length: number): Uint8Array;
}

const BACKWARDS_TOLERANCE_US = 1_000_000;

/** The system's clock. It steps over small corrections backwards; a large one is followed. */
export function systemClock(): Clock {
  let last = 0;
  return {
    now(): number {
      const wall = Date.now() * 1000;
      const jumpedBack = wall < last - BACKWARDS_TOLERANCE_US;
      last = wall > last || jumpedBack ? wall : last + 1;
      return last;
    },
    hex32: () => crypto.randomUUID().replaceAll("-", ""),
    bytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
  };
}

function isoSeconds(micros: number): string {
  return new Date(Math.floor(micros / 1_000_000) * 1000).toISOString().slice(0, 19);
}

function fraction(micros: number): string {
  const rest = micros % 1_000_000;
  return rest === 0 ? "" : `.${String(rest).padStart(6, "0")}`;
}

/** The spelling inside knowledge units: `2026-03-01T10:20:30.123456Z`. */
export function isoZ(micros: number): string {
  return `${isoSeconds(micros)}${fraction(micros)}Z`;
}

/** The spelling everywhere else: `2026-03-01T10:20:30.123456+00:00`. */
export function isoOffset(micros: number): string {
  return `${isoSeconds(micros)}${fraction(micros)}+00:00`;
}

/** Microseconds since 1970 of a time in one of these spellings. */
export function microsOf(time: string): number {
  const digits = /\.(\d{1,6})/.exec(time)?.[1] ?? "";
  // Date knows milliseconds only.
  return Math.floor(Date.parse(time) / 1000) * 1_000_000 + Number(digits.padEnd(6, "0"));
}

/** The spelling in names of files: `20260301T102030Z`. */
export function fileTime(micros: number): string {
  return `${isoSeconds(micros).replaceAll(/[-:]/g, "")}Z`;
}

/** A Z-form time in the +00:00 form; other offsets stay. */
export function zToOffset(time: string): string {
  return time.endsWith("Z") ? `${time.slice(0, -1)}+00:00` : time;
}

/** The day of a time in UTC, in days since 1970. */
export function dayOf(micros: number): number {
  return Math.floor(micros / 86_400_000_000);
}

/** The day since 1970, in UTC, of a stored time; undefined where there is none or it is no time. */
export function dayNumberOf(text: string | null): number | undefined {
  const time_ms = Date.parse(normalizeTime(text ?? "") ?? "");
  return Number.isNaN(time_ms) ? undefined : Math.floor(time_ms / 86_400_000);
}

const TIME = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d)(:\d\d)?(?:[.,](\d{1,}))?\s*([Zz]|[+-]\d\d:?\d\d)?$/;

/**
 * A stored time in the wire's spelling: six fractional digits or none, its own offset kept, `+00:00` as `Z`.
 * A time without a zone is taken as UTC: clients cannot read it otherwise.
 *
 * @returns undefined where `text` is no time.
 */
export function normalizeTime(text: string): string | undefined {
  const match = TIME.exec(text);
  if (match === null) return undefined;
  const [, day, minutes, seconds = ":00", digits = "", zone = "Z"] = match;
  const micros = digits.slice(0, 6).padEnd(6, "0");
  const offset = /^(Z|[+-]00:?00)$/i.test(zone) ? "Z" : `${zone.slice(0, 3)}:${zone.slice(-2)}`;
  const whole = `${day}T${minutes}${seconds}`;
  if (!isRealDate(whole, offset)) return undefined;
  return whole + (micros === "000000" ? "" : `.${micros}`) + offset;
}

function isRealDate(whole: string, offset: string): boolean {
  const parsed = Date.parse(`${whole}Z`);
  // Date.parse rolls 31 February over into March; the round trip shows it.
  const exact = !Number.isNaN(parsed) && new Date(parsed).toISOString().startsWith(whole);
  return exact && (offset === "Z" || /^.([01]\d|2[0-3]):[0-5]\d$/.test(offset));
}
