import type { Anchors } from "./anchors.ts";
import type { Sighting } from "./rule.ts";
import { someMatch, type Sought } from "./sought.ts";

/** How far the words that govern a phrase may be from it. */
const BEFORE_CHARS = 90;
const AFTER_CHARS = 110;

/** Words before a phrase that warn against it: in the same clause, and not taken back before the phrase. */
const AGAINST =
  /\b(?:never(?! mind)|do not|don't|dont|does not|doesn't|avoid(?:s|ing)?|not to|must not|mustn't|should not|shouldn't|not|cannot|can't|instead of|rather than|refuse[sd]?(?: to)?|no longer|without|stop|remove[sd]?|replace[sd]?|forbid\w{0,4}|ban|disallow\w{0,3}|reject\w{0,3}|prevent\w{0,3}|warns?|beware|nie|niemals|nicht|kein\w{0,2}|jamais|ne|eviter?z?|evite|nunca|no|evita\w{0,2}|nao|mai)\b(?! (?:hesitate|forget|fail|worry|be afraid|only|mind|question|wait|think twice))(?:(?!\b(?:but|then|instead|just|now|please|always|unless|until|simply|because|and then|and (?:install|run|add|set|use|put|execute|disable|turn|pass|export|start|open|copy|send|call|apply|keep|leave|delete|remove))\b)[^.!?;:]){0,55}$|(?:никогда|не |избегай|不要|切勿|请勿|别|避免|禁止|しないで)[^.!?。;:，]{0,30}$/;
/** Words before a phrase that report it. */
const REPORTED =
  /\b(?:such as|like|e\.g\.|for example|for instance|examples?|says?|saying|said|reads?|phrases?|strings?|payloads?|attacks?|attackers?|injections?|injected|malicious|untrusted|poisoned|hostile|contain(?:s|ed|ing)?|detect\w{0,4}|flag(?:s|ged)|scan\w{0,4}|filter\w{0,3}|block(?:s|ed|ing)?|match(?:es|ed|ing)?|grep\w{0,4}|tricks?|tricked|tells?|told|telling|asks|asking|tries|trying|attempts?|called|named|titled|if a|when a|whether|red.?team\w{0,3}|jailbreaks?|(?<![<\/])templates?|tokenizers?(?:\.json)?|chatml|lacks|wraps|pipes|fires on)\b[^.!?]{0,60}$|\b(?:becomes?|became|means|expands? to|expanded to|turn(?:s|ed) into|ran|executed|typed|unset is|empty is|prefer(?:red)?[^.!?]{1,50} over|instead of|better than) ["'`(]{0,2}$/;
/** Words after a phrase that judge it. */
const JUDGED =
  /^(?:[^.!?\n]|[.](?=\w)){0,60}\b(?:is|are|was|were|as|would|can|may|could|makes?|disables?|turns? off|hides?|masks?|exposes?|leaks?|opens?|bypass(?:es)?|skips?|removes?|defeats?)\b[^.!?\n]{0,50}(?<![\w-])(?:attacks?|attempts?|templates?|injections?|malicious|untrusted|dangerous|unsafe|insecure|vulnerab\w{1,5}|risky?|wrong|harmful|forbidden|banned|bad|mistake|anti-?pattern|not|never|data|mitm|man.in.the.middle|everyone|anyone|whole process|all|every)\b/;
const EXPLAINED =
  /^[^.!?\n]{0,40}\b(?:hides|would (?:only )?(?:hide|mask|defeat|disable|leak|expose)|masks|disables|turns off|bypasses|skips|exposes|leaks|removes|defeats|deletes|overwrites|wipes|(?:unset|empty|undefined) (?:is|becomes|means)|(?:is|are|was|were) (?:refused|rejected|blocked|what|only|rarely|for|no fix|not|an? (?:test|typo|bug|hole|mistake))|(?:isn't|aren't|wasn't|won't|doesn't) |accepts (?:every|any|all|changed)|shows (?:whether|that|what)|fails?|only (?:in|for|inside|within|on|with|when|while))\b/;
const INSTEAD =
  /^[^.!?\n]{0,40}\b(?:must|should|can|may|will) never\b|^[^!?]{0,105}(?<![\w-])(?:instead|unsafe|insecure|dangerous|vulnerab\w{1,5}|not recommended)(?![\w-])|^[^!?]{0,80}[.;:,!-] ?(?:never|do not|don't|avoid|please don't)\b/;

/** A condition before an order: what it denies or reports is not what is ordered. */
const CONDITION =
  /^\s?(?:if|when(?:ever)?|where|wherever|once|as|since|because|in case|after|before|until|unless|without|while|although|though|should)\b[^,]{1,85}, ?(?=(?:(?:please|just|then|simply|always|first|now|you|must|should|can|have to|run|execute|use|do|type|start|call|enter|paste|print) ?){0,4}["'`]{0,2}$)/;

/** What makes the quotation mark after it a part of code, such as a member of JSON, or the title of a link: nobody is quoted. */
const ARGUMENT =
  /(?:"\s?:|"\s?,|[=([{]|\]\(\S{1,70}|\s-[a-z]{1,3}|\b(?:run|script|command|cmd|exec|shell|program|prepare|(?:post|pre)install|entrypoint)\s?:?)\s?$/;

/** Whether the text from `start` to `end` is meant, or quoted or warned against. */
export function stanceAt(text: string, start: number, end: number): Sighting {
  const before = sentenceEnd(text.slice(Math.max(0, start - BEFORE_CHARS), start)).replace(CONDITION, "");
  if (AGAINST.test(before) || REPORTED.test(before) || isQuoted(before, text.slice(end, end + AFTER_CHARS))) {
    return "mentioned";
  }
  const after = text.slice(end, end + AFTER_CHARS);
  return JUDGED.test(after) || EXPLAINED.test(after) || INSTEAD.test(after) ? "mentioned" : "meant";
}

/** What of `before` belongs to the sentence that the phrase is in. */
function sentenceEnd(before: string): string {
  const ends = [...before.matchAll(/[.!?;][)"']? |[。！？]|\n/g)];
  const last = ends.at(-1);
  return last === undefined ? before : before.slice(last.index + last[0].length);
}

function isQuoted(before: string, after: string): boolean {
  const quotes = before.match(/"/g)?.length ?? 0;
  if (quotes % 2 === 0 || !/^[^"]{0,80}"/.test(after)) return false;
  return !ARGUMENT.test(before.slice(0, before.lastIndexOf('"')));
}

/** Matches of one pattern that are looked at in one text. */
const MATCHES_MAX = 50;

/** How what stands from one place to another is meant. */
export type Stance = (start: number, end: number) => Sighting;

/** The first sighting of a pattern that is meant, else one that is mentioned. Looks at a bounded number of matches. */
export function sightingOf(
  text: string,
  pattern: Sought,
  { anchors, stance }: { readonly anchors: Anchors; readonly stance: Stance },
): Sighting | undefined {
  let looked = 0;
  const isMeant = someMatch(text, pattern, {
    anchors,
    sees: ([match], at) => stance(at, at + match.length) === "meant" || ++looked === MATCHES_MAX,
  });
  if (isMeant) return "meant";
  return looked === 0 ? undefined : "mentioned";
}
