import { BlockList } from "node:net";
import { addressGroup, canonicalAddress, parseNetwork, UNKNOWN_ADDRESS } from "../wire/address.ts";

/** What the listener knows of a connection: as Deno.serve passes it on. */
export interface Connection {
  readonly remoteAddr: Deno.Addr;
}

/** Whom a request counts for. */
export type ClientAddress = (request: Request, connection: Connection | undefined) => string;

/**
 * {@link ClientAddress} by the peer of the connection; where that is a trusted proxy, by what it says in `X-Forwarded-For`:
 * the entries are read from the right, past those that name trusted proxies. What stands further left is the client's own
 * word, and is not read.
 */
export function createClientAddress(trustedProxies: readonly string[]): ClientAddress {
  const isTrusted = createTrust(trustedProxies);
  return (request, connection) => {
    const peer = peerOf(connection);
    if (peer === undefined) return UNKNOWN_ADDRESS;
    if (!isTrusted(peer)) return addressGroup(peer);
    return addressGroup(forwardedFor(request.headers.get("x-forwarded-for"), { peer, isTrusted }));
  };
}

function createTrust(trustedProxies: readonly string[]): (address: string) => boolean {
  if (trustedProxies.length === 0) return () => false;
  const trusted = new BlockList();
  for (const text of trustedProxies) {
    const { address, prefix, family } = parseNetwork(text)!;
    trusted.addSubnet(address, prefix, family);
  }
  return (address) => trusted.check(address, address.includes(":") ? "ipv6" : "ipv4");
}

function peerOf(connection: Connection | undefined): string | undefined {
  const address = connection?.remoteAddr;
  return address !== undefined && "hostname" in address ? canonicalAddress(address.hostname) : undefined;
}

function forwardedFor(
  header: string | null,
  { peer, isTrusted }: { peer: string; isTrusted: (address: string) => boolean },
): string {
  let nearest = peer;
  for (const entry of (header ?? "").split(",").reverse()) {
    const address = canonicalAddress(entry);
    // What is no address hides who sent it: the proxy that passed it on is all that is known.
    if (address === undefined) return nearest;
    if (!isTrusted(address)) return address;
    nearest = address;
  }
  return nearest;
}
