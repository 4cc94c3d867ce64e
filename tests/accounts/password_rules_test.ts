import { deepEqual, equal, match, ok } from "node:assert/strict";
import fc from "fast-check";
import { createAdministration } from "../../src/accounts/administration.ts";
import { base32 } from "../../src/accounts/key_token.ts";
import { checkNewPassword } from "../../src/accounts/password_rules.ts";
import { createPasswords } from "../../src/accounts/passwords.ts";
import { PASSWORD_QUEUE_MAX, PASSWORD_WORKERS_MAX } from "../../src/limits.ts";
import { PASSWORD, testApp } from "../fixtures/app.ts";
import { rejected, thrown } from "../fixtures/faults.ts";
import { readSource } from "../fixtures/source_tree.ts";

const ADA = { username: "ada" };

function refusal(password: string, username = "ada", host?: string): string {
  const { status, message } = thrown(() =>
    checkNewPassword(password, { username, ...(host === undefined ? {} : { host }) })
  );
  equal(status, 422);
  return message;
}

Deno.test("a new password has at least twelve characters, however many bytes, and at most 72 bytes", () => {
  equal(refusal(""), "The password is empty");
  equal(refusal("elf letters"), "The password is shorter than 12 characters");
  equal(refusal("😀".repeat(6)), "The password is shorter than 12 characters", "not sixteen-bit units");
  checkNewPassword("zwölf Zeiche", ADA);
  checkNewPassword("😀😁😂🤣😃😄😅😆😉😊😋😎", ADA);
  checkNewPassword("a long way to the sea, and then seventy-two characters in all, not more.", ADA);
  equal(
    refusal("a long way to the sea, and then seventy-three characters in all, not more"),
    "The password is longer than 72 bytes, more than bcrypt looks at",
  );
});

Deno.test("what is guessed first is refused, with the reason", () => {
  const cases: Record<string, readonly string[]> = {
    "repeats a few characters": [
      "aaaaaaaaaaaa",
      "121212121212",
      "abcabcabcabcab",
      "          ".repeat(2),
      "😀".repeat(12),
    ],
    "is a sequence": [
      "123456789012",
      "098765432109",
      "abcdefghijkl",
      "zyxwvutsrqpo",
      "qwertyuiop[]",
      "QWERTYUIOPAS",
      "lkjhgfdsapoi",
    ],
    "is a common one": [
      "q1w2e3r4t5y6",
      "Q1W2E3R4T5Y6",
      "correcthorsebatterystaple",
      "1qaz2wsx3edc",
      "passwordpassword",
    ],
    "is a common word or two with what is soon tried around them": [
      "dragon123456",
      "Football2024!",
      "1234567monkey",
      "michael19851985",
      "summer-24-12-1999",
      "P@ssw0rd2024!!",
      "m0nk3y987654321",
      "iloveyou4321",
      "dragonmaster",
      "blue.dragon.77",
      "hunterhunter",
    ],
    "is made of words everybody tries": [
      "cq-server-2026",
      "CQ1234567890",
      "mozilla.ai 2026",
      "Password-2026!",
      "cqcqcqcqadmin",
    ],
  };
  for (const [reason, passwords] of Object.entries(cases)) {
    for (const password of passwords) {
      equal(refusal(password), `The password ${reason}; choose one that is harder to guess`, password);
    }
  }
});

Deno.test("the user name and what contains it are refused, unless the name is too short to matter", () => {
  match(refusal("Ada.Lovelace", "ada.lovelace"), /is the user name/);
  match(refusal("my name is LOVELACE", "lovelace"), /contains the user name/);
  match(refusal("lovelace-2026", "lovelace"), /contains the user name/);
  match(refusal("Lovelace!!1815", "ada.lovelace"), /common word or two/);
  match(refusal("lovelaceacme1", "ada.lovelace", "cq.acme.example"), /common word or two/);
  match(refusal("acme19990101", "ada", "cq.acme.example"), /common word or two/);
  checkNewPassword("acme19990101", ADA);
  checkNewPassword("a barricade of glass", ADA);
});

Deno.test("no kind of character is asked for", () => {
  for (
    const password of [
      PASSWORD,
      "seven white goats",
      "SEVEN WHITE GOATS",
      "834021957360",
      "!?;:-_#+*~<>|$%&",
      "dragon 8340219",
      "blue dragon 83402",
      "!;dragon:#+*~",
    ]
  ) {
    checkNewPassword(password, ADA);
  }
});

Deno.test("random passwords are accepted", () => {
  const random = fc.uint8Array({ minLength: 10, maxLength: 32 }).filter((bytes) => new Set(bytes).size > 6);
  fc.assert(fc.property(random, (bytes) => checkNewPassword(base32(bytes).slice(0, 72), ADA)));
});

Deno.test("of the commonest passwords that are made longer as people do it, nearly all are refused", async () => {
  const text = await readSource("src/accounts/common_words.txt");
  const words = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  ok(words.length >= 3000, String(words.length));
  const longer = words.flatMap((word) =>
    ["123456", "12345678", "2024!!", "19900101", "!!!!!!"].flatMap((end) => [word + end, end + word])
      .concat(word[0]!.toUpperCase() + word.slice(1) + "2026!", word + word, word + "password")
  ).filter((password) => password.length >= 12 && !/(.)\1{11}/.test(password));
  ok(longer.length > 20_000, String(longer.length));
  const passed = longer.filter((password) => {
    try {
      checkNewPassword(password, ADA);
      return true;
    } catch {
      return false;
    }
  });
  deepEqual(passed.slice(0, 20), []);
});

Deno.test("the list of common passwords has hundreds, all long enough, in lower case, none twice", async () => {
  const text = await readSource("src/accounts/common_passwords.txt");
  const list = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  ok(list.length >= 300, String(list.length));
  deepEqual(list.filter((line) => [...line].length < 12 || line !== line.toLowerCase()), []);
  equal(new Set(list).size, list.length);
  for (const password of list) match(refusal(password), /harder to guess$/);
});

Deno.test("both ways to set a password check it; what was set before stays good", async () => {
  await using app = await testApp();
  await app.signIn("ada");
  const passwords = createPasswords();
  try {
    const users = createAdministration({ ...app, passwords, actor: "root" });
    match((await rejected(users.add("eve", "too short"))).message, /shorter than 12/);
    match((await rejected(users.setPassword("ada", "q1w2e3r4t5y6"))).message, /common/);
    deepEqual((await users.list()).map(({ username }) => username), ["ada"]);
    await users.add("eve", "seven white goats");
  } finally {
    passwords.close();
  }
  const login = async (username: string, password: string): Promise<number> =>
    (await app.request("POST", "/api/v1/auth/login", { json: { username, password } })).status;
  deepEqual([await login("ada", PASSWORD), await login("eve", "seven white goats")], [200, 200]);
});

Deno.test("a name that is taken is refused without a hash being made", async () => {
  await using app = await testApp();
  await app.signIn("ada");
  const passwords = createPasswords();
  const { database, clock } = app;
  const users = createAdministration({ database, clock, passwords, actor: "root" });
  // No hash can be asked for as long as all of these wait.
  const room = PASSWORD_WORKERS_MAX + PASSWORD_QUEUE_MAX;
  for (let i = 0; i < room; i++) passwords.hash(PASSWORD);
  passwords.close();
  equal((await rejected(users.add("bob", "a long walk to the sea"))).status, 503);
  equal((await rejected(users.add("ada", "a long walk to the sea"))).status, 409);
});
