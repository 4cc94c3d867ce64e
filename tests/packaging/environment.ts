import assert from "node:assert/strict";
import { basename } from "node:path";
import { type Config, loadConfig } from "../../src/config.ts";
import { temporaryDirectory } from "../fixtures/directory.ts";

const SECRETS: Readonly<Record<string, string>> = {
  CQ_DATABASE_URL_FILE: "postgresql://cq:secret@db.example.com:5432/cq",
};

/**
 * What a server makes of an environment that a package gives it, with secrets in the files that it names. There must be nothing
 * to warn about, such as a variable that no server knows.
 */
export async function configOf(environment: Readonly<Record<string, string>>): Promise<Config> {
  await using directory = await temporaryDirectory();
  const here = { ...environment };
  for (const [name, path] of Object.entries(environment)) {
    if (!name.endsWith("_FILE")) continue;
    here[name] = directory.file(basename(path));
    await Deno.writeTextFile(here[name], SECRETS[name] ?? "s".repeat(48));
  }
  const config = loadConfig(here);
  assert.deepEqual(config.warnings, []);
  return config;
}

/** The folders that the image's server may read. */
export function readableFolders(dockerfile: string): string[] {
  const folders = /"--allow-read=([^"]+)"/.exec(dockerfile)?.[1];
  assert.ok(folders, "the image's command does not say what it may read");
  return folders.split(",");
}
