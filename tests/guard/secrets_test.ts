import assert from "node:assert/strict";
import { inspect } from "../../src/guard/guard.ts";
import { DEFAULTS, drawn, found, HEX, unit } from "./samples.ts";

const UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const TOKENS: Readonly<Record<string, string>> = {
  "cq-key": `cqa.v1.${drawn(32, HEX)}.${drawn(52, "abcdefghijklmnopqrstuvwxyz234567")}`,
  "github-token": `ghp_${drawn(36)}`,
  "github-fine-grained-token": `github_pat_${drawn(22)}_${drawn(59)}`,
  "gitlab-token": `glpat-${drawn(20)}`,
  "aws-access-key": `AKIA${drawn(16, UPPER)}`,
  "aws-secret-key": `aws_secret_access_key = ${drawn(40)}`,
  "google-api-key": `AIza${drawn(35)}`,
  "google-oauth-secret": `GOCSPX-${drawn(28)}`,
  "azure-storage-key": `AccountKey=${drawn(86)}==`,
  "azure-client-secret": `${drawn(3)}8Q~${drawn(34)}`,
  "slack-token": `xoxb-${drawn(12, "0123456789")}-${drawn(24)}`,
  "slack-webhook": `https://hooks.slack.com/services/T${drawn(8, UPPER)}/B${drawn(8, UPPER)}/${drawn(24)}`,
  "discord-webhook": `https://discord.com/api/webhooks/${drawn(18, "123456789")}/${drawn(68)}`,
  "stripe-key": `sk_live_${drawn(24)}`,
  "twilio-key": `SK${drawn(32, HEX)}`,
  "sendgrid-key": `SG.${drawn(22)}.${drawn(43)}`,
  "mailgun-key": `key-${drawn(32, HEX)}`,
  "mailchimp-key": `${drawn(32, HEX)}-us12`,
  "npm-token": `npm_${drawn(36)}`,
  "pypi-token": `pypi-AgEIcHlwaS5vcmc${drawn(80)}`,
  "rubygems-token": `rubygems_${drawn(48, HEX)}`,
  "docker-token": `dckr_pat_${drawn(27)}`,
  "openai-key": `sk-proj-${drawn(48)}`,
  "anthropic-key": `sk-ant-api03-${drawn(93)}`,
  "huggingface-token": `hf_${drawn(34)}`,
  "telegram-token": `${drawn(10, "123456789")}:AA${drawn(33)}`,
  "shopify-token": `shpat_${drawn(32, HEX)}`,
  "digitalocean-token": `dop_v1_${drawn(64, HEX)}`,
  "databricks-token": `dapi${drawn(32, HEX)}`,
  "atlassian-token": `ATATT3${drawn(60)}`,
  "workspace-token": `lin_api_${drawn(40)}`,
  "vault-token": `hvs.${drawn(40)}`,
  "monitoring-token": `glsa_${drawn(32)}_${drawn(8, HEX)}`,
  "postman-key": `PMAK-${drawn(24, HEX)}-${drawn(34, HEX)}`,
  "age-key": `AGE-SECRET-KEY-1${drawn(58, "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L")}`,
  "application-password": `curl --user "lea:${drawn(24).match(/.{4}/g)!.join(" ")}"`,
  "unseal-key": `unseal it with ${drawn(43)}= twice`,
  "app-key": `base64:${drawn(43)}=`,
  "calendar-address": `https://calendar.example.com/ical/ops/private-${drawn(32, HEX)}/basic.ics`,
  "raw-key": `AES key: ${drawn(32, HEX).match(/../g)!.join(" ")}`,
  "code-key": `cohere.Client("${drawn(40)}")`,
  "spoken-password": `the password on that box is ${drawn(8)}#4xB`,
  "private-key": `-----BEGIN RSA ${"PRIVATE"} KEY-----\n${drawn(64)}\n${drawn(64)}`,
  "jwt": `eyJ${btoa('"alg":"HS256"').replaceAll("=", "")}.eyJ${drawn(60)}.${drawn(43)}`,
  "url-credentials": `postgres://app:${drawn(16)}@db.prod.acme.io/main`,
  "authorization-header": `Authorization: Bearer ${drawn(40)}`,
  "command-password": `curl -u deploy:${drawn(14)} https://host.acme.io`,
  "assignment": `DB_PASSWORD="${drawn(8)}#4!x"`,
  "named-key": `ACME_INGESTION_KEY=${drawn(32)}`,
  "quoted-password": `"password": "${drawn(6)}{,${drawn(4)}7aB"`,
  "service-token": `mlsn.${drawn(64, HEX)}`,
  "hook-address": `https://hook.eu1.make.com/${drawn(32, "abcdefghijklmnopqrstuvwxyz0123456789")}`,
};

for (const [name, token] of Object.entries(TOKENS)) {
  Deno.test(`secret.${name} blocks a drawn value, in prose, in code, disguised and encoded`, () => {
    const block = `secret.${name}=block`;
    assert.ok(found(token).includes(block), "alone");
    assert.ok(found(`The deploy failed until we set it to ${token} in the job.`).includes(block), "in prose");
    assert.ok(
      found(`\`\`\`sh\nexport VALUE='${token}'\n\`\`\``).some((one) => one.endsWith("=block")),
      "in a fence",
    );
    const middle = Math.floor(token.length / 2);
    const split = `${token.slice(0, middle)}\u200b${token.slice(middle)}`;
    assert.ok(found(split).includes(block), "with a character that nobody sees");
    assert.ok(found(`cfg: ${btoa(`value ${token}`)}`).some((one) => one.endsWith("=block")), "in base64");
  });
}

Deno.test("keys are known by their form in other programs, too", () => {
  const body = drawn(64);
  for (
    const text of [
      `-----BEGIN OpenVPN Static key V1-----\n${drawn(32, HEX)}\n${drawn(32, HEX)}`,
      `Private-Lines: 8\n${body}\n${body}`,
      `client-key-data: ${btoa("-----BEGIN RSA PRIVATE " + "KEY-----\n")}${body}`,
    ]
  ) assert.ok(found(text).includes("secret.private-key=block"), text);
  for (const scheme of ["Splunk", "SSWS", "Token", "GenieKey"]) {
    assert.ok(found(`Authorization: ${scheme} ${drawn(40)}`).includes("secret.authorization-header=block"));
  }
});

Deno.test("a password is seen wherever programs take one", () => {
  const secret = `${drawn(12)}#7q`;
  const places = [
    `<add key="Password" value="${secret}" />`,
    `source.setPassword("${secret}");`,
    `ENV ADMIN_PASSWORD ${secret}`,
    `CREATE USER app IDENTIFIED BY '${secret}';`,
    `ConvertTo-SecureString '${secret}' -AsPlainText`,
    `var password = @"${secret}";`,
    `Das Passwort lautet ${secret}.`,
    `echo ${secret} | docker login -u bob --password-stdin`,
    `lftp -u bob,${secret} ftp.acme.io`,
    `openssl enc -pass pass:${secret}`,
    `db.acme.io:5432:shop:app:${secret}`,
    `curl --cert client.p12:${secret} https://bank.acme.io`,
    `etcdctl --user root:${secret} get /`,
    `security unlock-keychain -p "${secret}" build.keychain`,
    `echo '${secret}' | kinit svc@ACME.IO`,
    `crypto.createHmac('sha256', '${drawn(24)}')`,
    `req.basic_auth 'ci', '${secret}'`,
    `new Sequelize('billing', 'app', '${secret}')`,
    `https://api.acme.io/v1/items?api_key=${encodeURIComponent(`${drawn(20)}/+=`)}`,
    `APP_KEY=base64:${drawn(43)}=`,
  ];
  for (const text of places) {
    assert.ok(found(text).some((one) => one.startsWith("secret.") && one.endsWith("=block")), text);
  }
});

Deno.test("where a password stands, little tells that it is one", () => {
  const values = ["CRfvAfvioPjG", "k3j9x2m4p8q1", "xkqzvjwbnmtr", "a7Kd9Q2x", "kaffee-violet67"];
  for (const value of values) {
    for (
      const text of [`POSTGRES_PASSWORD=${value}`, `password: "${value}"`, `DB_PASSWORD2=${value}`]
    ) assert.ok(found(text).includes("secret.assignment=block"), text);
    assert.ok(!found(`LABEL=${value}`).some((one) => one.startsWith("secret.")), value);
  }
  const words = ["optimizerInlinePass", "myDatabaseUser", "lengthwise", "user-account12", "HmacSHA256"];
  for (const value of words) {
    assert.ok(!found(`password: "${value}"`).some((one) => one.startsWith("secret.")), value);
  }
});

Deno.test("a name may say which of several it is, and a template may hold a default", () => {
  const secret = drawn(24);
  for (
    const text of [
      `GITHUB_TOKEN_STAGING=${secret}`,
      `API_KEY_2="${secret}"`,
      `password_prod: ${secret}`,
      "url: ${DB_PASSWORD:-" + secret + "}",
    ]
  ) assert.ok(found(text).includes("secret.assignment=block"), text);
});

Deno.test("the name of an extension's member tells what its value is", () => {
  const secret = drawn(20);
  const extensions = [
    { "acme:password": secret },
    { "acme:db": { user: "app", password: secret } },
    { "acme:auth": { api_key: [secret] } },
  ];
  for (const one of extensions) {
    const rules = inspect(unit({ extensions: one }), DEFAULTS);
    assert.ok(rules.some(({ rule, severity }) => rule.startsWith("secret.") && severity === "block"));
  }
  assert.deepEqual(inspect(unit({ extensions: { "acme:build": secret } }), DEFAULTS), []);
});

Deno.test("a word such as fake that a random token holds by chance makes it no example", () => {
  const random = drawn(52, "abcdefghijklmnopqrstuvwxyz234567");
  for (const word of ["fake", "todo", "dummy", "sample", "xxxx"]) {
    const key = `cqa.v1.${drawn(32, HEX)}.${random.slice(0, 20)}${word}${random.slice(20 + word.length)}`;
    assert.ok(found(key).includes("secret.cq-key=block"), word);
  }
  assert.deepEqual(found(`ghp_fake${"a1".repeat(16)}`), []);
});

Deno.test("documented examples, placeholders and obvious fakes are no secrets", () => {
  const allowed = [
    "AKIAIOSFODNN7EXAMPLE",
    "The token is base64url-encoded without padding.",
    "The token is RS256-signed and lives for an hour.",
    "The password is PBKDF2-HMAC-SHA256 hashed.",
    `PublicKeyToken=${drawn(16, HEX)}`,
    `applicationServerKey: "B${drawn(86)}"`,
    "Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
    "Authorization: Bearer mF_9.B5f-4.1JqM",
    "sqlserver://sa:yourStrong(!)Password@localhost:1433",
    `CACHE_KEY=${drawn(32)}`,
    "secret: projects/123/secrets/Db-Prod2/versions/latest",
    "token: env:ACME_TOKEN2",
    "token: file:/etc/acme/Token2",
    "$color-token: #7F3C1A2B",
    "pwd: C:\\Users\\Build2Agent",
    "JWT_SECRET=please-change-this-32-chars-min!!",
    "COOKIE_SECRET=use-openssl-rand-base64-32",
    "password: Test1234!",
    'password: "^(?=.*[A-Z])(?=.*[0-9]).{8,}$"',
    'password: "Prefix{user_2}Suffix"',
    "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    `ghp_${"x".repeat(36)}`,
    "ghp_1234567890abcdefghijklmnopqrstuvwxyz",
    "GITHUB_TOKEN=YOUR_TOKEN",
    "token: ${{ secrets.NPM_TOKEN }}",
    "password = process.env.DB_PASSWORD",
    "api_key: <your-api-key>",
    "api_key = os.environ['API_KEY']",
    "postgres://user:password@localhost:5432/app",
    "postgres://postgres:postgres@db/app",
    "redis://:${REDIS_PASSWORD}@cache:6379",
    "https://user:***@host.example/",
    "Authorization: Bearer <token>",
    "Authorization: Bearer $TOKEN",
    `-----BEGIN ${"PRIVATE"} KEY----- is the header of PKCS#8.`,
    "Tokens begin with ghp_, github_pat_ or glpat- and are rotated by the bot.",
    "const token = crypto.randomUUID();",
    "password: hunter2",
    "nextPageToken=CAUQAA1b2c3d4e5f6g7h8",
    `commit ${drawn(40, HEX)}`,
    "id 7f9c24e5-2f3b-4c1d-9a77-1f2e3d4c5b6a",
    `integrity sha512-${drawn(86)}==`,
    `sha256:${drawn(64, HEX)}`,
  ];
  for (const text of allowed) {
    assert.deepEqual(found(text).filter((one) => one.startsWith("secret")), [], text);
  }
});
