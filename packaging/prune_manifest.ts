/**
 * Leaves in `deno.json` only the packages that the source beside it names, so that an image carries no test tools. The
 * runtime installs everything that the manifest lists, used or not.
 *
 *     deno run -A --no-config prune_manifest.ts /app
 */
import { join } from "node:path";

interface Manifest {
  readonly imports: Readonly<Record<string, string>>;
}

/** A manifest with the packages that some source text names. Packages of types go: nothing of them runs. */
export function pruned<M extends Manifest>(manifest: M, sources: readonly string[]): M {
  const isNeeded = ([name]: [string, string]): boolean =>
    !name.startsWith("@types/") &&
    sources.some((text) => text.includes(`"${name}"`) || text.includes(`"${name}/`));
  return { ...manifest, imports: Object.fromEntries(Object.entries(manifest.imports).filter(isNeeded)) };
}

async function sourcesIn(directory: string): Promise<string[]> {
  const texts: string[] = [];
  for await (const entry of Deno.readDir(directory)) {
    const path = join(directory, entry.name);
    if (entry.isDirectory) texts.push(...await sourcesIn(path));
    else if (/\.tsx?$/.test(entry.name)) texts.push(await Deno.readTextFile(path));
  }
  return texts;
}

if (import.meta.main) {
  const directory = Deno.args[0] ?? ".";
  const path = join(directory, "deno.json");
  const manifest: Manifest = JSON.parse(await Deno.readTextFile(path));
  await Deno.writeTextFile(
    path,
    `${JSON.stringify(pruned(manifest, await sourcesIn(directory)), null, 2)}\n`,
  );
}
