import { Command, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { type EmbeddingConfig, embeddingConfig } from "../config.ts";
import type { Database } from "../database/database.ts";
import { misconfigured, unavailable } from "../errors.ts";
import { RETRY_AFTER_S } from "../limits.ts";
import { EmbeddingService } from "../search/embedding_service.ts";
import { countVectors, type VectorCounts } from "../search/vector_counts.ts";
import { VectorFilling } from "../search/vector_filling.ts";
import { VectorUpkeep } from "../search/vector_upkeep.ts";
import { systemClock } from "../wire/time.ts";
import { withDatabase } from "./context.ts";
import { examples, EXIT, Finding } from "./run.ts";
import { note, print, printJson, startProgress } from "./terminal.ts";

/** `vectors`: what questions find units by their meaning with. */
export function vectorsCommand(): CommandUnknownOpts {
  return new Command("vectors")
    .description(
      "Count and make the vectors of semantic search. A server makes them too, beside its requests.",
    )
    .addHelpText("after", examples("cq vectors status", "cq vectors fill"))
    .addCommand(statusCommand())
    .addCommand(fillCommand());
}

function statusCommand(): CommandUnknownOpts {
  return new Command("status")
    .description(
      `Tell how many approved units have a vector and how many miss one. Exit code ${EXIT.found} where any does.`,
    )
    .option("--json", "print the counts as JSON")
    .addHelpText("after", examples("cq vectors status", "cq vectors status --json"))
    .action(async ({ json }) => {
      const counts = await withDatabase(countVectors);
      if (json === true) printJson(counts);
      else print(told(counts));
      if (counts.missing > 0) throw new Finding();
    });
}

function fillCommand(): CommandUnknownOpts {
  return new Command("fill")
    .description(
      "Make every vector that is missing. Needs TOKEN_EMBEDDING_URL. It can be interrupted and run again; servers leave the " +
        `work to it while it runs. Exit code ${EXIT.found} where some are left.`,
    )
    .option("--again", "make all of them anew: after a change of the service's model")
    .option("--json", "print the counts as JSON")
    .addHelpText("after", examples("cq vectors fill", "cq vectors fill --again"))
    .action(async ({ again, json }) => {
      const embedding = embeddingConfig();
      if (embedding === undefined) {
        throw misconfigured("TOKEN_EMBEDDING_URL is not set; set it to the address of the embedding service");
      }
      const { reason, isDown, ...counts } = await withDatabase((database) =>
        fill(database, { embedding, again: again === true })
      );
      if (json === true) printJson(counts);
      else print(`${counts.made} vectors made. ${told(counts)}`);
      if (isDown) throw unavailable(reason!, { retryAfter_s: RETRY_AFTER_S });
      if (reason !== undefined) note(`The texts of some units are refused. ${reason}`);
      if (counts.missing > 0) throw new Finding();
    });
}

function told({ units, missing, dimension }: VectorCounts): string {
  const made = units - missing;
  const vector = dimension === 0 ? "a vector" : `a vector of ${dimension} dimensions`;
  return `${made} of ${units} approved units have ${vector}, ${missing} have none.`;
}

interface Filled extends VectorCounts {
  readonly made: number;
  /** Why some are left, and whether that is because the service is down. */
  readonly reason: string | undefined;
  readonly isDown: boolean;
}

async function fill(
  database: Database,
  { embedding, again }: { embedding: EmbeddingConfig; again: boolean },
): Promise<Filled> {
  const filling = new VectorFilling({
    database,
    service: new EmbeddingService(embedding),
    clock: systemClock(),
  });
  const upkeep = new VectorUpkeep(database, embedding.dimension);
  for (let page = await upkeep.readOn(); page.length > 0;) page = await upkeep.readOn();
  const obstacle = await filling.begin({ again });
  if (obstacle !== undefined) throw unavailable(obstacle, { retryAfter_s: RETRY_AFTER_S });
  await upkeep.retry();
  const progress = startProgress((await countVectors(database)).missing);
  let [made, isDown] = [0, false];
  let reason: string | undefined;
  while (!isDown) {
    const batch = await filling.next({ inAnyCase: true });
    if (batch === undefined) break;
    made += batch.made;
    reason = batch.reason ?? reason;
    isDown = batch.isDown;
    progress.advance(batch.tried);
  }
  progress.stop();
  await filling.release();
  return { ...await countVectors(database), made, reason, isDown };
}
