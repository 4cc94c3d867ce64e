// Personal data of nobody: numbers with right check digits, names and addresses put together by chance.
import type { Random } from "./random.ts";

const DIGITS = "0123456789";
const FIRST = [
  "marta",
  "joao",
  "ingrid",
  "tobias",
  "priya",
  "kenji",
  "olivia",
  "dmitri",
  "amelie",
  "carlos",
  "nadia",
];
const LAST = [
  "lindqvist",
  "ferreira",
  "okafor",
  "brandt",
  "moreau",
  "tanaka",
  "whitfield",
  "novak",
  "castellano",
];
const MAIL_HOSTS = [
  "gmail.com",
  "outlook.com",
  "proton.me",
  "web.de",
  "orange.fr",
  "yahoo.co.jp",
  "northwind-energy.com",
];

type Shape = (random: Random) => string;

/** The digit that makes a number pass the Luhn check. */
export function luhnDigit(digits: string): number {
  const sum = [...digits].reverse().reduce((total, char, index) => {
    const doubled = Number(char) * (index % 2 === 0 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return (10 - (sum % 10)) % 10;
}

/** The remainder of an IBAN by 97, its first four characters moved to the end: 1 if it is valid. */
export function ibanRemainder(iban: string): number {
  const digits = (iban.slice(4) + iban.slice(0, 4)).replace(
    /[A-Z]/g,
    (letter) => String(letter.charCodeAt(0) - 55),
  );
  return Number(BigInt(digits) % 97n);
}

function card(prefix: string, length: number, group: readonly number[]): Shape {
  return (random) => {
    const body = prefix + random.chars(DIGITS, length - 1 - prefix.length);
    const digits = body + luhnDigit(body);
    if (group.length === 0) return digits;
    let start = 0;
    return group.map((size) => digits.slice(start, start += size)).join(random.pick([" ", "-"]));
  };
}

function iban(country: string, bank: string, digits: number, grouped: boolean): Shape {
  return (random) => {
    const account = bank + random.chars(DIGITS, digits);
    const check = String(98 - ibanRemainder(`${country}00${account}`)).padStart(2, "0");
    const whole = `${country}${check}${account}`;
    return grouped ? whole.match(/.{1,4}/g)!.join(" ") : whole;
  };
}

/** A number in a national format: `N` is a digit from 2 to 9, `0` in the pattern any digit, `!0` a zero. */
function phone(pattern: string): Shape {
  return (random) =>
    pattern.replace(/!.|N|#/g, (mark) => {
      if (mark.startsWith("!")) return mark.slice(1);
      return mark === "N" ? String(2 + random.below(8)) : String(random.below(10));
    });
}

function name(random: Random): string {
  const capital = (text: string): string => text[0]!.toUpperCase() + text.slice(1);
  return `${capital(random.pick(FIRST))} ${capital(random.pick(LAST))}`;
}

/** Every shape by the name that stands in a placeholder. */
export const PERSONAL: Readonly<Record<string, Shape>> = {
  "email": (random) =>
    `${random.pick(FIRST)}${random.pick([".", "_", ""])}${random.pick(LAST)}${random.pick(["", "84", "7"])}@${
      random.pick(MAIL_HOSTS)
    }`,
  "name": name,
  "public-ipv4": (random) =>
    [random.pick([45, 91, 185, 193, 212]), 1 + random.below(250), random.below(256), 1 + random.below(254)]
      .join("."),
  "phone-us": phone("(NNN) N##-####"),
  "phone-us-e164": phone("+1NNNN##N###"),
  "phone-uk": phone("+44 7#N# ######"),
  "phone-de": phone("0171 #######"),
  "phone-de-intl": phone("+49 (0) 89 N######"),
  "phone-fr": phone("06 ## ## ## ##"),
  "phone-fr-intl": phone("+33 6 ## ## ## ##"),
  "phone-es": phone("+34 6## ## ## ##"),
  "phone-br": phone("(11) 9N###-####"),
  "phone-in": phone("+91 98### #####"),
  "phone-jp": phone("090-N###-####"),
  "card-visa": card("4", 16, [4, 4, 4, 4]),
  "card-visa-plain": card("4", 16, []),
  "card-mastercard": card("53", 16, [4, 4, 4, 4]),
  "card-amex": card("37", 15, [4, 6, 5]),
  "card-discover": card("6011", 16, []),
  "iban-de": iban("DE", "", 18, true),
  "iban-de-plain": iban("DE", "", 18, false),
  "iban-gb": iban("GB", "NWBK", 14, true),
  "iban-fr": iban("FR", "", 23, true),
  "iban-nl": iban("NL", "INGB", 10, false),
  "iban-es": iban("ES", "", 20, true),
};
