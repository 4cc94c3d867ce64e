import { PASSWORD, usernameOf } from "./content.ts";

/** Signs a user in to the pages through the form, as a browser does; returns the cookie. */
export async function signIn(origin: string, user = 0): Promise<string> {
  const response = await fetch(`${origin}/login`, {
    method: "POST",
    redirect: "manual",
    headers: { "sec-fetch-site": "same-origin", origin },
    body: new URLSearchParams({ username: usernameOf(user), password: PASSWORD }),
  });
  await response.body?.cancel();
  const cookie = response.headers.getSetCookie()[0]?.split(";")[0];
  if (response.status !== 303 || cookie === undefined) {
    throw new Error(`signing in answers ${response.status}`);
  }
  return cookie;
}
