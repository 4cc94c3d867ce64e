import { equal } from "node:assert/strict";
import { createClientAddress } from "../../src/http/client_address.ts";

const PROXIES = ["10.0.0.0/8", "fd00::/8", "127.0.0.1"];

interface Sent {
  readonly proxies?: readonly string[];
  readonly peer?: string;
  readonly forwarded?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

function addressOf({ proxies = PROXIES, peer = "10.0.0.1", forwarded, headers = {} }: Sent): string {
  const sent = { ...headers, ...(forwarded === undefined ? {} : { "x-forwarded-for": forwarded }) };
  const remoteAddr = { transport: "tcp", hostname: peer, port: 1 } as const;
  return createClientAddress(proxies)(new Request("http://localhost/", { headers: sent }), { remoteAddr });
}

Deno.test("without trusted proxies a request counts for its peer, whatever it says", () => {
  const headers = { "x-real-ip": "203.0.113.9", forwarded: "for=203.0.113.9" };
  equal(addressOf({ proxies: [], forwarded: "203.0.113.9", headers }), "10.0.0.1");
  equal(addressOf({ proxies: [], peer: "2001:db8:a:b::1", forwarded: "203.0.113.9" }), "2001:db8:a:b::/64");
});

Deno.test("a peer that is no trusted proxy is not believed", () => {
  for (const peer of ["192.0.2.1", "11.0.0.1", "2001:db8::1", "::ffff:192.0.2.1"]) {
    const alone = addressOf({ peer });
    equal(addressOf({ peer, forwarded: "203.0.113.9" }), alone);
    equal(addressOf({ peer, forwarded: "203.0.113.9, 10.0.0.2" }), alone);
  }
});

Deno.test("behind trusted proxies the right-most entry counts that is none of them", () => {
  equal(addressOf({ forwarded: "203.0.113.9" }), "203.0.113.9");
  equal(
    addressOf({ forwarded: "198.51.100.1, 203.0.113.9" }),
    "203.0.113.9",
    "the left one is the client's word",
  );
  equal(addressOf({ forwarded: "198.51.100.1, 203.0.113.9 ,10.1.2.3,  127.0.0.1" }), "203.0.113.9");
  equal(addressOf({ peer: "::ffff:10.0.0.1", forwarded: "203.0.113.9" }), "203.0.113.9");
  equal(addressOf({ peer: "fd00::7", forwarded: "2001:db8:1:2:3::4, fd12::1" }), "2001:db8:1:2::/64");
  equal(addressOf({ forwarded: "203.0.113.9:5123" }), "203.0.113.9");
});

Deno.test("entries that are no address end the search at the proxy that passed them on", () => {
  equal(addressOf({ forwarded: "203.0.113.9, unknown" }), "10.0.0.1");
  equal(addressOf({ forwarded: "203.0.113.9, unknown, 10.0.0.2" }), "10.0.0.2");
  equal(addressOf({ forwarded: "" }), "10.0.0.1");
  equal(addressOf({}), "10.0.0.1");
});

Deno.test("where all entries are proxies, the first one counts", () => {
  equal(addressOf({ forwarded: "10.9.9.9, 10.0.0.2" }), "10.9.9.9");
});

Deno.test("of the headers that proxies set, only X-Forwarded-For is read", () => {
  equal(addressOf({ headers: { "x-real-ip": "203.0.113.9", forwarded: "for=203.0.113.9" } }), "10.0.0.1");
});

Deno.test("requests without a connection, and those over a Unix socket, count as one caller", () => {
  const clientAddress = createClientAddress([]);
  const request = new Request("http://localhost/", { headers: { "x-forwarded-for": "203.0.113.9" } });
  equal(clientAddress(request, undefined), "unknown");
  equal(clientAddress(request, { remoteAddr: { transport: "unix", path: "/run/cq" } }), "unknown");
});
