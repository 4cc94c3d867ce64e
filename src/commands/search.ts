import { Command, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { confirmWithin } from "../config.ts";
import { invalid } from "../errors.ts";
import type { Answer } from "../knowledge/query.ts";
import { QuestionAnswers } from "../knowledge/question_answers.ts";
import { QUERY_LIMIT_MAX } from "../limits.ts";
import { LiveProjection } from "../projection/live.ts";
import { TextIndex } from "../search/text_index.ts";
import { cleanDomains } from "../wire/text.ts";
import { dayOf, systemClock } from "../wire/time.ts";
import { withDatabase } from "./context.ts";
import { examples } from "./run.ts";
import { note, print, printable, printJson, printTable } from "./terminal.ts";

const SHOWN_UNITS = "10";
const SUMMARY_SHOWN_CHARS = 80;

interface ShownUnit {
  readonly id: string;
  readonly domains: readonly string[];
  readonly insight: { readonly summary: string };
  readonly evidence: { readonly confidence: number };
}

/** `search`: what agents would be served. */
export function searchCommand(): CommandUnknownOpts {
  return new Command("search")
    .description("Find approved units by a question in your own words, as agents do; best first.")
    .argument("<question...>", "words, or an error message")
    .option("--domain <domain...>", "tags that the units should have")
    .option("--limit <count>", `how many units, at most ${QUERY_LIMIT_MAX}`, SHOWN_UNITS)
    .option("--json", "print the units as JSON")
    .addHelpText(
      "after",
      examples(
        'cq search "connection reset by peer behind the proxy"',
        "cq search flaky test --domain pytest",
      ),
    )
    .action(async (words, { domain = [], limit, json }) => {
      const q = words.join(" ").trim();
      if (q === "") {
        throw invalid('There is no question; write what you would ask, such as: cq search "flaky test"');
      }
      const { units } = await ask({ q, domains: cleanDomains(domain), limit: limitOf(limit) });
      const found = units.map((text) => JSON.parse(text) as ShownUnit);
      if (json === true) printJson(found);
      else if (found.length === 0) print("Nothing was found.");
      else printTable(["confidence", "summary", "domains", "id"], found.map(cells));
    });
}

function limitOf(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= QUERY_LIMIT_MAX) return limit;
  throw invalid(`--limit ${text} is no whole number from 1 to ${QUERY_LIMIT_MAX}`);
}

function ask(
  { q, domains, limit }: { q: string; domains: readonly string[]; limit: number },
): Promise<Answer> {
  return withDatabase(async (database) => {
    const doubts = {
      policy: { confirmWithin_days: confirmWithin() },
      today: () => dayOf(systemClock().now()),
    };
    const live = new LiveProjection(database, doubts);
    const index = new TextIndex(database);
    try {
      const questions = new QuestionAnswers(database, index, live, doubts);
      const question = { q, domains, languages: [], frameworks: [], pattern: "", limit, isTolerant: true };
      await index.catchUp().catch((error) => note(`Some texts are not indexed: ${error.message}`));
      return await questions.find(question);
    } finally {
      await index.close();
      await live.close();
    }
  });
}

function cells({ id, domains, insight, evidence }: ShownUnit): string[] {
  const summary = printable(insight.summary);
  const shown = summary.length > SUMMARY_SHOWN_CHARS
    ? `${summary.slice(0, SUMMARY_SHOWN_CHARS - 1)}…`
    : summary;
  return [evidence.confidence.toFixed(2), shown, domains.join(", "), id];
}
