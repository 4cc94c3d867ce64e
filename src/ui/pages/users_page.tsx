import type { UserSummary } from "../../accounts/administration.ts";
import { EmptyState } from "../components/empty_state.tsx";
import { Badge } from "../components/tags.tsx";
import { TimeAgo } from "../components/time_ago.tsx";
import type { Markup } from "../markup.ts";
import { EMPTY_USER, type UserDraft, type UserFaults, UserForm } from "./users_form.tsx";
import { listedUsers, USERS_PATH, type UsersQuery, usersUrl, userUrl } from "./users_query.ts";

interface UsersPageProps {
  readonly query: UsersQuery;
  /** All of them. */
  readonly users: readonly UserSummary[];
  /** A form that was refused. */
  readonly rejected: { readonly draft: UserDraft; readonly faults: UserFaults } | undefined;
  readonly now_us: number;
}

/** Who may do what. */
export function UsersPage({ query, users, rejected, now_us }: UsersPageProps): Markup {
  const list = listedUsers(users, query);
  return (
    <div class="page">
      <header class="page-head">
        <h1>Users</h1>
        <p class="muted">{users.length === 1 ? "1 user" : `${users.length} users`}</p>
      </header>
      <details class="card new-key-card" open={rejected !== undefined}>
        <summary>New user</summary>
        <UserForm draft={rejected?.draft ?? EMPTY_USER} faults={rejected?.faults ?? {}} />
      </details>
      <form method="get" action={USERS_PATH} class="keys-search" role="search">
        <label class="visually-hidden" for="q">Search names</label>
        <input id="q" type="search" name="q" value={query.q} placeholder="Name" />
        <button class="button" type="submit">Search</button>
      </form>
      {list.users.length === 0
        ? (
          <EmptyState title="Nothing fits">
            <p>{`No user has “${query.q}” in the name.`}</p>
            <a class="button" href={USERS_PATH}>Show all users</a>
          </EmptyState>
        )
        : <UserTable users={list.users} now_us={now_us} />}
      <nav class="pager" aria-label="Pages">
        {query.page > 1
          ? <a class="button" rel="prev" href={usersUrl({ ...query, page: query.page - 1 })}>Back</a>
          : ""}
        {list.hasMore
          ? <a class="button" rel="next" href={usersUrl({ ...query, page: query.page + 1 })}>More</a>
          : ""}
      </nav>
    </div>
  );
}

function UserTable({ users, now_us }: { users: readonly UserSummary[]; now_us: number }): Markup {
  return (
    <div class="table-frame" tabindex={0} role="region" aria-label="Users">
      <table class="table">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Role</th>
            <th scope="col">State</th>
            <th scope="col" class="number">Active keys</th>
            <th scope="col">Last key use</th>
            <th scope="col">Created</th>
          </tr>
        </thead>
        <tbody>
          {users.map((user) => (
            <tr data-user={user.id}>
              <th scope="row">
                <a href={userUrl(user)}>{user.username}</a>
              </th>
              <td>{user.role ?? "unknown"}</td>
              <td>
                <UserState user={user} />
              </td>
              <td class="number">{String(user.active_keys)}</td>
              <td>
                {user.last_key_use === null ? "never" : <TimeAgo time={user.last_key_use} now_us={now_us} />}
              </td>
              <td>
                <TimeAgo time={user.created_at} now_us={now_us} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Whether a user is let in. */
export function UserState({ user }: { user: UserSummary }): Markup {
  return user.disabled_at === null
    ? <Badge tone="success">enabled</Badge>
    : <Badge tone="warning">disabled</Badge>;
}
