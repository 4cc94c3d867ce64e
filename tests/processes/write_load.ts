import { call } from "../fixtures/json_client.ts";
import { approve, propose } from "../fixtures/accounts.ts";
import { delay } from "../fixtures/waiting.ts";

/** What a server has answered with success, and must therefore never forget. */
export interface Acknowledged {
  readonly proposed: string[];
  readonly approved: string[];
  /** Unit to the number of its confirmations, and of its flags. */
  readonly confirmed: Map<string, number>;
  readonly flagged: Map<string, number>;
  readonly keysMade: string[];
  readonly keysRevoked: string[];
}

export interface Credentials {
  /** An API key. */
  readonly key: string;
  /** A login token. */
  readonly token: string;
}

export function nothingAcknowledged(): Acknowledged {
  return {
    proposed: [],
    approved: [],
    confirmed: new Map(),
    flagged: new Map(),
    keysMade: [],
    keysRevoked: [],
  };
}

/**
 * Writes to a server from several sides until it is gone; every success is noted as soon as its answer is read.
 *
 * @param units approved ones, to be confirmed and flagged.
 */
export async function writeUntilGone(
  url: string,
  { key, token }: Credentials,
  units: readonly string[],
  noted: Acknowledged,
): Promise<void> {
  const anyUnit = (): string => units[Math.floor(Math.random() * units.length)]!;
  const json = { reason: "incorrect" };
  await Promise.all([
    repeatUntilGone(async () => {
      const id = await propose(url, key);
      noted.proposed.push(id);
      await approve(url, token, id);
      noted.approved.push(id);
    }),
    repeatUntilGone(async () => {
      const id = anyUnit();
      if (await succeeded(url, `POST /knowledge/${id}/confirmations`, { bearer: key })) {
        count(noted.confirmed, id);
      }
    }),
    repeatUntilGone(async () => {
      const id = anyUnit();
      if (await succeeded(url, `POST /knowledge/${id}/flags`, { bearer: key, json })) {
        count(noted.flagged, id);
      }
    }),
    repeatUntilGone(async () => {
      const id = await makeShortKey(url, token);
      noted.keysMade.push(id);
      await succeeded(url, `POST /users/me/api-keys/${id}/revoke`, { bearer: token });
      noted.keysRevoked.push(id);
    }),
  ]);
}

async function repeatUntilGone(work: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      await work();
    } catch (error) {
      // What fetch throws when the connection breaks or cannot be made: the server was killed.
      if (error instanceof TypeError) return;
      throw error;
    }
    await delay(1);
  }
}

async function succeeded(
  url: string,
  route: `POST /${string}`,
  options: { bearer: string; json?: unknown },
): Promise<boolean> {
  const { status, body } = await call(url, route, options);
  if (status === 200 || status === 201) return true;
  throw new Error(`${route} was answered ${status}: ${JSON.stringify(body)}`);
}

// Expires within the run: keys whose revocation was cut off must not use up the account's limit.
async function makeShortKey(url: string, bearer: string): Promise<string> {
  const json = { name: "short", ttl: "5s" };
  const { status, body } = await call<{ id: string }>(url, "POST /users/me/api-keys", { bearer, json });
  if (status === 201) return body.id;
  throw new Error(`a key was answered ${status}: ${JSON.stringify(body)}`);
}

function count(counts: Map<string, number>, id: string): void {
  counts.set(id, (counts.get(id) ?? 0) + 1);
}
