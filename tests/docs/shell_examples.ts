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
 * A bash script that runs the examples one after the other in one shell, as somebody would who copies them, and stops at the first one
 * that fails. Servers are stopped at its end.
 */
export function scriptOf(
  examples: readonly ShellExample[],
  { address: { written, here }, outputs }: ScriptOptions,
): string {
  const steps = examples.filter(({ mode }) => mode !== "not run").map(({ line, code, mode }) => {
    const block = `{\n${code.replaceAll(written, here)}\n}`;
    const output = `>'${outputs}/${line}.out' 2>'${outputs}/${line}.err'`;
    if (mode === "run") return `${block} ${output}`;
    return `${block} ${output} &\nserver=$!\nuntil_ready "$server"`;
  });
  return [
    // Jobs in groups of their own, so that a server is stopped with all that it started.
    "set -e -o pipefail -m",
    'stop() { exec 2>/dev/null; [ -z "$server" ] || kill -TERM -- "-$server"; wait; }',
    "trap stop EXIT",
    "until_ready() {",
    `  until curl -fsS -o '${outputs}/ready' '${here}/readyz' 2>'${outputs}/ready'; do`,
    '    kill -0 "$1"; sleep 0.2',
    "  done",
    "}",
    ...steps,
  ].join("\n");
}
