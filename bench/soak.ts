/**
 * Uses a server in every way at a steady pace and tells whether it grows: see README.md. Ends with 1 where it does, or where an
 * answer is wrong.
 *
 *     deno task soak [--minutes 30] [--units 10000] [--json]
 */
import { parseArgs } from "node:util";
import { CONTENT_OPTIONS, contentOf } from "./content.ts";
import { copyDatabase, databaseFile } from "./database_file.ts";
import { untilIndexed } from "./indexing.ts";
import { startServer } from "./server.ts";
import { callers } from "./soak_callers.ts";
import { formatSoak, soak, type SoakReport } from "./soak_run.ts";
import { subjectIn } from "./subject.ts";

const { values } = parseArgs({
  options: {
    units: CONTENT_OPTIONS.units,
    seed: CONTENT_OPTIONS.seed,
    pepper: CONTENT_OPTIONS.pepper,
    minutes: { type: "string", default: "30" },
    json: { type: "boolean", default: false },
  },
});

async function main(): Promise<SoakReport> {
  const minutes = Number(values.minutes);
  if (!(minutes > 0)) throw new Error(`--minutes ${values.minutes} is no number above 0`);
  const content = contentOf(values);
  const directory = await Deno.makeTempDir({ prefix: "cq-soak-" });
  try {
    const path = `${directory}/cq.db`;
    await copyDatabase(await databaseFile(directory, content, progress), path);
    const subject = await subjectIn(path, content);
    await using server = await startServer(path, content.pepper);
    const origin = `http://127.0.0.1:${server.port}`;
    progress("indexing the store");
    await untilIndexed(origin);
    return await soak(callers(origin, subject), { pid: server.pid, minutes, progress });
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

function progress(text: string): void {
  Deno.stderr.writeSync(new TextEncoder().encode(`${text}\n`));
}

const report = await main();
const output = values.json ? JSON.stringify(report, null, 2) : formatSoak(report);
Deno.stdout.writeSync(new TextEncoder().encode(`${output}\n`));
Deno.exit(report.problems.length === 0 ? 0 : 1);
