import { BlockList } from "node:net";
import { ADDRESS_MAX_CHARS, ADDRESSES_REMEMBERED_MAX } from "../limits.ts";
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
  const read = createReader(trustedProxies);
  return (request, connection) => {
    const peer = read(peerOf(connection));
    if (peer === undefined) return UNKNOWN_ADDRESS;
    return peer.isTrusted ? forwardedFor(request.headers.get("x-forwarded-for"), peer, read) : peer.group;
  };
}

/** Whether a connection comes from a trusted proxy: what it says of a request is believed. */
export type FromProxy = (connection: Connection | undefined) => boolean;

/** {@link FromProxy} by the peer of the connection. */
export function createFromProxy(trustedProxies: readonly string[]): FromProxy {
  if (trustedProxies.length === 0) return () => false;
  const read = createReader(trustedProxies);
  return (connection) => read(peerOf(connection))?.isTrusted ?? false;
}

/** An address that was written somewhere. */
interface Known {
  readonly group: string;
  readonly isTrusted: boolean;
}
type Read = (text: string) => Known | undefined;

/** Reads addresses. What one means never changes, and most come again and again: so it is remembered. */
function createReader(trustedProxies: readonly string[]): Read {
  const isTrusted = createTrust(trustedProxies);
  const remembered = new Map<string, Known>();
  return (text) => {
    const known = remembered.get(text);
    if (known !== undefined) return known;
    const address = canonicalAddress(text);
    if (address === undefined) return undefined;
    const read = { group: addressGroup(address), isTrusted: isTrusted(address) };
    if (remembered.size >= ADDRESSES_REMEMBERED_MAX) remembered.clear();
    if (text.length <= ADDRESS_MAX_CHARS) remembered.set(text, read);
    return read;
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

function peerOf(connection: Connection | undefined): string {
  const address = connection?.remoteAddr;
  return address !== undefined && "hostname" in address ? address.hostname : "";
}

function forwardedFor(header: string | null, peer: Known, read: Read): string {
  let nearest = peer;
  for (const entry of (header ?? "").split(",").reverse()) {
    const known = read(entry.trim());
    // What is no address hides who sent it: the proxy that passed it on is all that is known.
    if (known === undefined) return nearest.group;
    if (!known.isTrusted) return known.group;
    nearest = known;
  }
  return nearest.group;
}
