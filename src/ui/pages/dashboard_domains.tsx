import type { DomainCount } from "../../review/overview.ts";
import { spelledCount } from "../components/charts/chart.tsx";
import { EmptyState } from "../components/empty_state.tsx";
import type { Markup } from "../markup.ts";
import { unitsUrl } from "./units_query.ts";

export const DASHBOARD_PATH = "/dashboard";
export const DOMAINS_PATH = "/dashboard/domains";

interface DomainsPageProps {
  readonly q: string;
  /** How many domains are found. */
  readonly total: number;
  /** Those of this page. */
  readonly domains: readonly DomainCount[];
  readonly page: number;
  readonly last: number;
}

/** The units behind a domain that is counted. */
export function domainUrl(name: string): string {
  return unitsUrl({ status: "approved", domain: name });
}

/** Every domain that approved units have. */
export function DomainsPage({ q, total, domains, page, last }: DomainsPageProps): Markup {
  return (
    <>
      <header class="page-head">
        <h1>Domains</h1>
        <p class="muted">{total === 1 ? "1 domain" : `${spelledCount(total)} domains`} of approved units</p>
        <a href={DASHBOARD_PATH}>Back to the dashboard</a>
      </header>
      <form method="get" action={DOMAINS_PATH} role="search" class="filters-main domain-search">
        <label class="visually-hidden" for="q">Search the domains</label>
        <input id="q" type="search" name="q" value={q} placeholder="Search" />
        <button class="button" type="submit">Show</button>
      </form>
      {domains.length === 0
        ? (
          <EmptyState title="No domains">
            <p>{q === "" ? "No approved unit has a domain yet." : "No domain has this in its name."}</p>
          </EmptyState>
        )
        : (
          <ol class="domain-list">
            {domains.map(({ name, count }) => (
              <li>
                <a href={domainUrl(name)}>
                  <span class="domain-name">{name}</span>
                  <span class="number">{spelledCount(count)}</span>
                </a>
              </li>
            ))}
          </ol>
        )}
      <nav class="pager" aria-label="Pages">
        {page > 1 ? <a class="button" rel="prev" href={domainsUrl(q, page - 1)}>Previous</a> : ""}
        {page < last ? <a class="button" rel="next" href={domainsUrl(q, page + 1)}>Next</a> : ""}
      </nav>
    </>
  );
}

function domainsUrl(q: string, page: number): string {
  const parameters = new URLSearchParams({ ...(q === "" ? {} : { q }), page: String(page) });
  return `${DOMAINS_PATH}?${parameters}`;
}
