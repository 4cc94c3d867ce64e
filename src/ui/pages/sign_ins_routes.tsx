import type { SignInList, SignIns } from "../../accounts/sign_ins.ts";
import { SIGN_IN_KEEP_DAYS, SIGN_INS_PAGE } from "../../account_limits.ts";
import { EmptyState } from "../components/empty_state.tsx";
import { TextField } from "../components/field.tsx";
import type { Markup } from "../markup.ts";
import { renderPage } from "../respond.ts";
import { signedInRoute, type UiRoute } from "../route.ts";
import { AUDIT_PATH } from "./audit_query.ts";
import { readSignInsQuery, SIGN_INS_PATH, type SignInsQuery, signInsUrl } from "./sign_ins_query.ts";
import { SignInTable } from "./sign_ins_table.tsx";

/** Who signed in and out, and who was refused. */
export function signInRoutes(signIns: Pick<SignIns, "list">): UiRoute[] {
  return [
    signedInRoute("GET", SIGN_INS_PATH, {
      needs: "administer",
      async handle(visit): Promise<Response> {
        const query = readSignInsQuery(visit.url.searchParams);
        const list = await signIns.list({ ...query, limit: SIGN_INS_PAGE });
        return await renderPage(visit, {
          title: "Sign-ins",
          children: <SignInsPage query={query} list={list} now_us={visit.now_us} />,
        });
      },
    }),
  ];
}

function SignInsPage(
  { query, list, now_us }: { query: SignInsQuery; list: SignInList; now_us: number },
): Markup {
  return (
    <div class="page">
      <p class="unit-up">
        <a href={AUDIT_PATH}>Audit log</a>
      </p>
      <header class="page-head">
        <h1>Sign-ins</h1>
        <p class="muted">{`Counted by the hour, kept for ${SIGN_IN_KEEP_DAYS} days`}</p>
      </header>
      <form method="get" action={SIGN_INS_PATH} class="audit-filters" role="search">
        <TextField name="user" label="User" value={query.username ?? ""} />
        <button class="button" type="submit">Filter</button>
      </form>
      {list.rows.length === 0
        ? (
          <EmptyState title="Nothing was recorded">
            <p>Nobody signed in or tried to, as far as this page goes.</p>
            <a class="button" href={SIGN_INS_PATH}>Show all</a>
          </EmptyState>
        )
        : <SignInTable rows={list.rows} isOfAll now_us={now_us} />}
      <nav class="pager" aria-label="Pages">
        {query.before === undefined
          ? ""
          : <a class="button" href={signInsUrl({ username: query.username })}>To the newest</a>}
        {list.next === undefined
          ? ""
          : (
            <a class="button" rel="next" href={signInsUrl({ username: query.username, before: list.next })}>
              Older
            </a>
          )}
      </nav>
    </div>
  );
}
