// Shapes of credentials. Every value is made at run time of random characters and opens nothing.
import { crc32 } from "node:zlib";
import type { Random } from "./random.ts";

const DIGITS = "0123456789";
const HEX = "0123456789abcdef";
const UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const LOWER = "abcdefghijklmnopqrstuvwxyz";
const ALNUM = DIGITS + UPPER + LOWER;
const URL_SAFE = ALNUM + "_-";
const BASE32 = LOWER + "234567";
const BASE64 = UPPER + LOWER + DIGITS + "+/";

type Shape = (random: Random) => string;

function base64(bytes: Uint8Array | string): string {
  return Buffer.from(bytes).toString("base64");
}

function base64url(text: string): string {
  return Buffer.from(text).toString("base64url");
}

/** A token that ends in six base-62 digits of its CRC-32, as two large hosts append it. */
function checked(prefix: string): Shape {
  return (random) => {
    const body = random.chars(ALNUM, 30);
    let rest = crc32(body);
    let sum = "";
    for (let place = 0; place < 6; place++) {
      sum = ALNUM[rest % 62] + sum;
      rest = Math.floor(rest / 62);
    }
    return prefix + body + sum;
  };
}

function plain(prefix: string, alphabet: string, length: number): Shape {
  return (random) => prefix + random.chars(alphabet, length);
}

function pem(label: string, start: string, length: number): Shape {
  return (random) => {
    const body = start + random.chars(BASE64, length - start.length);
    const lines = body.match(/.{1,64}/g)!.join("\n");
    return `-----${"BEGIN"} ${label}-----\n${lines}\n-----${"END"} ${label}-----`;
  };
}

function jwt(payload: (random: Random) => Record<string, unknown>): Shape {
  return (random) => {
    const head = base64url(JSON.stringify({ alg: "HS256", typ: "JWT" }));
    return `${head}.${base64url(JSON.stringify(payload(random)))}.${random.chars(URL_SAFE, 43)}`;
  };
}

const WORDS = [
  "Falcon",
  "Winter",
  "orchid",
  "Granite",
  "Maple",
  "tiger",
  "Quartz",
  "Lisbon",
  "copper",
  "Nebula",
];

function password(random: Random): string {
  return `${random.pick(WORDS)}${random.pick(["-", "_", "!", "#"])}${random.pick(WORDS)}${
    random.chars(DIGITS, 4)
  }${random.pick(["!", "$", "%", "?"])}`;
}

/** Every shape by the name that stands in a placeholder. */
export const SECRETS: Readonly<Record<string, Shape>> = {
  "github-pat": checked("ghp_"),
  "github-oauth": checked("gho_"),
  "github-app": checked("ghs_"),
  "github-fine": (random) => `github_pat_${random.chars(ALNUM, 22)}_${random.chars(ALNUM, 59)}`,
  "gitlab-pat": plain("glpat-", URL_SAFE, 20),
  "gitlab-runner": plain("glrt-", URL_SAFE, 20),
  "gitlab-trigger": plain("glptt-", HEX, 40),
  "bitbucket-app": plain("ATBB", ALNUM, 32),
  "aws-key-id": plain("AKIA", UPPER + "234567", 16),
  "aws-sts-id": plain("ASIA", UPPER + "234567", 16),
  "aws-secret": (random) => random.chars(BASE64, 40),
  "aws-session": (random) => `IQoJb3JpZ2luX2Vj${random.chars(BASE64, 300)}==`,
  "google-api": plain("AIza", URL_SAFE, 35),
  "google-oauth": plain("ya29.a0", URL_SAFE, 120),
  "google-client": plain("GOCSPX-", URL_SAFE, 28),
  "azure-storage": (random) => base64(random.bytes(64)),
  "azure-client": (random) => `${random.chars(ALNUM, 3)}8Q~${random.chars(URL_SAFE, 34)}`,
  "azure-sas": (random) => encodeURIComponent(base64(random.bytes(32))),
  "slack-bot": (random) =>
    `xoxb-${random.chars(DIGITS, 12)}-${random.chars(DIGITS, 13)}-${random.chars(ALNUM, 24)}`,
  "slack-user": (random) =>
    `xoxp-${random.chars(DIGITS, 12)}-${random.chars(DIGITS, 12)}-${random.chars(DIGITS, 13)}-${
      random.chars(HEX, 32)
    }`,
  "slack-app": (random) =>
    `xapp-1-A${random.chars(UPPER + DIGITS, 10)}-${random.chars(DIGITS, 13)}-${random.chars(HEX, 64)}`,
  "slack-webhook": (random) =>
    `https://hooks.slack.com/services/T${random.chars(UPPER + DIGITS, 8)}/B${
      random.chars(UPPER + DIGITS, 10)
    }/${random.chars(ALNUM, 24)}`,
  "discord-webhook": (random) =>
    `https://discord.com/api/webhooks/1${random.chars(DIGITS, 17)}/${random.chars(URL_SAFE, 68)}`,
  "discord-bot": (random) =>
    `${base64url("1" + random.chars(DIGITS, 17))}.G${random.chars(URL_SAFE, 5)}.${
      random.chars(URL_SAFE, 38)
    }`,
  "teams-webhook": (random) =>
    `https://contoso.webhook.office.com/webhookb2/${uuid(random)}@${uuid(random)}/IncomingWebhook/${
      random.chars(HEX, 32)
    }/${uuid(random)}`,
  "telegram-bot": (random) => `6${random.chars(DIGITS, 9)}:AA${random.chars(URL_SAFE, 33)}`,
  "stripe-live": plain("sk_live_51", ALNUM, 97),
  "stripe-restricted": plain("rk_live_51", ALNUM, 97),
  "stripe-webhook": plain("whsec_", ALNUM, 32),
  "square-token": plain("sq0atp-", URL_SAFE, 22),
  "braintree": (random) =>
    `access_token$production$${random.chars(LOWER + DIGITS, 16)}$${random.chars(HEX, 32)}`,
  "shopify-admin": plain("shpat_", HEX, 32),
  "sendgrid": (random) => `SG.${random.chars(URL_SAFE, 22)}.${random.chars(URL_SAFE, 43)}`,
  "mailgun": plain("key-", HEX, 32),
  "mailchimp": (random) => `${random.chars(HEX, 32)}-us${1 + random.below(21)}`,
  "twilio-sid": plain("AC", HEX, 32),
  "twilio-key": plain("SK", HEX, 32),
  "npm": checked("npm_"),
  "pypi": plain("pypi-AgEIcHlwaS5vcmc", URL_SAFE, 150),
  "rubygems": plain("rubygems_", HEX, 48),
  "crates": plain("cio", ALNUM, 32),
  "nuget": plain("oy2", LOWER + DIGITS, 43),
  "docker-pat": plain("dckr_pat_", URL_SAFE, 27),
  "openai": (random) => `sk-proj-${random.chars(URL_SAFE, 58)}T3BlbkFJ${random.chars(URL_SAFE, 58)}`,
  "anthropic": (random) => `sk-ant-api03-${random.chars(URL_SAFE, 93)}AA`,
  "huggingface": plain("hf_", UPPER + LOWER, 34),
  "groq": plain("gsk_", ALNUM, 52),
  "replicate": plain("r8_", ALNUM, 37),
  "databricks": plain("dapi", HEX, 32),
  "digitalocean": plain("dop_v1_", HEX, 64),
  "heroku": plain("HRKU-AA", URL_SAFE, 58),
  "fly": plain("FlyV1 fm2_", BASE64, 160),
  "vault": plain("hvs.CAESI", URL_SAFE, 90),
  "terraform-cloud": (random) => `${random.chars(ALNUM, 14)}.atlasv1.${random.chars(URL_SAFE, 64)}`,
  "pulumi": plain("pul-", HEX, 40),
  "newrelic": plain("NRAK-", UPPER + DIGITS, 27),
  "sentry": plain("sntrys_eyJpYXQiOjE3", BASE64, 110),
  "grafana": (random) => `glsa_${random.chars(ALNUM, 32)}_${random.chars(HEX, 8)}`,
  "linear": plain("lin_api_", ALNUM, 40),
  "notion": plain("ntn_", ALNUM, 46),
  "figma": plain("figd_", URL_SAFE, 40),
  "postman": (random) => `PMAK-${random.chars(HEX, 24)}-${random.chars(HEX, 34)}`,
  "atlassian": plain("ATATT3xFfGF0", URL_SAFE, 180),
  "planetscale": plain("pscale_pw_", URL_SAFE, 43),
  "doppler": plain("dp.st.prd.", ALNUM, 43),
  "tailscale": (random) => `tskey-auth-k${random.chars(ALNUM, 11)}CNTRL-${random.chars(ALNUM, 32)}`,
  "age": plain("AGE-SECRET-KEY-1", "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L", 58),
  "jwt": jwt((random) => ({
    sub: random.chars(DIGITS, 7),
    role: "admin",
    iat: 1_760_000_000 + random.below(9_000_000),
    exp: 1_790_000_000,
  })),
  "kube-token": jwt((random) => ({
    iss: "kubernetes/serviceaccount",
    sub: `system:serviceaccount:ci:deployer-${random.chars(LOWER, 5)}`,
  })),
  "pem-rsa": pem("RSA PRIVATE KEY", "MIIEpAIBAAKCAQEA", 700),
  "pem-ec": pem("EC PRIVATE KEY", "MHcCAQEEI", 164),
  "pem-pkcs8": pem("PRIVATE KEY", "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC", 720),
  "pem-openssh": pem("OPENSSH PRIVATE KEY", "b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAAB", 360),
  "pgp": pem("PGP PRIVATE KEY BLOCK", "lQOYBGV", 420),
  "pem-in-base64": (random) =>
    base64(`-----${"BEGIN"} RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA${random.chars(BASE64, 240)}\n`),
  "password": password,
  "basic-auth": (random) => base64(`deploy:${password(random)}`),
  "docker-auth": (random) => base64(`ci-robot:${random.chars(ALNUM, 28)}`),
  "cqa": (random) => `cqa.v1.${random.chars(HEX, 32)}.${random.chars(BASE32, 52)}`,
  "hex32": (random) => random.chars(HEX, 32),
  "hex64": (random) => random.chars(HEX, 64),
  "base64-32": (random) => base64(random.bytes(32)),
  "alnum40": (random) => random.chars(ALNUM, 40),
  "uuid": uuid,
};

function uuid(random: Random): string {
  const hex = random.chars(HEX, 32);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${
    hex.slice(20)
  }`;
}
