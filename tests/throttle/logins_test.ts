import { deepEqual, equal, ok } from "node:assert/strict";
import { unauthorized, unavailable } from "../../src/errors.ts";
import { LOGIN_WAITING_MAX } from "../../src/limits.ts";
import { LoginBuckets } from "../../src/throttle/logins.ts";
import { type ManualClock, manualClock } from "../fixtures/clock.ts";
import { rejected } from "../fixtures/faults.ts";

const HOME = "192.0.2.1", OFFICE = "192.0.2.2", ATTACKER = "198.51.100.1";

interface Guarded {
  readonly clock: ManualClock;
  readonly noted: readonly string[];
  /** Passwords checked so far. */
  checks(): number;
  right(username: string, address: string): Promise<string>;
  wrong(username: string, address: string): Promise<string>;
  busy(username: string, address: string): Promise<string>;
}

/** A throttle in front of passwords of which one is right; tries are answered by status, or the seconds to wait. */
function guarded(): Guarded {
  const clock = manualClock();
  const noted: string[] = [];
  const throttle = new LoginBuckets({ clock, note: (kind, who) => noted.push(`${kind} ${who}`) });
  let checks = 0;
  const attempt = (username: string, address: string, error?: Error): Promise<void> =>
    throttle.attempt({ username, address }, () => {
      checks++;
      return error === undefined ? Promise.resolve() : Promise.reject(error);
    });
  const answerOf = async (work: Promise<void>): Promise<string> => {
    const [outcome] = await Promise.allSettled([work]);
    if (outcome.status === "fulfilled") return "in";
    const { status, headers } = await rejected(work);
    return status === 429 ? `wait ${headers["retry-after"]}` : String(status);
  };
  return {
    clock,
    noted,
    checks: () => checks,
    right: (username: string, address: string) => answerOf(attempt(username, address)),
    wrong: (username: string, address: string) => answerOf(attempt(username, address, unauthorized("no"))),
    busy: (username: string, address: string) =>
      answerOf(attempt(username, address, unavailable("busy", { retryAfter_s: 1 }))),
  };
}

async function times(count: number, work: (index: number) => Promise<string>): Promise<string[]> {
  const answers: string[] = [];
  for (let i = 0; i < count; i++) answers.push(await work(i));
  return answers;
}

function repeated(count: number, answer: string): string[] {
  return Array<string>(count).fill(answer);
}

Deno.test("an account has five failures at once, then one each thirty seconds, from whatever address", async () => {
  const { wrong, clock, checks } = guarded();
  deepEqual(await times(5, (i) => wrong("ada", `192.0.2.${i}`)), repeated(5, "401"));
  equal(await wrong("ada", "192.0.2.9"), "wait 30");
  clock.advance(29.5);
  equal(await wrong("ada", "192.0.2.9"), "wait 1");
  clock.advance(0.5);
  deepEqual(await times(2, () => wrong("ada", "192.0.2.9")), ["401", "wait 30"]);
  equal(checks(), 6, "no password was checked in vain");
  clock.advance(150);
  deepEqual(await times(6, () => wrong("ada", "192.0.2.9")), [...repeated(5, "401"), "wait 30"]);
});

Deno.test("an address has ten failures at once, then one each sixty seconds, for whatever names", async () => {
  const { wrong, right, clock } = guarded();
  deepEqual(await times(10, (i) => wrong(`name ${i}`, HOME)), repeated(10, "401"));
  equal(await wrong("another", HOME), "wait 60");
  equal(await right("another", OFFICE), "in", "other addresses go on");
  clock.advance(60);
  deepEqual([await wrong("another", HOME), await wrong("further", HOME)], ["401", "wait 60"]);
  clock.advance(600);
  deepEqual(await times(11, (i) => wrong(`later ${i}`, HOME)), [...repeated(10, "401"), "wait 60"]);
});

Deno.test("good logins are not counted, one after the other or all at once", async () => {
  const { right, wrong } = guarded();
  deepEqual(await times(40, () => right("ada", HOME)), repeated(40, "in"));
  deepEqual(
    await Promise.all(Array.from({ length: LOGIN_WAITING_MAX }, () => right("ada", HOME))),
    repeated(LOGIN_WAITING_MAX, "in"),
  );
  deepEqual(await times(6, () => wrong("ada", HOME)), [...repeated(5, "401"), "wait 30"]);
});

Deno.test("failures that come all at once are counted like those that come one by one", async () => {
  const { wrong, checks } = guarded();
  const answers = await Promise.all(Array.from({ length: 100 }, () => wrong("ada", ATTACKER)));
  deepEqual(answers.filter((answer) => answer === "401"), repeated(5, "401"));
  equal(checks(), 5);
});

Deno.test("what failed for another reason than the password is not counted", async () => {
  const { busy, right } = guarded();
  deepEqual(await times(30, () => busy("ada", HOME)), repeated(30, "503"));
  equal(await right("ada", HOME), "in");
});

Deno.test("refused tries cost nothing: the wait does not grow", async () => {
  const { wrong, right, clock } = guarded();
  await times(5, () => wrong("ada", HOME));
  deepEqual(await times(100, () => wrong("ada", HOME)), repeated(100, "wait 30"));
  clock.advance(30);
  equal(await right("ada", HOME), "in");
});

Deno.test("who signed in from an address before is let in there while others attack the account", async () => {
  const { right, wrong, clock } = guarded();
  equal(await right("ada", HOME), "in");
  for (let second = 0; second < 300; second++) {
    await wrong("ada", `198.51.100.${second % 250}`);
    if (second % 10 === 9) equal(await right("ada", HOME), "in", `after ${second} seconds`);
    clock.advance(1);
  }
});

Deno.test("the bucket of a known address is as small as any other", async () => {
  const { right, wrong } = guarded();
  equal(await right("ada", HOME), "in");
  deepEqual(await times(6, () => wrong("ada", HOME)), [...repeated(5, "401"), "wait 30"]);
  deepEqual(await times(6, (i) => wrong(`name ${i}`, HOME)), [...repeated(5, "401"), "wait 60"]);
});

Deno.test("from a new address the right password works after the wait, while an attacker goes on all the time", async () => {
  const { right, wrong, clock } = guarded();
  const attack = async (seconds: number): Promise<void> => {
    for (let second = 0; second < seconds; second++) {
      clock.advance(1);
      await wrong("ada", ATTACKER);
    }
  };
  await attack(33);
  const wait = await right("ada", OFFICE);
  ok(/^wait ([12]?\d|30)$/.test(wait), wait);
  await attack(Number(wait.slice(5)));
  equal(await right("ada", OFFICE), "in");
});

Deno.test("behind a shared address a script with wrong passwords does not keep others out", async () => {
  const { right, wrong, clock } = guarded();
  const attack = async (seconds: number): Promise<void> => {
    for (let second = 0; second < seconds; second++) {
      clock.advance(1);
      await wrong(`script ${second % 3}`, HOME);
    }
  };
  await attack(100);
  const wait = await right("ada", HOME);
  ok(/^wait [1-5]?\d$/.test(wait), wait);
  await attack(Number(wait.slice(5)));
  equal(await right("ada", HOME), "in");
});

Deno.test("a promised token that nobody fetches is free again after a minute", async () => {
  const { right, wrong, clock } = guarded();
  await times(5, () => wrong("ada", ATTACKER));
  equal(await right("ada", OFFICE), "wait 30");
  clock.advance(31);
  equal(await wrong("ada", ATTACKER), "wait 29", "one token is kept, the second is not there yet");
  clock.advance(29);
  equal(await wrong("ada", ATTACKER), "401");
  equal(await wrong("ada", ATTACKER), "wait 30");
  clock.advance(30);
  equal(await wrong("ada", ATTACKER), "401", "the promise has lapsed");
});

Deno.test("names of any length take the same room", async () => {
  const { wrong, noted } = guarded();
  const long = "x".repeat(200_000);
  deepEqual(await times(6, () => wrong(long, HOME)), [...repeated(5, "401"), "wait 30"]);
  deepEqual(noted, [`login_account address ${HOME}`]);
});
