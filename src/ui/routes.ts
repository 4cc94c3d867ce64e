import type { AdministrationBy } from "../accounts/administration.ts";
import type { ApiKeys } from "../accounts/keys.ts";
import type { OwnAccount } from "../accounts/own_account.ts";
import type { Sessions } from "../accounts/sessions.ts";
import type { SignIns } from "../accounts/sign_ins.ts";
import type { Knowledge } from "../knowledge/service.ts";
import type { Catalog } from "../review/catalog.ts";
import type { Desk } from "../review/desk.ts";
import type { AuditLog } from "../events/audit_log.ts";
import type { Purge } from "../review/purge.ts";
import type { Upkeep } from "../review/upkeep.ts";
import { accountRoutes } from "./pages/account_routes.tsx";
import { ageingRoutes } from "./pages/ageing_routes.tsx";
import { assetRoutes } from "./pages/asset_routes.ts";
import { auditRoutes } from "./pages/audit_routes.tsx";
import { dashboardRoutes } from "./pages/dashboard_routes.tsx";
import { keyRoutes } from "./pages/keys_routes.tsx";
import { loginRoutes } from "./pages/login_routes.tsx";
import { purgeRoutes } from "./pages/purge_routes.tsx";
import { reviewBulkRoutes } from "./pages/review_bulk_routes.tsx";
import { reviewClaimRoutes } from "./pages/review_claim_routes.ts";
import { reviewDecisionsRoutes } from "./pages/review_decisions_routes.tsx";
import { reviewRoutes } from "./pages/review_routes.tsx";
import { signInRoutes } from "./pages/sign_ins_routes.tsx";
import { themeRoutes } from "./pages/theme_routes.ts";
import { unitEditRoutes } from "./pages/unit_edit_routes.tsx";
import { unitRoutes } from "./pages/unit_routes.tsx";
import { unitsRoutes } from "./pages/units_routes.tsx";
import { userRoutes } from "./pages/users_routes.tsx";
import type { UiRoute } from "./route.ts";

/** The services that pages call. */
export interface UiServices {
  readonly sessions: Sessions;
  readonly ownAccount: OwnAccount;
  readonly signIns: SignIns;
  readonly purge: Purge;
  readonly desk: Desk;
  readonly upkeep: Upkeep;
  readonly catalog: Catalog;
  readonly knowledge: Knowledge;
  readonly keys: ApiKeys;
  readonly administrationBy: AdministrationBy;
  readonly auditLog: AuditLog;
  /** Where clients reach the server; undefined where that is the address the browser has. */
  readonly publicUrl: string | undefined;
}

/** Every page and form target. */
export function uiRoutes(services: UiServices): UiRoute[] {
  const { sessions, desk, upkeep, catalog, knowledge, keys, administrationBy, auditLog, publicUrl } =
    services;
  return [
    ...assetRoutes(),
    ...themeRoutes(),
    ...loginRoutes(sessions),
    ...reviewRoutes({ desk, upkeep, knowledge }),
    ...ageingRoutes(upkeep),
    ...reviewBulkRoutes(desk),
    ...reviewClaimRoutes(desk),
    ...reviewDecisionsRoutes(desk),
    ...dashboardRoutes({ catalog, upkeep }),
    ...unitsRoutes({ catalog, upkeep }),
    ...unitRoutes({ catalog, desk, upkeep, knowledge }),
    ...unitEditRoutes({ catalog, upkeep }),
    ...purgeRoutes(services),
    ...keyRoutes({ keys, publicUrl }),
    ...accountRoutes(services),
    ...userRoutes(administrationBy),
    ...auditRoutes(auditLog),
    ...signInRoutes(services.signIns),
  ];
}
