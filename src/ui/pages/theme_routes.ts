import { themeCookie } from "../cookies.ts";
import { redirect } from "../respond.ts";
import { localPath, openRoute, type UiRoute } from "../route.ts";

/** Choosing a look. */
export function themeRoutes(): UiRoute[] {
  return [
    openRoute("POST", "/theme", {
      isPersonal: false,
      handle({ form }): Promise<Response> {
        const chosen = form.get("theme");
        const theme = chosen === "light" || chosen === "dark" ? chosen : undefined;
        const response = redirect(localPath(form.get("back"), "/"), { cookies: [themeCookie(theme)] });
        return Promise.resolve(response);
      },
    }),
  ];
}
