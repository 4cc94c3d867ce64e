import { type Permission, PERMISSIONS } from "../wire/permission.ts";

/** What a user is, from the one who may do least to the one who may do everything. */
export const ROLES = ["reader", "contributor", "reviewer", "admin"] as const;
export type Role = typeof ROLES[number];

/** What a key may be restricted to. */
export const SCOPES = ["read", "propose", "confirm"] as const;
export type Scope = typeof SCOPES[number];

const GRANTED: Readonly<Record<Role, readonly Permission[]>> = {
  reader: ["read"],
  contributor: ["read", "propose", "confirm"],
  reviewer: ["read", "propose", "confirm", "review"],
  admin: PERMISSIONS,
};

/** The role in a row. Users without one are from before there were roles, and may do everything; an unknown one may do nothing. */
export function roleOf(stored: string | null): Role | undefined {
  if (stored === null) return "admin";
  return ROLES.find((role) => role === stored);
}

/** What a user with the role in a row may do. */
export function permissionsOf(stored: string | null): ReadonlySet<Permission> {
  const role = roleOf(stored);
  return new Set(role === undefined ? [] : GRANTED[role]);
}

/** What a key may do: what its owner may, and no more than its scopes, where it has any. Keys never review nor administer. */
export function keyPermissions(role: string | null, scopes: string | null): ReadonlySet<Permission> {
  const own = permissionsOf(role);
  return new Set(storedScopes(scopes).filter((scope) => own.has(scope)));
}

/** The scopes of a key as stored; all of them where none are. */
export function storedScopes(stored: string | null): readonly Scope[] {
  if (stored === null) return SCOPES;
  const named = stored.split(" ");
  return SCOPES.filter((scope) => named.includes(scope));
}
