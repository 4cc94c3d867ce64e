import { DOMAINS_PAGE } from "../../limits.ts";
import type { Catalog } from "../../review/catalog.ts";
import type { Upkeep } from "../../review/upkeep.ts";
import { renderPage } from "../respond.ts";
import { signedInRoute, type SignedInVisit, type UiRoute } from "../route.ts";
import { DASHBOARD_PATH, DOMAINS_PATH, DomainsPage } from "./dashboard_domains.tsx";
import { DashboardPage } from "./dashboard_page.tsx";

interface DashboardServices {
  readonly catalog: Catalog;
  readonly upkeep: Pick<Upkeep, "counts">;
}

/** The state of the store at a glance. */
export function dashboardRoutes({ catalog, upkeep }: DashboardServices): UiRoute[] {
  return [
    signedInRoute("GET", DASHBOARD_PATH, {
      needs: "review",
      handle: (visit) => showDashboard(visit, { catalog, upkeep }),
    }),
    signedInRoute("GET", DOMAINS_PATH, { needs: "review", handle: (visit) => showDomains(visit, catalog) }),
  ];
}

async function showDashboard(
  visit: SignedInVisit,
  { catalog, upkeep }: DashboardServices,
): Promise<Response> {
  const [overview, activity, unusual, ageing] = await Promise.all([
    catalog.overview(),
    catalog.activity(),
    catalog.unusual(),
    upkeep.counts(),
  ]);
  return await renderPage(visit, {
    title: "Dashboard",
    width: "wide",
    children: (
      <DashboardPage
        overview={overview}
        activity={activity}
        unusual={unusual}
        ageing={ageing}
        now_us={visit.now_us}
      />
    ),
  });
}

async function showDomains(visit: SignedInVisit, catalog: Catalog): Promise<Response> {
  const parameters = visit.url.searchParams;
  const q = parameters.get("q")?.trim() ?? "";
  const all = await catalog.domains();
  const found = all.filter(({ name }) => name.toLowerCase().includes(q.toLowerCase()));
  const last = Math.max(1, Math.ceil(found.length / DOMAINS_PAGE));
  const asked = Math.trunc(Number(parameters.get("page") ?? 1));
  const page = Math.min(Math.max(1, asked || 1), last);
  return await renderPage(visit, {
    title: "Domains",
    children: (
      <DomainsPage
        q={q}
        total={found.length}
        domains={found.slice((page - 1) * DOMAINS_PAGE, page * DOMAINS_PAGE)}
        page={page}
        last={last}
      />
    ),
  });
}
