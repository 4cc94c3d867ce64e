import { FLASH_LIFETIME_S, SESSION_LIFETIME_S, THEME_LIFETIME_S } from "../limits.ts";

// The prefix makes browsers refuse what a neighbouring host or an unencrypted page tries to set in our name.
const SESSION = "__Host-cq_session";
const FLASH = "__Host-cq_flash";
const THEME = "cq_theme";

/** A look that was chosen over the system's. */
export type Theme = "light" | "dark";

/** What a message says how it went. */
export type Tone = "success" | "info" | "error";

/** A message for the next page that is shown. */
export interface Flash {
  readonly tone: Tone;
  readonly text: string;
  /** A decision that can be undone from the message. */
  readonly undo?: { readonly unitId: string; readonly decidedAt: string };
}

/** What the cookies of a request say. */
export interface Cookies {
  readonly session: string | undefined;
  readonly theme: Theme | undefined;
  readonly flash: Flash | undefined;
}

/** Reads the cookies of the pages; what cannot be read is not there. */
export function readCookies(header: string | null): Cookies {
  const values = new Map<string, string>();
  for (const part of (header ?? "").split(";")) {
    const [name, ...value] = part.split("=");
    values.set(name!.trim(), value.join("=").trim());
  }
  const theme = values.get(THEME);
  return {
    session: values.get(SESSION),
    theme: theme === "light" || theme === "dark" ? theme : undefined,
    flash: decodeFlash(values.get(FLASH)),
  };
}

/** The `Set-Cookie` of a new session. The server decides when it ends; the browser forgets it by then. */
export function sessionCookie(token: string): string {
  return `${SESSION}=${token}; Path=/; Max-Age=${SESSION_LIFETIME_S}; HttpOnly; Secure; SameSite=Lax`;
}

/** The `Set-Cookie` that makes the browser forget the session. */
export function endedSessionCookie(): string {
  return `${SESSION}=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax`;
}

/** The `Set-Cookie` of a message; undefined takes it away. */
export function flashCookie(flash: Flash | undefined): string {
  const value = flash === undefined ? "" : encodeURIComponent(JSON.stringify(flash));
  const lifetime_s = flash === undefined ? 0 : FLASH_LIFETIME_S;
  return `${FLASH}=${value}; Path=/; Max-Age=${lifetime_s}; HttpOnly; Secure; SameSite=Lax`;
}

/** The `Set-Cookie` of a chosen look; undefined goes back to the system's. */
export function themeCookie(theme: Theme | undefined): string {
  const lifetime_s = theme === undefined ? 0 : THEME_LIFETIME_S;
  return `${THEME}=${theme ?? ""}; Path=/; Max-Age=${lifetime_s}; HttpOnly; SameSite=Lax`;
}

function decodeFlash(value: string | undefined): Flash | undefined {
  if (value === undefined || value === "") return undefined;
  try {
    const { tone, text, undo } = JSON.parse(decodeURIComponent(value));
    if (typeof text !== "string" || !["success", "info", "error"].includes(tone)) return undefined;
    const isUndo = typeof undo?.unitId === "string" && typeof undo?.decidedAt === "string";
    return {
      tone,
      text,
      ...(isUndo ? { undo: { unitId: undo.unitId, decidedAt: undo.decidedAt } } : {}),
    };
  } catch {
    return undefined;
  }
}
