import { createHash } from "node:crypto";
import { conflict, invalidFields } from "../errors.ts";
import { eventInsertion } from "../events/events.ts";
import type { Finding } from "../guard/finding.ts";
import type { GuardedText } from "../guard/guard.ts";
import { mask } from "../guard/mask.ts";
import { findingsReplacement } from "../knowledge/findings.ts";
import { createScreening } from "../knowledge/screening.ts";
import { proposalSchema, proposedDomains } from "../knowledge/proposal.ts";
import { readable } from "../knowledge/readable.ts";
import { unitDomains, unitReplacement } from "../knowledge/store.ts";
import { type KnowledgeUnit, rewriteUnit } from "../knowledge/unit.ts";
import { DECISIONS } from "../telemetry/instruments.ts";
import type { Caller } from "../wire/endpoint.ts";
import { trimSpace } from "../wire/text.ts";
import { isoOffset } from "../wire/time.ts";
import { validate } from "../wire/validation.ts";
import { attentionEnd } from "./attention_store.ts";
import { holdUnit } from "./decision_store.ts";
import { alreadyDecided, checkProposer, type Decision, existing, type Parts } from "./decisions.ts";
import { pendingDecision } from "./store.ts";

/** The fields of a unit that a reviewer may correct. */
export interface Edit {
  readonly summary: string;
  readonly detail: string;
  readonly action: string;
  readonly domains: readonly string[];
  readonly languages: readonly string[];
  readonly frameworks: readonly string[];
  readonly pattern: string;
}

/** A correction, with the {@link editMark} of the unit that was corrected. */
export interface MarkedEdit {
  readonly edit: Edit;
  readonly mark: string;
}

/** One corrected field. */
export interface Difference {
  readonly before: string | readonly string[];
  readonly after: string | readonly string[];
}

/** What of a unit can be corrected, as it is now. */
export function editable({ insight, domains, context }: KnowledgeUnit): Edit {
  return { ...insight, domains, ...context };
}

/** Stands for what of a unit can be corrected: another one means that somebody else changed it. */
export function editMark(unit: KnowledgeUnit): string {
  return createHash("sha256").update(JSON.stringify(editable(unit))).digest("hex").slice(0, MARK_CHARS);
}

const MARK_CHARS = 16;

/** @throws {CqError} 409 where the unit is no longer the one that was marked. */
export function checkMark(unit: KnowledgeUnit, mark: string): void {
  if (mark !== editMark(unit)) throw conflict("Somebody else changed this unit meanwhile");
}

/** @throws {CqError} 409 where somebody decides on another text than the one that was marked. */
export function checkSeen(unit: KnowledgeUnit, mark: string): void {
  if (mark === editMark(unit)) return;
  throw conflict("Somebody else changed this unit meanwhile; look at it again: it is not decided yet");
}

/** An edit with personal data and credentials masked. */
export function maskedEdit({ summary, detail, action, pattern, ...tags }: Edit): Edit {
  return {
    ...tags,
    summary: mask(summary),
    detail: mask(detail),
    action: mask(action),
    pattern: mask(pattern),
  };
}

/** The fields in which two states of a unit differ. */
export function differences(before: Edit, after: Edit): Partial<Record<keyof Edit, Difference>> {
  const fields = ["summary", "detail", "action", "domains", "languages", "frameworks", "pattern"] as const;
  const changed = fields.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
  return Object.fromEntries(
    changed.map((field) => [field, { before: before[field], after: after[field] }]),
  );
}

/**
 * Corrects a pending unit and approves it. What was changed stays in the history.
 *
 * @throws {CqError} 422 under the same rules as a proposal and where a text is emptied, 409 where the unit is decided or was changed
 * meanwhile.
 */
export async function approveEdited(
  { database, clock, allowsSelfReview, screening = createScreening() }: Parts,
  { id, edit, mark, caller }: MarkedEdit & { readonly id: string; readonly caller: Caller },
): Promise<Decision> {
  const checked = checkedEdit(edit);
  const findings = await screening.unit(guardedText(checked));
  const decision = await database.transaction(async (transaction): Promise<Decision> => {
    const row = existing(await holdUnit(transaction, id));
    if (row.status !== "pending") throw alreadyDecided(row);
    if (allowsSelfReview === false) checkProposer(row, { caller, act: "approve" });
    const { document, unit } = readable(row);
    checkMark(unit, mark);
    const before = editable(unit);
    const after = keepingLineEnds(before, checked);
    checkNotEmptied(before, after);
    const changes = differences(before, after);
    const now = isoOffset(clock.now());
    const event = { unitId: id, by: caller, at: now };
    const hasChanges = Object.keys(changes).length > 0;
    await transaction.batch([
      ...(hasChanges
        ? unitReplacement({
          id,
          data: rewriteUnit(document, edited(unit, after)),
          tier: unit.tier,
          domains: after.domains,
        }, await unitDomains(transaction, id))
        : []),
      // Whoever edits it has looked at it: what is held is none any more.
      ...findingsReplacement(id, findings.map(acknowledged), now),
      pendingDecision({ id, status: "approved", reviewer: caller.username, now }),
      eventInsertion(
        ...(hasChanges ? [{ ...event, kind: "edited" as const, detail: { changes } }] : []),
        { ...event, kind: "approved" },
      ),
      ...attentionEnd(id),
    ]);
    return { unit_id: id, status: "approved", reviewed_by: caller.username, reviewed_at: now };
  });
  DECISIONS.increment(decision.status);
  return decision;
}

/** Forms send every line end as one kind: that alone is no change. */
export function keepingLineEnds(before: Edit, after: Edit): Edit {
  const plain = (text: string): string => text.replaceAll("\r\n", "\n");
  const kept = (["summary", "detail", "action", "pattern"] as const).filter((field) =>
    plain(before[field]) === plain(after[field])
  );
  return { ...after, ...Object.fromEntries(kept.map((field) => [field, before[field]])) };
}

/**
 * Refuses an edit that leaves a text empty that agents are served. One that was empty before may stay.
 *
 * @throws {CqError} 422.
 */
export function checkNotEmptied(before: Edit, after: Edit): void {
  const emptied = (["summary", "detail", "action"] as const).filter((field) =>
    trimSpace(after[field]) === "" && after[field] !== before[field]
  );
  if (emptied.length === 0) return;
  throw invalidFields(
    emptied.map((field) => ({ type: "value_error", loc: ["body", "insight", field], msg: EMPTIED })),
  );
}

const EMPTIED = "Agents are served this text: it must not be left empty";

/** A finding of a text that somebody who may has just looked at: what is held is none any more. */
export function acknowledged(finding: Finding): Finding {
  return { ...finding, severity: "warn" };
}

/** What the guard looks at of an edit. */
export function guardedText(
  { summary, detail, action, languages, frameworks, pattern, domains }: Edit,
): GuardedText {
  return { insight: { summary, detail, action }, context: { languages, frameworks, pattern }, domains };
}

/** An edit under the rules of a proposal, cleaned. @throws {CqError} 422. */
export function checkedEdit(
  { summary, detail, action, languages, frameworks, pattern, domains }: Edit,
): Edit {
  const proposal = validate(proposalSchema, {
    domains,
    insight: { summary, detail, action },
    context: { languages, frameworks, pattern },
  }, "body");
  return { ...proposal.insight, ...proposal.context, domains: proposedDomains(proposal.domains) };
}

/** A unit with what was corrected of it. */
export function edited(unit: KnowledgeUnit, edit: Edit): KnowledgeUnit {
  const { summary, detail, action, domains, languages, frameworks, pattern } = edit;
  return {
    ...unit,
    domains,
    insight: { summary, detail, action },
    context: { languages, frameworks, pattern },
  };
}
