import { ATTACK_WORD } from "./ciphers.ts";
import { matchesOf } from "./matches.ts";
import type { Traits } from "./traits.ts";

/** Letters in Morse code, with the gaps between them. */
const MORSE = /(?<![\w.\-·–−])[.\-·–−]{1,6}(?:(?: {1,3}| ?[\/|] ?|\n)[.\-·–−]{1,6}){11,2000}/g;
/** Ends of two letters, one of which any of these texts holds. */
const MORSE_PAIRS = [". .", ". -", "- .", "- -"];
const MORSE_SIGNS = "abcdefghijklmnopqrstuvwxyz0123456789.,/-:@";
/** In the order of the signs (ITU-R M.1677-1). */
const MORSE_CODES =
  ".- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. -- -. --- .--. --.- .-. ... - ..- ...- .-- -..- -.-- --.. " +
  "----- .---- ..--- ...-- ....- ..... -.... --... ---.. ----. .-.-.- --..-- -..-. -....- ---... .--.-.";
/** Different letters that a text in it has: a line of dashes has fewer. */
const MORSE_LETTERS = 6;
const MORSE_CODE = new Map(MORSE_CODES.split(" ").map((code, at) => [code, MORSE_SIGNS[at]!]));

/** Letters by their place in the alphabet, one to 26. */
const PLACES = /(?<![\w.-])(?:[1-9]|1\d|2[0-6])(?:[ /-]{1,3}(?:[1-9]|1\d|2[0-6])(?![\d.])){15,2000}/g;
/** Digits that the shortest of such texts has. */
const PLACES_DIGITS = 16;

/** Letters that read as those from a to z where the page is turned upside down. */
const TURNED = [..."ɐqɔpǝɟƃɥᴉɾʞlɯuodbɹsʇnʌʍxʎz"];
/** A line with more of them that are no letters of English than one that tells how words are spoken. */
const TURNED_LINE = /^.*(?:[ɐɔǝɟƃɥᴉɯɹʇʌʍʎ][^ɐɔǝɟƃɥᴉɯɹʇʌʍʎ\n]{0,12}){6}.*$/gm;

/** Letters of Braille from a to z, and how many of them a line has from which it is a text. */
const BRAILLE = [..."⠁⠃⠉⠙⠑⠋⠛⠓⠊⠚⠅⠇⠍⠝⠕⠏⠟⠗⠎⠞⠥⠧⠺⠭⠽⠵"], BRAILLE_CELL = /[\u2801-\u283f]/g, BRAILLE_MIN = 12;

/** Words of a name, how many of them may be a sentence, and what part of its characters they are: those of a digest are fewer. */
const NAME_WORD = /[A-Z]?[a-z]+/g, SENTENCE_WORDS = 6, WORDS_PART = 0.75;

/** Texts of which each letter is written in another way, readable. */
export function spelledTexts(plain: string, { isOrdinary, digits }: Traits): string[] {
  const morse = MORSE_PAIRS.some((pair) => plain.includes(pair)) ? matchesOf(plain, MORSE) : [];
  const turned = isOrdinary ? [] : matchesOf(plain, TURNED_LINE);
  const places = digits >= PLACES_DIGITS ? matchesOf(plain, PLACES) : [];
  return [
    // Tables of small numbers are spelled alike.
    ...places.map(([text]) => fromPlaces(text)).filter((text) => ATTACK_WORD.test(text)),
    ...morse.map(([text]) => fromMorse(text)).filter((text) => new Set(text).size >= MORSE_LETTERS),
    ...turned.map(([line]) => turnedBack(line)),
    ...(isOrdinary ? [] : brailleLines(plain)),
  ];
}

function fromPlaces(text: string): string {
  const gap = text.includes("-") ? /[ /]+/ : / ?\/ ?| {2,3}/;
  return text.split(gap).map(lettersAt).join(" ");
}

/** The letters at places of the alphabet, without what stands between. */
function lettersAt(places: string): string {
  return Array.from(places.matchAll(/\d+/g), ([place]) => String.fromCharCode(96 + Number(place))).join("");
}

function fromMorse(text: string): string {
  const codes = text.replaceAll("·", ".").replace(/[–−]/g, "-").replace(/ {2,3}| ?[/|] ?|\n/g, " / ");
  return codes.split(" ").map((code) => code === "/" ? " " : MORSE_CODE.get(code) ?? "").join("");
}

function brailleLines(plain: string): string[] {
  return plain.split("\n").filter((line) => matchesOf(line, BRAILLE_CELL, BRAILLE_MIN).length === BRAILLE_MIN)
    .map((line) =>
      line.replace(BRAILLE_CELL, (cell) => {
        const at = BRAILLE.indexOf(cell);
        return at === -1 ? "" : String.fromCharCode(97 + at);
      })
    );
}

function turnedBack(line: string): string {
  return [...line.toLowerCase()].reverse().map((letter) => {
    const at = TURNED.indexOf(letter);
    return at === -1 ? letter : String.fromCharCode(97 + at);
  }).join("");
}

/** Names of so many words that they may be sentences, with blanks between them. */
export function sentencesInNames(plain: string, { longWords }: Traits): string[] {
  const sentences: string[] = [];
  for (const { start, end } of longWords) {
    const words = plain.slice(start, end).match(NAME_WORD) ?? [];
    const letters = words.reduce((sum, { length }) => sum + length, 0);
    if (words.length >= SENTENCE_WORDS && letters >= (end - start) * WORDS_PART) {
      sentences.push(words.join(" "));
    }
  }
  return sentences;
}
