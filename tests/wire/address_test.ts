import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import { addressGroup, canonicalAddress, parseNetwork } from "../../src/wire/address.ts";

Deno.test("an address has one spelling, without port, brackets and zone", () => {
  const spellings: Record<string, readonly string[]> = {
    "192.0.2.7": ["192.0.2.7", " 192.0.2.7 ", "192.0.2.7:8080", "::ffff:192.0.2.7", "::FFFF:c000:207"],
    "2001:db8:0:0:0:0:0:1": ["2001:db8::1", "2001:0DB8::0001", "[2001:db8::1]", "[2001:db8::1]:443"],
    "fe80:0:0:0:0:0:0:1": ["fe80::1", "fe80::1%eth0"],
    "0:0:0:0:0:0:0:0": ["::"],
  };
  for (const [canonical, texts] of Object.entries(spellings)) {
    for (const text of texts) equal(canonicalAddress(text), canonical, text);
  }
});

Deno.test("what is no address is none", () => {
  for (
    const text of [
      "",
      "unknown",
      "_hidden",
      "example.com",
      "192.0.2",
      "192.0.2.256",
      "192.0.2.7:",
      "1.2.3.4:x",
    ]
  ) equal(canonicalAddress(text), undefined, text);
  for (const text of [":::", "2001:db8::1::2", "[2001:db8::1", "[192.0.2.7]", "192.0.2.7/8", "1.2.3.4\n5"]) {
    equal(canonicalAddress(text), undefined, text);
  }
});

Deno.test("whatever is written as an address, reading it fails at nothing and changes nothing twice", () => {
  const texts = fc.oneof(fc.ipV4(), fc.ipV6(), fc.string(), fc.stringMatching(/^[0-9a-f:.%[\]]{0,40}$/));
  fc.assert(fc.property(texts, (text) => {
    const once = canonicalAddress(text);
    if (once !== undefined) equal(canonicalAddress(once), once);
  }));
  fc.assert(fc.property(fc.ipV6(), (text) => canonicalAddress(text) !== undefined));
});

Deno.test("IPv6 addresses of one /64 count as one, IPv4 addresses each for itself", () => {
  const groupOf = (text: string): string => addressGroup(canonicalAddress(text)!);
  equal(groupOf("2001:db8:1:2::1"), groupOf("2001:db8:1:2:ffff:ffff:ffff:ffff"));
  equal(groupOf("2001:db8:1:2::1") === groupOf("2001:db8:1:3::1"), false);
  equal(groupOf("::ffff:192.0.2.7"), "192.0.2.7");
  equal(groupOf("2001:db8::1"), "2001:db8:0:0::/64");
});

Deno.test("a network is an address with or without a prefix", () => {
  deepEqual(parseNetwork("10.0.0.0/8"), { address: "10.0.0.0", prefix: 8, family: "ipv4" });
  deepEqual(parseNetwork("192.0.2.7"), { address: "192.0.2.7", prefix: 32, family: "ipv4" });
  deepEqual(parseNetwork("fd00::/8"), { address: "fd00::", prefix: 8, family: "ipv6" });
  deepEqual(parseNetwork("::1"), { address: "::1", prefix: 128, family: "ipv6" });
  for (const text of ["", "/8", "10.0.0.0/", "10.0.0.0/33", "::/129", "10.0.0.0/8/8", "10.0.0.0/-1", "a/8"]) {
    equal(parseNetwork(text), undefined, text);
  }
});
