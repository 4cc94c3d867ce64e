import { statfs } from "node:fs/promises";

/** Bytes that may still be written in a folder; undefined where the process may not ask (`--allow-sys=statfs`) or nobody knows. */
export async function freeBytes(folder: string): Promise<number | undefined> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    return undefined;
  }
}
