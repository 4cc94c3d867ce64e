import type { ApiKey } from "../../accounts/keys.ts";
import { isolated } from "../../wire/text.ts";
import { Badge, Tags } from "../components/tags.tsx";
import { TimeAgo } from "../components/time_ago.tsx";
import { type Markup, NOTHING } from "../markup.ts";
import { KeyEnd } from "./keys_end.tsx";
import { scopesText } from "./keys_form.tsx";
import { expiresSoon, KEYS_PATH, viewOf } from "./keys_query.ts";

interface KeyListProps {
  readonly keys: readonly ApiKey[];
  /** The id for the key that a rotation makes. */
  readonly newId: string;
  /** Whether the user has as many active keys as there may be. */
  readonly isFull: boolean;
  /** Where to come back to. */
  readonly back: string;
  readonly now_us: number;
}

/** Keys with what is known of them, and what can be done about them. */
export function KeyListing({ keys, ...shared }: KeyListProps): Markup {
  return <ul class="keys">{keys.map((key) => <KeyItem item={key} {...shared} />)}</ul>;
}

type KeyItemProps = Omit<KeyListProps, "keys"> & { readonly item: ApiKey };

function KeyItem(props: KeyItemProps): Markup {
  const { item: key, now_us } = props;
  return (
    <li class="key" data-key={key.id}>
      <div class="key-head">
        <h3>{key.name}</h3>
        <StateBadge item={key} now_us={now_us} />
        {key.labels.length === 0 ? "" : <Tags names={key.labels} label="Labels" />}
      </div>
      <dl class="key-facts">
        <div>
          <dt>Secret begins with</dt>
          <dd>
            <code>{`${key.prefix}…`}</code>
          </dd>
        </div>
        <div>
          <dt>Last used</dt>
          <dd>{key.last_used_at === null ? "never" : <TimeAgo time={key.last_used_at} now_us={now_us} />}</dd>
        </div>
        <EndFact item={key} now_us={now_us} />
        {key.scopes === undefined ? "" : (
          <div>
            <dt>May only</dt>
            <dd>{scopesText(key.scopes)}</dd>
          </div>
        )}
        <div>
          <dt>Created</dt>
          <dd>
            <TimeAgo time={key.created_at} now_us={now_us} />
          </dd>
        </div>
      </dl>
      {key.revoked_at === null ? <Actions {...props} /> : ""}
    </li>
  );
}

function StateBadge({ item: key, now_us }: { item: ApiKey; now_us: number }): Markup {
  const view = viewOf(key);
  if (view === "revoked") return <Badge tone="plain">revoked</Badge>;
  if (view === "expired") return <Badge tone="error">expired</Badge>;
  return expiresSoon(key, now_us) ? <Badge tone="warning">expires soon</Badge> : NOTHING;
}

function EndFact({ item: key, now_us }: { item: ApiKey; now_us: number }): Markup {
  const [name, time] = key.revoked_at !== null
    ? ["Revoked", key.revoked_at]
    : [key.is_expired ? "Expired" : "Expires", key.expires_at];
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <KeyEnd time={time} now_us={now_us} />
      </dd>
    </div>
  );
}

function Actions(props: KeyItemProps): Markup {
  const { item: key } = props;
  const rotate = `rotate-${key.id}`, revoke = `revoke-${key.id}`;
  return (
    <div class="key-actions">
      <button class="button button-small" type="button" popovertarget={rotate}>
        {key.is_expired ? "Renew…" : "Rotate…"}
        <span class="visually-hidden">{key.name}</span>
      </button>
      <button class="button button-small" type="button" popovertarget={revoke}>
        Revoke… <span class="visually-hidden">{key.name}</span>
      </button>
      <RotatePanel {...props} id={rotate} />
      <RevokePanel {...props} id={revoke} />
    </div>
  );
}

type PanelProps = KeyItemProps & { readonly id: string };

function RotatePanel({ item: key, id, newId, isFull }: PanelProps): Markup {
  return (
    <div class="panel" id={id} popover="auto" role="dialog" aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`}>{`${key.is_expired ? "Renew" : "Rotate"} “${isolated(key.name)}”?`}</h3>
      <form method="post" action={actionOf(key, "rotate")} class="form">
        <input type="hidden" name="id" value={newId} />
        <p>
          You get a new key with the same name and labels, which may do the same. It lasts {key.ttl} from now.
        </p>
        <WhenRevoked isExpired={key.is_expired} isFull={isFull} />
        <div class="form-actions">
          <button class="button button-primary" type="submit">Make the new key</button>
          <Cancel id={id} />
        </div>
      </form>
    </div>
  );
}

function WhenRevoked({ isExpired, isFull }: { isExpired: boolean; isFull: boolean }): Markup {
  if (isExpired) return <input type="hidden" name="revoke" value="now" />;
  if (isFull) {
    return (
      <>
        <input type="hidden" name="revoke" value="now" />
        <p class="hint">
          You have as many active keys as there may be, so the old one is revoked at once.
        </p>
      </>
    );
  }
  return (
    <fieldset>
      <legend>The old key</legend>
      <label class="choice">
        <input type="radio" name="revoke" value="later" checked />
        <span>works until I have copied the new one</span>
      </label>
      <label class="choice">
        <input type="radio" name="revoke" value="now" />
        <span>is revoked at once, because it may have leaked</span>
      </label>
    </fieldset>
  );
}

function RevokePanel({ item: key, id, back, now_us }: PanelProps): Markup {
  return (
    <div class="panel" id={id} popover="auto" role="dialog" aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`}>{`Revoke “${isolated(key.name)}”?`}</h3>
      <form method="post" action={actionOf(key, "revoke")} class="form">
        <input type="hidden" name="back" value={back} />
        <p>
          Whatever uses it is refused from now on. This cannot be undone.{" "}
          {key.last_used_at === null ? "It was never used." : (
            <>
              It was last used <TimeAgo time={key.last_used_at} now_us={now_us} />.
            </>
          )}
        </p>
        <div class="form-actions">
          <button class="button button-danger" type="submit">Revoke</button>
          <Cancel id={id} />
        </div>
      </form>
    </div>
  );
}

function Cancel({ id }: { id: string }): Markup {
  return (
    <button class="button" type="button" popovertarget={id} popovertargetaction="hide" autofocus>
      Cancel
    </button>
  );
}

function actionOf({ id }: ApiKey, verb: string): string {
  return `${KEYS_PATH}/${encodeURIComponent(id)}/${verb}`;
}
