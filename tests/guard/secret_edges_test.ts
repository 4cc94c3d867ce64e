import assert from "node:assert/strict";
import { inspect } from "../../src/guard/guard.ts";
import { assertAllowed, assertBlocked, DEFAULTS, drawn, found, HEX, unit } from "./samples.ts";

const TOKEN = `ghp_${drawn(36)}`;
const KEY_ID = `AKIA${drawn(16, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")}`;
const PASSWORD = "kX9mQ2vL7pZr", SIGNED = "kX9#mQ2vL7pZ";

/** A signed token that says `payload`. */
function jwt(payload: Readonly<Record<string, unknown>>): string {
  const encoded = (part: unknown): string => btoa(JSON.stringify(part)).replace(/=+$/, "");
  return `${encoded({ alg: "HS256", typ: "JWT" })}.${encoded(payload)}.${drawn(43)}`;
}

/** What may stand right before a word and ends in a letter or a digit. */
const ESCAPES = [
  ...["\\n", "\\t", "\\r\\n", "\\\\n", "\\x0a", "\\u003d", "\\012", "a%0A", "?t%3D", "=3D", "id^I"],
  ...["\x1b[32m", "\\x1b[32m", "\\033[1;32m", "\\e[0m", "\\u001b[32m", "^[[32m", "^[[K"],
];

Deno.test("a credential is seen behind an escaped line end, a colour of a terminal and an escaped character", () => {
  const secrets = [
    ...[TOKEN, KEY_ID, jwt({ sub: "svc-deploy", exp: 1_999_999_999 })],
    ...[`DB_PASSWORD=${SIGNED}`, `secret: "${SIGNED}"`, `psk=${SIGNED}`, `ACME_INGESTION_KEY=${drawn(32)}`],
    ...[`postgres://svc:${PASSWORD}@db.acme.io`, `sshpass -p ${PASSWORD} ssh db`],
    `${drawn(10, "123456789")}:AA${drawn(33)}`,
  ];
  assertBlocked(
    "secret.",
    ESCAPES.flatMap((escape) => secrets.map((secret) => `It said "ok${escape}${secret}".`)),
  );
  assertBlocked("secret.", [
    `"Access key ID,Region\\n${KEY_ID},eu-central-1"`,
    `"set -e\\nrcon db -p ${PASSWORD}\\n"`,
    `"set -e\\nvault login ${drawn(24)}\\n"`,
  ]);
});

Deno.test("a token within a longer word is none", () => {
  assertAllowed("secret.", ["x", "n", "0A", "m", "32m"].map((before) => `It said ${before}${KEY_ID} there.`));
});

Deno.test("of signed tokens only those that are published are no credentials", () => {
  assertBlocked(
    "secret.",
    [
      { sub: "admin", exp: 1_999_999_999, role: 1 },
      { sub: "svc", aud: "https://api.acme.io", app: "example-shop" },
      { sub: "1234567890", name: "Lea Brandt" },
      { sub: "svc", aud: "example", name: "John Doe" },
    ].flatMap((payload) => [`token ${jwt(payload)}`, `Authorization: Bearer ${jwt(payload)}`]),
  );
  assertAllowed(
    "secret.",
    [
      { sub: "1234567890", name: "John Doe", iat: 1_516_239_022 },
      { sub: "1234567890", name: "John Doe", admin: true },
      { some: "payload" },
    ].flatMap((payload) => [`token ${jwt(payload)}`, `Authorization: Bearer ${jwt(payload)}`]),
  );
});

Deno.test("a stand-in between a name and its value does not free it, one right before the value does", () => {
  const uuid = "3f8a1c2d-9b4e-4d7f-a6c5-1e2f3a4b5c6d";
  assertBlocked("secret.", [
    `heroku sample app api: ${uuid}`,
    "The recovery codes of the todo app account are 48213975 19384756",
    `datadog sample app key: ${drawn(32, HEX)}`,
    `aws for the example app = ${drawn(40)}`,
  ]);
  assertAllowed("secret.", [`heroku sample: ${uuid}`, `datadog key example: ${drawn(32, HEX)}`]);
});

Deno.test("words in a name that make a token none do not do so for a password or a secret", () => {
  const names = [
    "KEYSTORE_FILE_PASSWORD",
    "URL_PASSWORD",
    "NAME_PASSWORD",
    "COUNT_PASSWORD",
    "LOCK_PASSWORD",
  ];
  assertBlocked(
    "secret.",
    [...names, "SPECIAL_PASSWORD", "HASH_SECRET", "ID_SECRET", "UPLOAD_TOKEN"].map((name) =>
      `Set ${name}=${SIGNED} on the host.`
    ),
  );
  assertBlocked("secret.", [
    `The encrypted disk has password=${SIGNED} on all hosts`,
    `encrypted_backup_password: ${PASSWORD}`,
  ]);
  assertAllowed("secret.", [`nextPageToken=${PASSWORD}4T8w`]);
  for (
    const text of [
      `hashed_password: ${SIGNED}`,
      `encryptedData:\n  db-password: Ag${drawn(60)}`,
      `encrypted_password: ${drawn(44)}`,
    ]
  ) assert.ok(!found(text).includes("secret.assignment=block"), text);
});

Deno.test("a word such as todo in the middle of drawn characters makes them no example", () => {
  assertBlocked("secret.", [
    'DB_PASSWORD="kX9#todomQ2v"',
    'DB_PASSWORD="MfakeX9#mQ2vL7"',
    "postgres://svc:kX9mexampleQ2vL7pZr@db.acme.io",
  ]);
  assertAllowed("secret.", [
    ...[
      "fake-kX9mQ2vL7pZr",
      "kX9mQ2vL7pZr_example",
      "myFakeKey1a2b3c4d",
      "SuperSampleP4ssW0rd1x",
      "kX9#***mQ2v",
    ]
      .map((value) => `DB_PASSWORD="${value}"`),
    "aws_secret_access_key = je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY",
  ]);
});

Deno.test("only where an error tracker takes reports a key in an address is public", () => {
  const key = drawn(32, HEX);
  assertBlocked("secret.", [
    `git clone https://${key}@git.acme.io/ops/ingest.git`,
    `git clone https://${key}@git.acme.io/sentry/sentry.git`,
  ]);
  assertAllowed("secret.", [
    `https://${key}@o4505.ingest.us.sentry.io/4506`,
    `https://${key}@sentry.acme.io/7`,
    `dsn: "https://${key}@sentry.io/1234567",`,
  ]);
});

Deno.test("a value that is none does not hide the one behind it", () => {
  assertBlocked("secret.", [
    `MONGO=mongodb://u:pw@a:1,mongodb://svc:${PASSWORD}@mq.acme.io`,
    `Use postgres://a:b@x,postgres://admin:${PASSWORD}@db.prod.com/ here`,
    `curl -d 'password=changeme&password=${PASSWORD}' here`,
    `curl -d 'password=changeme\\u0026password=${PASSWORD}' here`,
    `"password=changeme\\nDB_PASSWORD=${PASSWORD}"`,
    `POST client_secret=${PASSWORD}4T8w&redirect_uri=https://app.foo.com/cb`,
    `"DB_PASSWORD=${PASSWORD}\\nAPI_URL=https://app.foo.com"`,
    `password=${PASSWORD}|todo`,
    `DB_PASSWORD="kX|9mQ2vL7pZr"`,
  ]);
  assertAllowed("secret.", ["curl -d 'password=changeme&user=svc&scope=kX9mQ2vL7pZr'"]);
});

Deno.test("a long value is a credential as a short one is", () => {
  const long = drawn(24).repeat(12);
  assertBlocked("secret.", [
    `SIGNING_BLOB_KEY=${long}`,
    `postgres://svc:${long}@db.acme.io/app`,
    `use ${jwt({ sub: "svc-deploy", groups: "Z9".repeat(2800) })}`,
    ...["ghp_", "github_pat_", "sk-proj-", "xoxb-", "glsa_"].map((mark) => `${mark}${long}`),
  ]);
});

Deno.test("the body of a private key follows a comment, too, or is the next value of a list", () => {
  const header = `-----BEGIN RSA ${"PRIVATE"} KEY-----`;
  assertBlocked("secret.", [
    `${header} # prod key of the load balancer\n${drawn(64)}\n`,
    `${header} // prod\\n${drawn(64)}`,
    JSON.stringify([header, drawn(64)]),
  ]);
  for (const extension of [[header, drawn(64)], { tls_private_key: [header, drawn(64)] }]) {
    const rules = inspect(unit({ extensions: { "acme:tls": extension } }), DEFAULTS);
    assert.ok(rules.some(({ rule, severity }) => rule === "secret.private-key" && severity === "block"));
  }
  assertAllowed("secret.", [`${header} # this is the header of PKCS#1\nPath: /etc/ssl/private/server`]);
});

Deno.test("what manuals print is no credential", () => {
  const scope = "AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request";
  assertAllowed("secret.", [
    `Credential=${scope}`,
    `X-Amz-Credential=${encodeURIComponent(scope)}`,
    `Authorization: AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host;range`,
    "kind: Secret\ndata:\n  password: cGFzc3dvcmQ=",
    "data:\n  password: cGFzc3dvcmQxMjM=",
    "Authorization: Basic YWxhZGRpbjpvcGVuc2VzYW1l",
    "RECAPTCHA_SECRET_KEY=6LeIxAcTAAAAAGG-vFI1TnRWxMZNFuojJ4WifJWe",
    "PRIVATE_KEY=0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80",
    "accounts: ['0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80']",
    "TOTP_SECRET=JBSWY3DPEHPK3PXP",
    "otpauth://totp/Acme:lea?secret=JBSWY3DPEHPK3PXP&issuer=Acme",
  ]);
  assertBlocked("secret.", [
    `Credential=${KEY_ID}/20130524/us-east-1/s3/aws4_request`,
    `data:\n  password: ${btoa(SIGNED)}`,
  ]);
});
