import { parseHead } from "../../events/audit.ts";
import type { AuditLog } from "../../events/audit_log.ts";
import { CqError } from "../../errors.ts";
import { AUDIT_EXPORT_LINES, AUDIT_LIST_PAGE } from "../../limits.ts";
import { logger } from "../../telemetry/log.ts";
import { redirect, renderPage } from "../respond.ts";
import { signedInRoute, type SignedInVisit, type UiRoute } from "../route.ts";
import { type AuditCheck, AuditPage } from "./audit_page.tsx";
import { AUDIT_PATH, type AuditQuery, readAuditQuery } from "./audit_query.ts";

const log = logger("audit");

/** The audit log: to be read, checked and taken along. */
export function auditRoutes(audit: AuditLog): UiRoute[] {
  const needs = "administer";
  return [
    signedInRoute("GET", AUDIT_PATH, {
      needs,
      handle: (visit) => showAudit(visit, audit, { query: readAuditQuery(visit.url.searchParams) }),
    }),
    signedInRoute("POST", `${AUDIT_PATH}/check`, { needs, handle: (visit) => checkAudit(visit, audit) }),
    // Whoever opens the address of a check comes to the log.
    signedInRoute("GET", `${AUDIT_PATH}/check`, {
      needs,
      handle: () => Promise.resolve(redirect(AUDIT_PATH)),
    }),
    signedInRoute("GET", `${AUDIT_PATH}/export`, {
      needs,
      handle: () => Promise.resolve(exported(audit)),
    }),
  ];
}

async function showAudit(
  visit: SignedInVisit,
  audit: AuditLog,
  { query, check, status = 200 }: { query: AuditQuery; check?: AuditCheck; status?: number },
): Promise<Response> {
  const [list, head] = await Promise.all([
    audit.list({ filter: query, before: query.before, limit: AUDIT_LIST_PAGE }),
    audit.head(),
  ]);
  return await renderPage(visit, {
    status,
    title: "Audit log",
    scripts: ["keys.js"],
    children: <AuditPage query={query} list={list} head={head} check={check} />,
  });
}

async function checkAudit(visit: SignedInVisit, audit: AuditLog): Promise<Response> {
  const query = readAuditQuery(new URLSearchParams());
  const known = visit.form.get("known")?.trim() ?? "";
  try {
    const report = await audit.check(known === "" ? undefined : parseHead(known));
    return await showAudit(visit, audit, { query, check: { known, report } });
  } catch (error) {
    if (!(error instanceof CqError) || error.status !== 422) throw error;
    return await showAudit(visit, audit, { query, check: { known, fault: error.message }, status: 422 });
  }
}

/** Every entry as a line of JSON, read as fast as it is taken. */
function exported(audit: AuditLog): Response {
  const entries = audit.entries();
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller): Promise<void> {
      try {
        const lines: string[] = [];
        while (lines.length < AUDIT_EXPORT_LINES) {
          const { done, value } = await entries.next();
          if (done === true) break;
          lines.push(`${JSON.stringify(value)}\n`);
        }
        if (lines.length === 0) return controller.close();
        controller.enqueue(encoder.encode(lines.join("")));
      } catch (error) {
        // The client must not take what it has for the whole log.
        log.error("an export of the audit log broke off", { reason: String(error) });
        controller.error(error);
      }
    },
    async cancel(): Promise<void> {
      await entries.return(undefined);
    },
  });
  return new Response(body, {
    headers: {
      "content-type": "application/jsonl",
      "content-disposition": 'attachment; filename="cq-audit.jsonl"',
      "cache-control": "no-store",
    },
  });
}
