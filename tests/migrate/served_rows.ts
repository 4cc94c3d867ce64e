import { deepEqual, equal } from "node:assert/strict";
import { dump } from "../fixtures/database_file.ts";
import { call } from "../fixtures/json_client.ts";

/** Logins of the sample databases: see tests/contract/databases/README.md. */
const PASSWORDS = { alice: "alice-password-1", bob: "bob pässword 2", carol: "carol/Passw0rd/3" };
export type Username = keyof typeof PASSWORDS;

interface UnitRow {
  readonly id: string;
  readonly data: string;
  readonly status: string;
  readonly reviewed_by: string | null;
  readonly reviewed_at: string | null;
}

interface ReviewItem extends Omit<UnitRow, "id" | "data"> {
  readonly knowledge_unit: Unit;
}

interface Unit {
  readonly id: string;
  readonly flags: readonly object[];
}

/** Signs in to a server on a sample database. */
export async function signIn(url: string, username: Username): Promise<string> {
  const json = { username, password: PASSWORDS[username] };
  const { status, body } = await call<{ token: string }>(url, "POST /auth/login", { json });
  equal(status, 200, `login of ${username}`);
  return body.token;
}

/** Reads everything a server serves, as each of its users, and compares it with the rows of the file `original`. */
export async function compareServed(
  url: string,
  original: string,
  usernames: readonly Username[],
): Promise<void> {
  const { knowledge_units, users, api_keys } = dump(original);
  const units = knowledge_units!.rows as unknown as UnitRow[];
  equal(users!.rows.length, usernames.length);
  for (const username of usernames) {
    const user = users!.rows.find((row) => row["username"] === username)!;
    const bearer = await signIn(url, username);
    const { body: profile } = await call(url, "GET /users/me", { bearer });
    deepEqual(profile, { username, created_at: user["created_at"] });
    await compareKeys(url, bearer, api_keys!.rows.filter((row) => row["user_id"] === user["id"]));
    await compareUnits(url, bearer, units);
  }
  await compareAnswers(url, units.filter((row) => row.status === "approved"));
}

async function compareUnits(url: string, bearer: string, rows: readonly UnitRow[]): Promise<void> {
  const { body: items } = await call<ReviewItem[]>(url, "GET /review/units?limit=1000", { bearer });
  const served = items.map(({ knowledge_unit, ...review }) => ({ ...review, unit: stored(knowledge_unit) }));
  deepEqual(
    byId(served),
    byId(rows.map(({ status, reviewed_by, reviewed_at, data }) => {
      return { status, reviewed_by, reviewed_at, unit: JSON.parse(data) };
    })),
  );
  const { body: { total } } = await call<{ total: number }>(url, "GET /review/queue", { bearer });
  equal(total, rows.filter((row) => row.status === "pending").length);
}

/** What agents are answered: each approved unit is found by each of its domains, and nothing else is. */
async function compareAnswers(url: string, approved: readonly UnitRow[]): Promise<void> {
  const units = approved.map((row): Unit & { domains: string[] } => JSON.parse(row.data));
  for (const domain of new Set(units.flatMap((unit) => unit.domains))) {
    const route = `GET /knowledge?limit=50&domains=${encodeURIComponent(domain)}` as const;
    const { body: { data } } = await call<{ data: Unit[] }>(url, route);
    const expected = units.filter((unit) => unit.domains.includes(domain));
    deepEqual(
      byId(data.map((unit) => ({ unit: stored(unit) }))),
      byId(expected.map((unit) => ({ unit: without(unit, "created_by") }))),
    );
  }
}

async function compareKeys(url: string, bearer: string, rows: readonly object[]): Promise<void> {
  const { body: { data } } = await call<{ data: object[] }>(url, "GET /users/me/api-keys", { bearer });
  const served = data.map((key) => without(key, "is_active", "is_expired"));
  const expected = rows.map((row) => {
    const { key_prefix: prefix, labels, ...rest } = row as { key_prefix: string; labels: string };
    return { ...without(rest, "key_hash", "user_id"), prefix, labels: JSON.parse(labels) };
  });
  deepEqual(new Set(served.map(sorted)), new Set(expected.map(sorted)));
}

/** A served unit as it is stored: without its null fields. */
function stored(unit: Unit): Unit {
  return { ...withoutNulls(unit), flags: unit.flags.map(withoutNulls) };
}

function withoutNulls<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== null)) as T;
}

function without(value: object, ...names: string[]): object {
  return Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));
}

function sorted(value: object): string {
  return JSON.stringify(Object.entries(value).sort(([a], [b]) => a.localeCompare(b)));
}

function byId<T extends { unit: object }>(items: readonly T[]): Map<unknown, T> {
  return new Map(items.map((item) => [Object.entries(item.unit).find(([name]) => name === "id")?.[1], item]));
}
