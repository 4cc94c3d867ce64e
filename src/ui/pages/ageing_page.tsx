import type { AgeingList, AgeingUnit, DoubtKind } from "../../review/ageing.ts";
import type { Figure } from "../../review/overview.ts";
import { counted } from "../../wire/text.ts";
import { Confidence } from "../components/confidence.tsx";
import { EmptyState } from "../components/empty_state.tsx";
import { ReasonFields } from "../components/reason_fields.tsx";
import { Tags } from "../components/tags.tsx";
import { Flags, UnitText } from "../components/unit_facts.tsx";
import type { Markup } from "../markup.ts";
import { unitUrl } from "../unit_url.ts";
import { type AgeingQuery, ageingUrl } from "./ageing_query.ts";
import { FlagsShown } from "./flags_shown.tsx";
import { PanelButtons } from "./unit_actions.tsx";

interface AgeingPageProps {
  readonly query: AgeingQuery;
  readonly list: AgeingList;
  readonly counts: Readonly<Record<DoubtKind, Figure>>;
  /** Whether doubts count at all. */
  readonly isOn: boolean;
  readonly now_us: number;
}

const LABELS: Readonly<Record<DoubtKind, string>> = { disputed: "Disputed", stale: "Stale" };
const MEANINGS: Readonly<Record<DoubtKind, string>> = {
  disputed: "Approved units with flags that nobody answered, most flags first.",
  stale: "Approved units that nobody confirmed for long, longest first.",
};

/** Units in doubt: to be verified, corrected or retired. */
export function AgeingPage({ query, list, counts, isOn, now_us }: AgeingPageProps): Markup {
  const { show, after } = query;
  return (
    <div class="page">
      <header class="page-head">
        <h1>Ageing units</h1>
        <a href="/review">Review</a>
      </header>
      <nav class="tabs" aria-label="Doubts">
        {(["disputed", "stale"] as const).map((kind) => (
          <a
            href={ageingUrl({ show: kind, after: "" })}
            {...(kind === show ? { "aria-current": "page" as const } : {})}
          >
            {`${LABELS[kind]} (${counts[kind].count}${counts[kind].isMore ? "+" : ""})`}
          </a>
        ))}
      </nav>
      <p class="lead">{MEANINGS[show]}</p>
      {list.units.length === 0 ? <NothingListed query={query} isOn={isOn} /> : (
        <>
          <p class="hint ageing-keys">
            <kbd>j</kbd> <kbd>k</kbd> move, <kbd>v</kbd> still right, <kbd>e</kbd> edit, <kbd>r</kbd> retire
          </p>
          <ol class="ageing-units" id="ageing">
            {list.units.map((item, index) => (
              <AgeingItem item={item} index={index} back={ageingUrl(query)} now_us={now_us} />
            ))}
          </ol>
        </>
      )}
      <nav class="pager" aria-label="Pages">
        {after === "" ? "" : <a class="button" href={ageingUrl({ show, after: "" })}>To the start</a>}
        {list.next === undefined
          ? ""
          : <a class="button" rel="next" href={ageingUrl({ show, after: list.next })}>More</a>}
      </nav>
    </div>
  );
}

function NothingListed({ query: { show, after }, isOn }: { query: AgeingQuery; isOn: boolean }): Markup {
  if (!isOn) {
    return (
      <EmptyState title="Doubts do not count here">
        <p>This server runs strictly as the original does, which knows no doubts about approved units.</p>
      </EmptyState>
    );
  }
  return (
    <EmptyState title={after === "" ? `Nothing is ${show}` : "Nothing more"}>
      <p>Units show up here as soon as an agent flags them, or when nobody confirms them for long.</p>
    </EmptyState>
  );
}

interface AgeingItemProps {
  readonly item: AgeingUnit;
  readonly index: number;
  /** Where to come back to. */
  readonly back: string;
  readonly now_us: number;
}

function AgeingItem({ item, index, back, now_us }: AgeingItemProps): Markup {
  const { unit, row, unansweredFlags, freshDay } = item;
  const url = unitUrl(row.id);
  const panel = `retire-${index}`;
  return (
    <li class="card ageing-unit" data-unit={row.id}>
      <h2>
        <a href={url}>{unit.insight.summary.trim() || row.id}</a>
      </h2>
      <Tags names={unit.domains} label="Domains" />
      <p class="hint audit-about">
        <Confidence value={unit.evidence.confidence} />
        <span>{counted(unit.evidence.confirmations, "confirmation")}</span>
        {freshDay === null ? "" : <span>{freshText(freshDay, now_us)}</span>}
        {unit.created_by === "" ? "" : <span>{`proposed by ${unit.created_by}`}</span>}
      </p>
      <Flags
        flags={unansweredFlags === 0 ? [] : unit.flags.slice(-unansweredFlags)}
        label={`Flags of unit ${index + 1}`}
        now_us={now_us}
      />
      <details>
        <summary>What it says</summary>
        <UnitText unit={unit} />
      </details>
      <form method="post" action={`${url}/verify`} class="ageing-verify" data-act="verify">
        <input type="hidden" name="back" value={back} />
        <FlagsShown count={unit.flags.length} />
        <label class="visually-hidden" for={`note-${index}`}>Note on this unit (optional)</label>
        <input id={`note-${index}`} name="note" placeholder="Note (optional)" autocomplete="off" />
        <button class="button button-primary" type="submit">
          Still right <span class="visually-hidden">{unit.insight.summary}</span>
        </button>
        <a class="button" href={`${url}/edit?back=${encodeURIComponent(back)}`} data-act="edit">
          Edit <span class="visually-hidden">{unit.insight.summary}</span>
        </a>
        <button class="button" type="button" popovertarget={panel} data-act="retire">
          Retire… <span class="visually-hidden">{unit.insight.summary}</span>
        </button>
      </form>
      <div
        class="panel"
        id={panel}
        popover="auto"
        role="dialog"
        aria-labelledby={`${panel}-title`}
        tabindex={-1}
      >
        <h3 id={`${panel}-title`}>Retire this unit</h3>
        <form method="post" action={`${url}/retire`} class="form">
          <input type="hidden" name="back" value={back} />
          <p class="hint">No agent is served it any longer. It can be reopened.</p>
          <ReasonFields prefix={panel} />
          <PanelButtons panel={panel} label="Retire" isDangerous />
        </form>
      </div>
    </li>
  );
}

function freshText(day: string, now_us: number): string {
  const days = Math.floor((now_us / 1000 - Date.parse(day)) / 86_400_000);
  return days < 1 ? "confirmed today" : `last confirmed ${counted(days, "day")} ago`;
}
