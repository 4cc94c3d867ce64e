import assert from "node:assert/strict";
import { mask } from "../../src/guard/mask.ts";
import { passesLuhn, passesMod97 } from "../../src/guard/personal.ts";
import { drawn, found } from "./samples.ts";

/** Built from parts: nobody's number stands here. */
const CARD = `4716 ${"1488"} 0343 6461`;

function withCheckDigit(digits: string): string {
  return digits + [..."0123456789"].find((digit) => passesLuhn(digits + digit))!;
}

function withCheckDigits(country: string, account: string): string {
  return Array.from({ length: 97 }, (_, i) => `${country}${String(i + 2).padStart(2, "0")}${account}`).find(
    passesMod97,
  )!;
}

Deno.test("personal data is found and masked", () => {
  const card = withCheckDigit("471614880343646");
  const iban = withCheckDigits("DE", "500105175407324931");
  const samples: readonly (readonly [string, string, string])[] = [
    ["email", "ask erika.mustermann@siemens-energy.net first", "ask [e-mail] first"],
    ["phone", "call +49 151 23987654 at night", "call [phone number] at night"],
    ["phone", "call (212) 736-5000 at night", "call [phone number] at night"],
    ["card", `paid with ${card} today`, "paid with [card number] today"],
    ["iban", `sent to ${iban} today`, "sent to [bank account] today"],
    ["address", "ssh to 10.84.17.203 and restart", "ssh to [host] and restart"],
    ["address", "at 12:30 bind [2a02:26f7:c8:4000::5b]:443 anew", "at 12:30 bind [[host]]:443 anew"],
    ["internal-host", "curl https://wiki-02.corp/page", "curl https://[host]/page"],
    ["national-id", `personnummer 910${"417-3164"} of a patient`, "personnummer [id] of a patient"],
  ];
  for (const [name, text, masked] of samples) {
    assert.deepEqual(found(text), [`personal.${name}=warn`], text);
    assert.equal(mask(text), masked);
  }
});

Deno.test("credentials are masked, and what is beside them stays", () => {
  assert.equal(mask(`token ghp_${drawn(36)} expired`), "token [token] expired");
  assert.equal(mask("nothing to hide here"), "nothing to hide here");
  assert.equal(mask(`ghp_${drawn(18)}\u200b${drawn(36).slice(18)}`), "[token]");
});

Deno.test("examples, versions, networks and test numbers are nobody's", () => {
  const allowed = [
    "user@example.com or git@github.com:deno/deno.git",
    "npm:zod@4.6.7 and @types/node",
    "version 10.4.2.17 of the driver",
    "Chrome/120.0.6099.129",
    "127.0.0.1, 0.0.0.0, 192.0.2.10, 198.51.100.7, 203.0.113.5",
    "10.0.0.0/8 and 172.16.0.0/12 are private",
    "http://localhost:3000 and host.docker.internal",
    "4242 4242 4242 4242 and 5555 5555 5555 4444 are for tests",
    "DE89 3704 0044 0532 0130 00",
    "(555) 555-0123",
    "2024-05-01T12:30:45+02:00 1714564245123",
    "settings.local.json and .env.local",
    "my-service.default.svc.cluster.local",
  ];
  for (const text of allowed) assert.deepEqual(found(text), [], text);
});

Deno.test("a card without its check digit and an account without its check digits are only numbers", () => {
  assert.equal(passesLuhn(CARD.replaceAll(" ", "")), false);
  assert.deepEqual(found(CARD), []);
  assert.equal(passesMod97("DE89370400440532013001"), false);
  assert.ok(passesMod97("DE89370400440532013000"));
});
