import { phraseRule } from "./phrases.ts";
import type { TextRule } from "./rule.ts";
import { TONGUES } from "./tongues.ts";

/** What a sentence may hold between two of its words. */
const WITHIN = "[^.!?。！？]";

/** Two things in one sentence, in either order. */
function together(first: string, second: string): RegExp {
  const [a, b] = [bounded(first), bounded(second)];
  return new RegExp(`${a}${WITHIN}{0,70}?${b}|${b}${WITHIN}{0,70}?${a}`, "g");
}

/** Words that say no, before a verb or between it and what it is about, and forms of verbs that say it at their end. */
const NO_WORD = "nicht|nie|niemals|non|pas|jamais|no|nunca|nao|nem|niet|nooit|inte|ikke|aldri|не|никогда";
const NO_SIGN = "不要|不得|切勿|请勿|勿|别", NO_ENDING = "せず|しない|しな|ない|ません|지 말|지 마|지 않";

/** Two things in one sentence, in either order, where nothing says no. */
function unlessNegated(first: string, second: string): RegExp {
  const [a, b] = [bounded(first), bounded(second)];
  const before = `(?<!(?<![a-z])(?:${NO_WORD}) (?:[^ .!?]{1,14} ){0,2}|(?:${NO_SIGN})[^.!?。！？]{0,8})`;
  const gap = `(?:(?!(?<![a-zа-я])(?:${NO_WORD})(?![a-zа-я])|${NO_SIGN})${WITHIN}){0,70}?`;
  const after = `(?![^.!?。！？]{0,8}(?:${NO_ENDING}))`;
  return new RegExp(`${before}(?:${a}${gap}${b}|${b}${gap}${a})${after}`, "g");
}

/** A stem begins a word. Scripts without spaces have no such beginnings. */
function bounded(source: string): string {
  return `(?<![a-z])(?:${source})`;
}

/** Rules of something that is neither the reader nor who speaks to it: those of a program. */
const RULES_OF =
  "(?:regl|regel|regra|regol)\\w{0,2}(?: [a-z]{4,14})? (?:d'|(?:de|des|du|del|della|di|do|da|von|vom|van) )(?:l[ae']? ?)?(?!syst|sist|util|usu|benutz|nutz|entwickl|devel|desar|desen|svilupp|assist|agent|model|prompt|sess|sesi|secur|segur|sicher|sicur|conv|chat|claude|openai|anthropic|votre|ton |tu |seu |sua |tua |dein|ihr|cett?e? |est[aeo] |quest|dies|admin|oper|empres|entrepr|propri|base|conduit|conduct|condott|ethi|etic)[a-z.]|(?:regul|zasad)[a-z]? (?:\\w{0,6}lint|prettier|css|ruff|flake8|rubocop|checkstyle|firewall|iptables|nginx|webpack)|правил[а-я]{0,2} (?!system|prompt|claude|openai)[a-z]";

const OVERRIDES: readonly RegExp[] = TONGUES.map((tongue) => {
  const [ignore, earlier, any] = [tongue.ignore, tongue.earlier, tongue.orders].map(bounded);
  const orders = `(?!${RULES_OF})${any}`;
  return new RegExp(
    `${ignore}${WITHIN}{0,40}?(?:${earlier}${WITHIN}{0,30}?${orders}|${orders}${WITHIN}{0,20}?${earlier})|` +
      `${earlier}${WITHIN}{0,30}?${orders}${WITHIN}{0,24}?${ignore}`,
    "g",
  );
});

/** The same attacks in other languages than English. */
export const LANGUAGE_RULES: readonly TextRule[] = [
  phraseRule({
    name: "override-other-language",
    title: "Tells the reader, in another language, to ignore earlier instructions",
    action: "block",
    message: "This tells an agent to set its instructions aside",
    view: "prose",
    reportsMentions: true,
    patterns: OVERRIDES,
  }),
  phraseRule({
    name: "coercion-other-language",
    title: "Orders, in another language, secrecy, exfiltration, votes or less protection",
    action: "warn",
    message: "This may order an agent to act against its user or without them",
    view: "prose",
    reportsMentions: false,
    patterns: TONGUES.flatMap((tongue) => [
      together(tongue.conceal, tongue.person),
      together(tongue.send, tongue.secrets),
      together(tongue.vote, tongue.item),
      unlessNegated(tongue.disable, tongue.protection),
      together(tongue.agent, tongue.must),
      together(tongue.fetched, tongue.run),
      new RegExp(bounded(tongue.unasked), "g"),
      new RegExp(bounded(tongue.unsaid), "g"),
    ]),
  }),
];
