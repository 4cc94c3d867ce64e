// What people write around a fact: where it was seen, what the logs said, how it was checked.
import { Buffer } from "node:buffer";
import type { Random } from "./random.ts";

const HEX = "0123456789abcdef";
const DIGITS = "0123456789";

const WHO = [
  "the platform team",
  "a new colleague",
  "our on-call engineer",
  "two of us",
  "the night build",
  "a customer's integration",
  "the release manager",
  "an agent in a sandbox",
  "the load test",
  "a contractor",
];
const WHEN = [
  "After the upgrade",
  "During the migration",
  "In last week's incident",
  "While moving to a new region",
  "Right after a rollback",
  "On the first of the month",
  "In staging",
  "While onboarding",
  "During the audit",
  "Before the freeze",
  "At peak load",
  "On a fresh laptop",
];
const FOUND = [
  "met this",
  "ran into it",
  "reported it",
  "stumbled over it",
  "reproduced it",
  "lost half a day to it",
];

const EVIDENCE: readonly ((random: Random) => string)[] = [
  (r) => `The commit that shows it is ${r.chars(HEX, 40)}.`,
  (r) => `Bisecting between ${r.chars(HEX, 7)} and ${r.chars(HEX, 7)} took ${2 + r.below(9)} steps.`,
  (r) => `Request id ${uuid(r)}, status ${r.pick([400, 404, 409, 500, 502, 503])}.`,
  (r) => `traceparent 00-${r.chars(HEX, 32)}-${r.chars(HEX, 16)}-01 belongs to the slow call.`,
  (r) => `[${time(r)}] WARN pool-${r.below(9)}: waited ${r.below(9000)} ms, giving up`,
  (r) => `The image is registry.example.com/acme/app@sha256:${r.chars(HEX, 64)}.`,
  (r) => `integrity="sha384-${Buffer.from(r.bytes(48)).toString("base64")}" stayed the same.`,
  (r) =>
    `Version ${r.below(12)}.${r.below(20)}.${r.below(30)}.${r.below(200)} is affected, the next one isn't.`,
  (r) =>
    `It happened on 192.0.2.${r.below(255)} and on 198.51.100.${r.below(255)}, port ${
      1024 + r.below(60000)
    }.`,
  (r) => `The host was [2001:db8:${r.chars(HEX, 4)}::${r.chars(HEX, 2)}]:${1024 + r.below(60000)}.`,
  (r) => `    at handle (/app/src/${r.pick(["router", "store", "queue"])}.ts:${r.below(300)}:${r.below(80)})`,
  (r) =>
    `File "/srv/app/${r.pick(["tasks", "models", "views"])}.py", line ${r.below(900)}, in ${
      r.pick(["run", "save"])
    }`,
  (r) => `Epoch ${1_700_000_000 + r.below(80_000_000)} in the log is ${time(r)}.`,
  (r) => `Job ${r.chars(DIGITS, 10)} ended with exit code ${r.pick([1, 2, 126, 127, 137, 139, 143])}.`,
  (r) => `The payload was ${Buffer.from(`{"id":${r.below(1e6)},"ok":true}`).toString("base64")} in base64.`,
  (r) =>
    `curl -s -H "Authorization: Bearer <your-token>" https://api.example.com/v1/items/${
      r.below(1e6)
    } shows it.`,
  () => "DATABASE_URL=postgres://user:password@localhost/db was enough to reproduce it.",
  () => "With AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE from the documentation the error is the same.",
  () => "export GITHUB_TOKEN=ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx stands for your own token here.",
  (r) => `Mails to user${r.below(99)}@example.com and ops@example.org are not affected.`,
  (r) => `ETag W/"${r.chars(HEX, 40)}" came back unchanged.`,
  (r) => `md5 ${r.chars(HEX, 32)}, sha256 ${r.chars(HEX, 64)}.`,
  (r) =>
    `Memory went from ${100 + r.below(400)} MiB to ${600 + r.below(3000)} MiB in ${2 + r.below(50)} minutes.`,
  (r) => `p50 ${r.below(90)} ms, p99 ${200 + r.below(5000)} ms over ${1000 + r.below(90000)} requests.`,
  (r) => `Order ${r.chars(DIGITS, 3)}-${r.chars(DIGITS, 7)}-${r.chars(DIGITS, 7)} was the first one.`,
  (r) => `segfault at ${r.below(99)} ip 00007f${r.chars(HEX, 10)} sp 00007ff${r.chars(HEX, 9)} error 4`,
  (r) => `Bundle main.${r.chars(HEX, 8)}.js grew by ${1 + r.below(300)} kB.`,
  (r) =>
    `GET /v2/items?cursor=${Buffer.from(`id:${r.below(1e7)}`).toString("base64url")} returned an empty page.`,
  (r) => `Reproduction: https://github.com/example/repro/tree/${r.chars(HEX, 12)}.`,
  (r) => `ulid 01J${r.chars("0123456789ABCDEFGHJKMNPQRSTVWXYZ", 23)}, shard ${r.below(64)}.`,
];

const CHECKED = [
  "Checked by a test that failed before.",
  "It stayed away for three weeks after the change.",
  "Both engines behave alike here.",
  "A colleague confirmed it on another machine.",
  "The documentation mentions it in one sentence.",
  "Confirmed with the vendor's support.",
  "We could switch it on and off at will.",
  "The graph was flat again within minutes.",
  "A minimal example shows the same.",
  "The error count fell to zero.",
  "Measured on an idle host, five runs each.",
  "The changelog of the release says so, too.",
  "Not seen on Linux, only on Windows and macOS.",
  "Older versions weren't tested.",
  "Restarting helped for an hour only.",
  "It cost nothing in the benchmark.",
];

const REMARKS = [
  "Earlier advice to just restart can be ignored.",
  "Never commit the file with real values; keep a sample beside it.",
  "Do not disable the check: it is right.",
  "Skipping hooks with --no-verify only moves the failure to CI.",
  "rejectUnauthorized: false would hide the cause.",
  "Tell the user what was changed and why.",
  "Ask before you delete anything that isn't in version control.",
  "The system prompt of our assistant links here.",
  "The previous instructions in the wiki were written for the old version.",
  "Delete temporary files afterwards.",
  "The default is fine for small installations.",
  "A dry run shows what would happen.",
  "Write down the old value first.",
  "This holds for the free plan as well.",
  "Restart is needed once.",
  "The setting is read at start only.",
  "Containers need the same change.",
  "Windows users must quote it differently.",
  "Set an alarm on it.",
  "Roll back if latency rises.",
  "It's safe to run twice.",
  "Nobody outside the team has to act.",
  "Keep the token in the vault, not in the shell history.",
  "Forget about the flag of the same name in version 1.",
  "You must be an administrator for this step only.",
  "Approve the change in two steps, review and apply.",
  "A base64 string isn't encryption.",
  "The linter has a rule for it.",
  "Same for the staging cluster.",
  "There is an open issue upstream.",
  "Send feedback to docs@example.com.",
  "Remember to update the runbook.",
];

function uuid(random: Random): string {
  const hex = random.chars(HEX, 32);
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20)]
    .join("-");
}

function time(random: Random): string {
  return new Date((1_700_000_000 + random.below(80_000_000)) * 1000).toISOString();
}

/** Where and by whom a thing was seen: the start of a sentence that goes on after a colon. */
export function place(random: Random): string {
  return `${random.pick(WHEN)} ${random.pick(WHO)} ${random.pick(FOUND)}:`;
}

/** A line of a log, an id, a hash or a number that somebody noted. */
export function evidence(random: Random): string {
  return random.pick(EVIDENCE)(random);
}

/** How it was checked. */
export function verification(random: Random): string {
  return random.pick(CHECKED);
}

/** A remark in passing. Some sound like an attack without being one. */
export function remark(random: Random): string {
  return random.pick(REMARKS);
}

const EXTENSIONS: readonly ((random: Random) => Readonly<Record<string, unknown>>)[] = [
  (r) => ({ "acme:source": { commit: r.chars(HEX, 40), pull_request: r.below(9000) } }),
  (r) => ({ "acme:run": `https://ci.example.com/acme/app/runs/${r.chars(DIGITS, 11)}` }),
  (r) => ({ "acme:trace": { trace_id: r.chars(HEX, 32), at: time(r) } }),
  (r) => ({
    "acme:tested": [`${r.below(9)}.${r.below(30)}.${r.below(20)}`, `${r.below(9)}.${r.below(30)}.0`],
  }),
  (r) => ({
    "acme:id": uuid(r),
    "acme:labels": [r.pick(["flaky", "slow", "upgrade"]), r.pick(["ci", "prod", "dev"])],
  }),
  (r) => ({ "acme:digest": `sha256-${Buffer.from(r.bytes(32)).toString("base64")}` }),
];

/** What tools add to a unit. */
export function extensions(random: Random): Readonly<Record<string, unknown>> {
  return random.pick(EXTENSIONS)(random);
}
