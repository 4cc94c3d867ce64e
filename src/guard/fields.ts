import {
  GUARD_EXTENSION_TEXTS_MAX,
  GUARD_LONG_CHARS,
  GUARD_NAME_CHARS,
  GUARD_SEAM_CHARS,
} from "../limits.ts";
import { gathered } from "./gathered.ts";
import type { Field, GuardedText } from "./guarded_text.ts";

/** Words from which a list or the names of members may be a sentence: arguments of commands are fewer. */
const SENTENCE_WORDS = 4;

/** Every text of a unit. */
export function fieldsOf(unit: GuardedText): Field[] {
  const { insight, context } = unit;
  return [
    { name: "insight.summary", text: insight.summary },
    { name: "insight.detail", text: insight.detail },
    { name: "insight.action", text: insight.action },
    ...unit.domains.map((text, i) => ({ name: `domains[${i}]`, text })),
    ...context.languages.map((text, i) => ({ name: `context.languages[${i}]`, text })),
    ...context.frameworks.map((text, i) => ({ name: `context.frameworks[${i}]`, text })),
    { name: "context.pattern", text: context.pattern },
    ...extensionFields(unit.extensions ?? {}),
  ].filter(({ text }) => typeof text === "string" && text !== "");
}

function extensionFields(extensions: Readonly<Record<string, unknown>>): Field[] {
  const entries = Object.entries(extensions);
  const most = Math.ceil(GUARD_EXTENSION_TEXTS_MAX / entries.length);
  return entries.flatMap(([key, value], index) => {
    const name = `extensions[${JSON.stringify(key)}]`;
    return [
      { name, text: key, place: `extensions key ${index + 1}` },
      ...gathered(textsIn(key, value), most).map((text) => ({ name, text })),
      ...gathered(sentencesIn(value), most).map((text) => ({ name, text, isPutTogether: true })),
    ];
  });
}

/** Every text in a JSON value, names of members too, without recursion. */
function textsIn(key: string, value: unknown): string[] {
  const texts: string[] = [];
  const waiting: Member[] = [{ key, value }];
  for (let next = 0; next < waiting.length; next++) {
    const { key, value } = waiting[next]!;
    if (typeof value === "string") {
      const own = value.trim();
      // Sentences are read as they stand: some orders are only told at the beginning of a line.
      if (own !== "") texts.push(/\s/.test(own) ? value : `${key.slice(-GUARD_NAME_CHARS)}: ${own}`);
    }
    if (typeof value !== "object" || value === null) continue;
    const isList = Array.isArray(value);
    if (isList && areCodes(value)) texts.push(value.join(" "));
    for (const [name, child] of Object.entries(value)) {
      if (!isList && name !== "") texts.push(name);
      waiting.push({ key: isList ? key : calledIn(value, { name, parent: key }), value: child });
    }
  }
  return texts;
}

/** Names that say only that something is a value: what it is, a member beside it or the name of the whole tells. */
const NAMED_VALUE = /^(?:value|val|data|default|content|plain|text)$/i;

/** What a member of an object is called: itself, or the object. */
function calledIn(object: object, { name, parent }: { name: string; parent: string }): string {
  if (!NAMED_VALUE.test(name)) return name;
  const { name: own, key = own } = object as { name?: unknown; key?: unknown };
  return typeof key === "string" ? key : parent;
}

/** What is listed, and the names of members, as sentences of which each may be a word. */
function sentencesIn(value: unknown): string[] {
  const sentences: string[] = [];
  const waiting: unknown[] = [value];
  for (let next = 0; next < waiting.length; next++) {
    const one = waiting[next];
    if (typeof one !== "object" || one === null) continue;
    const children = Object.values(one);
    const words = Array.isArray(one)
      ? children.filter((child) => typeof child === "string")
      : Object.keys(one);
    if (words.length >= SENTENCE_WORDS) sentences.push(words.join(" "));
    for (const child of children) waiting.push(child);
  }
  return sentences;
}

/** Numbers from which a list may be a text whose letters are told by their codes, and what they are below. */
const CODES = 8, CODE_LIMIT = 256;

function areCodes(list: readonly unknown[]): boolean {
  return list.length >= CODES &&
    list.every((one) => typeof one === "number" && Number.isInteger(one) && one >= 0 && one < CODE_LIMIT);
}

/** A value of JSON and what it is called, which tells what it is. */
interface Member {
  readonly key: string;
  readonly value: unknown;
}

/** Fields besides the prose, each of their texts once. */
function tagsOf(fields: readonly Field[]): Field[] {
  return fields.filter(({ name, isPutTogether }) => !name.startsWith("insight.") && isPutTogether !== true);
}

/** Texts in which what is split over fields is together again. What lies inside of one long field is left out. */
export interface JoinedTexts {
  /** With a space between: sentences and commands. */
  readonly spaced: readonly string[];
  /** With nothing between: credentials and encoded texts. */
  readonly tight: string;
}

/** The texts of all fields together, in the orders in which they are read. */
export function joinedTexts(fields: readonly Field[]): JoinedTexts {
  const prose = fields.filter(({ name }) => name.startsWith("insight.")).map(({ text }) => clipped(text));
  const tags = tagsOf(fields).map(({ text }) => clipped(text));
  const [summary = "", detail = "", action = ""] = prose;
  return {
    spaced: [[...prose, ...tags].join(" "), [...tags, summary, action, detail].join(" ")],
    tight: [...prose, ...tags].join(""),
  };
}

/** Whether a text is so long that it is read by itself, and only its edges together with the others. */
export function isLong({ text }: Field): boolean {
  return text.length > GUARD_LONG_CHARS;
}

/** Signs that a command goes on with, and those that it cannot end with, perhaps quoted. */
const GOES_ON = /^\s{0,8}["'`]?\s{0,8}[|&;]/, STOPS_SHORT = /[|&;]\s{0,8}["'`]?\s{0,8}$/;

/** Where a command goes on in the next text: other texts that follow one another are no parts of one. */
function brokenCommands(texts: readonly string[]): string[] {
  return texts.slice(1).flatMap((next, index) => {
    const end = texts[index]!.slice(-GUARD_SEAM_CHARS), start = next.slice(0, GUARD_SEAM_CHARS);
    return GOES_ON.test(start) || STOPS_SHORT.test(end) ? [`${end} ${start}`.replaceAll("\n", " ")] : [];
  });
}

/** Every text on a line of its own, long ones clipped, and once more what is read in another order than it is stored in. */
export function wholeText(fields: readonly Field[]): string {
  const texts = fields.map((field) => isLong(field) ? clipped(field.text) : field.text);
  const prose = fields.filter(({ name }) => name.startsWith("insight."));
  const tags = tagsOf(fields).map(({ text }) => clipped(text));
  const [summary = "", , action = ""] = prose.map(({ text }) => text);
  const seams = `${tags.join(" ")} ${summary.slice(0, GUARD_SEAM_CHARS)}\n${
    summary.slice(-GUARD_SEAM_CHARS)
  } ${action.slice(0, GUARD_SEAM_CHARS)}`;
  return [...texts, "", seams, ...brokenCommands(texts)].join("\n");
}

function clipped(text: string): string {
  if (text.length <= 2 * GUARD_SEAM_CHARS) return text;
  return `${text.slice(0, GUARD_SEAM_CHARS)} . \n . ${text.slice(-GUARD_SEAM_CHARS)}`;
}
