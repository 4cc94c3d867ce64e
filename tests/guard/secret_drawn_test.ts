import assert from "node:assert/strict";
import { unlikeWords } from "../../src/guard/secret_words.ts";
import { seededRandom } from "./corpus/random.ts";
import { assertAllowed, assertBlocked, drawn, HEX, isRefused } from "./samples.ts";

const SMALL = "abcdefghijklmnopqrstuvwxyz", CAPITALS = SMALL.toUpperCase(), DIGITS = "0123456789";
const BASE32 = `${CAPITALS}234567`;

Deno.test("what is drawn is unlike words, names of code are not", () => {
  const random = seededRandom("unlike");
  for (const length of [10, 12, 16, 24]) {
    const values = Array.from({ length: 500 }, () => random.chars(SMALL + CAPITALS + DIGITS, length));
    const like = values.filter((value) => unlikeWords(value) < 0.26);
    assert.ok(like.length <= 5, `${length}: ${like}`);
  }
  const names = [
    "getDatabasePassword",
    "ServiceAccountJson2LoggedIn",
    "HTMLInputElement",
    "OrderId2LineNumber",
    "password",
    "winterharbor2024",
  ];
  assert.deepEqual(names.filter((name) => unlikeWords(name) >= 0.2), []);
  assert.equal(unlikeWords(""), 0);
});

Deno.test("of passwords of ten letters and digits at most four of a hundred pass where one stands", () => {
  const random = seededRandom("ten");
  const places = [
    (value: string): string => `DB_PASSWORD=${value}`,
    (value: string): string => `password: "${value}"`,
    (value: string): string => `The password is ${value}.`,
    (value: string): string => `sshpass -p ${value} ssh ops@h1`,
    (value: string): string => `Пароль от стенда ${value}`,
    (value: string): string => `creds: ops/${value}`,
  ];
  for (const place of places) {
    const texts = Array.from({ length: 200 }, () => place(random.chars(SMALL + CAPITALS + DIGITS, 10)));
    const passed = texts.filter((text) => !isRefused(text, "secret."));
    assert.ok(passed.length <= 8, passed.join("\n"));
  }
});

Deno.test("a password may hold brackets, and begin as a variable or an option does", () => {
  assertBlocked("secret.", [
    'DB_PASSWORD="5DIy${FPgO2!hR7"',
    "SMTP_PASS='O8k0{mqHAc!9y7'",
    "password: 'qK7[zR2!xV9mT'",
    "jdbc:sqlserver://sql1;user=sa;password={hHFjZW5gw95BEDz0};",
    "PASSWORD=-uXFhnnsYA7WtCRKsFot5",
    "sp_addlogin @rmtpassword='$J%Q07i0tVqIMr'",
  ]);
  assertAllowed("secret.", [
    "password: ${dbPassword2}",
    "password = config[DbPassword2]",
    "password: {dbPassword2}",
    "password: $dbPassword2",
    "password: [A-Za-z0-9]{12}",
  ]);
});

Deno.test("a sentence is read on behind what is no password, and for what it says it is about", () => {
  assertBlocked("secret.", [
    "The password of user svc-build2 on host db1 is kX9mQ2vL7p.",
    "Staging login: admin:1ayVdM8R9b",
    "The Wi-Fi password in the office is Maple-Panther58",
    "Log in to the router as admin with Panther-falcon11",
    'I reset it to "dLSL!tZP3Ns" after the account was locked.',
    `Webhook secret in the settings: ${drawn(40, HEX)}`,
    `Authenticate with the header; ${drawn(40, HEX)} works as the bearer token there.`,
    `Encryption key for the backups: ${drawn(43)}=`,
    `La clé d'API est ${drawn(32)}`,
    "le mdp est 2qgTqQdEwV",
  ]);
  assertAllowed("secret.", [
    `hashed_password: ${drawn(40)}`,
    `password_hash = '${drawn(64, HEX)}'`,
    `csrf-token: ${drawn(40)}`,
    `The commit that removed the token: ${drawn(40, HEX)}`,
    `dialog token: ${drawn(32, HEX)} is md5("password")`,
    "token: 0123456789abcdef0123456789abcdef",
    "sops shows password: ENC[AES256_GCM,data:zybY75euKaTUr8=,iv:I7mzeFVguFWZ5pCbYHn679=,type:str]",
    "Password exit ICHPWX01 was rejecting new phrases with national characters.",
    "App signing SHA-1 from the console is 5295FA985B07C3B02E44D8F2C5136E56DBE659B6",
  ]);
});

Deno.test("phrases of drawn words are credentials, sentences and published phrases are none", () => {
  assertBlocked("secret.", [
    "Wallet seed phrase: ocean ladder vivid candy tumble orbit gentle rifle salmon patrol usage hazard",
    'The passphrase of the signing key is "purple otter climbs seven ladders"',
  ]);
  assertAllowed("secret.", [
    "mnemonic: test test test test test test test test test test test junk",
    "The mnemonic is the list of words that anyone who has them can restore a wallet from",
    'The passphrase is "too short for this key"',
  ]);
});

Deno.test("tokens of services are known by their form and by where they stand", () => {
  const random = seededRandom("services");
  const base58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  const words = ["ncrf", "ldel", "rlyx", "alke"];
  assertBlocked("secret.", [
    `<master>{${drawn(42)}=}</master>`,
    `root:$6$${drawn(16)}$${drawn(86)}:19000:0:99999:7:::`,
    `ffmpeg -f flv rtmp://a.rtmp.example.com/live2/0h7v-jn8k-lg9h-l1m9-swlw`,
    `Gmail app password for the alerts: ${words.join(" ")}`,
    `notarytool submit a.zip --password ${words.join("-")}`,
    `The 2FA secret of the shared account is ${random.chars(BASE32, 15)}7`,
    `token: b73d 7XEM CtNP vMwH Kc3D wQRe`,
    `ghp_${random.chars(SMALL + CAPITALS + DIGITS, 18)}\n${random.chars(SMALL + CAPITALS + DIGITS, 18)}`,
    `dumpprivkey gave L${random.chars(base58, 51)}`,
    `wallet: [${Array.from({ length: 64 }, () => random.below(256)).join(",")}]`,
    `https://app.acme.io/password/reset/${drawn(64, HEX)}`,
    `https://cdn.acme.io/x.zip?Signature=${drawn(171)}&Key-Pair-Id=K2`,
    `https://hc-ping.com/e023209f-daae-4623-a41e-27e0da2778a9`,
    `Authorization: *:production.${drawn(56, HEX)}`,
    `live_${drawn(35, HEX)}`,
    `new Ably.Realtime('kuRBPv.1hmGe2:${drawn(43)}')`,
  ]);
});

Deno.test("commands, files and calls are known that take a password without naming it", () => {
  const value = "kX9mQ2vL7pZr", key = drawn(32);
  assertBlocked("secret.", [
    `unrar x -p${value} dump.rar`,
    `b2 authorize-account 0031b70243891b50 K003${key}`,
    `api-key store 6IDDTTLPQQRNNJ4I ${key}`,
    `gitlab-runner register -n -r ${drawn(20)} --executor docker`,
    `crowdin upload -T ${drawn(80, HEX)}`,
    `curl --proxy-user ops:${value} https://x.example`,
    `curl -u ${drawn(20)}9:X https://acme.example/api/v2/tickets`,
    `vsql -h v1 -U dbadmin -w ${value}`,
    `.logon td1/dbc,${value};`,
    `wpa_passphrase guest ${value}`,
    `tarantoolctl connect admin:${value}@t1:3301`,
    `rocommunity ${value} 10.0.0.0/8`,
    `createUser ops SHA "${value}" AES`,
    `expect "Password:"\nsend "${value}\\r"`,
    `net use Z: \\\\fs1\\share ${value} /user:ACME\\ci`,
    `echo '${value}' > .vault_pass`,
    `SELECT pgp_sym_decrypt(data, '${value}') FROM vault;`,
    `{"github-oauth":{"github.com":"${drawn(40, HEX)}"}}`,
    `NEO4J_AUTH=neo4j/${value}`,
    `chpasswd:\n  list: |\n    root:${value}`,
    `user=webrtc:${value}`,
    `[api]\nemail=bot@acme.example\nkey=${key}`,
    `ops : XAUTH "${value}"`,
    `ops * ${value} *`,
    `*.acme.example:ops:${value}`,
    `username ops password 7 52545E28F98CC03E84A2`,
    `curl https://api.example/8.8.8.8?token=364536fda87a96`,
    `INSERT INTO clients (name, api_key) VALUES ('partner', '${key}');`,
    `curl https://cron.example/run?cron_key=${drawn(40)}`,
    `<auth-user-pass>\nops\n${value}\n</auth-user-pass>`,
    `curl_easy_setopt(h, CURLOPT_USERPWD, "probe:${value}");`,
    `host,user,password\ndb1,app,${value}`,
    `Fastly-Key: ${key}`,
    `curl -b "session=${drawn(60)}" https://app.example/api`,
    `nats://${key}@nats1.acme.io:4222`,
    `<key>Password</key>\n<string>${value}</string>`,
    `<td>Password</td><td>${value}</td>`,
    `["password"]=>\n  string(12) "${value}"`,
    `export BW_SESSION="${drawn(86)}=="`,
    `MJ_APIKEY_PRIVATE=${drawn(32, HEX)}`,
    `<machineKey validationKey="${drawn(128, "0123456789ABCDEF")}" />`,
    `&quot;apiSecret&quot;:&quot;${key}&quot;`,
    `"Authorization: Token ${drawn(40, HEX)}[\\r][\\n]"`,
    `ZHIPU_API_KEY=c3a4${drawn(28, HEX)}.${drawn(16)}`,
  ]);
});

Deno.test("what names itself, a place or a thing of code is no credential", () => {
  assertAllowed("secret.", [
    "password: e2ePassword1!",
    "token: test-Token-123",
    "secret: s3cr3t-v4lue",
    "The secret is k8s/billing-db-v2.",
    "password: keyvault:Db2Password",
    "primary key: PK__Users__3214EC07A1B2C3D4",
    "signing key 0xA1B2C3D4E5F60718 expired last week",
    "pass: Optimizer2InlinePass",
    "credentials: ServiceAccountJson2LoggedIn",
    "sas: ReadOnlyAccess2024",
    "Пароль: Argon2id-хэш",
    "密码是Argon2id哈希",
    "AUTH PLAIN CRAM-MD5 XOAUTH2",
    "jdbc:oracle:thin:scott/tiger@localhost:1521:XE",
    "postgres://user:p%40ssword@localhost/db",
    "https://token:x-oauth-basic@github.com/acme/api.git",
    `Sec-WebSocket-Key: ${drawn(22)}==`,
  ]);
});
