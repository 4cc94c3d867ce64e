import type { ApiKey } from "../../accounts/keys.ts";
import { KEY_EXPIRY_WARNING_S, KEYS_PAGE } from "../../limits.ts";

export const KEYS_PATH = "/settings/api-keys";

/** Which keys a list shows. */
export const KEY_VIEWS = ["active", "expired", "revoked", "all"] as const;
export type KeyView = typeof KEY_VIEWS[number];

/** What the address of the page of keys says. */
export interface KeysQuery {
  readonly q: string;
  readonly show: KeyView;
  /** The first page is 1. */
  readonly page: number;
}

/** A page of the keys that a query is about. */
export interface KeyList {
  readonly keys: readonly ApiKey[];
  /** Keys that fit the search, by view. */
  readonly counts: Readonly<Record<KeyView, number>>;
  readonly hasMore: boolean;
}

/** Reads the address; what it does not know it leaves out. */
export function readKeysQuery(parameters: URLSearchParams): KeysQuery {
  const page = Number(parameters.get("page"));
  return {
    q: parameters.get("q")?.trim() ?? "",
    show: KEY_VIEWS.find((view) => view === parameters.get("show")) ?? "active",
    page: Number.isSafeInteger(page) && page > 1 ? page : 1,
  };
}

/** The address of the page of keys with this query. */
export function keysUrl({ q, show, page }: KeysQuery): string {
  const parameters = new URLSearchParams();
  if (q !== "") parameters.set("q", q);
  if (show !== "active") parameters.set("show", show);
  if (page > 1) parameters.set("page", String(page));
  const search = parameters.toString();
  return search === "" ? KEYS_PATH : `${KEYS_PATH}?${search}`;
}

/** A revoked key counts as that, expired or not. */
export function viewOf({ revoked_at, is_expired }: ApiKey): Exclude<KeyView, "all"> {
  if (revoked_at !== null) return "revoked";
  return is_expired ? "expired" : "active";
}

/** Whether a key that works will soon do so no longer. */
export function expiresSoon(key: ApiKey, now_us: number): boolean {
  return key.is_active && Date.parse(key.expires_at) - now_us / 1000 < KEY_EXPIRY_WARNING_S * 1000;
}

/** The keys that a query asks for: its text is looked for in names, labels and prefixes. */
export function listedKeys(keys: readonly ApiKey[], { q, show, page }: KeysQuery): KeyList {
  const text = q.toLowerCase();
  const found = keys.filter(({ name, labels, prefix }) =>
    [name, prefix, ...labels].some((candidate) => candidate.toLowerCase().includes(text))
  );
  const shown = found.filter((key) => show === "all" || viewOf(key) === show);
  const count = (view: KeyView): number =>
    found.filter((key) => view === "all" || viewOf(key) === view).length;
  return {
    keys: shown.slice((page - 1) * KEYS_PAGE, page * KEYS_PAGE),
    counts: {
      active: count("active"),
      expired: count("expired"),
      revoked: count("revoked"),
      all: count("all"),
    },
    hasMore: shown.length > page * KEYS_PAGE,
  };
}
