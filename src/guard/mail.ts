/** Characters of a user's name in an address of mail, and of its host's. */
const USER_CHARS = 64, HOST_CHARS = 253;
const MAIL = "mail";
const ADDRESS_CHAR = /[a-z\d.+_-]/;

/**
 * A text of the same length in which each address of mail is one word: whose it is makes no order. One to connect to, which goes on
 * with a port or a path, stays.
 */
export function withoutMail(text: string): string {
  let masked = "", from = 0;
  for (let at = text.indexOf("@"); at !== -1; at = text.indexOf("@", at + 1)) {
    let start = at, end = at + 1;
    while (start > from && at - start < USER_CHARS && isAddressChar(text.charCodeAt(start - 1))) start--;
    while (end < text.length && end - at < HOST_CHARS && isAddressChar(text.charCodeAt(end))) end++;
    const goesOn = text[end] === ":" || text[end] === "/";
    if (start === at || goesOn || !text.slice(at, end - 1).includes(".")) continue;
    masked += text.slice(from, start) + MAIL.padEnd(end - start).slice(0, end - start);
    from = end;
  }
  return from === 0 ? text : masked + text.slice(from);
}

function isAddressChar(code: number): boolean {
  return ADDRESS_CODES[code] === 1;
}

const ADDRESS_CODES = Uint8Array.from(
  { length: 128 },
  (_, code) => ADDRESS_CHAR.test(String.fromCharCode(code)) ? 1 : 0,
);
