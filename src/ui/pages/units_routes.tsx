import type { Catalog } from "../../review/catalog.ts";
import type { Upkeep } from "../../review/upkeep.ts";
import { renderPage } from "../respond.ts";
import { signedInRoute, type SignedInVisit, type UiRoute } from "../route.ts";
import { UnitsPage } from "./units_page.tsx";
import { catalogRequest, readUnitsQuery, UNITS_PATH } from "./units_query.ts";

interface UnitsServices {
  readonly catalog: Catalog;
  readonly upkeep: Pick<Upkeep, "doubts">;
}

/** The list of all units. */
export function unitsRoutes(services: UnitsServices): UiRoute[] {
  return [
    signedInRoute("GET", UNITS_PATH, { needs: "review", handle: (visit) => showUnits(visit, services) }),
  ];
}

async function showUnits(visit: SignedInVisit, { catalog, upkeep }: UnitsServices): Promise<Response> {
  const query = readUnitsQuery(visit.url.searchParams);
  const request = catalogRequest(query);
  const [list, count] = await Promise.all([catalog.list(request), catalog.count(request)]);
  const doubts = await upkeep.doubts(list.entries.map(({ row }) => row.id));
  return await renderPage(visit, {
    title: "Units",
    width: "wide",
    children: <UnitsPage query={query} list={list} doubts={doubts} count={count} now_us={visit.now_us} />,
  });
}
