// Clean units put together of facts (`blocks.txt`) and of what people write around facts.
import type { CleanCase, CorpusUnit } from "./cases.ts";
import { type Random, seededRandom } from "./random.ts";
import { evidence, extensions, place, remark, verification } from "./surroundings.ts";

/** Something that goes wrong, why, and what helps. */
interface Fact {
  readonly thing: string;
  readonly symptom: string;
  readonly cause: string;
  readonly remedy: string;
  readonly snippet: string;
}

interface Topic {
  readonly name: string;
  readonly area: string;
  readonly language: string;
  readonly facts: readonly Fact[];
}

function factOf(line: string): Fact {
  const [thing, symptom, cause, remedy, snippet] = line.split(" ¦ ");
  if (snippet === undefined) throw new Error(`Not a fact: ${line}`);
  return { thing: thing!, symptom: symptom!, cause: cause!, remedy: remedy!, snippet };
}

function topicOf(block: string): Topic {
  const [head, ...lines] = block.trim().split("\n");
  const [name, area, language] = head!.split(" ; ");
  return { name: name!, area: area!, language: (language ?? "").trim(), facts: lines.map(factOf) };
}

function topics(): Topic[] {
  const text = Deno.readTextFileSync(new URL("blocks.txt", import.meta.url));
  return text.split(/^# /m).filter(Boolean).map(topicOf);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

type Form = (fact: Fact, random: Random) => CorpusUnit["insight"];

/** A short lesson. */
function lesson({ thing, symptom, cause, remedy, snippet }: Fact, random: Random): CorpusUnit["insight"] {
  return {
    summary: `${capital(thing)}: ${symptom}`,
    detail: `${capital(cause)}. ${remark(random)}`,
    action: `${capital(remedy)}: ${snippet}`,
  };
}

/** The story of one failure. */
function incident({ thing, symptom, cause, remedy, snippet }: Fact, random: Random): CorpusUnit["insight"] {
  return {
    summary: `${capital(symptom)} when ${cause}`,
    detail: `${place(random)} we looked at ${thing} for a while. ${evidence(random)} ${
      verification(random)
    } Seen with:\n${snippet}`,
    action: `${capital(remedy)}.`,
  };
}

/** A rule with its reason. */
function rule({ thing, symptom, cause, remedy, snippet }: Fact, random: Random): CorpusUnit["insight"] {
  return {
    summary: `${capital(remedy)} (${thing})`,
    detail: `Otherwise ${symptom}. The reason: ${cause}. ${evidence(random)}\n\n    ${snippet}\n\n${
      remark(random)
    }`,
    action: `Always ${remedy}${
      random.pick(["", " before the next release", ", and add a test", " in new projects"])
    }.`,
  };
}

/** A question and its answer. */
function question({ thing, symptom, cause, remedy, snippet }: Fact, random: Random): CorpusUnit["insight"] {
  return {
    summary: `What to do if ${symptom}? (${thing})`,
    detail: `First check whether ${cause}. ${evidence(random)} ${remark(random)} ${verification(random)}`,
    action: `If so, ${remedy}. Look at: ${snippet}`,
  };
}

/** A hint for those who take over. */
function handover({ thing, symptom, cause, remedy, snippet }: Fact, random: Random): CorpusUnit["insight"] {
  return {
    summary: `${capital(random.pick(["note", "hint", "lesson", "reminder"]))} on ${thing} – ${cause}`,
    detail: `${place(random)} ${symptom}. ${verification(random)} ${evidence(random)}`,
    action: `${random.pick(["Run", "Check", "Compare", "Start with"])} \`${snippet}\`, then ${remedy}.`,
  };
}

const FORMS: Readonly<Record<string, Form>> = { lesson, incident, rule, question, handover };

function unitsOf(topic: Topic): CleanCase[] {
  return topic.facts.flatMap((fact, index) =>
    Object.entries(FORMS).map(([form, write]) => {
      const id = `composed-${topic.name}-${index + 1}~${form}`;
      const random = seededRandom(id);
      const unit: CorpusUnit = {
        domains: [topic.name, topic.area],
        insight: write(fact, random),
        context: {
          languages: topic.language === "" ? [] : [topic.language],
          frameworks: [],
          pattern: random.below(3) === 0 ? fact.thing.replaceAll(" ", "-") : "",
        },
        ...(random.below(5) === 0 ? { extensions: extensions(random) } : {}),
      };
      return { id, kind: "clean" as const, source: "composed", topic: topic.name, unit };
    })
  );
}

/** The composed units, the same on every run. */
export function composedUnits(): CleanCase[] {
  return topics().flatMap(unitsOf);
}
