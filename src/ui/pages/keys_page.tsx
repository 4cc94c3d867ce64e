import type { ApiKey } from "../../accounts/keys.ts";
import { ACTIVE_KEYS_MAX, KEY_EXPIRY_WARNING_S } from "../../limits.ts";
import { EmptyState } from "../components/empty_state.tsx";
import { Name } from "../components/name.tsx";
import { type Markup, NOTHING } from "../markup.ts";
import { ConnectBox } from "./keys_connect.tsx";
import { KeyEnd } from "./keys_end.tsx";
import { emptyDraft, type KeyDraft, type KeyFaults, KeyForm } from "./keys_form.tsx";
import { KeyListing } from "./keys_list.tsx";
import {
  expiresSoon,
  KEY_VIEWS,
  type KeyList,
  KEYS_PATH,
  type KeysQuery,
  keysUrl,
  listedKeys,
} from "./keys_query.ts";

interface KeysPageProps {
  readonly query: KeysQuery;
  /** Every key of the user. */
  readonly keys: readonly ApiKey[];
  /** A form that was refused. */
  readonly rejected: { readonly draft: KeyDraft; readonly faults: KeyFaults } | undefined;
  /** For the next key. */
  readonly newId: string;
  /** Where agents reach the server. */
  readonly address: string;
  readonly now_us: number;
}

const NO_FAULTS: KeyFaults = { fields: {} };
const DAY_S = 86_400;

/** The keys of whoever is signed in. */
export function KeysPage({ query, keys, rejected, newId, address, now_us }: KeysPageProps): Markup {
  const active = keys.filter((key) => key.is_active).length;
  const isFull = active >= ACTIVE_KEYS_MAX;
  const list = listedKeys(keys, query);
  return (
    <div class="keys-page">
      <header>
        <div class="page-head">
          <h1>API keys</h1>
          <p class="muted" id="key-count">{`${active} of ${ACTIVE_KEYS_MAX} active`}</p>
        </div>
        <p class="lead">
          Agents propose, confirm and flag units with a key of yours. Each key is shown once, when it is made.
        </p>
      </header>
      <ExpiryWarning keys={keys} now_us={now_us} />
      {isFull && rejected === undefined
        ? <FullNotice />
        : (
          <details class="card new-key-card" open={rejected !== undefined || keys.length === 0}>
            <summary>New key</summary>
            <KeyForm
              draft={rejected?.draft ?? emptyDraft(newId)}
              faults={rejected?.faults ?? NO_FAULTS}
            />
          </details>
        )}
      {keys.length === 0 ? "" : (
        <section class="keys-listing" aria-label="Your keys">
          <div class="keys-tools">
            <Views query={query} list={list} />
            <KeySearch query={query} />
          </div>
          {list.keys.length === 0 ? <NothingListed query={query} list={list} /> : (
            <KeyListing
              keys={list.keys}
              newId={newId}
              isFull={isFull}
              back={keysUrl(query)}
              now_us={now_us}
            />
          )}
          <Pager query={query} hasMore={list.hasMore} />
        </section>
      )}
      <ConnectBox address={address} />
    </div>
  );
}

function ExpiryWarning({ keys, now_us }: { keys: readonly ApiKey[]; now_us: number }): Markup {
  const ending = keys.filter((key) => expiresSoon(key, now_us));
  if (ending.length === 0) return NOTHING;
  return (
    <section class="notice notice-warning" aria-labelledby="expiry-title">
      <h2 id="expiry-title">{`Expiring within ${KEY_EXPIRY_WARNING_S / DAY_S} days`}</h2>
      <p>Rotate these in time: an agent whose key has expired is refused.</p>
      <ul class="ending">
        {ending.map(({ name, expires_at }) => (
          <li>
            <strong>
              <Name>{name}</Name>
            </strong>{" "}
            ends <KeyEnd time={expires_at} now_us={now_us} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function FullNotice(): Markup {
  return (
    <p class="notice">
      You have {String(ACTIVE_KEYS_MAX)}{" "}
      active keys, the most a user may have. To make another one, revoke a key that you no longer need.
      Expired and revoked keys do not count.
    </p>
  );
}

const VIEW_LABELS = { active: "Active", expired: "Expired", revoked: "Revoked", all: "All" } as const;

function Views({ query, list }: { query: KeysQuery; list: KeyList }): Markup {
  return (
    <nav class="tabs" aria-label="State of keys">
      {KEY_VIEWS.map((show) => (
        <a
          href={keysUrl({ ...query, show, page: 1 })}
          {...(show === query.show ? { "aria-current": "true" } : {})}
        >
          {VIEW_LABELS[show]} <span class="muted">{String(list.counts[show])}</span>
        </a>
      ))}
    </nav>
  );
}

function KeySearch({ query: { q, show } }: { query: KeysQuery }): Markup {
  return (
    <form method="get" action={KEYS_PATH} class="keys-search" role="search">
      {show === "active" ? "" : <input type="hidden" name="show" value={show} />}
      <label class="visually-hidden" for="q">Search names and labels</label>
      <input id="q" type="search" name="q" value={q} placeholder="Name or label" />
      <button class="button" type="submit">Search</button>
    </form>
  );
}

function NothingListed({ query, list }: { query: KeysQuery; list: KeyList }): Markup {
  const elsewhere = list.counts.all;
  return (
    <EmptyState title={query.q === "" ? `No ${query.show} keys` : "Nothing fits"}>
      <p>
        {query.q === ""
          ? "Keys in another state stand under the other tabs."
          : `No key here has “${query.q}” in its name or labels.`}
      </p>
      {elsewhere === 0
        ? <a class="button" href={keysUrl({ ...query, q: "", page: 1 })}>Clear the search</a>
        : <a class="button" href={keysUrl({ ...query, show: "all", page: 1 })}>Look in all keys</a>}
    </EmptyState>
  );
}

function Pager({ query, hasMore }: { query: KeysQuery; hasMore: boolean }): Markup {
  const { page } = query;
  return (
    <nav class="pager" aria-label="Pages">
      {page > 1 ? <a class="button" rel="prev" href={keysUrl({ ...query, page: page - 1 })}>Newer</a> : ""}
      {hasMore ? <a class="button" rel="next" href={keysUrl({ ...query, page: page + 1 })}>Older</a> : ""}
    </nav>
  );
}
