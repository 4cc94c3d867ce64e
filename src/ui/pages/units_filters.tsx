import { STATUSES } from "../../knowledge/unit.ts";
import { isolated } from "../../wire/text.ts";
import { type Markup, NOTHING } from "../markup.ts";
import { ALL_UNITS, UNITS_PATH, type UnitsQuery, unitsUrl } from "./units_query.ts";

const FINDING_CHOICES: readonly (readonly [value: string, label: string])[] = [
  ["", "Whatever it found"],
  ["any", "Anything"],
  ["secret", "Credentials"],
  ["injection", "Orders to agents"],
  ["hidden", "Hidden text"],
  ["personal", "Personal data"],
  ["quality", "Poor advice"],
];

const SORTS = [
  { value: "newest", label: "Newest first" },
  { value: "oldest", label: "Oldest first" },
] as const;

/** Search, filters and order of the list. They live in the address, so that they can be kept and shared. */
export function UnitsFilters({ query }: { query: UnitsQuery }): Markup {
  const active = activeFilters(query);
  return (
    <div class="units-filters">
      <form method="get" action={UNITS_PATH} role="search" aria-label="Units" class="form">
        <div class="filters-main">
          <label class="visually-hidden" for="q">Search the units</label>
          <input id="q" type="search" name="q" value={query.q} placeholder="Search" />
          <label class="visually-hidden" for="sort">Order</label>
          <select id="sort" name="sort">
            {SORTS.map(({ value, label }) => (
              <option value={value} selected={value === query.sort}>{label}</option>
            ))}
          </select>
          <button class="button" type="submit">Show</button>
        </div>
        <details>
          <summary>Filters{active.length === 0 ? "" : ` (${active.length})`}</summary>
          <FilterFields query={query} />
        </details>
      </form>
      {active.length === 0 ? NOTHING : (
        <ul class="chips" aria-label="Active filters">
          {active.map(({ label, without }) => (
            <li>
              <a class="chip" href={unitsUrl({ ...query, after: "", ...without })}>
                {label} <span aria-hidden="true">×</span>
                <span class="visually-hidden">, remove this filter</span>
              </a>
            </li>
          ))}
          <li>
            <a class="chip chip-clear" href={UNITS_PATH}>Clear all</a>
          </li>
        </ul>
      )}
    </div>
  );
}

function FilterFields({ query }: { query: UnitsQuery }): Markup {
  return (
    <div class="units-filter-fields">
      <div class="field">
        <label for="status">Status</label>
        <select id="status" name="status">
          <option value="">Any</option>
          {STATUSES.map((status) => (
            <option value={status} selected={status === query.status}>{status}</option>
          ))}
        </select>
      </div>
      <div class="field">
        <label for="domain">Domain</label>
        <input id="domain" name="domain" value={query.domain} autocapitalize="none" />
      </div>
      <div class="field">
        <label for="proposer">Proposer</label>
        <input id="proposer" name="proposer" value={query.proposer} autocapitalize="none" />
      </div>
      <FindingField value={query.finding} />
      <Range name="Confidence">
        <ConfidenceField name="confidence_min" label="Confidence from" value={query.confidenceMin} />
        <ConfidenceField name="confidence_max" label="Confidence below" value={query.confidenceMax} />
      </Range>
      <Range name="Submitted (UTC)">
        <DayField name="created_from" label="Submitted from" value={query.createdFrom} />
        <DayField name="created_to" label="Submitted until" value={query.createdTo} />
      </Range>
      <Range name="Decided (UTC)">
        <DayField name="decided_from" label="Decided from" value={query.decidedFrom} />
        <DayField name="decided_to" label="Decided until" value={query.decidedTo} />
      </Range>
      <div class="units-filter-checks">
        <Check name="flagged" label="Flagged" isOn={query.flagged} />
        <Check name="snoozed" label="Snoozed" isOn={query.snoozed} />
        <Check name="unrated" label="Without a confidence" isOn={query.unrated} />
      </div>
    </div>
  );
}

function FindingField({ value }: { value: string }): Markup {
  const choices = [
    ...FINDING_CHOICES,
    ...(FINDING_CHOICES.some(([choice]) => choice === value) ? [] : [[value, value]]),
  ];
  return (
    <div class="field">
      <label for="finding">Found by the guard</label>
      <select id="finding" name="finding">
        {choices.map(([choice, label]) => <option value={choice} selected={choice === value}>{label}
        </option>)}
      </select>
    </div>
  );
}

function Range({ name, children }: { name: string; children: Markup[] }): Markup {
  return (
    <fieldset class="field">
      <legend>{name}</legend>
      <div class="range">{children}</div>
    </fieldset>
  );
}

function ConfidenceField({ name, label, value }: {
  name: string;
  label: string;
  value: number | undefined;
}): Markup {
  return (
    <input
      type="number"
      name={name}
      aria-label={label}
      min="0"
      max="1"
      step="any"
      inputmode="decimal"
      value={value === undefined ? "" : String(value)}
    />
  );
}

function DayField({ name, label, value }: { name: string; label: string; value: string }): Markup {
  return <input type="date" name={name} aria-label={label} value={value} />;
}

function Check({ name, label, isOn }: { name: string; label: string; isOn: boolean }): Markup {
  return (
    <label class="check">
      <input type="checkbox" name={name} value="1" checked={isOn} /> {label}
    </label>
  );
}

interface ActiveFilter {
  readonly label: string;
  /** The parts of the query that are as if it were not there. */
  readonly without: Partial<UnitsQuery>;
}

/** The filters that are on. */
export function activeFilters(query: UnitsQuery): ActiveFilter[] {
  const { confidenceMin: min, confidenceMax: max } = query;
  const groups: readonly (readonly [string, ...(keyof UnitsQuery)[]])[] = [
    [`“${isolated(query.q)}”`, "q"],
    [query.status, "status"],
    [`Domain ${isolated(query.domain)}`, "domain"],
    [`By ${isolated(query.proposer)}`, "proposer"],
    [`Confidence ${rangeText(min ?? 0, max ?? 1)}`, "confidenceMin", "confidenceMax"],
    ["Without a confidence", "unrated"],
    ["Flagged", "flagged"],
    [query.finding === "any" ? "Found by the guard" : `Found: ${query.finding}`, "finding"],
    ["Snoozed", "snoozed"],
    [`Submitted ${rangeText(query.createdFrom, query.createdTo)}`, "createdFrom", "createdTo"],
    [`Decided ${rangeText(query.decidedFrom, query.decidedTo)}`, "decidedFrom", "decidedTo"],
  ];
  return groups.flatMap(([label, ...parts]) => {
    if (parts.every((part) => query[part] === ALL_UNITS[part])) return [];
    return [{ label, without: Object.fromEntries(parts.map((part) => [part, ALL_UNITS[part]])) }];
  });
}

function rangeText(from: string | number, to: string | number): string {
  if (from === to) return String(from);
  if (from === "") return `until ${to}`;
  return to === "" ? `from ${from}` : `${from} to ${to}`;
}
