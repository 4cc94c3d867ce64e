import type { OwnedKey } from "../accounts/api_keys.ts";
import { createAdministration } from "../accounts/administration.ts";
import { createIdentify } from "../accounts/identify.ts";
import { createMemory } from "../accounts/identity_cache.ts";
import { createKeyUsage } from "../accounts/key_usage.ts";
import { createApiKeys } from "../accounts/keys.ts";
import { createPasswords } from "../accounts/passwords.ts";
import { accountEndpoints } from "../accounts/routes.ts";
import { createAccounts } from "../accounts/service.ts";
import { createSessions } from "../accounts/sessions.ts";
import { createTokens } from "../accounts/tokens.ts";
import type { User } from "../accounts/users.ts";
import type { Config } from "../config.ts";
import type { Database } from "../database/database.ts";
import { createAuditLog } from "../events/audit_log.ts";
import { knowledgeEndpoints } from "../knowledge/routes.ts";
import { createKnowledge } from "../knowledge/service.ts";
import { reviewEndpoints } from "../review/routes.ts";
import { createCatalog } from "../review/catalog.ts";
import { createDesk } from "../review/desk.ts";
import { createReview } from "../review/service.ts";
import { createUpkeep } from "../review/upkeep.ts";
import type { UiRoute } from "../ui/route.ts";
import { uiRoutes } from "../ui/routes.ts";
import type { Migration } from "../migrate/plan.ts";
import { IDENTITY_CACHE_MS } from "../limits.ts";
import { Answers } from "../projection/answers.ts";
import { LiveProjection } from "../projection/live.ts";
import { type Clock, dayOf } from "../wire/time.ts";
import { type App, createApp } from "./app.ts";
import { healthEndpoints } from "./health.ts";

/** A server without a listener: what answers requests, and what ends it. */
export interface Server {
  readonly app: App;
  /** The pages among what it answers. */
  readonly pages: readonly UiRoute[];
  /** From now on load balancers are told to send requests elsewhere. */
  startDraining(): void;
  /** Finishes what runs beside the requests. The database is closed by whoever opened it. */
  close(): Promise<void>;
}

/** The part of the configuration that answers depend on. */
export type ServerConfig = Pick<
  Config,
  | "jwtSecret"
  | "apiKeyPepper"
  | "publicUrl"
  | "isStrict"
  | "readNeedsKey"
  | "allowsSelfReview"
  | "confirmWithin_days"
>;

interface ServerParts {
  readonly config: ServerConfig;
  /** At the newest revision. */
  readonly database: Database;
  readonly clock: Clock;
  readonly migrations: readonly Migration[];
}

/** Puts the services together. */
export async function createServer({ config, database, clock, migrations }: ServerParts): Promise<Server> {
  const { jwtSecret: secret, apiKeyPepper: pepper, publicUrl } = config;
  const tokens = await createTokens({ secret, clock });
  const passwords = createPasswords();
  // One replica of many must not go on trusting what it once read; a single file is as quick to ask as a memory.
  const keep_ms = database.dialect === "postgres" ? IDENTITY_CACHE_MS : 0;
  const keyMemory = createMemory<OwnedKey>(keep_ms);
  const userMemory = createMemory<User>(keep_ms);
  const keys = createApiKeys({ database, clock, pepper, onRevoke: keyMemory.forget });
  const doubts = config.isStrict ? undefined : {
    policy: { confirmWithin_days: config.confirmWithin_days },
    today: () => dayOf(clock.now()),
  };
  const live = new LiveProjection(database, doubts);
  const answers = new Answers(live);
  let isDraining = false;
  const keyUsage = createKeyUsage({ database, clock });
  const accounts = createAccounts({ database, passwords, tokens, keys });
  const sessions = createSessions({ database, clock, accounts });
  const desk = createDesk({ database, clock, allowsSelfReview: config.allowsSelfReview });
  const upkeep = createUpkeep({ database, clock, allowsSelfReview: config.allowsSelfReview, doubts });
  const catalog = createCatalog({ database, clock, live });
  const knowledge = createKnowledge({ database, clock, live, doubts, isStrict: config.isStrict });
  const pages = uiRoutes({
    sessions,
    desk,
    upkeep,
    catalog,
    knowledge,
    keys,
    administrationBy: (actor) => createAdministration({ database, clock, passwords, actor }),
    auditLog: createAuditLog(database),
    publicUrl,
  });
  const app = createApp({
    identify: createIdentify({ database, clock, tokens, keyUsage, pepper, keyMemory, userMemory }),
    clock,
    publicUrl,
    pages: { routes: pages, sessions },
    endpoints: [
      ...healthEndpoints({ database, migrations, isDraining: () => isDraining }),
      ...accountEndpoints(accounts),
      ...knowledgeEndpoints({ knowledge, answers, readNeedsKey: config.readNeedsKey }),
      ...reviewEndpoints(
        createReview({ database, clock, live, allowsSelfReview: config.allowsSelfReview }),
        answers,
        clock,
      ),
    ],
  });
  return {
    app,
    pages,
    startDraining(): void {
      isDraining = true;
    },
    async close(): Promise<void> {
      await keyUsage.settle();
      await live.close();
      passwords.close();
    },
  };
}
