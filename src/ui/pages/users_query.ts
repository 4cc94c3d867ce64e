import type { UserSummary } from "../../accounts/administration.ts";
import { USERS_PAGE } from "../../limits.ts";

export const USERS_PATH = "/settings/users";

/** What the address of the list of users says. */
export interface UsersQuery {
  readonly q: string;
  /** The first page is 1. */
  readonly page: number;
}

/** Reads the address; what it does not know it leaves out. */
export function readUsersQuery(parameters: URLSearchParams): UsersQuery {
  const page = Number(parameters.get("page"));
  return {
    q: parameters.get("q")?.trim() ?? "",
    page: Number.isSafeInteger(page) && page > 1 ? page : 1,
  };
}

/** The address of the list with this query. */
export function usersUrl({ q, page }: UsersQuery): string {
  const parameters = new URLSearchParams();
  if (q !== "") parameters.set("q", q);
  if (page > 1) parameters.set("page", String(page));
  const search = parameters.toString();
  return search === "" ? USERS_PATH : `${USERS_PATH}?${search}`;
}

/** Where the page of a user is. */
export function userUrl({ id }: Pick<UserSummary, "id">): string {
  return `${USERS_PATH}/${id}`;
}

/** The users that a query asks for, and whether there are more. */
export function listedUsers(
  users: readonly UserSummary[],
  { q, page }: UsersQuery,
): { readonly users: readonly UserSummary[]; readonly hasMore: boolean } {
  const text = q.toLowerCase();
  const found = users.filter(({ username }) => username.toLowerCase().includes(text));
  return {
    users: found.slice((page - 1) * USERS_PAGE, page * USERS_PAGE),
    hasMore: found.length > page * USERS_PAGE,
  };
}
