import type { NewApiKey } from "../../accounts/keys.ts";
import { isolated } from "../../wire/text.ts";
import { type Markup, NOTHING } from "../markup.ts";
import { ConnectField, CopyField, McpFields } from "./keys_connect.tsx";
import { KeyEnd } from "./keys_end.tsx";
import { KEYS_PATH } from "./keys_query.ts";

/** The key that a new one takes the place of. */
export interface ReplacedKey {
  readonly id: string;
  readonly isRevoked: boolean;
}

interface NewKeyPageProps {
  readonly created: NewApiKey;
  readonly replaced: ReplacedKey | undefined;
  readonly address: string;
  readonly now_us: number;
}

/** The one time that a key's token is shown. */
export function NewKeyPage({ created, replaced, address, now_us }: NewKeyPageProps): Markup {
  return (
    <section class="card new-key" data-secret="" aria-labelledby="new-key-title">
      <h1 id="new-key-title">Copy your new key</h1>
      <p class="notice notice-warning">
        <strong>This is the only time it is shown.</strong>{" "}
        Put it where your agent reads it before you leave this page. Nobody can show it again, but you can
        always make another one.
      </p>
      <CopyField id="token" label={`Key “${isolated(created.name)}”`} value={created.token} rows={2} />
      <ConnectField address={address} token={created.token} />
      <McpFields address={address} token={created.token} />
      <p class="hint">
        It expires <KeyEnd time={created.expires_at} now_us={now_us} />. <OldKey replaced={replaced} />
      </p>
      <Acknowledgement replaced={replaced} />
    </section>
  );
}

function OldKey({ replaced }: { replaced: ReplacedKey | undefined }): Markup {
  if (replaced === undefined) return NOTHING;
  return replaced.isRevoked
    ? <>The old key is revoked: whatever still uses it is refused.</>
    : <>The old key goes on working until you say that you have copied this one.</>;
}

function Acknowledgement({ replaced }: { replaced: ReplacedKey | undefined }): Markup {
  if (replaced === undefined || replaced.isRevoked) {
    return (
      <form method="get" action={KEYS_PATH} class="form-actions" data-copied="">
        <button class="button button-primary" type="submit">I have copied it</button>
      </form>
    );
  }
  return (
    <div class="form-actions">
      <form method="post" action={`${KEYS_PATH}/${encodeURIComponent(replaced.id)}/revoke`} data-copied="">
        <button class="button button-primary" type="submit">I have copied it, revoke the old key</button>
      </form>
      <form method="get" action={KEYS_PATH} data-copied="">
        <button class="button" type="submit">I have copied it, keep both for now</button>
      </form>
    </div>
  );
}
