import { phraseRule } from "./phrases.ts";
import type { TextRule } from "./rule.ts";

function markup(pattern: RegExp): RegExp {
  return new RegExp(pattern.source, pattern.flags.includes("m") ? "gm" : "g");
}

/** A place in a URL that a reader would fill with what it knows. */
const SLOT =
  "(?:\\{\\{|\\$\\{|\\{|<|\\[|%7b|\\$)\\s?[\\w .-]{0,40}(?:secret|key|token|env|password|credential|cookie|conversation|history|prompt|data|content|context|message|summary|source|file|user|session|base64|answer|output|response|code)[\\w .-]{0,40}(?:\\}\\}|\\}|>|\\]|%7d)?";

/** Markup that gives a text another voice, or hides it from people. */
export const MARKUP_RULES: readonly TextRule[] = [
  phraseRule({
    name: "role-markup",
    title: "Markup that starts another voice",
    action: "block",
    message: "This imitates the markup of system messages, turns or tool calls",
    view: "code",
    reportsMentions: true,
    patterns: [
      markup(
        /<\|(?:im_start|system|start_header_id|begin_of_text|assistant|user|developer|tool|channel|start)\|?>(?!\s?(?:and|or|tokens?|tags?|markers?|blocks?|around|before|after|is|are|for|in|with|at|must|templates?|headers?|elements?|wraps?|which|that|to)\b)(?!\s?\w{0,12}\s?(?:…|\.\.\.))\s?\w{0,12}[^`|\n]{4}/,
      ),
      markup(
        /\[\/?inst\](?!\s?(?:and|or|tokens?|tags?|markers?|blocks?|around|before|after|is|are|for|in|with|at|must|templates?|headers?|elements?|wraps?|which|that|to)\b)\s?[^`\s\[,.)]|<<\/?sys>>\s?[^`\s]|^\s{0,8}\[(?:system|assistant|developer)(?: (?:message|prompt|note|override))?\]:?\s?\w|[.!?]\s\[system\]:?\s?\w/m,
      ),
      markup(
        /(?<!`)<\/?(?:system|assistant|developer|human|instructions?|system[_-](?:prompt|message|reminder|instructions?|override)|admin|function_calls?|tool_(?:call|use|code|result|response)s?|invoke|user_query|important|override|hidden|untrusted|knowledge(?:_unit)?s?)(?: [^<>\n]{0,80})?>(?!`)(?!\s?(?:and|or|tokens?|tags?|markers?|blocks?|around|before|after|is|are|for|in|with|at|must|templates?|headers?|elements?|wraps?|which|that|to)\b)\s?[^<\s`][^<\n]{6}|<\/(?:context|documents?|knowledge(?:[_-]\w{1,12})?|tool_results?|untrusted\w{0,12}|user_data|data|retrieved\w{0,12}|prompt|user|user_input)>\s?[^<\s`][^\n]{0,80}?(?:ignore|you |system|instruction|now |must)/,
      ),
      markup(
        /^\s{0,8}#{2,6}\s?(?:system|instructions?|new instructions?|human|assistant|system (?:prompt|message|override)|end of (?:context|document|input)):?\s{0,3}(?:$|\n|:)\s{0,8}(?:you|ignore|always|never|from|now|as|disregard|forget|please|the user|run|execute|send|do not|reveal|print|your)/m,
      ),
      markup(
        /(?:^|["'.!?)\]]\s{1,2}|[-*>]\s)\s{0,8}["'*[(]{0,3}(?:system|assistant|developer|admin(?:istrator)?|ai|root)(?:[ _-](?:prompt|message|note|notice|override|update|instructions?|alert|command|directive))?["'*\])]{0,3}\s?:\s?["'*]{0,3}(?:you (?:are (?:now|an? |the |free|no|not|allowed|required|authori[sz]ed|in )|must|will|should|can|have)|ignore|disregard|forget|always|never|from now|new|override|sure|understood|i will|i'll|ok,? i|execute|run the|reveal|send|the (?:user|reviewer|human) (?:has|is|wants)|all |do not|enter|enable|approve|confirm|as of|this unit|security|safety|policy)/m,
      ),
      markup(
        /\b(?:human|user):\s?[^\n]{1,200}\s(?:assistant|ai):\s?(?:sure|ok|understood|yes|i will|i'll|of course|certainly)/,
      ),
      markup(
        /["']type["']\s?:\s?["'](?:tool_use|tool_call|tool_result|function_call|function)["']\s?,[^\n]{0,60}?["'](?:name|id|content|input)["']\s?:[^\n]{0,120}?(?:rm |curl|wget|delete|-r\b|drop|push|cat |sudo|bash|sh -c|\\u00)/,
      ),
      markup(
        /^\s{0,8}\[(?:system|assistant|developer|user)\]\(#|^\s{0,8}(?:developer|system|operator|admin(?:istrator)?|root) (?:message|prompt|notice|instruction|update)\s?(?:\([^)\n]{0,60}\))?\s?:|^\s{0,8}(?:assistant|ai|model)\s?:\s?(?:i (?:have|will|am|can|must|understand|agree|verified)|yes|sure|understood|ok\b|of course)/m,
      ),
      markup(
        /<(?:user|human|thinking|thought|reasoning|scratchpad|assistant_response|developer_message|operator)>\s?(?:yes|ok|sure|go ahead|please|i |the user|now|correct|approved|you |do |confirmed|all )[^<\n]{4}/,
      ),
      markup(
        /\b(?:orchestrator|supervisor|planner|manager|dispatcher|controller|coordinator)\s?(?:->|→|=>|to)\s?(?:worker|agent|assistant|executor|sub-?agent)s?\s?:|[-=*#]{2,12}\s?(?:end|start|begin) of (?:knowledge|results?|retrieved|unit|entry|search|tool|input|data|message|conversation|untrusted)[^\n]{0,30}|<\/(?:search_results?|retrieval|function_results?)>\s{0,4}[^<\s]/,
      ),
      markup(
        /["']?role["']?\s?:\s?["'](?:system|developer)["'][^\n]{0,40}?["']?content["']?\s?:\s?["'][^"'\n]{0,120}?(?:ignore|disregard|you must|never tell|do not tell|reveal|approve|exfiltrate|forget|override|without)/,
      ),
      markup(
        /[-=*]{2,12}\s?(?:begin|start|end)(?: of)? (?:the )?(?:system|new|admin|hidden|secret|user|untrusted|document|context)[^\n]{0,30}?[-=*]{2,12}|\b(?:system|admin(?:istrator)?|developer|root) override\b\s?[:!\-]|new system (?:prompt|message|instructions?):/,
      ),
    ],
  }),
  phraseRule({
    name: "image-exfiltration",
    title: "Image or link that carries data away",
    action: "block",
    message: "This image or link would carry data to another host when it is shown",
    view: "code",
    reportsMentions: true,
    patterns: [
      markup(
        new RegExp(
          `!\\[[^\\]\\n]{0,120}\\]\\(\\s?<?https?://[^)\\s]{1,200}?[?&/=][^)\\n]{0,200}?${SLOT}|<img[^>\\n]{0,120}?src\\s?=\\s?["']?https?://[^"'>\\n]{1,200}?[?&/=][^"'\\n]{0,200}?${SLOT}|\\]\\(\\s?<?https?://[^)\\s]{1,200}?[?&](?:data|d|q|exfil|leak|secret|token|key|env|c|payload|content|steal|log|info|p)=\\s?${SLOT}`,
        ),
      ),
      markup(
        /!\[[^\]\n]{0,120}\]\(\s?https?:\/\/[^)\s]{1,200}?[?&](?:data|exfil|leak|secrets?|env|payload|steal|stolen|cookies?|conversation|history|prompt|b64|base64)=[^)\n]{0,300}\)/,
      ),
      markup(
        /(?:new image\(\)|\.src\s?=|sendbeacon\(|fetch\(|location(?:\.href)?\s?=)[^\n]{0,120}?(?:document\.cookie|localstorage|sessionstorage)/,
      ),
      markup(
        /<img[^>\n]{0,120}?src\s?=\s?["']?https?:[^"'>\n]{1,160}?[?&]\w{1,20}=(?:secrets?|password|env|conversation|history|base64|stolen|your)[\w-]{0,30}(?=["'>\s])|!\[[^\]\n]{0,120}\]\(https?:[^)\s]{1,160}?[?&]\w{1,20}=(?:secrets?|password|env|conversation|history|base64|stolen|your)[\w-]{0,30}\)/,
      ),
      markup(
        /(?:render|include|embed|insert|add|display|show|load|append|end)[^.!?\n]{0,60}?(?:images?|img|picture|pixel|markdown image|link)[^!?\n]{0,80}?https?:\/\/[^!?\n]{0,120}?(?:\?|followed by|with (?:the|your|all|any)|append|contain|encod|replac|where)[^!?\n]{0,80}?(?:secret|key|token|env|password|credential|conversation|history|prompt|base64|data|content|cookie)/,
      ),
    ],
  }),
  phraseRule({
    name: "hidden-markup",
    title: "Markup that people do not see",
    action: "warn",
    message: "This markup is not shown to people: comments, hidden elements, scripts, empty links",
    view: "code",
    reportsMentions: false,
    patterns: [
      markup(/<!--\s?(?:[^\s>-]{1,60}\s){4}[^\s>-]/),
      markup(
        /<font\b[^>\n]{0,120}?(?:color\s?=\s?["']?(?:#f{3,8}\b|white|transparent)|size\s?=\s?["']?[01]\b)|<(?:img|iframe|embed|object)\b[^>\n]{0,300}?(?:width|height)\s?=\s?["']?[01](?:px)?["'\s>]|\b(?:alt|title|aria-label|data-\w{1,20})\s?=\s?["'][^"'\n]{0,120}?(?:assistant|agent|replace |fill in|when rendering|your |instruct|real values)/,
      ),
      markup(
        /\]\([^)\n]{1,300}?\s["'(][^"'\n]{0,160}?(?:assistant|agent|fill in|show this|your |instruct|when you)/,
      ),
      markup(
        /<!--[^\n]{0,200}?(?:\bagents?\b|assistant|instruction|\bapprove|\bconfirm this|system prompt|curl )/,
      ),
      markup(
        /<\w{1,12}\s[^>\n]{0,200}?style\s?=\s?["']?[^"'>\n]{0,200}?(?:display\s?:\s?none|visibility\s?:\s?hidden|font-size\s?:\s?[01](?:px|pt|em|%)?\b|opacity\s?:\s?0(?![.\d])|color\s?:\s?(?:white|#fff(?:fff)?|transparent)|(?:left|top|text-indent)\s?:\s?-\d{3,6}|height\s?:\s?0|width\s?:\s?0)[^>\n]{0,200}?>\s?[^<\s]/,
      ),
      markup(
        /<(?:div|span|p|section|details|aside|b|i|em|a)\s[^>\n]{0,100}?(?:\shidden\b|aria-hidden\s?=\s?["']?true)[^>\n]{0,100}?>\s?(?:[^<\s]{1,40}\s){4}/,
      ),
      markup(
        /<script\b(?![^>\n]{0,200}?integrity)[^>\n]{0,200}?(?:src\s?=\s?["']?(?:https?:)?\/\/|>[^<]{0,400}?(?:fetch\(|eval\(|document\.|xmlhttprequest|location|import\())|<iframe\b[^>\n]{0,200}?(?:src|srcdoc)\s?=|<(?:img|svg|body|video|audio|input|details)\b[^>\n]{0,200}?\son(?:error|load|toggle|focus|mouseover)\s?=(?!\s?["']?(?:alert|prompt|confirm|print)\()|\]\(\s?(?:javascript|vbscript|data:text\/html):?|href\s?=\s?["']?javascript:/,
      ),
      markup(/(?<!!)\[[\s.\-_​]{0,3}\]\(\s?(?:https?:|\/\/|mailto:)/),
      markup(/^\s{0,4}\[[^\]\n]{1,40}\]\s?:\s?(?:#|<>)\s{0,2}["'(][^\n]{8}/m),
      markup(/\\(?:phantom|textcolor\{white\}|color\{white\})\{?[^\n]{4}/),
    ],
  }),
];
