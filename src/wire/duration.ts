const DURATION = /^([0-9]+)([smhd])$/;
const UNIT_S: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** Seconds of a duration such as `30d` or `12h`: an integer and s, m, h or d. Undefined where it is none. */
export function durationSeconds(text: string): number | undefined {
  const match = DURATION.exec(text);
  return match === null ? undefined : Number(match[1]) * UNIT_S[match[2]!]!;
}
