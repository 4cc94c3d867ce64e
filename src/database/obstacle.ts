import { dirname } from "node:path";

const CANNOT_OPEN = "unable to open database file", CANNOT_READ = "disk I/O error";

/** Why SQLite failed on a file: in its own words, or in the system's where it says no more than that it could not open it. */
export function reasonAt(path: string, cause: Error): string {
  const { message } = cause;
  if (cause instanceof Deno.errors.PermissionDenied) return advised(cause);
  if (!message.startsWith(CANNOT_OPEN) && !message.startsWith(CANNOT_READ)) return message;
  try {
    if (Deno.statSync(path).isDirectory) return "it is a directory, not a file";
    // Opening for writing writes nothing, and the system knows more than modes: read-only disks, access lists.
    Deno.openSync(path, { read: true, write: true }).close();
  } catch (error) {
    return `it cannot be opened for writing: ${advised(error as Error)}`;
  }
  if (message.startsWith(CANNOT_READ)) return message;
  return `${message}: ${dirname(path)} must be writable, too, as SQLite keeps its log there`;
}

function advised(error: Error): string {
  return error instanceof Deno.errors.PermissionDenied
    ? `${error.message}; let the user of this process write the file and its folder`
    : error.message;
}
