import {
  BUSY_KEY_PROPOSALS,
  MOSTLY_REJECTED_DECIDED,
  MOSTLY_REJECTED_SHARE,
  RING_CONFIRMATIONS,
  RING_DAYS,
} from "../limits.ts";

/** An event with the proposer of its unit; null where that is not known. */
export interface WatchedEvent {
  readonly unit_id: string;
  readonly kind: string;
  readonly actor: string;
  readonly api_key_id: string | null;
  readonly occurred_at: string;
  readonly proposer: string | null;
}

/** A key with more than half of all proposals of a day, and many of them. */
export interface BusyKey {
  readonly keyId: string;
  readonly owner: string;
  readonly proposals: number;
  /** Of all keys together. */
  readonly total: number;
}

/** Accounts of which each confirms units of another one, so that it comes back to the first. */
export interface Ring {
  readonly accounts: readonly string[];
  /** Units that were confirmed within the ring. */
  readonly confirmations: number;
}

/** An account whose proposals are turned down for the most part. */
export interface MostlyRejected {
  readonly proposer: string;
  readonly decided: number;
  readonly rejected: number;
}

/** What is out of the ordinary and worth a look; it proves nothing. */
export interface Anomalies {
  readonly busyKeys: readonly BusyKey[];
  readonly rings: readonly Ring[];
  readonly mostlyRejected: readonly MostlyRejected[];
}

const DAY_MS = 86_400_000;
/** Of a time, up to its seconds. */
const SECONDS_CHARS = 19;

/** Finds what is out of the ordinary in events, newest first. */
export function findAnomalies(events: readonly WatchedEvent[], now_ms: number): Anomalies {
  const within = (days: number): WatchedEvent[] => {
    // Times are all spelled alike, and quicker compared than parsed.
    const since = new Date(now_ms - days * DAY_MS).toISOString().slice(0, SECONDS_CHARS);
    return events.filter(({ occurred_at }) => occurred_at > since);
  };
  return {
    busyKeys: busyKeys(within(1)),
    rings: ringsOf(confirmationEdges(within(RING_DAYS))),
    mostlyRejected: mostlyRejected(events),
  };
}

function busyKeys(events: readonly WatchedEvent[]): BusyKey[] {
  const proposals = events.filter(({ kind }) => kind === "proposed");
  const byKey = Map.groupBy(proposals, ({ api_key_id }) => api_key_id);
  return [...byKey].flatMap(([keyId, own]) => {
    const isBusy = keyId !== null && own.length > BUSY_KEY_PROPOSALS && own.length > proposals.length / 2;
    if (!isBusy) return [];
    return [{ keyId, owner: own[0]!.actor, proposals: own.length, total: proposals.length }];
  });
}

/** Who confirmed how many units of whom. */
type Edges = ReadonlyMap<string, ReadonlyMap<string, number>>;

function confirmationEdges(events: readonly WatchedEvent[]): Edges {
  const units = new Map<string, Map<string, Set<string>>>();
  for (const { kind, actor, proposer, unit_id } of events) {
    if (kind !== "confirmed" || proposer === null || proposer === "" || proposer === actor) continue;
    const confirmed = getOrAdd(units, actor, () => new Map<string, Set<string>>());
    getOrAdd(confirmed, proposer, () => new Set<string>()).add(unit_id);
  }
  return new Map([...units].map(([actor, confirmed]) => {
    const counts = [...confirmed].map(([proposer, ids]) => [proposer, ids.size] as const);
    return [actor, new Map(counts.filter(([, count]) => count >= RING_CONFIRMATIONS))];
  }));
}

/** The largest sets of accounts in which everybody reaches everybody. */
function ringsOf(edges: Edges): Ring[] {
  const backwards = reversed(edges);
  const seen = new Set<string>();
  const rings: Ring[] = [];
  for (const account of edges.keys()) {
    if (seen.has(account)) continue;
    const ahead = reachable(account, edges);
    const behind = reachable(account, backwards);
    const accounts = [...ahead].filter((other) => behind.has(other)).sort();
    for (const other of accounts) seen.add(other);
    if (accounts.length < 2) continue;
    const confirmations = accounts.flatMap((from) => accounts.map((to) => edges.get(from)?.get(to) ?? 0))
      .reduce((sum, count) => sum + count, 0);
    rings.push({ accounts, confirmations });
  }
  return rings.sort((a, b) => b.confirmations - a.confirmations);
}

function reversed(edges: Edges): Edges {
  const found = new Map<string, Map<string, number>>();
  for (const [from, targets] of edges) {
    for (const [to, count] of targets) getOrAdd(found, to, () => new Map<string, number>()).set(from, count);
  }
  return found;
}

function reachable(start: string, edges: Edges): Set<string> {
  const found = new Set([start]);
  for (const account of found) for (const next of edges.get(account)?.keys() ?? []) found.add(next);
  return found;
}

function mostlyRejected(events: readonly WatchedEvent[]): MostlyRejected[] {
  const decisions = new Map<string, WatchedEvent>();
  for (const event of events) {
    const isDecision = ["approved", "rejected", "reopened"].includes(event.kind);
    // The newest one counts, and that may be that there is none any longer.
    if (isDecision && !decisions.has(event.unit_id)) decisions.set(event.unit_id, event);
  }
  const decided = [...decisions.values()].filter(({ kind, proposer }) => kind !== "reopened" && proposer);
  return [...Map.groupBy(decided, ({ proposer }) => proposer!)].map(([proposer, own]) => ({
    proposer,
    decided: own.length,
    rejected: own.filter(({ kind }) => kind === "rejected").length,
  })).filter(({ decided, rejected }) =>
    decided >= MOSTLY_REJECTED_DECIDED && rejected > MOSTLY_REJECTED_SHARE * decided
  ).sort((a, b) => b.rejected - a.rejected);
}

function getOrAdd<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
