import { BACKUP_EVERY_MAX_S } from "./operations_limits.ts";
import { misconfigured } from "./errors.ts";
import { parseNetwork } from "./wire/address.ts";
import { durationSeconds } from "./wire/duration.ts";

// What the texts of variables mean. Each function throws a CqError that names the variable, what is wrong and what to do.

/** The origin under which the server is reached; undefined where none is given. */
export function publicUrlOf(text: string): string | undefined {
  if (text === "") return undefined;
  const url = plainUrl("CQ_PUBLIC_URL", text, "https://cq.example.com");
  if (url.pathname !== "/") {
    throw misconfigured(
      `CQ_PUBLIC_URL has the path ${url.pathname}, but the pages work only at the root of an address; give the server a host ` +
        "name or a port of its own, such as https://cq.example.com",
    );
  }
  return url.origin;
}

/** An http(s) address without user, query and fragment. */
export function plainUrl(name: string, text: string, example: string): URL {
  const url = URL.parse(text);
  const isPlain = url !== null && /^https?:$/.test(url.protocol) && url.username === "" &&
    url.password === "" && url.search === "" && url.hash === "";
  if (isPlain) return url;
  throw misconfigured(
    `${name} is not an http(s) address without user, query and fragment; such as ${example}`,
  );
}

/** Addresses and ranges of proxies, each of which `parseNetwork` reads. */
export function trustedProxiesOf(given: string): string[] {
  const text = given.trim();
  if (text.toLowerCase() === "none") return [];
  const proxies = text.split(/[\s,]+/).filter((entry) => entry !== "");
  const wrong = proxies.find((entry) => parseNetwork(entry) === undefined);
  if (wrong === undefined) return proxies;
  throw misconfigured(
    `CQ_TRUSTED_PROXIES: ${JSON.stringify(wrong)} is no IP address or range such as 10.0.0.0/8; ` +
      "correct it, or set none",
  );
}

/** Seconds between two scheduled backups. */
export function backupInterval(given: string): number {
  const text = given.trim().toLowerCase();
  const seconds = durationSeconds(text);
  if (seconds !== undefined && seconds > 0 && seconds <= BACKUP_EVERY_MAX_S) return seconds;
  throw misconfigured(
    `CQ_BACKUP_EVERY: ${
      JSON.stringify(text)
    } is not a duration such as 12h or 1d, up to 365d; correct it or unset it`,
  );
}
