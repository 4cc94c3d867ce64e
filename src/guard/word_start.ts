/**
 * What ends in a letter or a digit and yet is no part of the word behind it: a line end or another sign that code escapes,
 * one of an address or of mail in hexadecimal digits, and a colour of a terminal, of which the sign that nobody sees is gone.
 */
const ESCAPE = [
  "\\\\[abefnrtv0]",
  "\\\\[0-3][0-7]{2}",
  "\\\\x[0-9A-Fa-f]{2}",
  "\\\\u[0-9A-Fa-f]{4}",
  "[%=][0-9A-Fa-f]{2}",
  "\\^[IJM]",
  "\\[[\\d;]{0,12}[mK]",
].join("|");

/** The source of a pattern for where a word begins: behind none of some characters, or behind an escape. */
export function wordStart(characters = "A-Za-z0-9"): string {
  return `(?:(?<![${characters}])|(?<=${ESCAPE}))`;
}
