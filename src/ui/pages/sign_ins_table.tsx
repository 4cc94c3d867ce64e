import type { SignInOutcome, SignInRow, SignInWay } from "../../accounts/sign_ins.ts";
import { TimeAgo } from "../components/time_ago.tsx";
import type { Markup } from "../markup.ts";
import { signInsUrl } from "./sign_ins_query.ts";

const OUTCOMES: Readonly<Record<SignInOutcome, string>> = {
  signed_in: "signed in",
  wrong_password: "wrong password",
  disabled: "refused: disabled",
  throttled: "refused: too many failures",
  signed_out: "signed out",
};
const WAYS: Readonly<Record<SignInWay, string>> = {
  page: "pages",
  api: "API",
  password_change: "change of the password",
};

interface SignInTableProps {
  readonly rows: readonly SignInRow[];
  /** Whether rows of several users are shown, with links to those of each. */
  readonly isOfAll?: boolean;
  readonly now_us: number;
}

/** What was counted of sign-ins, a row for each hour, outcome and way. */
export function SignInTable({ rows, isOfAll = false, now_us }: SignInTableProps): Markup {
  return (
    <div class="table-frame" tabindex={0} role="region" aria-label="Sign-ins">
      <table class="table">
        <thead>
          <tr>
            {isOfAll ? <th scope="col">User</th> : ""}
            <th scope="col">Outcome</th>
            <th scope="col">For</th>
            <th scope="col" class="number">Times</th>
            <th scope="col">Latest</th>
            <th scope="col">Latest address</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              {isOfAll ? <UserCell username={row.username} /> : ""}
              <td>{OUTCOMES[row.outcome]}</td>
              <td>{WAYS[row.way]}</td>
              <td class="number">{String(row.total)}</td>
              <td>
                <TimeAgo time={row.last_at} now_us={now_us} />
              </td>
              <td>{row.address}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function UserCell({ username }: { username: string }): Markup {
  return (
    <th scope="row">
      {username === "" ? "names that nobody has" : <a href={signInsUrl({ username })}>{username}</a>}
    </th>
  );
}
