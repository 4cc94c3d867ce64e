import { deepEqual, equal, match } from "node:assert/strict";
import { compareSync, hashSync } from "bcryptjs";
import { createPasswords, type Passwords } from "../../src/accounts/passwords.ts";
import { PASSWORD_QUEUE_MAX, PASSWORD_WORKERS_MAX } from "../../src/limits.ts";
import { PASSWORD, PASSWORD_HASH } from "../fixtures/app.ts";
import { rejected } from "../fixtures/faults.ts";
import { until } from "../fixtures/waiting.ts";

function passwords(): Passwords & Disposable {
  const made = createPasswords();
  return { ...made, [Symbol.dispose]: made.close };
}

Deno.test("a password fits its own hash and no other, unchanged: no trimming, no normalisation", async () => {
  using pool = passwords();
  equal(await pool.verify(PASSWORD, PASSWORD_HASH), true);
  for (const other of ["", ` ${PASSWORD}`, PASSWORD.toUpperCase(), `${PASSWORD}\0`]) {
    equal(await pool.verify(other, PASSWORD_HASH), false, other);
  }
  const composed = hashSync("é\0x", 4);
  equal(await pool.verify("é\0x", composed), true);
  equal(await pool.verify("e\u0301\0x", composed), false);
  equal(await pool.verify("é\0y", composed), false);
});

Deno.test("hashes of every variant and cost are verified", async () => {
  using pool = passwords();
  for (const variant of ["$2a$", "$2b$", "$2y$", "$2x$"]) {
    equal(await pool.verify(PASSWORD, PASSWORD_HASH.replace("$2b$", variant)), true, variant);
    equal(await pool.verify("wrong", PASSWORD_HASH.replace("$2b$", variant)), false, variant);
  }
  equal(await pool.verify("x", hashSync("x", 6)), true);
});

Deno.test("72 bytes work in full; a longer password fits nothing, not even a hash of its beginning", async () => {
  using pool = passwords();
  const longest = "é".repeat(36);
  const hash = hashSync(longest, 4);
  equal(await pool.verify(longest, hash), true);
  equal(await pool.verify("é".repeat(35) + "ab", hash), false);
  equal(compareSync(`${longest}x`, hash), true, "bcrypt itself would cut it");
  equal(await pool.verify(`${longest}x`, hash), false);
});

Deno.test("without a usable hash nothing fits", async () => {
  using pool = passwords();
  const junk = [
    undefined,
    "",
    "x",
    "$2b$04$short",
    PASSWORD_HASH.replace("$2b$", "$3b$"),
    `${PASSWORD_HASH}\n`,
  ];
  for (const hash of junk) equal(await pool.verify("", hash), false, String(hash));
});

const UNUSABLE: readonly [name: string, password: string, hash: string | undefined][] = [
  ["there is no hash", "x", undefined],
  ["the stored hash is none", "x", "junk"],
  ["the password is too long", "x".repeat(73), PASSWORD_HASH],
];

for (const [name, password, hash] of UNUSABLE) {
  // The bound is on checks under way, so a check that did no work would not count towards it.
  Deno.test(`a check takes its turn at a worker like any other, when ${name}`, async () => {
    using pool = passwords();
    const room = PASSWORD_WORKERS_MAX + PASSWORD_QUEUE_MAX;
    for (let i = 0; i < room; i++) pool.verify(password, hash);
    const error = await rejected(pool.verify(password, hash));
    deepEqual([error.status, error.headers["retry-after"]], [503, "1"]);
  });
}

Deno.test("a new hash is bcrypt with cost 12, salted, and fits", async () => {
  using pool = passwords();
  const [first, second] = await Promise.all([pool.hash("pässword"), pool.hash("pässword")]);
  match(first, /^\$2b\$12\$[./A-Za-z0-9]{53}$/);
  equal(first === second, false);
  equal(await pool.verify("pässword", first), true);
});

Deno.test("what cannot be hashed in full is refused", async () => {
  using pool = passwords();
  equal((await rejected(pool.hash(""))).status, 422);
  match((await rejected(pool.hash("é".repeat(36) + "x"))).message, /longer than 72 bytes/);
});

/** Counts the workers that are there. */
function countWorkers(): { readonly living: () => number } & Disposable {
  const { Worker } = globalThis;
  let living = 0;
  globalThis.Worker = class extends Worker {
    constructor(...parameters: ConstructorParameters<typeof Worker>) {
      super(...parameters);
      living++;
    }

    override terminate(): void {
      super.terminate();
      living--;
    }
  };
  return {
    living: () => living,
    [Symbol.dispose]: () => globalThis.Worker = Worker,
  };
}

Deno.test("workers that have nothing to do end, and others take their place when there is something", async () => {
  using workers = countWorkers();
  const pool = createPasswords({ idle_ms: 50 });
  for (let round = 0; round < 2; round++) {
    const checks = Array.from({ length: 4 }, () => pool.verify(PASSWORD, PASSWORD_HASH));
    equal(workers.living(), PASSWORD_WORKERS_MAX);
    deepEqual(await Promise.all(checks), [true, true, true, true]);
    await until(() => workers.living() === 0, "idle workers end");
  }
  equal(await pool.verify(PASSWORD, PASSWORD_HASH), true);
  pool.close();
  equal(workers.living(), 0);
});
