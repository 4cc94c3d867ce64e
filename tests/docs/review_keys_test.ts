import { deepEqual, ok } from "node:assert/strict";
import { testApp } from "../fixtures/app.ts";
import { sessionCookie, visit } from "../fixtures/pages.ts";
import { readSource } from "../fixtures/source_tree.ts";

/** Names that the script has for keys, as people call them. */
const SPOKEN: Readonly<Record<string, string>> = {
  arrowdown: "↓",
  arrowup: "↑",
  arrowright: "→",
  arrowleft: "←",
  " ": "Space",
  escape: "Esc",
};

function sorted(names: Iterable<string>): string[] {
  return [...new Set(names)].toSorted();
}

async function keysInHelp(): Promise<string[]> {
  await using app = await testApp();
  const cookie = await sessionCookie(app, "ada");
  const page = await (await visit(app, "GET /review", { cookie })).text();
  const help = page.slice(page.indexOf('id="help-panel"'), page.indexOf('id="bulk-dialog"'));
  const terms = [...help.matchAll(/<dt>(.*?)<\/dt>/gs)].map(([, term]) => term!.replaceAll(/<[^>]+>/g, ""));
  return sorted(terms.flatMap((term) => term.split(" or ")));
}

async function keysInGuide(): Promise<string[]> {
  const rows = (await readSource("docs/review-guide.md")).split("\n").filter((line) =>
    line.startsWith("| `")
  );
  return sorted(rows.flatMap((row) => [...row.split("|")[1]!.matchAll(/`([^`]+)`/g)].map(([, key]) => key!)));
}

async function keysInScript(): Promise<string[]> {
  const [, table] = (await readSource("src/ui/assets/review_keys.js")).match(/const KEYS = \{\n(.*?)\n\};/s)!;
  const names = [...table!.matchAll(/^ {2}(?:"([^"]+)"|(\w+))[:,]/gm)].map(([, quoted, bare]) =>
    quoted ?? bare!
  );
  return names.map((name) =>
    SPOKEN[name] ?? name.replace(/^shift\+(.)$/, (_, key) => `Shift ${key.toUpperCase()}`)
  );
}

Deno.test("the review guide, the help of the page and its script know the same keys", async () => {
  const [help, guide, script] = await Promise.all([keysInHelp(), keysInGuide(), keysInScript()]);
  ok(help.length > 15);
  deepEqual(guide, help);
  // What follows g stands in links of the page, not in the script.
  const alone = help.filter((key) => !key.startsWith("g "));
  ok(alone.length < help.length);
  deepEqual(sorted(script.filter((key) => key !== "g")), alone);
});
