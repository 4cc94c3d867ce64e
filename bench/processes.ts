/** What Linux tells of processes. */

/** Units of CPU time in /proc: the same on every Linux. */
const TICKS_PER_SECOND = 100;
const PPID = 1, UTIME = 11, STIME = 12;

const IDLE_SAMPLE_MS = 100;
/** Share of a core below which a process counts as idle. */
const IDLE_SHARE = 0.15;

/** What a process and all it started use together. */
export interface Usage {
  readonly cpu_ms: number;
  readonly resident_MiB: number;
  /** The greatest that each process ever held. */
  readonly peak_MiB: number;
}

/** Usage of a process and its descendants. */
export function usageOf(pid: number): Usage {
  const total = { cpu_ms: 0, resident_MiB: 0, peak_MiB: 0 };
  for (const { pid: member, cpu_ms } of family(pid)) {
    const status = read(`/proc/${member}/status`) ?? "";
    total.cpu_ms += cpu_ms;
    total.resident_MiB += mebibytes(status, "VmRSS");
    total.peak_MiB += mebibytes(status, "VmHWM");
  }
  return total;
}

/** How many files and connections a process and its descendants have open. */
export function openFiles(pid: number): number {
  return family(pid).reduce(
    (total, member) => total + [...Deno.readDirSync(`/proc/${member.pid}/fd`)].length,
    0,
  );
}

/** A process and all it started that are still there. */
export function family(pid: number): { pid: number; cpu_ms: number }[] {
  const all = [...Deno.readDirSync("/proc")].flatMap(({ name }) => processAt(name));
  const members = all.filter((process) => process.pid === pid);
  // Children come after their parents, whatever their numbers.
  for (const parent of members) members.push(...all.filter(({ ppid }) => ppid === parent.pid));
  return members;
}

/** Waits until a process does nothing any more, but no longer than `patience_ms`; tells whether it came to rest. */
export async function untilIdle(pid: number, patience_ms: number): Promise<boolean> {
  const deadline = performance.now() + patience_ms;
  let before = usageOf(pid).cpu_ms;
  while (performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, IDLE_SAMPLE_MS));
    const now = usageOf(pid).cpu_ms;
    if (now - before <= IDLE_SAMPLE_MS * IDLE_SHARE) return true;
    before = now;
  }
  return false;
}

function processAt(name: string): { pid: number; ppid: number; cpu_ms: number }[] {
  const text = /^\d+$/.test(name) ? read(`/proc/${name}/stat`) : undefined;
  if (text === undefined) return [];
  // A program's name may hold spaces and parentheses: what follows it begins after the last one.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ").map(Number);
  const ticks = fields[UTIME]! + fields[STIME]!;
  return [{ pid: Number(name), ppid: fields[PPID]!, cpu_ms: ticks * 1000 / TICKS_PER_SECOND }];
}

function mebibytes(status: string, field: string): number {
  const kibibytes = new RegExp(`^${field}:\\s+(\\d+) kB$`, "m").exec(status)?.[1];
  return Number(kibibytes ?? 0) / 1024;
}

/** The text of a file in /proc; undefined where its process has ended. */
function read(path: string): string | undefined {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    return undefined;
  }
}
