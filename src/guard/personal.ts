import { matchesOf } from "./matches.ts";
import type { Action } from "./finding.ts";
import { addressSpans, internalNameSpans } from "./hosts.ts";
import type { TextRule } from "./rule.ts";
import type { Span } from "./secret_rule.ts";
import type { Traits } from "./traits.ts";

/** A rule that also says where what it found stands, and what is put in its place. */
export interface PersonalRule extends TextRule {
  readonly mask: string;
  readonly spans: (plain: string) => Span[];
}

const DOMAIN_AFTER = /^(?:[a-z0-9][a-z0-9-]{0,62}\.){1,6}[a-z]{2,24}(?![\w@]|-\w|\.\w|\(|:\w)/i;
/** Characters before and after the sign that can belong to an address. */
const EMAIL_LOCAL_CHARS = 64, EMAIL_DOMAIN_CHARS = 256;
const EXAMPLE_DOMAIN =
  /(?:^|\.)(?:example\.\w{2,6}(?:\.\w{2})?|example|test|invalid|localhost|local|internal|acme\.(?:com|org|io)|foo\.com|bar\.com|foo\.bar|domain\.(?:com|tld)|email\.com|mail\.com|yourdomain\.\w{2,6}|your-?company\.\w{2,6}|mydomain\.\w{2,6}|company\.com|test\.com|users\.noreply\.github\.com|service|socket|timer|target|mount|path|slice|device|bot|anthropic\.com)$/i;
const NOBODY =
  /^(?:no-?reply|do-?not-?reply|noreply\+?.*|git|hg|svn|postmaster|user(?:name)?\d{0,3}|you(?:r\.?name)?|your[._-]?\w{0,12}|name|email|me|someone|somebody|foo|bar|test(?:er|user)?\d{0,3}|root|deploy|ec2-user|ubuntu|alice|bob|jane(?:\.doe)?|john(?:\.doe)?|doe|npm|security|support|info|abuse|hello|contact|admin(?:istrator)?|maintainers?|.{0,40}\[bot\]|actions?|dependabot.*|webmaster|sales|help|dev|ops)$/i;

const PHONE_INTERNATIONAL =
  /(?<![\w+.=(/-])\+[1-9]\d{0,2}(?:[ .\-/]{1,2}|\s?\()\(?\d{1,5}\)?(?:[ .\-/]{1,2}\d{2,8}){1,5}(?![\w%]|[.:]\d)/g;
const PHONE_COMPACT =
  /(?:(?<=(?:tel:|phone|mobile|call|whatsapp|sms|fon|handy|cell|ruf\w{0,3}|contact|reach)[^\n]{0,24})(?:\+|00)[1-9]\d{8,13}|(?<![\w+.=(/-])\+(?:49|44|33|34|39|41|43|31|32|45|46|47|48|61|81|86|91|7|1)\d{9,11})(?!\d)/gi;
const PHONE_NATIONAL =
  /(?<![\w+.=(/-])(?:\([2-9]\d{2}\)\s?|[2-9]\d{2}[-.])[2-9]\d{2}[-.]\d{4}(?![\w.-])|\(\d{2}\)\s?9\d{4}-\d{4}(?![\w-])|(?<![\w.-])0[789]0-\d{4}-\d{4}(?![\w-])|(?<=(?:phone|mobile|call|tel\.?|telefon|cell|fax|handy|whatsapp)[^\n]{0,16}?)\(?0\d{1,5}\)?[ /-]\d{3,8}(?:[ -]\d{2,8}){0,3}/gi;
/** Digits of a number that can be dialled, and what any holds. */
const PHONE_DIGITS = { least: 8, most: 15 };
const DIALLED = /\d[\d .()/-]{5,20}\d/;
const FICTION =
  /555[-. )]{0,2}(?:01\d\d|\d{3}[-. ]?\d{4})|(\d)\1{6}|1234567|123[-. ]?456[-. ]?7890|1632 ?960|(?:\+1 )?\(?555\)?/;

/** Digits of the shortest card number. */
const CARD_DIGITS = 13;
const CARD =
  /(?<![\w.+-])(?:\d{4}([ -])\d{4}\1\d{4}\1\d{4}|3\d{3}([ -])\d{6}\2\d{5}|3\d{3}([ -])\d{4,6}\3\d{4,6}(?:\3\d{1,4})?|[3-6]\d{13,15})(?![\w-]|\.\d)/g;
const CARD_BRAND =
  /^(?:4\d{15}|5[1-5]\d{14}|2(?:2[2-9]|[3-6]\d|7[01])\d{13}|3[47]\d{13}|6(?:011|5\d\d|4[4-9]\d)\d{12}|35\d{14}|3[068]\d{12})$/;
/** Numbers that payment providers give out for tests. */
const TEST_CARD =
  /^(?:4242|4000|4111|4012|4222|5555|5105105105105100|5200828282828210|5454545454545454|2223|378282246310005|371449635398431|378734493671000|6011111111111117|6011000990139424|6011000000000004|3056|3852|3566|3530|6200|5019|4917|4988|5424000000000015|4007000000027|4263|4532015112830366|4539)/;

const IBAN = /(?<![A-Z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Za-z0-9])/g;
const TEST_IBAN =
  /^(?:DE89370400440532013000|DE75512108001245126199|GB82WEST12345698765432|GB29NWBK60161331926819|GB33BUKB20201555555555|FR1420041010050500013M02606|FR7630006000011234567890189|NL91ABNA0417164300|ES9121000418450200051332|IT60X0542811101000000123456|CH9300762011623852957|AT611904300234573201|BE68539007547034|DE02\d{18})$/;

function personalRule(
  name: string,
  rest: {
    readonly title: string;
    readonly message: string;
    readonly mask: string;
    readonly spans: (plain: string) => Span[];
    /** Whether a text that is made of this may hold any. */
    readonly maySee?: (traits: Traits) => boolean;
    readonly defaultAction?: Action;
  },
): PersonalRule {
  const { maySee = () => true, ...info } = rest;
  return {
    id: `personal.${name}`,
    family: "personal",
    defaultAction: "warn",
    ...info,
    find: ({ plain, traits }) => maySee(traits) && info.spans(plain).length > 0 ? "meant" : undefined,
  };
}

function spansWhere(plain: string, pattern: RegExp, isReal: (match: RegExpExecArray) => boolean): Span[] {
  return matchesOf(plain, pattern).filter(isReal).map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
}

function emailSpans(plain: string): Span[] {
  const spans: Span[] = [];
  for (let at = plain.indexOf("@"), end = 0; at !== -1; at = plain.indexOf("@", at + 1)) {
    const from = Math.max(end, at - EMAIL_LOCAL_CHARS);
    const local = /[\w.+%-]{1,64}$/.exec(plain.slice(from, at))?.[0];
    const domain = DOMAIN_AFTER.exec(plain.slice(at + 1, at + EMAIL_DOMAIN_CHARS))?.[0];
    if (local === undefined || domain === undefined || /[:/%]/.test(plain[at - local.length - 1] ?? "")) {
      continue;
    }
    if (EXAMPLE_DOMAIN.test(domain) || NOBODY.test(local)) continue;
    end = at + 1 + domain.length;
    spans.push({ start: at - local.length, end });
  }
  return spans;
}

function phoneSpans(plain: string): Span[] {
  if (!DIALLED.test(plain)) return [];
  const hasCountry = /\+[1-9]\d|00[1-9]\d{8}/.test(plain);
  const isNational = /[2-9]\d{2}[-.) ]{1,2}[2-9]\d{2}[-.]\d{4}|0\d{1,5}\)?[ /-]\d{3}|\(\d\d\)/.test(plain);
  const patterns = [
    ...hasCountry ? [PHONE_INTERNATIONAL, PHONE_COMPACT] : [],
    ...isNational ? [PHONE_NATIONAL] : [],
  ];
  return patterns.flatMap((pattern) =>
    spansWhere(plain, pattern, ([text]) => {
      const digits = text.replace(/\D/g, "").length;
      return digits >= PHONE_DIGITS.least && digits <= PHONE_DIGITS.most && !FICTION.test(text);
    })
  );
}

function cardSpans(plain: string): Span[] {
  return spansWhere(plain, CARD, ([text]) => {
    const digits = text.replace(/\D/g, "");
    return CARD_BRAND.test(digits) && !TEST_CARD.test(digits) && passesLuhn(digits);
  });
}

/** Whether the last digit is the right check digit. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

function ibanSpans(plain: string): Span[] {
  return spansWhere(plain, IBAN, ([text]) => {
    const compact = text.replaceAll(" ", "");
    return compact.length >= 15 && compact.length <= 34 && !TEST_IBAN.test(compact) && passesMod97(compact);
  });
}

/** Whether the check digits of an IBAN are right. */
export function passesMod97(iban: string): boolean {
  let rest = 0;
  for (const char of iban.slice(4) + iban.slice(0, 4)) {
    const value = parseInt(char, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}

/** Numbers that a state gives to a person, after what they are called. */
const NATIONAL_ID =
  /\b(?:personnummer|ssn|social security(?: (?:number|no\.?))?|national insurance(?: (?:number|no\.?))?|cpf|bsn|dni|pesel|aadhaar|codice fiscale|steuer-?id\w{0,16}|sozialversicherungsnummer|passport(?: (?:number|no\.?))?|ausweisnummer)["'`]?(?:\s?[:=#]|\s(?:is|of \w{2,20} is))?\s{0,2}["'`]?([A-Z]{0,6}\d(?:[ .\/-]?\d){5,14}[A-Z]?|[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z])(?!\w)/gi;
/** Digits below which such a number is something else, and those that examples are made of. */
const NATIONAL_ID_DIGITS = 6, SAMPLE_ID = /123.?45.?6789|078.?05.?1120|000.?00|(\d)\1{4}|987.?65|1234567/;

function nationalIdSpans(plain: string): Span[] {
  return matchesOf(plain, NATIONAL_ID).filter(([, value]) =>
    value!.replace(/\D/g, "").length >= NATIONAL_ID_DIGITS && !SAMPLE_ID.test(value!)
  ).map(({ index, 0: whole, 1: value }) => {
    const end = index + whole.length;
    return { start: end - value!.length, end };
  });
}

/** What identifies people and the hosts of an organisation. */
export const PERSONAL_RULES: readonly PersonalRule[] = [
  personalRule("email", {
    title: "E-mail address",
    message: "This holds an e-mail address: leave it out",
    mask: "[e-mail]",
    spans: emailSpans,
  }),
  personalRule("card", {
    title: "Card number",
    message: "This holds a card number: leave it out",
    mask: "[card number]",
    maySee: ({ digits }) => digits >= CARD_DIGITS,
    spans: cardSpans,
  }),
  personalRule("iban", {
    title: "Bank account (IBAN)",
    message: "This holds a bank account: leave it out",
    mask: "[bank account]",
    spans: ibanSpans,
  }),
  personalRule("national-id", {
    title: "Number of a person in a state's register",
    message: "This holds a number that identifies a person: leave it out",
    mask: "[id]",
    maySee: ({ digits }) => digits >= NATIONAL_ID_DIGITS,
    spans: nationalIdSpans,
  }),
  personalRule("phone", {
    title: "Phone number",
    message: "This holds a phone number: leave it out",
    mask: "[phone number]",
    maySee: ({ digits }) => digits >= PHONE_DIGITS.least,
    spans: phoneSpans,
  }),
  personalRule("address", {
    title: "Address of a host",
    message: "This holds the address of a host: write one for documentation, such as 192.0.2.1",
    mask: "[host]",
    maySee: ({ dottedNumbers, hasCloseColons }) => dottedNumbers >= 3 || hasCloseColons,
    spans: addressSpans,
  }),
  personalRule("internal-host", {
    title: "Name of an internal host",
    message: "This names a host inside of an organisation: write host.example",
    mask: "[host]",
    spans: internalNameSpans,
  }),
];
