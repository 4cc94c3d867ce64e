import type { Catalog } from "../../review/catalog.ts";
import { renderPage } from "../respond.ts";
import { signedInRoute, type SignedInVisit, type UiRoute } from "../route.ts";
import { UnitsPage } from "./units_page.tsx";
import { catalogRequest, readUnitsQuery, UNITS_PATH } from "./units_query.ts";

/** The list of all units. */
export function unitsRoutes(catalog: Catalog): UiRoute[] {
  return [
    signedInRoute("GET", UNITS_PATH, { needs: "review", handle: (visit) => showUnits(visit, catalog) }),
  ];
}

async function showUnits(visit: SignedInVisit, catalog: Catalog): Promise<Response> {
  const query = readUnitsQuery(visit.url.searchParams);
  const request = catalogRequest(query);
  const [list, count] = await Promise.all([catalog.list(request), catalog.count(request)]);
  return await renderPage(visit, {
    title: "Units",
    width: "wide",
    children: <UnitsPage query={query} list={list} count={count} now_us={visit.now_us} />,
  });
}
