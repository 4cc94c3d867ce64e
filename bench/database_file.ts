import { type Content, keyOf, units } from "./content.ts";
import { makeDatabase } from "./make_database.ts";

/** Units that stand for all: what makes other ones makes other first ones. */
const FINGERPRINTED = 100;

/** The file with this content in a directory: made where it is not there yet. It is never written again: servers work on copies. */
export async function databaseFile(
  directory: string,
  content: Content,
  progress: (text: string) => void,
): Promise<string> {
  const path = `${directory}/cq-bench-${content.units}-${await fingerprint(content)}.db`;
  if (await exists(path)) return path;
  progress(`making a database of ${content.units} units`);
  await Deno.mkdir(directory, { recursive: true });
  // Under another name until it is whole.
  const unfinished = await Deno.makeTempFile({ dir: directory, prefix: "cq-bench-", suffix: ".unfinished" });
  try {
    makeDatabase(unfinished, content);
    await Deno.rename(unfinished, path);
  } catch (error) {
    await Deno.remove(unfinished);
    throw error;
  }
  return path;
}

/** Copies a database; where the file system can, without copying its bytes. */
export async function copyDatabase(from: string, to: string): Promise<void> {
  await Deno.copyFile(from, to);
  // Or it would be written to the disk while something is being measured.
  using file = await Deno.open(to, { read: true, write: true });
  await file.sync();
}

async function fingerprint(content: Content): Promise<string> {
  const text = JSON.stringify([keyOf(0, content), ...units(content).take(FINGERPRINTED)]);
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return new Uint8Array(digest).toHex().slice(0, 12);
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
