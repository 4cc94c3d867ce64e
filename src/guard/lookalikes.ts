/** Letters of other scripts, and what they look like. */
const PAIRS: readonly (readonly [string, string])[] = [
  // Cyrillic
  ["абвгеёзикмнопрстуухьѕіїјһӏԁԛԝүқєӕ", "abbreezukmhonpctyyxbsiijhldqwyke?"],
  // Greek
  ["αβγεζηικμνορστυχωϲϳ", "abyeznikuvopotuxwcj"],
  // Armenian, Cherokee, Coptic, Lisu
  ["օոսցհզաքռյҽ", "onughqwpnje"],
  ["ꭺꭼꮖꮐꭻꮶꮮꮇꮲꭱꮪꭲꮩꮃꮓꮋꮯꭰꮜꮎꮒꮞ", "aeigjklmprstvwzhcduoh4"],
  ["ⲁⲉⲓⲕⲙⲛⲟⲣⲥⲧⲩⲭ", "aeikmnopctyx"],
  ["ꓮꓐꓚꓓꓰꓝꓖꓧꓲꓙꓗꓡꓟꓠꓳꓑꓣꓢꓔꓴꓦꓪꓫꓬꓜ", "abcdefghijklmnoprstuvwxyz"],
  // Small capitals, letters with strokes, hooks and tails
  ["ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnoprstuvwyz"],
  ["ıłøđħɑɡɩɪʏßƅɓɗƒɦƙɱɲƥɾʂƭʋ", "ilodhagiiysbbdfhkmnprstv"],
  ["ŧƀɇɉɍɏƶꝁȼᵽɛɨʉȷǥɖɠɭɳʈʐ", "tbejryzkcpeiujgdglntz"],
];

/** Cyrillic letters that cannot be told from Latin ones; the others are only folded inside Latin words. */
const TWINS = new Set("аеорсухіјѕһӏԁԛԝүьгнктвмαορνικϲ");

const LOOKALIKES: ReadonlyMap<string, string> = new Map(
  PAIRS.flatMap(([others, latin]) => {
    const targets = [...latin];
    return [...others].flatMap((letter, i): [string, string][] =>
      targets[i] === undefined || targets[i] === "?" ? [] : [[letter, targets[i]]]
    );
  }),
);

const WORD = /[\p{L}\p{M}\p{N}]+/gu;
const LATIN = /[a-z]/;
/** A letter of a script that looks like Latin in places. */
export const OTHER_SCRIPT = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}]/u;
const FOREIGN = /[^a-z0-9\p{M}]/gu;
/** Letters beyond those with accents and beyond punctuation. */
const MAY_STAND_FOR_LATIN = /[ßıłøđħŧƀƅɓɗƒƙƥƭƶǥȷȼɇɉɍɏ\u0250-\u1fff\u2c00-\uabff\u{1f100}-\u{1f1ff}]/u;
/** Letters in squares and circles that NFKC leaves as they are. */
const ENCLOSED = /[\u{1f150}-\u{1f169}\u{1f170}-\u{1f189}\u{1f1e6}-\u{1f1ff}]/gu;
const ENCLOSED_STARTS = [0x1f1e6, 0x1f170, 0x1f150];

/** Letters and digits around a character beyond ASCII. */
const OTHER_RUN = /(?<![a-z0-9])[a-z0-9]*[\u0080-\uffff][a-z0-9\u0080-\uffff]*/g;

/** Lower-case `text` with letters that stand in for Latin ones made Latin. Words of another script stay as they are. */
export function foldedLookalikes(text: string): string {
  if (!MAY_STAND_FOR_LATIN.test(text)) return text;
  let mostlyLatin: boolean | undefined;
  const isLatin = (): boolean => mostlyLatin ??= isMostlyLatin(text);
  return text.replace(
    OTHER_RUN,
    (run) =>
      MAY_STAND_FOR_LATIN.test(run)
        ? opened(run).replace(WORD, (word) => standsForLatin(word, isLatin) ? fold(word) : word)
        : run,
  );
}

function opened(run: string): string {
  return run.replace(ENCLOSED, (letter) => {
    const code = letter.codePointAt(0)!;
    return String.fromCharCode(0x61 + code - ENCLOSED_STARTS.find((start) => code >= start)!);
  });
}

/** Whether a word looks Latin and is not: Latin letters with twins from another script among them. */
export function isDisguised(word: string): boolean {
  const lower = word.toLowerCase();
  if (lower.length < 4 || !LATIN.test(lower) || !OTHER_SCRIPT.test(lower)) return false;
  return (lower.match(FOREIGN) ?? []).every((letter) => TWINS.has(letter) && OTHER_SCRIPT.test(letter));
}

/** Latin names with an ending of a Slavic language. */
const INFLECTED = /^[a-z0-9]{2,}[-'’]?(?:а|у|е|и|ы|ю|я|ом|ем|ой|ов|ам|ах|ами|ями|ів|ові)$/;

/** Whether a word is a Latin one with an ending of another script, as languages that inflect names write it. */
export function isInflected(word: string): boolean {
  return INFLECTED.test(word.toLowerCase());
}

function standsForLatin(word: string, isMostlyLatin: () => boolean): boolean {
  const foreign = word.match(FOREIGN);
  if (foreign === null) return false;
  if (!foreign.every((letter) => LOOKALIKES.has(letter))) return false;
  return LATIN.test(word) || !OTHER_SCRIPT.test(word) ||
    (foreign.every((letter) => TWINS.has(letter)) && isMostlyLatin());
}

function isMostlyLatin(text: string): boolean {
  let latin = 0, others = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0x61 && code <= 0x7a) latin++;
    else if (code >= 0x370 && OTHER_SCRIPT.test(text[i]!) && !TWINS.has(text[i]!)) others++;
  }
  return latin >= others;
}

function fold(word: string): string {
  return [...word].map((letter) => LOOKALIKES.get(letter) ?? letter).join("");
}
