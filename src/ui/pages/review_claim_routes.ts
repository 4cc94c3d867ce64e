import type { Desk } from "../../review/desk.ts";
import { isolated } from "../../wire/text.ts";
import { signedInRoute, type UiRoute } from "../route.ts";
import { REVIEW_PATH } from "./review_query.ts";

/** What the script of the review page tells and asks while a unit is open. */
export function reviewClaimRoutes(desk: Desk): UiRoute[] {
  return [
    signedInRoute("POST", `${REVIEW_PATH}/{id}/claim`, {
      needs: "review",
      async handle({ params, viewer, form }): Promise<Response> {
        const { others, decided, openedBy } = await desk.watch(
          params["id"]!,
          form.getAll("listed"),
          viewer,
        );
        const names = Object.fromEntries([...openedBy].map(([id, names]) => [id, names.map(isolated)]));
        return Response.json({ others: others.map(isolated), decided, openedBy: names }, {
          headers: { "cache-control": "no-store" },
        });
      },
    }),
    signedInRoute("POST", `${REVIEW_PATH}/{id}/release`, {
      needs: "review",
      async handle({ params, viewer }): Promise<Response> {
        await desk.release(params["id"]!, viewer);
        return new Response(null, { status: 204, headers: { "cache-control": "no-store" } });
      },
    }),
  ];
}
