import { AUDIT_KINDS, type AuditFilter } from "../../events/audit_log.ts";

export const AUDIT_PATH = "/settings/audit";

/** What the address of the audit log says. */
export interface AuditQuery extends AuditFilter {
  /** Where the page begins; undefined for the newest entry. */
  readonly before: number | undefined;
}

/** Reads the address; what it does not know it leaves out. */
export function readAuditQuery(parameters: URLSearchParams): AuditQuery {
  const kind = parameters.get("kind") ?? "";
  const before = parameters.get("before") ?? "";
  return {
    actor: parameters.get("actor") ?? "",
    kind: AUDIT_KINDS.find((known) => known === kind) ?? "",
    subject: parameters.get("subject")?.trim() ?? "",
    before: /^[1-9]\d{0,14}$/.test(before) ? Number(before) : undefined,
  };
}

/** The address of the log with this query. */
export function auditUrl(query: Partial<AuditQuery>): string {
  const parameters = new URLSearchParams();
  for (const name of ["actor", "kind", "subject"] as const) {
    const value = query[name] ?? "";
    if (value !== "") parameters.set(name, value.toWellFormed());
  }
  if (query.before !== undefined) parameters.set("before", String(query.before));
  const search = parameters.toString();
  return search === "" ? AUDIT_PATH : `${AUDIT_PATH}?${search}`;
}
