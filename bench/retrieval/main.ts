/**
 * Measures how often the unit that helps is among the first answers; see README.md.
 *
 *     deno task bench:retrieval [--half tuning|held_out|all] [--misses MODE] [--embedding URL --dimension N]
 */
import { parseArgs } from "node:util";
import { startFakeEmbedding } from "./fake_embedding.ts";
import { halves, KINDS, type Question, QUESTIONS } from "./questions.ts";
import { openRetrievalStore, type RetrievalStore } from "./store.ts";
import { UNITS } from "./units.ts";

const ANSWERS = 10;
const FIRST = 5;

const MODES = {
  "exact tags": ({ q: _, ...tags }) => tags.domains && { ...tags, tags: "exact" },
  "tolerant tags": ({ q: _, ...tags }) => tags.domains && tags,
  "text": ({ q }) => ({ q }),
  "text and tolerant tags": (question) => question,
  "hybrid": (question) => question,
} as const satisfies Readonly<Record<string, (question: Asked) => object | undefined>>;
type Mode = keyof typeof MODES;

type Asked = Pick<Question, "q" | "domains" | "languages" | "frameworks">;

type Half = "tuning" | "held_out" | "all";

const { values } = parseArgs({
  options: {
    half: { type: "string", default: "all" },
    misses: { type: "string" },
    embedding: { type: "string" },
    dimension: { type: "string", default: "768" },
  },
});

interface Outcome {
  readonly question: Question;
  readonly recall: number;
  readonly reciprocalRank: number;
  readonly found: readonly string[];
}

async function ask({ app }: RetrievalStore, asked: object | undefined): Promise<string[]> {
  if (asked === undefined) return [];
  const query = new URLSearchParams({ limit: String(ANSWERS) });
  for (const [name, value] of Object.entries(asked)) {
    for (const each of [value].flat()) query.append(name, String(each));
  }
  const response = await app(new Request(`http://127.0.0.1/api/v1/knowledge?${query}`));
  const { data } = await response.json() as { data: { id: string }[] };
  return data.map(({ id }) => id);
}

async function outcomeOf(store: RetrievalStore, question: Question, mode: Mode): Promise<Outcome> {
  const { q, domains, languages, frameworks, relevant } = question;
  const given = Object.entries({ q, domains, languages, frameworks }).filter(([, value]) =>
    value !== undefined
  );
  const found = await ask(store, MODES[mode](Object.fromEntries(given) as Asked));
  const firsts = found.slice(0, FIRST).filter((id) => relevant.includes(id));
  const rank = found.findIndex((id) => relevant.includes(id));
  return {
    question,
    recall: firsts.length / Math.min(relevant.length, FIRST),
    reciprocalRank: rank === -1 ? 0 : 1 / (rank + 1),
    found,
  };
}

function say(line = ""): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}

function mean(values: readonly number[]): string {
  return (values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(3);
}

function report(asked: readonly Question[], outcomes: ReadonlyMap<Mode, readonly Outcome[]>): void {
  const modes = [...outcomes.keys()];
  say(`${UNITS.length} units, ${asked.length} questions (${values.half}).\n`);
  for (const [name, measure] of [["recall@5", "recall"], ["MRR@10", "reciprocalRank"]] as const) {
    say(`| ${name} | ${modes.join(" | ")} |\n| --- |${" ---: |".repeat(modes.length)}`);
    for (const kind of [undefined, ...KINDS]) {
      const means = modes.map((mode) =>
        mean(
          outcomes.get(mode)!.filter(({ question }) => kind === undefined || question.kind === kind)
            .map((outcome) => outcome[measure]),
        )
      );
      say(`| ${kind ?? "all"} | ${means.join(" | ")} |`);
    }
    say();
  }
}

async function main(): Promise<void> {
  const asked = { all: QUESTIONS, ...halves(QUESTIONS) }[values.half as Half];
  if (asked === undefined) throw new Error(`--half is tuning, held_out or all, not ${values.half}`);
  await using store = await openRetrievalStore(UNITS);
  await using fake = startFakeEmbedding();
  const real = { url: values.embedding ?? "", dimension: Number(values.dimension) };
  await using hybrid = await openRetrievalStore(UNITS, values.embedding === undefined ? fake.config : real);
  const outcomes = new Map<Mode, Outcome[]>();
  for (const mode of Object.keys(MODES) as Mode[]) {
    const found: Outcome[] = [];
    for (const question of asked) {
      found.push(await outcomeOf(mode === "hybrid" ? hybrid : store, question, mode));
    }
    outcomes.set(mode, found);
  }
  report(asked, outcomes);
  // Whoever tunes the search reads no text of the other half.
  if (values.half !== "tuning") return;
  for (const { question, found, recall } of outcomes.get(values.misses as Mode) ?? []) {
    if (recall < 1) say(JSON.stringify({ ...question, found: found.slice(0, FIRST) }));
  }
}

await main();
