import { isIPv4, isIPv6 } from "node:net";

/** The address of callers of whom none is known: they count as one. */
export const UNKNOWN_ADDRESS = "unknown";

const GROUPS = 8;
/** Groups of an IPv6 address that name a network of one subscriber: /64. */
const NETWORK_GROUPS = 4;
const MAPPED = /^(?:0:){5}ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/;

/**
 * An IP address in one spelling: IPv6 in lower case with all eight groups, an IPv4 address inside of IPv6 as IPv4, without
 * brackets, port and zone. Undefined where `text` is none.
 */
export function canonicalAddress(text: string): string | undefined {
  const bare = text.trim();
  if (isIPv4(bare)) return bare;
  const withPort = /^(\d+(?:\.\d+){3}):\d{1,5}$/.exec(bare)?.[1];
  if (withPort !== undefined) return isIPv4(withPort) ? withPort : undefined;
  const inner = (/^\[([^\]]*)\](?::\d{1,5})?$/.exec(bare)?.[1] ?? bare).replace(/%.*$/s, "");
  return isIPv6(inner) ? canonicalIPv6(inner) : undefined;
}

function canonicalIPv6(text: string): string {
  const shortest = new URL(`http://[${text}]`).hostname.slice(1, -1);
  const [head, tail] = shortest.split("::").map((half) => half === "" ? [] : half.split(":"));
  const missing = tail === undefined ? 0 : GROUPS - head!.length - tail.length;
  const groups = [...head!, ...Array<string>(missing).fill("0"), ...tail ?? []].join(":");
  const mapped = MAPPED.exec(groups);
  if (mapped === null) return groups;
  const [high, low] = [Number.parseInt(mapped[1]!, 16), Number.parseInt(mapped[2]!, 16)];
  return [high >> 8, high & 255, low >> 8, low & 255].join(".");
}

/** What is counted as one caller: an IPv4 address, or the /64 of an IPv6 one, whose owner has all of it. */
export function addressGroup(canonical: string): string {
  if (!canonical.includes(":")) return canonical;
  return `${canonical.split(":").slice(0, NETWORK_GROUPS).join(":")}::/64`;
}

/** A network: an address and how many bits of it count. */
export interface Network {
  readonly address: string;
  readonly prefix: number;
  readonly family: "ipv4" | "ipv6";
}

/** Reads an address or a CIDR range, such as `10.0.0.0/8` or `fd00::/8`; undefined where it is neither. */
export function parseNetwork(text: string): Network | undefined {
  const [address, prefixText, ...rest] = text.split("/");
  const family = isIPv4(address!) ? "ipv4" : isIPv6(address!) && !address!.includes("%") ? "ipv6" : undefined;
  if (family === undefined || rest.length > 0) return undefined;
  const bits = family === "ipv4" ? 32 : 128;
  if (prefixText === undefined) return { address: address!, prefix: bits, family };
  if (!/^\d{1,3}$/.test(prefixText) || Number(prefixText) > bits) return undefined;
  return { address: address!, prefix: Number(prefixText), family };
}
