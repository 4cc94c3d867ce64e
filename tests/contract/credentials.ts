import { Buffer } from "node:buffer";
import { createHmac } from "node:crypto";
import type { JsonObject } from "./exact_json.ts";

// Made here a second time on purpose: a server that signs and hashes wrongly must not be checked with its own code.

/** `cqa.v1.<id>.<secret>` */
export const KEY_TOKEN = /^cqa\.v1\.([0-9a-f]{32})\.([a-z2-7]{52})$/;

/** How an API key's secret is stored. */
export function keyHash(secret: string, pepper: string): string {
  return createHmac("sha256", pepper).update(secret).digest("hex");
}

export interface TokenSpec {
  readonly claims: JsonObject;
  readonly secret?: string;
  readonly alg?: string;
  readonly header?: JsonObject;
}

/** A JWT as it is asked for, unusable ones included: an algorithm other than HS256, HS384 and HS512 leaves it unsigned. */
export function signedJwt({ claims, alg = "HS256", header, secret }: TokenSpec & { secret: string }): string {
  const parts = [header ?? { alg, typ: "JWT" }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString("base64url")
  );
  const body = parts.join(".");
  return `${body}.${signature(body, alg, secret)}`;
}

function signature(body: string, alg: string, secret: string): string {
  const digest = /^HS(256|384|512)$/.exec(alg)?.[1];
  return digest === undefined ? "" : createHmac(`sha${digest}`, secret).update(body).digest("base64url");
}

/** What a server's login token says; undefined where it is no JWT that HS256 and the secret verify. */
export function verifiedClaims(token: string, secret: string): JsonObject | undefined {
  const parts = token.split(".");
  const [head, claims, signed] = parts;
  if (parts.length !== 3 || signed !== signature(`${head}.${claims}`, "HS256", secret)) return undefined;
  const decoded = [head!, claims!].map((part) => JSON.parse(Buffer.from(part, "base64url").toString()));
  return decoded[0].alg === "HS256" ? decoded[1] : undefined;
}
