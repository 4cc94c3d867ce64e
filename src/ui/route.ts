import { deviceOf } from "../accounts/device.ts";
import type { Browser, SignedIn } from "../accounts/sessions.ts";
import { forbidden, unauthorized } from "../errors.ts";
import type { Permission } from "../wire/permission.ts";
import { isolated } from "../wire/text.ts";
import type { Flash, Theme } from "./cookies.ts";

/** A browser's request, taken apart. */
export interface Visit {
  readonly url: URL;
  /** The parameters of the path, decoded. */
  readonly params: Readonly<Record<string, string>>;
  /** The fields of the form that was sent; empty where none was. */
  readonly form: URLSearchParams;
  readonly headers: Headers;
  /** Microseconds since 1970. */
  readonly now_us: number;
  readonly theme: Theme | undefined;
  readonly flash: Flash | undefined;
  /** The token in the session cookie, whatever it is worth. */
  readonly sessionToken: string | undefined;
  /** Who is signed in. */
  readonly viewer: SignedIn | undefined;
  /** Whom the request counts for where nobody is signed in. */
  readonly address: () => string;
  /** Whether there is a page to be shown at a path of this server. */
  readonly isPage: (pathname: string) => boolean;
}

/** A {@link Visit} of someone who is signed in. */
export interface SignedInVisit extends Visit {
  readonly viewer: SignedIn;
}

type Method = "GET" | "POST";

/** One page or form target. Routes with fixed names come before those with parameters: the first that fits answers. */
export interface UiRoute {
  readonly method: Method;
  /** With `{name}` for parameters. */
  readonly path: string;
  /** Whether the session is looked up; what is the same for everybody does without. */
  readonly isPersonal: boolean;
  /** What whoever is signed in must be allowed to do; undefined for routes that are open. */
  readonly needs?: Permission;
  readonly handle: (visit: Visit) => Promise<Response>;
}

/** A route for anyone. */
export function openRoute(
  method: Method,
  path: string,
  { handle, isPersonal = true }: { handle: UiRoute["handle"]; isPersonal?: boolean },
): UiRoute {
  return { method, path, isPersonal, handle };
}

/**
 * A route for whoever is signed in and may do what it needs; others are answered 401 with the form to sign in, or 403.
 */
export function signedInRoute(
  method: Method,
  path: string,
  { needs, handle }: { needs: Permission; handle: (visit: SignedInVisit) => Promise<Response> },
): UiRoute {
  return {
    method,
    path,
    isPersonal: true,
    needs,
    async handle(visit): Promise<Response> {
      const { viewer } = visit;
      if (viewer === undefined) throw unauthorized("Sign in to see this page");
      checkSender(visit.form, viewer);
      if (!viewer.permissions.has(needs)) {
        throw forbidden(
          `As ${viewer.role ?? "what you are"} you may not ${needs}. Ask an admin for another role.`,
        );
      }
      return await handle({ ...visit, viewer });
    },
  };
}

/**
 * Refuses a form of a page that was made for somebody else than who is signed in now: in another tab of the browser somebody
 * signed in since. Scripts say whom the page was made for.
 *
 * @throws {CqError} 403.
 */
function checkSender(form: URLSearchParams, { userId, username }: SignedIn): void {
  const madeFor = form.get("viewer");
  if (madeFor === null || madeFor === String(userId)) return;
  throw forbidden(
    `This page was made for another user; by now ${isolated(username)} is signed in in this browser. ` +
      "Nothing was done. Load the page anew.",
  );
}

/** What a visit comes from. */
export function browserOf({ headers, address }: Visit): Browser {
  return { address: address(), device: deviceOf(headers.get("user-agent")) };
}

/**
 * `text`, spelled as a header takes it, where it is a path on this server, else `fallback`: nobody is sent elsewhere by a forged
 * link.
 */
export function localPath(text: string | null, fallback: string): string {
  if (text === null || !/^\/(?![/\\])/.test(text) || /[\\\p{Cc}]/u.test(text)) return fallback;
  const { pathname, search, hash } = new URL(text, "http://localhost");
  // What dots leave behind may begin as the address of another host does.
  return pathname.startsWith("//") ? fallback : pathname + search + hash;
}
