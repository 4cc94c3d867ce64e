import type { Sessions } from "../accounts/sessions.ts";
import type { Desk } from "../review/desk.ts";
import { assetRoutes } from "./pages/asset_routes.ts";
import { loginRoutes } from "./pages/login_routes.tsx";
import { reviewRoutes } from "./pages/review_routes.tsx";
import { themeRoutes } from "./pages/theme_routes.ts";
import type { UiRoute } from "./route.ts";

/** The services that pages call. */
export interface UiServices {
  readonly sessions: Sessions;
  readonly desk: Desk;
}

/** Every page and form target. */
export function uiRoutes({ sessions, desk }: UiServices): UiRoute[] {
  return [
    ...assetRoutes(),
    ...themeRoutes(),
    ...loginRoutes(sessions),
    ...reviewRoutes(desk),
  ];
}
