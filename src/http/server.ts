import { createIdentify } from "../accounts/identify.ts";
import { createKeyUsage } from "../accounts/key_usage.ts";
import { createApiKeys } from "../accounts/keys.ts";
import { createPasswords } from "../accounts/passwords.ts";
import { accountEndpoints } from "../accounts/routes.ts";
import { createAccounts } from "../accounts/service.ts";
import { createTokens } from "../accounts/tokens.ts";
import type { Config } from "../config.ts";
import type { Database } from "../database/database.ts";
import { knowledgeEndpoints } from "../knowledge/routes.ts";
import { createKnowledge } from "../knowledge/service.ts";
import { reviewEndpoints } from "../review/routes.ts";
import { createReview } from "../review/service.ts";
import type { Clock } from "../wire/time.ts";
import { type App, createApp } from "./app.ts";
import { healthEndpoint } from "./health.ts";

/** A server without a listener: what answers requests, and what ends it. */
export interface Server {
  readonly app: App;
  /** Finishes what runs beside the requests. The database is closed by whoever opened it. */
  close(): Promise<void>;
}

interface ServerParts {
  readonly config: Pick<Config, "jwtSecret" | "apiKeyPepper" | "publicUrl">;
  /** At the newest revision. */
  readonly database: Database;
  readonly clock: Clock;
}

/** Puts the services together. */
export async function createServer({ config, database, clock }: ServerParts): Promise<Server> {
  const { jwtSecret: secret, apiKeyPepper: pepper, publicUrl } = config;
  const tokens = await createTokens({ secret, clock });
  const passwords = createPasswords();
  const keys = createApiKeys({ database, clock, pepper });
  const keyUsage = createKeyUsage({ database, clock });
  const app = createApp({
    identify: createIdentify({ database, clock, tokens, keyUsage, pepper }),
    clock,
    publicUrl,
    endpoints: [
      healthEndpoint(database),
      ...accountEndpoints(createAccounts({ database, passwords, tokens, keys })),
      ...knowledgeEndpoints(createKnowledge({ database, clock })),
      ...reviewEndpoints(createReview({ database, clock })),
    ],
  });
  return {
    app,
    async close(): Promise<void> {
      await keyUsage.settle();
      passwords.close();
    },
  };
}
