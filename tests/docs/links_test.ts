import { deepEqual, equal, ok } from "node:assert/strict";
import { posix } from "node:path";
import { isFile } from "../fixtures/ignoring.ts";
import { filesIn, readSource, ROOT } from "../fixtures/source_tree.ts";

/** A page without its code, in which brackets are not links and `#` begins no heading. */
function withoutCode(page: string): string {
  return page.replaceAll(/^( *)```.*?^\1```$/gms, "");
}

/** The names by which the headings of a page are linked to, as GitHub makes them. */
function anchorsOf(page: string): Set<string> {
  const anchors = new Set<string>();
  for (const [, heading] of withoutCode(page).matchAll(/^#{1,6} (.+)$/gm)) {
    const words = heading!.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1").toLowerCase();
    const name = words.replaceAll(/[^\p{L}\p{N}\p{Pc} -]/gu, "").replaceAll(" ", "-");
    let anchor = name;
    for (let count = 1; anchors.has(anchor); count++) anchor = `${name}-${count}`;
    anchors.add(anchor);
  }
  return anchors;
}

/** The targets of links and pictures that are no addresses of other hosts. */
function relativeLinks(page: string): string[] {
  const prose = withoutCode(page).replaceAll(/`[^`\n]*`/g, "");
  const targets = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!);
  return targets.filter((target) => !/^(?:https?|mailto):/.test(target));
}

Deno.test("every relative link leads to a file, and its anchor to a heading", async () => {
  const broken: string[] = [];
  let count = 0;
  for (const page of await filesIn(".", ".md")) {
    const text = await readSource(page);
    for (const link of relativeLinks(text)) {
      count++;
      const [path = "", anchor] = link.split("#");
      const target = path === "" ? page : posix.join(posix.dirname(page), path);
      const leads = isFile(`${ROOT}/${target}`) &&
        (anchor === undefined || anchorsOf(await readSource(target)).has(anchor));
      if (!leads) broken.push(`${page} links to ${link}`);
    }
  }
  ok(count > 150, `${count} links`);
  deepEqual(broken, []);
});

Deno.test("anchors are those of GitHub, and code has neither links nor headings", () => {
  const page =
    "# What `CQ_COMPAT=strict` does\n\n## A, b: c_d\n\n## A, b: c_d\n\n```sh\n# no [x](y)\n```\n\n[z](w#v) `[x](y)`\n";
  deepEqual([...anchorsOf(page)], ["what-cq_compatstrict-does", "a-b-c_d", "a-b-c_d-1"]);
  deepEqual(relativeLinks(page), ["w#v"]);
  equal(relativeLinks("![a picture](b.png) [site](https://example.com/)").length, 1);
});
