import { type AuditHead, type AuditReport, spelledHead, unprovenWords } from "../../events/audit.ts";
import { AUDIT_KINDS, type AuditList } from "../../events/audit_log.ts";
import { AUDIT_CHECK_MAX, AUDIT_SCAN_MAX } from "../../limits.ts";
import { EmptyState } from "../components/empty_state.tsx";
import { TextField } from "../components/field.tsx";
import type { Markup } from "../markup.ts";
import { AuditLine, kindWords } from "./audit_entry.tsx";
import { AUDIT_PATH, type AuditQuery, auditUrl } from "./audit_query.ts";
import { CopyField } from "./keys_connect.tsx";
import { SIGN_INS_PATH } from "./sign_ins_query.ts";

/** What a check came to. */
export interface AuditCheck {
  /** The head that was noted before, as it was sent. */
  readonly known: string;
  /** Undefined where the log is too long for a page to check it. */
  readonly report?: AuditReport | undefined;
  /** What is wrong with the noted head. */
  readonly fault?: string;
}

interface AuditPageProps {
  readonly query: AuditQuery;
  readonly list: AuditList;
  readonly head: AuditHead | undefined;
  /** Set where the log was just checked. */
  readonly check: AuditCheck | undefined;
}

/** What was done to units, accounts and keys, and whether anybody tampered with the record of it. */
export function AuditPage({ query, list, head, check }: AuditPageProps): Markup {
  return (
    <div class="page">
      <header class="page-head">
        <h1>Audit log</h1>
        <p class="muted">{head === undefined ? "No entries" : `${head.seq} entries`}</p>
        <a href={SIGN_INS_PATH}>Sign-ins</a>
      </header>
      {check === undefined ? "" : <CheckResult check={check} />}
      <details class="card new-key-card" open={check !== undefined}>
        <summary>Check and export</summary>
        <div class="audit-tools">
          <CopyField id="head" label="Head of the log" value={spelledHead(head)} rows={2} />
          <p class="hint">
            Keep it where nobody who can change the log can change it: a later check against it tells whether
            entries were cut off or rewritten.
          </p>
          <form method="post" action={`${AUDIT_PATH}/check`} class="form">
            <TextField
              name="known"
              label="A head that was kept (optional)"
              value={check?.known ?? ""}
              fault={check?.fault}
            />
            <div class="form-actions">
              <button class="button" type="submit">Check the log</button>
              <a class="button" href={`${AUDIT_PATH}/export`} download="cq-audit.jsonl">
                Download as JSON lines
              </a>
            </div>
          </form>
        </div>
      </details>
      <AuditFilters query={query} />
      {list.entries.length === 0
        ? <NothingListed query={query} list={list} />
        : (
          <ol class="audit-lines" id="audit">
            {list.entries.map((entry) => <AuditLine entry={entry} />)}
          </ol>
        )}
      {list.isCutShort
        ? <p class="hint">{`${AUDIT_SCAN_MAX} entries were looked at for this page. There are more.`}</p>
        : ""}
      <nav class="pager" aria-label="Pages">
        {query.before === undefined
          ? ""
          : <a class="button" href={auditUrl({ ...query, before: undefined })}>To the newest</a>}
        {list.next === undefined
          ? ""
          : (
            <a class="button" rel="next" href={auditUrl({ ...query, before: list.next })}>
              {list.isCutShort ? "Search on" : "Older"}
            </a>
          )}
      </nav>
    </div>
  );
}

function CheckResult({ check: { report, fault } }: { check: AuditCheck }): Markup {
  if (fault !== undefined) return <p class="notice notice-error" role="alert">The log was not checked.</p>;
  if (report === undefined) {
    return (
      <p class="notice notice-warning" role="alert">
        {`With more than ${AUDIT_CHECK_MAX} entries the log is checked on the server's command line: `}
        <code>cq audit verify</code>
      </p>
    );
  }
  const { entries, problems, purged, unproven } = report;
  if (problems.length === 0) {
    return (
      <p class="notice notice-success" role="status">
        {`All ${entries} entries are as they were written${
          purged === 0 ? "" : `, ${purged} without details that were purged`
        }.`}
        {unproven.length === 0 ? "" : ` ${unprovenWords(unproven)}`}
      </p>
    );
  }
  return (
    <section class="notice notice-error" role="alert">
      <h2>The log was tampered with, or is damaged</h2>
      <ul>
        {problems.map(({ message }) => <li>{message}</li>)}
      </ul>
    </section>
  );
}

function AuditFilters({ query }: { query: AuditQuery }): Markup {
  return (
    <form method="get" action={AUDIT_PATH} class="audit-filters" role="search">
      <TextField name="actor" label="Who" value={query.actor} />
      <div class="field">
        <label for="kind">What</label>
        <select id="kind" name="kind">
          <option value="">Anything</option>
          {AUDIT_KINDS.map((kind) => (
            <option value={kind} selected={kind === query.kind}>{kindWords(kind)}</option>
          ))}
        </select>
      </div>
      <TextField name="subject" label="Unit or user" value={query.subject} />
      <button class="button" type="submit">Filter</button>
    </form>
  );
}

function NothingListed({ query, list }: { query: AuditQuery; list: AuditList }): Markup {
  if (list.isCutShort) {
    return (
      <EmptyState title="Nothing found so far">
        <p>None of the entries that were looked at fits. There are more: search on.</p>
      </EmptyState>
    );
  }
  if (auditUrl(query) !== AUDIT_PATH) {
    return (
      <EmptyState title="Nothing fits">
        <p>No entry fits these filters.</p>
        <a class="button" href={AUDIT_PATH}>Show all entries</a>
      </EmptyState>
    );
  }
  return (
    <EmptyState title="Nothing was recorded yet">
      <p>What is done to units, users and keys shows up here.</p>
    </EmptyState>
  );
}
