/** Waits until a file survives a loss of power. */
export async function flushFile(path: string): Promise<void> {
  const file = await Deno.open(path, { read: true, write: true });
  try {
    await file.sync();
  } finally {
    file.close();
  }
}

/** The same for the names in a folder. Systems that cannot open a folder keep them by themselves. */
export async function flushFolder(path: string): Promise<void> {
  let folder: Deno.FsFile;
  try {
    folder = await Deno.open(path);
  } catch {
    return;
  }
  try {
    await folder.sync();
  } finally {
    folder.close();
  }
}
