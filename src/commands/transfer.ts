import { Command, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { guardPolicy } from "../config.ts";
import { conflict, CqError, invalid } from "../errors.ts";
import {
  createTransfer,
  type ImportCounts,
  type NumberedLine,
  type Transfer,
} from "../knowledge/transfer.ts";
import { configuredScreening } from "../knowledge/screening.ts";
import { IMPORT_BATCH } from "../limits.ts";
import { counted } from "../wire/text.ts";
import { systemClock } from "../wire/time.ts";
import { withDatabase } from "./context.ts";
import { endOfExport, type ReadLine, readLines, unreadableFile } from "./lines.ts";
import { examples } from "./run.ts";
import { note, print, printable, printJson, type Progress, startProgress, write } from "./terminal.ts";

const FORMAT = 'One JSON object a line: {"unit": {…}, "status": …, "reviewed_by": …, "reviewed_at": …, ' +
  '"created_at": …}, or a bare unit, which becomes pending.';

/** `import`: units from JSON lines. */
export function importCommand(): CommandUnknownOpts {
  return new Command("import")
    .description(
      `Store units from a file. ${FORMAT} Units whose id is known are left alone, so an import can be repeated.`,
    )
    .argument("<file>", "JSON lines; - for standard input")
    .option("--skip-invalid", "report lines that cannot be stored and go on")
    .option(
      "--no-guard",
      "store units without looking for credentials and injection: for what was checked before",
    )
    .option("--json", "print the counts as JSON")
    .addHelpText(
      "after",
      examples(
        "cq import units.jsonl",
        "cq import - --skip-invalid < units.jsonl",
        "gunzip -c units.jsonl.gz | cq import -",
      ),
    )
    .action(async (file, { skipInvalid, guard, json }) => {
      const screening = guard ? { screening: configuredScreening(guardPolicy()) } : {};
      const counts = await withDatabase((database) => {
        const transfer = createTransfer({ database, clock: systemClock(), ...screening });
        return importAll(transfer, file, skipInvalid === true);
      });
      if (json === true) printJson(counts);
      else print(told(counts));
      if (counts.refused > 0) {
        throw invalid("some lines were refused, see above; correct them and import again");
      }
    });
}

async function importAll(
  transfer: Transfer,
  file: string,
  skipInvalid: boolean,
): Promise<ImportCounts & { refused: number }> {
  const progress = startProgress(file === "-" ? 0 : (await Deno.stat(file).catch(unreadableFile)).size);
  const total = { added: 0, known: 0, refused: 0 };
  const store = async (lines: readonly NumberedLine[]): Promise<void> => {
    const { added, known, refused } = await importBatch(transfer, lines, skipInvalid);
    total.added += added;
    total.known += known;
    total.refused += refused;
  };
  try {
    let batch: NumberedLine[] = [];
    for await (const line of progressing(readLines(file), progress)) {
      if (line.isGarbled) {
        const message = `line ${line.number}: it is not UTF-8`;
        if (!skipInvalid) throw invalid(message);
        note(message);
        total.refused++;
      } else if (line.text.trim() !== "") batch.push(line);
      if (batch.length < IMPORT_BATCH) continue;
      await store(batch);
      batch = [];
    }
    await store(batch);
  } finally {
    progress.stop();
  }
  return total;
}

async function* progressing(
  lines: AsyncIterable<ReadLine>,
  progress: Progress,
): AsyncGenerator<ReadLine> {
  for await (const line of lines) {
    yield line;
    progress.advance(line.bytes);
  }
}

async function importBatch(
  transfer: Transfer,
  lines: readonly NumberedLine[],
  skipInvalid: boolean,
): Promise<ImportCounts & { refused: number }> {
  try {
    return { ...await transfer.importLines(lines), refused: 0 };
  } catch (error) {
    if (!(skipInvalid && error instanceof CqError && error.code === "invalid")) throw error;
    if (lines.length === 1) {
      note(error.message);
      return { added: 0, known: 0, refused: 1 };
    }
    // Line by line finds every bad one and stores the others.
    const total = { added: 0, known: 0, refused: 0 };
    for (const line of lines) {
      const { added, known, refused } = await importBatch(transfer, [line], skipInvalid);
      total.added += added;
      total.known += known;
      total.refused += refused;
    }
    return total;
  }
}

function told({ added, known, refused }: ImportCounts & { refused: number }): string {
  return `${counted(added, "unit")} added, ${known} were there, ${counted(refused, "line")} refused.`;
}

/** `export`: units as JSON lines. */
export function exportCommand(): CommandUnknownOpts {
  return new Command("export")
    .description(`Write every unit, in the order of their ids. ${FORMAT}`)
    .argument("[file]", "must not exist; - for standard output, as where it is left out")
    .option("--resume", "go on where an interrupted export to the same file ended")
    .addHelpText(
      "after",
      examples(
        "cq export units.jsonl",
        "cq export units.jsonl --resume",
        "cq export | gzip > units.jsonl.gz",
      ),
    )
    .action(async (file, { resume }) => {
      const isToFile = file !== undefined && file !== "-";
      if (resume === true && !isToFile) throw invalid("--resume goes on with a file; name it");
      await withDatabase(async (database) => {
        const transfer = createTransfer({ database, clock: systemClock() });
        if (!isToFile) return void await exportAll(transfer, "", print);
        const written = await exportToFile(transfer, file, resume === true);
        print(`${counted(written, "unit")} written to ${printable(file)}.`);
      });
    });
}

/** @returns how many units were written. */
async function exportToFile(transfer: Transfer, path: string, resume: boolean): Promise<number> {
  const unwritable = (error: Error): never => {
    throw invalid(`${path} cannot be written to: ${error.message}`);
  };
  const file = await Deno.open(path, { read: true, write: true, create: true, createNew: !resume }).catch(
    (error) => {
      if (error instanceof Deno.errors.AlreadyExists) {
        throw conflict(`${path} exists; --resume goes on with it`);
      }
      return unwritable(error);
    },
  );
  try {
    const end = resume ? await endOfExport(file) : { after: "", offset: 0 };
    if (end === undefined) {
      throw conflict(`${path} is no export of this server, and was left as it is; name another file`);
    }
    const { after, offset } = end;
    await file.truncate(offset).catch(unwritable);
    await file.seek(offset, Deno.SeekMode.Start);
    const written = await exportAll(transfer, after, (line) => {
      try {
        write(file, `${line}\n`);
      } catch (error) {
        unwritable(error as Error);
      }
    });
    await file.sync().catch(unwritable);
    return written;
  } finally {
    file.close();
  }
}

/** @returns how many units were written. */
async function exportAll(
  transfer: Transfer,
  after: string,
  writeLine: (line: string) => void,
): Promise<number> {
  const progress = startProgress(await transfer.count());
  let [written, unreadable] = [0, 0];
  try {
    for await (const page of transfer.exportPages(after)) {
      for (const unit of page) {
        writeLine(unit.line);
        if (unit.unreadable !== undefined) unreadable++;
      }
      written += page.length;
      progress.advance(page.length);
    }
  } finally {
    progress.stop();
  }
  if (unreadable > 0) {
    note(`${counted(unreadable, "unit")} cannot be read: written as unit_text, named by the check command`);
  }
  return written;
}
