// Sections of documentation: much sound text, of which the model learns what ordinary words are.
import { hashOf } from "../corpus/random.ts";

/** Sections of one file and of all files, and their characters. */
const PER_FILE = 4, SECTIONS_MAX = 4_000, SECTION_MIN_CHARS = 350, SECTION_MAX_CHARS = 1_500;
const FILE_MAX_BYTES = 400_000;
/** A legal text is no documentation, and a list of changes hardly any. */
const UNWANTED = /licen[sc]e|copying|copyright|notice|changelog|history/i;

function* filesUnder(folder: string): Generator<string> {
  for (const { name, isDirectory, isFile } of Deno.readDirSync(folder)) {
    const path = `${folder}/${name}`;
    if (isDirectory) yield* filesUnder(path);
    else if (isFile && /\.(?:md|rst)$/.test(name) && !UNWANTED.test(name)) yield path;
  }
}

/** Paragraphs of a text put together until they are long enough, from a place on that the text decides. */
function sectionsIn(text: string): string[] {
  const paragraphs = text.split(/\n\s*\n/);
  const sections: string[] = [];
  let section = "";
  for (const paragraph of paragraphs.slice(hashOf(text) % Math.max(1, paragraphs.length - 20))) {
    section = `${section} ${paragraph.replace(/\s+/g, " ").trim()}`.trim();
    if (section.length < SECTION_MIN_CHARS) continue;
    if (section.length <= SECTION_MAX_CHARS) sections.push(section);
    section = "";
    if (sections.length === PER_FILE) break;
  }
  return sections;
}

/** Sections of the Markdown and reStructuredText files under some folders; which ones, their text decides. */
export function sectionsOf(folders: readonly string[]): string[] {
  const paths = folders.flatMap((folder) => [...filesUnder(folder)]);
  const sections = paths.filter((path) => Deno.statSync(path).size <= FILE_MAX_BYTES)
    .flatMap((path) => sectionsIn(Deno.readTextFileSync(path)));
  return [...new Set(sections)].sort((a, b) => hashOf(a) - hashOf(b)).slice(0, SECTIONS_MAX);
}
