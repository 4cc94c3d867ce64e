import type { Permission } from "../wire/permission.ts";

/** The pages that every page links to, in order; `key` is what follows `g` on the keyboard. */
export const NAVIGATION = [
  { path: "/review", label: "Review", key: "r", needs: "review" },
  { path: "/units", label: "Units", key: "u", needs: "review" },
  { path: "/dashboard", label: "Dashboard", key: "d", needs: "review" },
  { path: "/settings/api-keys", label: "API keys", key: "k", needs: "read" },
  { path: "/settings/users", label: "Users", key: "a", needs: "administer" },
  { path: "/settings/audit", label: "Audit log", key: "l", needs: "administer" },
] as const satisfies readonly { path: string; label: string; key: string; needs: Permission }[];

/** The pages of {@link NAVIGATION} that someone may see. */
export function pagesFor(permissions: ReadonlySet<Permission>): (typeof NAVIGATION)[number][] {
  return NAVIGATION.filter(({ needs }) => permissions.has(needs));
}
