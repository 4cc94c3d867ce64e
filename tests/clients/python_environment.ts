import { fileURLToPath } from "node:url";
import { fileDigest } from "../fixtures/directory.ts";

// Clients written in Python run in environments of their own, made once and kept in .cache of the checkout.

const CACHE = fileURLToPath(new URL("../../.cache/", import.meta.url));
/** Where tests must not be skipped. */
export const IS_CI = Deno.env.get("CI") === "true";

/** A Python with packages, or why there is none. */
export type PythonEnvironment = { readonly python: string } | { readonly reason: string };

/**
 * A Python with the packages of a requirements file beside this one.
 *
 * @throws in continuous integration, where there must be one.
 */
export async function pythonEnvironment(requirements: string): Promise<PythonEnvironment> {
  try {
    return { python: await installed(fileURLToPath(new URL(requirements, import.meta.url))) };
  } catch (error) {
    if (IS_CI) throw error;
    return { reason: `${requirements}: ${(error as Error).message}` };
  }
}

async function installed(requirements: string): Promise<string> {
  await Deno.mkdir(CACHE, { recursive: true });
  // Named by what is in it: other requirements are another environment.
  const name = `python-${(await fileDigest(requirements)).slice(0, 16)}`;
  const python = `${CACHE}${name}/bin/python`;
  const complete = `${CACHE}${name}/complete`;
  // Another test run in the same checkout waits for this one.
  using lock = await Deno.open(`${CACHE}${name}.lock`, { create: true, write: true });
  await lock.lock(true);
  if (await exists(complete)) return python;
  await run("python3", ["-m", "venv", "--clear", `${CACHE}${name}`]);
  await run(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", requirements]);
  await Deno.writeTextFile(complete, "");
  return python;
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

async function run(command: string, args: readonly string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(command, { args: [...args], stdin: "null" }).output();
  if (success) return;
  const printed = new TextDecoder().decode(stderr).trim();
  throw new Error(`${command} ${args.slice(0, 3).join(" ")} failed: ${printed.split("\n").at(-1)}`);
}
