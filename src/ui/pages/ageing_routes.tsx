import { AGEING_PAGE } from "../../limits.ts";
import type { Upkeep } from "../../review/upkeep.ts";
import { renderPage } from "../respond.ts";
import { signedInRoute, type SignedInVisit, type UiRoute } from "../route.ts";
import { AgeingPage } from "./ageing_page.tsx";
import { AGEING_PATH, readAgeingQuery } from "./ageing_query.ts";

/** The approved units that somebody should look at again. */
export function ageingRoutes(upkeep: Upkeep): UiRoute[] {
  return [
    signedInRoute("GET", AGEING_PATH, { needs: "review", handle: (visit) => showAgeing(visit, upkeep) }),
  ];
}

async function showAgeing(visit: SignedInVisit, upkeep: Upkeep): Promise<Response> {
  const query = readAgeingQuery(visit.url.searchParams);
  const [list, counts] = await Promise.all([
    upkeep.ageing({ kind: query.show, after: query.after, limit: AGEING_PAGE }),
    upkeep.counts(),
  ]);
  return await renderPage(visit, {
    title: "Ageing units",
    scripts: ["ageing.js"],
    children: (
      <AgeingPage
        query={query}
        list={list}
        counts={counts}
        isOn={upkeep.isOn}
        now_us={visit.now_us}
      />
    ),
  });
}
