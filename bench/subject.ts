import { DatabaseSync } from "node:sqlite";
import { createTokens } from "../src/accounts/tokens.ts";
import { systemClock } from "../src/wire/time.ts";
import { type Content, units, usernameOf } from "./content.ts";
import { between, seededRandom } from "./random.ts";
import { JWT_SECRET } from "./server.ts";

/** Units that are confirmed: enough for each to be so only a few times. */
const CONFIRMED = 5_000;

/** What requests to a server on a database of the benchmark need to know. */
export interface Subject {
  readonly content: Content;
  /** A login token of a user. */
  readonly token: string;
  /** Ids of approved units all over the database. */
  readonly approved: readonly string[];
}

/** The subject in a SQLite file; the same for the same file and seed, but for the token. */
export async function subjectIn(path: string, content: Content): Promise<Subject> {
  using database = new DatabaseSync(path);
  const { last } = database.prepare("SELECT MAX(rowid) AS last FROM knowledge_units").get() as {
    last: number;
  };
  const statement = database.prepare(
    "SELECT id FROM knowledge_units WHERE rowid >= ? AND status = 'approved' ORDER BY rowid LIMIT 1",
  );
  const random = seededRandom(content.seed + 3);
  const approved = new Set<string>();
  for (let draw = 0; draw < CONFIRMED; draw++) {
    const row = statement.get(between(random, 1, last));
    if (row !== undefined) approved.add(row["id"] as string);
  }
  return { content, token: await loginToken(), approved: [...approved] };
}

/** The subject of a small database that was just made, by making its units once more. */
export async function subjectOf(content: Content): Promise<Subject> {
  const approved = units(content).filter(({ status }) => status === "approved").map(({ unit }) => unit.id);
  return { content, token: await loginToken(), approved: [...approved.take(CONFIRMED)] };
}

async function loginToken(): Promise<string> {
  return await (await createTokens({ secret: JWT_SECRET, clock: systemClock() })).issue(usernameOf(0));
}
