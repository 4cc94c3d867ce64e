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

/** What connects an agent that speaks the Model Context Protocol, with nothing to install: a configuration, and a command. */
export function McpFields({ address, token }: { address: string; token: string }): Markup {
  const url = `${address}/mcp`;
  const header = `Bearer ${token}`;
  const configuration = { mcpServers: { cq: { type: "http", url, headers: { Authorization: header } } } };
  const json = JSON.stringify(configuration, null, 2);
  const command = `claude mcp add --transport http cq ${shellQuoted(url)} --header ${
    shellQuoted(`Authorization: ${header}`)
  }`;
  return (
    <>
      <CopyField id="mcp" label="MCP configuration" value={json} rows={json.split("\n").length + 1} />
      <CopyField id="mcp-command" label="MCP with Claude Code" value={command} rows={3} />
    </>
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
      <p class="lead">
        An agent that speaks MCP over HTTP needs nothing else: this goes into the MCP settings of your editor
        or agent.
      </p>
      <McpFields address={address} token="<your key>" />
    </section>
  );
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
