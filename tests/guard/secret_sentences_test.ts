import assert from "node:assert/strict";
import { seededRandom } from "./corpus/random.ts";
import { found, HEX } from "./samples.ts";

const ALNUM = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

Deno.test("private keys are told by their bodies alone and as JSON, public ones are not", async () => {
  const algorithms = [
    {
      name: "RSASSA-PKCS1-v1_5",
      modulusLength: 2048,
      publicExponent: Uint8Array.of(1, 0, 1),
      hash: "SHA-256",
    },
    { name: "ECDSA", namedCurve: "P-256" },
    { name: "Ed25519" },
  ];
  for (const algorithm of algorithms) {
    const keys = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]) as CryptoKeyPair;
    const text = async (kind: "pkcs8" | "spki", key: CryptoKey): Promise<string> =>
      new Uint8Array(await crypto.subtle.exportKey(kind, key)).toBase64().replace(/.{64}/g, "$&\n");
    const json = async (key: CryptoKey): Promise<string> =>
      JSON.stringify(await crypto.subtle.exportKey("jwk", key));
    for (const secret of [await text("pkcs8", keys.privateKey), await json(keys.privateKey)]) {
      assert.ok(found(`The key begins like this:\n${secret}`).includes("secret.private-key=block"), secret);
    }
    for (const open of [await text("spki", keys.publicKey), await json(keys.publicKey)]) {
      assert.ok(!found(`The key begins like this:\n${open}`).includes("secret.private-key=block"), open);
    }
  }
});

Deno.test("a key in JSON that holds what could be a word is a key, and words put together are none", () => {
  const key = (d: string): string => `{"kty":"OKP","crv":"Ed25519","d":"${d}","ext":true}`;
  const random = seededRandom("keys");
  const bytes = (count: number): Uint8Array => Uint8Array.from({ length: count }, () => random.below(256));
  const keys = Array.from(
    { length: 4000 },
    () => key(bytes(32).toBase64({ alphabet: "base64url", omitPadding: true })),
  );
  assert.deepEqual(keys.filter((text) => !found(text).includes("secret.private-key=block")), []);
  assert.deepEqual(found(key("YourBase64UrlEncodedPrivateExponentOfTheKeyNumber1")), []);
});

Deno.test("a password that a sentence tells is blocked, an example of one is not", () => {
  const random = seededRandom("told");
  const drawn = `9q${random.chars("BCDFGH", 2)}7w${random.chars("bcdfgh", 2)}5KzX`;
  const texts = [
    `Kennwort vom Testrechner im Labor lautet ${drawn}, danach bitte abmelden.`,
    `пароль от админки стенда ${drawn}, логин admin`,
    `Log in to pgAdmin (ops@acme.io, ${drawn}) and end the idle session.`,
    `Demo tenant → demo / ${drawn} resets every Sunday.`,
    `The passphrase they phoned through is ${drawn}.`,
    `It asks for the secret of the proxy on the second screen: ${drawn}`,
    `Passwort vom alten Drucker ist immer noch Herbst${random.chars("23456789", 4)}!`,
    `recovery codes for the registrar are rab3t-dvs8d, e4ng1-5wlsb`,
    `staging सर्वर का पासवर्ड ${drawn} है`,
    `Ο κωδικός πρόσβασης είναι ${drawn}, χρήστης postmaster.`,
    `כניסה: הסיסמה לשרת היא ${drawn} והמשתמש qa`,
    `the signing secret was from the old app; the new one is ${random.chars(HEX, 32)}.`,
    `Backup codes left for the registrar: 66531658, 37296909, 33566095`,
    `The laptop asked for recovery: 450707-458784-103752-743034-944932-487657-988186-740223`,
    `Gmail app password for the scanner is 47ws dtxc csqp es7e, account scans@acme.io`,
    `password without the blanks: q7qI PtcQ 8rJH EOJH`,
    `${random.chars(ALNUM, 32)} is still valid as API key for the sandbox.`,
    `The license of the plugin is ${
      Array.from({ length: 5 }, () => random.chars("2345679BCDFGHJKM", 5)).join("-")
    }.`,
  ];
  for (const text of texts) assert.ok(found(text).some((one) => one.endsWith("=block")), text);
  for (
    const text of [
      `Refuse passwords that are easily guessed, such as Herbst2024!`,
      "The pod api-7d9f8c6b5d-x2x4zQ9k was evicted; its token expired",
      "evt_1NG8Du2eZvKYlo2CUI79vXWy was delivered before the secret rotated.",
      "dQw4w9WgXcQdQw4w9WgXcQ11 is a nonce and no token",
      "enable password scram-sha-256 in pg_hba.conf first",
      "email,password\nform.email,form.password1",
      "login(username,password\nctx, options2024)",
      '{"kty":"oct","k":"base64url_encoded_symmetric_key"}',
      '{"kty":"EC","crv":"P-256","d":"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"}',
      "token=${TOKEN:+--token=$TOKEN1}",
      `The account 0x${random.chars(HEX, 40)} is funded on every local chain.`,
      `The credentials helper needs git-credential-manager2.6 or newer.`,
      "no basic auth credentials; attach `AmazonEC2ContainerRegistryReadOnly` to the node role",
      "TURN needs `use-auth-secret`, `denied-peer-ip=10.0.0.0-10.255.255.255`",
      `Vault tokens of AppRole or Kubernetes auth with 20-minute lifetimes`,
      `a mask such as \`Bearer [A-Za-z0-9._-]+\` hides the tokens`,
      `encryptedData.password: AgB${random.chars(ALNUM, 200)}`,
      `PublicKey = ${btoa(random.chars(ALNUM, 32))} of the peer; private keys stay on the device`,
    ]
  ) assert.deepEqual(found(text).filter((one) => one.startsWith("secret.")), [], text);
});
