export const SIGN_INS_PATH = "/settings/audit/sign-ins";

/** Which sign-ins to show; undefined means those of all users, and from the newest on. */
export interface SignInsQuery {
  readonly username?: string | undefined;
  readonly before?: number | undefined;
}

/** Reads the address; what it does not know it leaves out. */
export function readSignInsQuery(parameters: URLSearchParams): SignInsQuery {
  const before = parameters.get("before") ?? "";
  return {
    username: parameters.get("user") || undefined,
    before: /^[1-9]\d{0,14}$/.test(before) ? Number(before) : undefined,
  };
}

/** The address of the sign-ins with this query. */
export function signInsUrl({ username, before }: SignInsQuery): string {
  const parameters = new URLSearchParams();
  if (username !== undefined) parameters.set("user", username.toWellFormed());
  if (before !== undefined) parameters.set("before", String(before));
  const search = parameters.toString();
  return search === "" ? SIGN_INS_PATH : `${SIGN_INS_PATH}?${search}`;
}
