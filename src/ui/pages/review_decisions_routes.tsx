import type { Desk } from "../../review/desk.ts";
import { renderPage } from "../respond.ts";
import { signedInRoute, type UiRoute } from "../route.ts";
import { DECISIONS_PATH, DecisionsPage } from "./review_decisions.tsx";

/** What the one who is signed in decided. */
export function reviewDecisionsRoutes(desk: Desk): UiRoute[] {
  return [
    signedInRoute("GET", DECISIONS_PATH, {
      needs: "review",
      async handle(visit): Promise<Response> {
        const before = eventNumber(visit.url.searchParams.get("before"));
        const list = await desk.decisionsOf(visit.viewer, before);
        return await renderPage(visit, {
          title: "My decisions",
          children: <DecisionsPage list={list} before={before} now_us={visit.now_us} />,
        });
      },
    }),
  ];
}

/** The number of an event in an address; anything else begins at the newest. */
function eventNumber(text: string | null): number | undefined {
  return text !== null && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined;
}
