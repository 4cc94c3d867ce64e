import type { Markup } from "../markup.ts";

/** A line of more characters than that takes two. */
const NARROW_CHARS = 60;

/** A text to take along. The button stays hidden where no script can copy. */
export function CopyField(
  { id, label, value, rows }: { id: string; label: string; value: string; rows: number },
): Markup {
  return (
    <div class="field copy-field">
      <label for={id}>{label}</label>
      <textarea id={id} class="copy-text" rows={rows} readonly spellcheck={false} autocomplete="off">
        {`\n${value}`}
      </textarea>
      <button class="button button-small" type="button" data-copy={id} hidden>Copy</button>
    </div>
  );
}

/** What tells the cq command line and the SDKs where this server is, and who they are. */
export function ConnectField({ address, token }: { address: string; token: string }): Markup {
  const lines = [`export CQ_ADDR=${shellQuoted(address)}`, `export CQ_API_KEY=${shellQuoted(token)}`];
  return (
    <CopyField
      id="environment"
      label="Environment of your agent"
      value={lines.join("\n")}
      rows={token.length > NARROW_CHARS ? lines.length + 1 : lines.length}
    />
  );
}

/** How to connect an agent, for whoever has a key already. */
export function ConnectBox({ address }: { address: string }): Markup {
  return (
    <section class="connect" aria-labelledby="connect-title">
      <h2 id="connect-title">Connect your agent</h2>
      <p class="lead">
        The cq command line, its MCP server and the SDKs read these two variables. Put in a key that you
        copied when it was made.
      </p>
      <ConnectField address={address} token="<your key>" />
    </section>
  );
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
