import { keyRequestSchema } from "../../accounts/key_request.ts";
import type { ApiKeys, NewApiKey } from "../../accounts/keys.ts";
import { CqError } from "../../errors.ts";
import { validate } from "../../wire/validation.ts";
import { redirect, renderPage } from "../respond.ts";
import { localPath, signedInRoute, type SignedInVisit, type UiRoute } from "../route.ts";
import { type KeyDraft, type KeyFaults, keyFaults, keyIdIn, readDraft } from "./keys_form.tsx";
import { NewKeyPage, type ReplacedKey } from "./keys_new.tsx";
import { KeysPage } from "./keys_page.tsx";
import { KEYS_PATH, readKeysQuery } from "./keys_query.ts";

interface KeyRoutesOptions {
  readonly keys: ApiKeys;
  /** Where clients reach the server; undefined where that is the address the browser has. */
  readonly publicUrl: string | undefined;
}

/** The keys that agents use: making, replacing and revoking them. */
export function keyRoutes(options: KeyRoutesOptions): UiRoute[] {
  const { keys } = options;
  return [
    signedInRoute("GET", KEYS_PATH, { needs: "read", handle: (visit) => showKeys(visit, options) }),
    signedInRoute("POST", KEYS_PATH, { needs: "read", handle: (visit) => createKey(visit, options) }),
    signedInRoute("POST", `${KEYS_PATH}/{id}/rotate`, {
      needs: "read",
      handle: (visit) => rotateKey(visit, options),
    }),
    // Whoever opens the address of the page that showed a key comes to the list.
    signedInRoute("GET", `${KEYS_PATH}/{id}/rotate`, {
      needs: "read",
      handle: () => Promise.resolve(redirect(KEYS_PATH)),
    }),
    signedInRoute("POST", `${KEYS_PATH}/{id}/revoke`, {
      needs: "read",
      async handle({ params, viewer, form }): Promise<Response> {
        await keys.revoke(viewer.userId, params["id"]!);
        const flash = {
          tone: "success",
          text: "Revoked. Whatever uses the key is refused from now on.",
        } as const;
        return redirect(localPath(form.get("back"), KEYS_PATH), { flash });
      },
    }),
  ];
}

interface Refusal {
  readonly status: number;
  readonly draft: KeyDraft;
  readonly faults: KeyFaults;
}

async function showKeys(
  visit: SignedInVisit,
  options: KeyRoutesOptions,
  rejected?: Refusal,
): Promise<Response> {
  const { keys } = options;
  return await renderPage(visit, {
    status: rejected?.status ?? 200,
    title: "API keys",
    scripts: ["keys.js"],
    children: (
      <KeysPage
        query={readKeysQuery(visit.url.searchParams)}
        keys={await keys.list(visit.viewer.userId)}
        rejected={rejected}
        newId={keys.newId()}
        address={addressOf(visit, options)}
        now_us={visit.now_us}
      />
    ),
  });
}

async function createKey(visit: SignedInVisit, options: KeyRoutesOptions): Promise<Response> {
  const { keys } = options;
  const draft = readDraft(visit.form, keys.newId());
  try {
    const request = validate(keyRequestSchema, draft, "body");
    const created = await keys.create(() => visit.viewer.userId, request, { id: draft.id });
    return await showNewKey(visit, options, { created });
  } catch (error) {
    if (!(error instanceof CqError) || error.status >= 500) throw error;
    const { status } = error;
    return await showKeys(visit, options, {
      status,
      // Under a fresh id: the one that was sent may be what was refused.
      draft: { ...draft, id: keys.newId() },
      faults: keyFaults(error),
    });
  }
}

async function rotateKey(visit: SignedInVisit, options: KeyRoutesOptions): Promise<Response> {
  const { keys } = options;
  const { viewer, form, params } = visit;
  const replacedId = params["id"]!;
  const isImmediate = form.get("revoke") === "now";
  try {
    const id = keyIdIn(form, keys.newId());
    const created = await keys.rotate(viewer.userId, replacedId, { id, isImmediate });
    const replaced = { id: replacedId, isRevoked: isImmediate };
    return await showNewKey(visit, options, { created, replaced });
  } catch (error) {
    if (!(error instanceof CqError) || error.status !== 409) throw error;
    return redirect(KEYS_PATH, { flash: { tone: "error", text: error.message } });
  }
}

async function showNewKey(
  visit: SignedInVisit,
  options: KeyRoutesOptions,
  { created, replaced }: { created: NewApiKey; replaced?: ReplacedKey },
): Promise<Response> {
  return await renderPage(visit, {
    status: 201,
    title: "Your new key",
    scripts: ["keys.js"],
    holdsSecret: true,
    children: (
      <NewKeyPage
        created={created}
        replaced={replaced}
        address={addressOf(visit, options)}
        now_us={visit.now_us}
      />
    ),
  });
}

function addressOf({ url }: SignedInVisit, { publicUrl }: KeyRoutesOptions): string {
  return publicUrl ?? url.origin;
}
