import { invalid } from "../errors.ts";
import { PASSWORD_MAX_BYTES, PASSWORD_MIN_CHARS } from "../limits.ts";
import { codePointLength } from "../wire/text.ts";
import { isOfCommonWords } from "./word_passwords.ts";
import commonText from "./common_passwords.txt" with { type: "text" };

const COMMON: ReadonlySet<string> = new Set(
  commonText.split("\n").filter((line) => line !== "" && !line.startsWith("#")),
);
/** Rows along which fingers slide; digits and the alphabet start again at their end. */
const ROWS = [
  "1234567890",
  "abcdefghijklmnopqrstuvwxyz",
  "`1234567890-=qwertyuiop[]asdfghjkl;'zxcvbnm,./",
  "qwertyuiopasdfghjklzxcvbnm",
  "qwertzuiopasdfghjklyxcvbnm",
  "azertyuiopqsdfghjklmwxcvbn",
].flatMap((row) => [row.repeat(8), [...row.repeat(8)].reverse().join("")]);
/** A short text over and over, the last time perhaps not to its end. */
const REPEATED = /^(.{1,4})\1+(.{0,3})$/su;
/** What is left of a password of words that everybody tries here, once digits and punctuation are gone. */
const OWN_WORDS =
  /^(?:cq|mozilla|ai|server|review|reviewer|knowledge|admin|administrator|user|root|test|password|passwort)+$/;
/** Characters of a user name from which on a password must not contain it. */
const CONTAINED_NAME_MIN_CHARS = 4;

/** Characters of a part of a name from which on it counts as a word. */
const OWN_WORD_MIN_CHARS = 3;

/** What others know of whoever chooses a password. */
export interface PasswordContext {
  readonly username: string;
  /** The name of the server's host; undefined where it is not known. */
  readonly host?: string | undefined;
}

/**
 * Checks a password that somebody chose. What is asked for is that it is long and not among the first that are guessed; which
 * kinds of characters it has does not matter.
 *
 * @throws {CqError} 422 with what is wrong with it.
 */
export function checkNewPassword(password: string, context: PasswordContext): void {
  if (password === "") throw invalid("The password is empty");
  if (codePointLength(password) < PASSWORD_MIN_CHARS) {
    throw invalid(`The password is shorter than ${PASSWORD_MIN_CHARS} characters`);
  }
  if (new TextEncoder().encode(password).length > PASSWORD_MAX_BYTES) {
    throw invalid(`The password is longer than ${PASSWORD_MAX_BYTES} bytes, more than bcrypt looks at`);
  }
  const weakness = weaknessOf(password.toLowerCase(), context);
  if (weakness !== undefined) throw invalid(`The password ${weakness}; choose one that is harder to guess`);
}

function weaknessOf(password: string, context: PasswordContext): string | undefined {
  const username = context.username.toLowerCase();
  if (password === username) return "is the user name";
  if (codePointLength(username) >= CONTAINED_NAME_MIN_CHARS && password.includes(username)) {
    return "contains the user name";
  }
  if (isRepeated(password)) return "repeats a few characters";
  if (ROWS.some((row) => row.includes(password))) return "is a sequence";
  if (COMMON.has(password)) return "is a common one";
  if (OWN_WORDS.test(password.replaceAll(/[^\p{L}]/gu, ""))) return "is made of words everybody tries";
  return isOfCommonWords(password, ownWords(username, context.host))
    ? "is a common word or two with what is soon tried around them"
    : undefined;
}

/** The parts of the user's name and of the host's. */
function ownWords(username: string, host = ""): string[] {
  return `${username} ${host.toLowerCase()}`.split(/[^\p{L}]+/u)
    .filter((word) => codePointLength(word) >= OWN_WORD_MIN_CHARS);
}

function isRepeated(password: string): boolean {
  const [, block, rest] = REPEATED.exec(password) ?? [];
  return block !== undefined && block.startsWith(rest!);
}
