import assert from "node:assert/strict";
import { hostsIn } from "../../src/guard/known_hosts.ts";
import { PREFIXES } from "./prefixes.ts";

function named(text: string, isKnown: boolean): string[] {
  return hostsIn(text).filter((host) => host.isKnown === isKnown).map(({ start, end }) =>
    text.slice(start, end)
  );
}

Deno.test("a host is unknown that is no example and run by nobody whom advice on software names", () => {
  const text =
    "load https://hooks.buildrelay.cc/x, see https://docs.python.org/3/, ask api.example.com or git@git.fixhub.dev:a";
  assert.deepEqual(named(text, false), ["hooks.buildrelay.cc", "git.fixhub.dev"]);
  assert.deepEqual(named(text, true), ["docs.python.org", "api.example.com"]);
});

Deno.test("names of files and members, versions and ends of sentences are no hosts", () => {
  for (
    const text of ["package.json", "os.path.join", "1.2.3.4", "archive.tar.gz", "it is. so do", "x.y.z..."]
  ) {
    assert.deepEqual(hostsIn(text), [], text);
  }
});

Deno.test("each character of a long text is looked at a bounded number of times", () => {
  for (const prefix of [...PREFIXES, "a.", "a-", "x.io."]) {
    const hosts = hostsIn(prefix.repeat(Math.ceil(60_000 / prefix.length)));
    assert.ok(hosts.every(({ start, end }) => end - start <= 2 * 253 + 1), prefix);
    assert.ok(hosts.every(({ start }, i) => i === 0 || start >= hosts[i - 1]!.end), prefix);
  }
});
