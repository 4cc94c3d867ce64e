import { createHash } from "node:crypto";
import type { Database } from "../database/database.ts";
import { SESSIONS_LISTED_MAX } from "../account_limits.ts";
import { notFound, unauthorized } from "../errors.ts";
import {
  CLOCK_SKEW_MAX_S,
  SESSION_IDLE_S,
  SESSION_LIFETIME_S,
  SESSION_SEEN_WRITE_INTERVAL_S,
  SESSION_TOKEN_BYTES,
} from "../limits.ts";
import { logger } from "../telemetry/log.ts";
import type { Permission } from "../wire/permission.ts";
import { type Clock, isoOffset } from "../wire/time.ts";
import { permissionsOf, type Role, roleOf } from "./roles.ts";
import type { Accounts, Origin } from "./service.ts";
import type { SignIns } from "./sign_ins.ts";
import {
  deleteEndedSessions,
  deleteOwnSession,
  deleteSession,
  findSession,
  insertSession,
  listSessions,
  type SessionRow,
  touchSession,
} from "./session_store.ts";

const log = logger("sessions");

/** Who is signed in to the pages. */
export interface SignedIn {
  readonly username: string;
  readonly userId: number;
  /** Undefined where it is one that this version does not know. */
  readonly role: Role | undefined;
  readonly permissions: ReadonlySet<Permission>;
}

/** What a session is begun from. */
export interface Browser extends Origin {
  /** See `deviceOf`. */
  readonly device: string;
}

/** A session as its user sees it. */
export interface OwnSession {
  /** Tells it apart; nobody gets in with it. */
  readonly id: string;
  readonly created_at: string;
  readonly last_seen_at: string;
  /** Null for sessions from before this was kept. */
  readonly address: string | null;
  readonly device: string | null;
  /** Whether it is the one of whoever asks. */
  readonly isThis: boolean;
}

/** Sessions of the pages: kept on the server, so that one that is ended has ended. */
export interface Sessions {
  /**
   * Signs in and returns the token of a new session.
   *
   * @throws {CqError} 401 or 429, each the same for an unknown name and a wrong password.
   */
  start(username: string, password: string, from: Browser): Promise<string>;
  /** Whose session it is; undefined where it is none or has ended. */
  find(token: string): Promise<SignedIn | undefined>;
  /** Ends a session, if it is one. */
  end(token: string): Promise<void>;
  /** Ends the session of somebody who leaves. */
  signOut(token: string, viewer: SignedIn, from: Origin): Promise<void>;
  /** The sessions of whoever has this one, those used last first. */
  listOwn(viewer: SignedIn, token: string): Promise<OwnSession[]>;
  /** Ends one of the sessions of whoever is signed in. @throws {CqError} 404 where there is no such one. */
  endOwn(viewer: SignedIn, id: string): Promise<void>;
}

interface Dependencies {
  readonly database: Database;
  readonly clock: Clock;
  readonly accounts: Pick<Accounts, "authenticate">;
  readonly signIns: Pick<SignIns, "note">;
}

/** Sessions in `database`. Nothing of them is remembered in memory: what ended is refused at once, on every replica. */
export function createSessions({ database, clock, accounts, signIns }: Dependencies): Sessions {
  const secondsAgo = (seconds: number): string => isoOffset(clock.now() - seconds * 1_000_000);

  const touch = async (tokenHash: string): Promise<void> => {
    try {
      const now = isoOffset(clock.now());
      await database.transaction((transaction) => touchSession(transaction, tokenHash, now));
    } catch (error) {
      // A page that only reads is shown all the same.
      log.warn("a session's last use was not written", { reason: String(error) });
    }
  };

  const end = async (token: string): Promise<void> => {
    const tokenHash = hashOf(token);
    await database.transaction((transaction) => deleteSession(transaction, tokenHash));
  };

  return {
    async start(username, password, { address, device }): Promise<string> {
      const user = await accounts.authenticate({ username, password, address, way: "page" });
      const { token, tokenHash } = newSessionToken(clock);
      const session = {
        tokenHash,
        userId: user.id,
        passwordHash: user.password_hash,
        now: isoOffset(clock.now()),
        address,
        device,
      };
      const ended = {
        createdBefore: secondsAgo(SESSION_LIFETIME_S),
        seenBefore: secondsAgo(SESSION_IDLE_S),
      };
      const isAdded = await database.transaction(async (transaction) => {
        await deleteEndedSessions(transaction, ended);
        return await insertSession(transaction, session);
      });
      if (!isAdded) throw unauthorized("Invalid username or password");
      return token;
    },
    async find(token): Promise<SignedIn | undefined> {
      const tokenHash = hashOf(token);
      const row = await findSession(database, tokenHash);
      const latest = secondsAgo(-CLOCK_SKEW_MAX_S);
      if (row === undefined || !isHonoured(row, latest)) return undefined;
      // One that begins later than now is of a clock that was set back: it would last for as long as that was.
      const hasEnded = row.created_at <= secondsAgo(SESSION_LIFETIME_S) ||
        row.last_seen_at <= secondsAgo(SESSION_IDLE_S) || row.created_at > latest;
      if (hasEnded) return undefined;
      if (row.last_seen_at <= secondsAgo(SESSION_SEEN_WRITE_INTERVAL_S)) await touch(tokenHash);
      return {
        username: row.username,
        userId: row.user_id,
        role: roleOf(row.role),
        permissions: permissionsOf(row.role),
      };
    },
    end,
    async signOut(token, { username }, { address }): Promise<void> {
      await end(token);
      signIns.note({ username, outcome: "signed_out", way: "page", address });
    },
    async listOwn({ userId }, token): Promise<OwnSession[]> {
      const rows = await listSessions(database, {
        userId,
        createdAfter: secondsAgo(SESSION_LIFETIME_S),
        seenAfter: secondsAgo(SESSION_IDLE_S),
        limit: SESSIONS_LISTED_MAX,
      });
      const own = hashOf(token);
      return rows.map(({ token_hash: id, ...session }) => ({ id, ...session, isThis: id === own }));
    },
    async endOwn({ userId }, id): Promise<void> {
      // No hash holds a NUL, and Postgres takes none.
      const isEnded = !id.includes("\0") &&
        await database.transaction((transaction) => deleteOwnSession(transaction, { userId, tokenHash: id }));
      if (!isEnded) throw notFound("There is no such session of yours");
    },
  };
}

/** A token that nobody guesses, and what is stored of it. */
export function newSessionToken(clock: Clock): { token: string; tokenHash: string } {
  const token = clock.bytes(SESSION_TOKEN_BYTES).toBase64({ alphabet: "base64url", omitPadding: true });
  return { token, tokenHash: hashOf(token) };
}

/** @param latest the last moment that a clock which is right can have written. */
function isHonoured(
  { disabled_at, tokens_valid_from: validFrom, created_at }: SessionRow,
  latest: string,
): boolean {
  if (disabled_at !== null) return false;
  // Whatever voids sessions removes them too: beside a moment of a clock that was ahead, those are left that began since then.
  return validFrom === null || created_at > validFrom || validFrom > latest;
}

function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
