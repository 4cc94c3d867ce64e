/** A fenced `sh` block of a Markdown page. */
export interface ShellExample {
  /** Of its first line in the page, from 1. */
  readonly line: number;
  readonly code: string;
  /** `background`: it runs until it is stopped, as a server does. */
  readonly mode: "run" | "background" | "not run";
  /** Why it is not run. */
  readonly reason: string | undefined;
  /** What the page says it prints; `…` stands for any text. */
  readonly expected: string | undefined;
}

const EXAMPLE =
  /(?:^<!-- (?:not run: (?<reason>[^\n]+)|(?<background>in the background)) -->\n+)?^```sh\n(?<code>.*?)\n```$(?:\n+^```text\n(?<expected>.*?)\n```$)?/gms;

/** The shell examples of a page, in order. */
export function shellExamples(page: string): ShellExample[] {
  return [...page.matchAll(EXAMPLE)].map((match) => {
    const { reason, background, code = "", expected } = match.groups!;
    const before = page.slice(0, match.index + match[0].indexOf("```sh\n"));
    const mode = reason !== undefined ? "not run" : background !== undefined ? "background" : "run";
    return { line: before.split("\n").length + 1, code, mode, reason, expected };
  });
}

/** Whether an example printed what its page says. */
export function isAsExpected(printed: string, expected: string): boolean {
  const parts = expected.trim().split("…").map((part) => RegExp.escape(part));
  return new RegExp(`^${parts.join(".*?")}$`, "s").test(printed.trim());
}

interface ScriptOptions {
  /** Where the server of the examples listens in the page, and where it does here. */
  readonly address: { readonly written: string; readonly here: string };
  /** A folder for what each example prints: `LINE.out` and `LINE.err`. */
  readonly outputs: string;
}

/**
 * Bash scripts that run the examples one after the other, as somebody would who copies them: each ends with the first example that fails.
 * What runs in the background is the last one in its terminal; what follows it runs in a new one, which knows no variable of the former.
 */
export function terminalsOf(
  examples: readonly ShellExample[],
  { address: { written, here }, outputs }: ScriptOptions,
): string[] {
  const terminals = [[TERMINAL]];
  for (const { line, code, mode } of examples) {
    if (mode === "not run") continue;
    const output = `>'${outputs}/${line}.out' 2>'${outputs}/${line}.err'`;
    terminals.at(-1)!.push(`{\n${code.replaceAll(written, here)}\n} ${output}`);
    if (mode === "background") terminals.push([TERMINAL]);
  }
  return terminals.map((steps) => steps.join("\n"));
}

/** A terminal that is closed waits for its server to end. */
const TERMINAL = "set -e -o pipefail; trap exit TERM";

/** A bash script that runs those in files: each but the last beside the next, which begins when the server at `address` is ready. */
export function sessionOf(terminals: readonly string[], { address }: { readonly address: string }): string {
  const begun = terminals.slice(0, -1).map((file) => `bash '${file}' & servers+=($!)\nuntil_ready $!`);
  return [
    // Jobs in groups of their own, so that a server is stopped with all that it started.
    "set -e -m",
    "servers=()",
    'stop() { exec 2>/dev/null; for server in "${servers[@]}"; do kill -TERM -- "-$server"; done; wait; }',
    "trap stop EXIT",
    `until_ready() { until curl -fs -o /dev/null '${address}/readyz'; do kill -0 "$1"; sleep 0.2; done; }`,
    ...begun,
    `bash '${terminals.at(-1)}'`,
  ].join("\n");
}
