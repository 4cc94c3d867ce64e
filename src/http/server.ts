import type { OwnedKey } from "../accounts/api_keys.ts";
import { createAdministration } from "../accounts/administration.ts";
import { createIdentify } from "../accounts/identify.ts";
import { createMemory } from "../accounts/identity_cache.ts";
import { createKeyUsage } from "../accounts/key_usage.ts";
import { createApiKeys } from "../accounts/keys.ts";
import { createOwnAccount } from "../accounts/own_account.ts";
import { createPasswords } from "../accounts/passwords.ts";
import { accountEndpoints } from "../accounts/routes.ts";
import { createAccounts } from "../accounts/service.ts";
import { createSessions } from "../accounts/sessions.ts";
import { createSignIns } from "../accounts/sign_ins.ts";
import { createTokens } from "../accounts/tokens.ts";
import type { User } from "../accounts/users.ts";
import { type BackupStatus, ScheduledBackups } from "../backup/schedule.ts";
import { type Restores, restoring } from "../compatibility.ts";
import type { Config } from "../config.ts";
import type { Database } from "../database/database.ts";
import { ObservedDatabase } from "../database/observed.ts";
import { createAuditLog } from "../events/audit_log.ts";
import { knowledgeEndpoints } from "../knowledge/routes.ts";
import { configuredScreening, type Guard } from "../knowledge/screening.ts";
import { createKnowledge } from "../knowledge/service.ts";
import { reviewEndpoints } from "../review/routes.ts";
import { createCatalog } from "../review/catalog.ts";
import { createDesk } from "../review/desk.ts";
import { createPurge } from "../review/purge.ts";
import { createReview } from "../review/service.ts";
import { createUpkeep } from "../review/upkeep.ts";
import type { UiRoute } from "../ui/route.ts";
import { uiRoutes } from "../ui/routes.ts";
import type { Migration } from "../migrate/plan.ts";
import { BODY_MAX_BYTES, IDENTITY_CACHE_MS, STRICT_BODY_MAX_BYTES } from "../limits.ts";
import { createMcp } from "../mcp/mcp.ts";
import { createTools } from "../mcp/tools.ts";
import { Answers } from "../projection/answers.ts";
import { LiveProjection } from "../projection/live.ts";
import { SemanticSearch } from "../search/semantic_search.ts";
import { TextIndex } from "../search/text_index.ts";
import { watchEventLoop } from "../telemetry/event_loop.ts";
import { SlowLog } from "../telemetry/slow_log.ts";
import { startTracing } from "../telemetry/tracing.ts";
import { type Clock, dayOf } from "../wire/time.ts";
import { LoginBuckets, type LoginThrottle, NO_LOGIN_THROTTLE } from "../throttle/logins.ts";
import { type AdmitRequest, createRequestThrottle } from "../throttle/requests.ts";
import { createThrottleLog } from "../throttle/warnings.ts";
import { type App, createApp } from "./app.ts";
import { createClientAddress, createFromProxy } from "./client_address.ts";
import { Drain } from "./drain.ts";
import { createGauges } from "./gauges.ts";
import { healthEndpoints } from "./health.ts";
import { createMetrics } from "./metrics.ts";
import { ReadinessCheck } from "./readiness.ts";
import { RequestWatch } from "./request_watch.ts";

/** A server without a listener: what answers requests, and what ends it. */
export interface Server {
  readonly app: App;
  /** The pages among what it answers. */
  readonly pages: readonly UiRoute[];
  /** How the backups go that it makes by itself; undefined where it makes none. */
  readonly backups: BackupStatus | undefined;
  /** From now on load balancers are told to send requests elsewhere. Resolves when the listener should end. */
  startDraining(): Promise<void>;
  /** Finishes what runs beside the requests. The database is closed by whoever opened it. */
  close(): Promise<void>;
}

/** The part of the configuration that answers depend on. */
export type ServerConfig =
  & Partial<Pick<Config, "backups">>
  & Pick<
    Config,
    | "jwtSecret"
    | "apiKeyPepper"
    | "publicUrl"
    | "isStrict"
    | "readNeedsKey"
    | "allowsSelfReview"
    | "confirmWithin_days"
    | "guardPolicy"
    | "trustedProxies"
    | "rates"
    | "embedding"
    | "slow_ms"
    | "metrics"
    | "isTraced"
  >;

interface ServerParts {
  readonly config: ServerConfig;
  /** At the newest revision. */
  readonly database: Database;
  readonly clock: Clock;
  readonly migrations: readonly Migration[];
  /** What looks at texts before they are stored; left out, that is done on the event loop. */
  readonly guard?: Guard;
}

/** Puts the services together. */
export async function createServer(
  { config, clock, migrations, guard, ...parts }: ServerParts,
): Promise<Server> {
  if (config.isTraced) await startTracing();
  const slow = new SlowLog(config.slow_ms, clock);
  const database = new ObservedDatabase(parts.database, { clock, slow });
  const watch = new RequestWatch(slow);
  const { jwtSecret: secret, apiKeyPepper: pepper, publicUrl, readNeedsKey } = config;
  const host = publicUrl === undefined ? undefined : new URL(publicUrl).hostname;
  const tokens = await createTokens({ secret, clock });
  const passwords = createPasswords();
  // One replica of many must not go on trusting what it once read; a single file is as quick to ask as a memory.
  const keep_ms = database.dialect === "postgres" ? IDENTITY_CACHE_MS : 0;
  const keyMemory = createMemory<OwnedKey>(keep_ms);
  const userMemory = createMemory<User>(keep_ms);
  const keys = createApiKeys({
    database,
    clock,
    pepper,
    onRevoke: keyMemory.forget,
    check: ({ name, labels }) => screening.text([name, ...labels].join("\n"), "name"),
  });
  const restores = restoring(config.isStrict);
  const screening = configuredScreening(config.guardPolicy, { refusesNothing: restores("screening"), guard });
  const doubts = restores("doubts") ? undefined : {
    policy: { confirmWithin_days: config.confirmWithin_days },
    today: () => dayOf(clock.now()),
  };
  const live = new LiveProjection(database, doubts);
  const answers = new Answers(live);
  const index = new TextIndex(database);
  const { embedding } = config;
  const semantic = embedding === undefined ? undefined : new SemanticSearch({ embedding, database, clock });
  live.onChange(() => index.hint());
  const drain = new Drain();
  const keyUsage = createKeyUsage({ database, clock });
  const { logins, admit } = throttles(config, { clock, restores });
  const signIns = createSignIns({ database, clock });
  const accounts = createAccounts({ database, clock, passwords, tokens, keys, logins, signIns });
  const sessions = createSessions({ database, clock, accounts, signIns });
  const ownAccount = createOwnAccount({
    database,
    clock,
    passwords,
    tokens,
    accounts,
    host,
    onVoid: userMemory.forget,
  });
  const allowsSelfReview = config.allowsSelfReview;
  const desk = createDesk({ database, clock, allowsSelfReview, screening });
  const upkeep = createUpkeep({ database, clock, allowsSelfReview, screening, doubts });
  const review = createReview({ database, clock, live, allowsSelfReview });
  const catalog = createCatalog({ database, clock, live });
  const knowledge = createKnowledge({
    database,
    clock,
    live,
    doubts,
    everyVoteCounts: restores("evidence"),
    listsEveryFlag: restores("flags"),
    screening,
    index,
    semantic,
    isTolerant: !restores("tags"),
    mergesRepeats: !restores("repeats"),
  });
  const pages = uiRoutes({
    sessions,
    ownAccount,
    signIns,
    purge: createPurge({ database, clock, screening }),
    desk,
    upkeep,
    catalog,
    knowledge,
    keys,
    administrationBy: (actor) =>
      createAdministration({
        database,
        clock,
        passwords,
        actor,
        host,
        check: (username) => screening.text(username, "username"),
        onChange(username): void {
          userMemory.forget(username);
          // They are remembered with what their owners may, by ids that a deleted user has no more.
          keyMemory.forgetAll();
        },
      }),
    auditLog: createAuditLog(database),
    publicUrl,
  });
  const isDraining = (): boolean => drain.isDraining;
  const backups = config.backups === undefined ? undefined : new ScheduledBackups(config.backups, clock);
  const read = createGauges({
    clock,
    database,
    migrations,
    live,
    index,
    semantic,
    passwords,
    watch,
    isDraining,
    backups: backups?.status,
  });
  const metrics = createMetrics(config.metrics, read);
  const endWatch = metrics === undefined ? () => {} : watchEventLoop();
  const app = createApp({
    watch,
    metrics,
    identify: createIdentify({ database, clock, tokens, keyUsage, pepper, keyMemory, userMemory }),
    clock,
    publicUrl,
    bodyMaxBytes: restores("bodies") ? STRICT_BODY_MAX_BYTES : BODY_MAX_BYTES,
    clientAddress: createClientAddress(config.trustedProxies),
    isFromProxy: createFromProxy(config.trustedProxies),
    admit,
    mcp: createMcp({ tools: createTools({ knowledge, readNeedsKey }), admit, readNeedsKey }),
    pages: { routes: pages, sessions },
    endpoints: [
      ...healthEndpoints({
        database,
        readiness: new ReadinessCheck({ database, migrations, clock }),
        isDraining,
      }),
      ...accountEndpoints(accounts, ownAccount),
      ...knowledgeEndpoints({ knowledge, answers, readNeedsKey }),
      ...reviewEndpoints(review, answers, clock),
    ],
  });
  return {
    app: drain.counting(app),
    pages,
    backups: backups?.status,
    startDraining: () => drain.start(),
    async close(): Promise<void> {
      endWatch();
      await backups?.close();
      await keyUsage.settle();
      await signIns.settle();
      await knowledge.close();
      await semantic?.close();
      await index.close();
      await live.close();
      passwords.close();
    },
  };
}

/** What slows callers down. The original has nothing like it. */
function throttles(
  { rates }: ServerConfig,
  { clock, restores }: { clock: Clock; restores: Restores },
): { readonly logins: LoginThrottle; readonly admit: AdmitRequest } {
  const note = createThrottleLog(clock);
  const isOff = restores("throttles");
  return {
    logins: isOff ? NO_LOGIN_THROTTLE : new LoginBuckets({ clock, note }),
    admit: createRequestThrottle({ clock, note, rates: isOff ? { reads: 0, writes: 0 } : rates }),
  };
}
