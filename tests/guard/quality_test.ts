import assert from "node:assert/strict";
import { inspect, parsePolicy } from "../../src/guard/guard.ts";
import {
  LIKENESS_MAX_CHARS,
  likenessText,
  likenessTo,
  nearDuplicates,
  shingles,
} from "../../src/guard/likeness.ts";
import { ACTION_MAX_CHARS, DETAIL_MAX_CHARS, SUMMARY_MAX_CHARS } from "../../src/limits.ts";
import { DEFAULTS, unit } from "./samples.ts";

function quality(insight: { summary?: string; detail?: string; action?: string }): string[] {
  return inspect(unit({ insight }), DEFAULTS).map(({ rule, field }) => `${rule}@${field}`)
    .filter((one) => one.startsWith("quality."));
}

Deno.test("advice that says nothing, repeats itself, is too short or sells is marked", () => {
  assert.deepEqual(quality({ action: "Be careful." }), ["quality.empty-advice@insight.action"]);
  assert.deepEqual(quality({ action: "Always follow best practices" }), [
    "quality.empty-advice@insight.action",
  ]);
  assert.deepEqual(quality({ detail: "Hm." }), ["quality.too-short@insight.detail"]);
  assert.deepEqual(quality({ detail: "retry the call ".repeat(20) }), ["quality.repetition@insight.detail"]);
  assert.deepEqual(
    quality({
      detail: "Our platform is the industry-leading way to boost your productivity: sign up for free today.",
    }),
    ["quality.marketing@unit"],
  );
});

Deno.test("short advice that can be followed is not, in scripts with a sign per word neither", () => {
  assert.deepEqual(quality({ action: "Run npm ci." }), []);
  assert.deepEqual(quality({ action: "Pin the version" }), []);
  assert.deepEqual(
    quality({
      summary: "连接池必须先关闭再分叉",
      detail: "两个进程读取同一个套接字会混淆应答。",
      action: "先关闭连接池。",
    }),
    [],
  );
});

Deno.test("texts are as alike as the runs of words they share", () => {
  const text = "Close the pool before the process forks and open it again in the child";
  const likeness = likenessTo(text);
  assert.equal(likeness(text.toUpperCase()), 1);
  assert.equal(likeness("Something else is said here about caches and their keys"), 0);
  assert.ok(likeness(`${text} process`) > 0.8);
  assert.deepEqual([...shingles("One two")], ["one", "two"]);
  assert.equal(likenessTo("")(text), 0);
});

Deno.test("a proposal is compared whole, however long it may be, and of what is longer the beginning", () => {
  const longest = {
    summary: "😀".repeat(SUMMARY_MAX_CHARS),
    detail: "😀".repeat(DETAIL_MAX_CHARS),
    action: "😀".repeat(ACTION_MAX_CHARS - 1) + "!",
  };
  assert.ok(likenessText(longest).endsWith("!"));
  const length = LIKENESS_MAX_CHARS;
  assert.equal(likenessText({ summary: "s", detail: "word ".repeat(length), action: "a" }).length, length);
});

Deno.test("near duplicates are named with their status, the most alike first", () => {
  const own = unit();
  const same = likenessText(own.insight);
  const candidates = [
    { id: "ku_1", status: "approved", text: `${same} And a bit more.` },
    { id: "ku_2", status: "rejected", text: same },
    { id: "ku_3", status: "approved", text: "Caches need a version in their keys or old values are served." },
  ];
  const findings = nearDuplicates(own, { candidates, policy: DEFAULTS });
  const held = nearDuplicates(own, { candidates, policy: parsePolicy("quality.near-duplicate=hold") });
  assert.deepEqual(held.map(({ severity }) => severity), ["hold", "hold"]);
  assert.deepEqual(nearDuplicates(own, { candidates, policy: parsePolicy("quality=off") }), []);
  assert.deepEqual(findings.map(({ message }) => message), [
    "This says the same as the rejected unit ku_2",
    "This says the same as the approved unit ku_1",
  ]);
});
