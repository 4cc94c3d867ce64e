/**
 * Compiles the server and the command line, each into one binary for each system, and writes the checksums beside them.
 *
 *     deno task compile                                      # for this machine
 *     deno task compile --target aarch64-apple-darwin --target x86_64-pc-windows-msvc
 *     deno task compile --target all --output dist
 */
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

/** The systems the runtime exists for. */
export const TARGETS: readonly string[] = [
  "x86_64-unknown-linux-gnu",
  "aarch64-unknown-linux-gnu",
  "x86_64-apple-darwin",
  "aarch64-apple-darwin",
  "x86_64-pc-windows-msvc",
];

interface Binary {
  readonly name: string;
  readonly entry: string;
  readonly v8Flags: readonly string[];
  readonly permissions: readonly string[];
}

/** Any file, since the database may be anywhere. */
const PERMISSIONS = ["--allow-net", "--allow-env", "--allow-read", "--allow-write"];

/** What is compiled. The heap of the server is bounded: docs/decisions/0012-memory.md. */
export const BINARIES: readonly Binary[] = [
  {
    name: "cq-server",
    entry: "main.ts",
    v8Flags: ["--v8-flags=--max-semi-space-size=4,--heap-growing-percent=20,--no-regexp-tier-up"],
    permissions: [...PERMISSIONS, "--allow-sys=statfs"],
  },
  {
    name: "cq",
    entry: "cli.ts",
    v8Flags: [],
    permissions: [...PERMISSIONS, "--allow-sys=statfs,uid,gid"],
  },
];

/** No import leads to a worker; the compiler has to be told. */
export const WORKERS: readonly string[] = [
  "src/accounts/password_worker.ts",
  "src/database/checkpoint_worker.ts",
  "src/database/copy_worker.ts",
  "src/knowledge/guard_worker.ts",
];
const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** The name of a binary's file. */
export function fileName({ name }: Binary, target: string): string {
  return `${name}-${target}${target.includes("windows") ? ".exe" : ""}`;
}

async function compile(binary: Binary, { target, path }: { target: string; path: string }): Promise<void> {
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: [
      "compile",
      "--frozen",
      "--no-check",
      "--exclude-unused-npm",
      `--target=${target}`,
      ...binary.v8Flags,
      "--no-prompt",
      ...binary.permissions,
      ...WORKERS.map((worker) => `--include=${worker}`),
      `--output=${path}`,
      binary.entry,
    ],
    cwd: ROOT,
  }).spawn().status;
  if (!success) throw new Error(`${binary.name} could not be compiled for ${target}`);
}

/** A line for each binary in a folder, as `sha256sum --check` reads them. */
async function checksums(folder: string): Promise<string> {
  const known = TARGETS.flatMap((target) => BINARIES.map((binary) => fileName(binary, target)));
  const lines: string[] = [];
  for await (const { name } of Deno.readDir(folder)) {
    if (known.includes(name)) lines.push(`${await digestOf(`${folder}/${name}`)}  ${name}\n`);
  }
  return lines.sort((one, other) => one.slice(64) < other.slice(64) ? -1 : 1).join("");
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  using file = await Deno.open(path);
  for await (const chunk of file.readable) hash.update(chunk);
  return hash.digest("hex");
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    args: Deno.args,
    options: {
      target: { type: "string", multiple: true, default: [Deno.build.target] },
      output: { type: "string", default: `${ROOT}dist` },
    },
  });
  const targets = values.target.includes("all") ? TARGETS : values.target;
  const unknown = targets.filter((target) => !TARGETS.includes(target));
  if (unknown.length > 0) {
    throw new Error(`${unknown.join(", ")}: use all, or some of ${TARGETS.join(", ")}`);
  }

  await Deno.mkdir(values.output, { recursive: true });
  for (const target of targets) {
    for (const binary of BINARIES) {
      await compile(binary, { target, path: `${values.output}/${fileName(binary, target)}` });
    }
  }
  await Deno.writeTextFile(`${values.output}/SHA256SUMS`, await checksums(values.output));
}

if (import.meta.main) {
  try {
    await main();
  } catch (error) {
    Deno.stderr.writeSync(new TextEncoder().encode(`error: ${(error as Error).message}\n`));
    Deno.exit(1);
  }
}
