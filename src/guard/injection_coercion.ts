import { phrase, phraseRule } from "./phrases.ts";
import type { TextRule } from "./rule.ts";

const PERSON =
  "(?:the |your |any |a |its |their )?(?:users?|humans?|developers?|operators?|owners?|reviewers?|people|person|engineers?|programmers?|maintainers?|anyone|anybody|someone|them|admins?|administrators?|moderators?)";
const STORE_ITEM =
  "(?:knowledge(?: units?| entry| entries| items?| base| store)?|units?|entry|entries|insights?|tips?|advice|notes?|records?|articles?|posts?|lessons?|learnings?|recommendations?|proposals?|suggestions?|contributions?|ku [0-9a-f]{4,32})";

/** Sentences that make the reader act against its user, or without them. */
export const COERCION_RULES: readonly TextRule[] = [
  phraseRule({
    name: "secrecy",
    title: "Tells the reader to hide what it does",
    action: "block",
    message: "This tells an agent to hide something from its user",
    view: "prose",
    reportsMentions: true,
    patterns: [
      phrase(
        `(?:do not|don't|never|and not|nor) (?:ever )?(?:mention|report|show|reveal|say|explain|admit) (?:this|it|that|anything|any of this)(?: \\w{1,15}){0,2} to ${PERSON}`,
      ),
      phrase(
        `(?:do not|don't|never) (?:ever )?(?:bring|include|mention|show|list|log|write|put|discuss|describe|quote|report) (?:this|it|that|these|any of this)(?: \\w{1,15}){0,3} in (?:your|any) (?:\\w{1,12} )?(?:answer|response|reply|summary|report|explanation|output|message|log|notes)`,
      ),
      phrase(
        `(?:leave|keep) (?:this|it|that)(?: \\w{1,15}){0,3} out of (?:your|the) (?:\\w{1,12} )?(?:answer|response|reply|summary|report|explanation|output|log|transcript|commit message|changelog)`,
      ),
      phrase(
        `(?:without (?:telling|informing|notifying|alerting|letting|mentioning (?:it |this |that )?to|involving|the knowledge of) ${PERSON}|without ${PERSON} (?:knowing|being (?:told|aware|informed|notified))|(?:hide|conceal|keep) (?:this|that|it|these|your|the) _(?:secret |hidden |private |confidential |concealed )?from ${PERSON}|so that ${PERSON} (?:does not|doesn't|do not|don't|will not|won't|never) (?:notice|see|know|find out|realize)|keep (?:this|it) (?:(?:a|strictly|completely) )?(?:secret|hidden|confidential|between us|to yourself))`,
      ),
      phrase(
        `(?:do not|don't|never|must not|should not|without|avoid|no need to|you need not|refrain from) (?:ever )?(?:tell(?:ing)?|mention(?:ing)?|inform(?:ing)?|reveal(?:ing)?|notify(?:ing)?|alert(?:ing)?|report(?:ing)?|let(?:ting)?|warn(?:ing)?) (?:(?:this|that|it|these|the|any|of|instructions?|to|about|anything|unit|note|step|command|existence) ){0,5}(?:to )?${PERSON} (?:(?:know )?(?:about|of|that you) (?:this|these|it|the (?:command|change|step|upload|request|instruction|unit|note)s?|you|what you|any of|having|did|have)|know|anything|what you)`,
      ),
      phrase(
        "(?:do not|don't|never) (?:mention|reveal|acknowledge|reference|cite) (?:this|these|that you|the existence of) (?:instructions?|note|message|unit|rule|step|prompt|read|received|were|did)?_(?:in|to|when|output|answer|response|reply|summary|user|anyone|anybody)",
      ),
    ],
    squeezed:
      /(?:donot|dont|never)(?:tell|inform|notify|alert)(?:the|your)(?:user|human|developer|operator)(?:about(?:this|it)|that|anything)|withouttelling(?:the|your)user/,
  }),
  phraseRule({
    name: "secrecy-hint",
    title: "May tell the reader to hide what it does",
    action: "warn",
    message: "This may tell an agent to hide something from its user",
    view: "prose",
    reportsMentions: false,
    patterns: [
      phrase(
        `(?:the|your) (?:user|human|developer|operator|owner|reviewer)s? (?:must|should|need|does|do|will|may|can) ?(?:not|n't|never)(?: (?:to|be|have|need to|ever))? (?:know|notice|find out|told|aware|learn|informed|notified|realize|suspect)`,
      ),
      phrase(
        `(?:so|such) that ${PERSON} (?:does not|doesn't|do not|don't|won't|will not|cannot|never) (?:know|find out|suspect|realize|get suspicious)|so ${PERSON} (?:does not|doesn't|won't|will never) (?:notice|know|find out|realize|suspect)`,
      ),
      phrase(
        `(?:no need to|need not|needn't|do not bother to|don't bother to) (?:tell|inform|notify|mention|explain|report)_(?:user|human|developer|anyone|owner)`,
      ),
      phrase(
        `(?:delete|clear|erase|remove|wipe|cover) (?:(?:the|your|all|any|shell|bash|command|of|up) ){0,4}(?:history|traces?|tracks|evidence|logs?) (?:afterwards?|after|so|when done|once done|of (?:this|the command|what you))`,
      ),
      phrase(
        `(?<!(?:tell|message|error|they|which|and|or|it|that|we|users|endpoint|api|server) )(?:do not|don't|never) (?:tell|inform|notify|alert|mention (?:this|it|that) to) (?:the |your )(?:user|human|developer|operator|owner|reviewer)s?(?= ?(?:[.,!"]|$|and |or |- ))`,
      ),
      phrase(
        "(?:secretly|covertly|stealthily|(?:silently|quietly) (?:and )?(?:run|execute|send|upload|install|post|exfiltrate|copy|add|commit|push)) _(?:run|execute|send|upload|install|post|exfiltrate|copy|add|append|include|commit|push|the|a|https?|all|your|it|this)",
      ),
    ],
  }),
  phraseRule({
    name: "secrecy-saying",
    title: "Sayings of those who keep something from others",
    action: "warn",
    message: "This may tell an agent to keep something from people: say openly what is done",
    view: "prose",
    reportsMentions: true,
    patterns: [
      phrase(
        "mum's the word|hush[ -]hush|(?:not a (?:single )?word|no word|say nothing|nothing) (?:on|about|of|to) (?:the|this|that|it|any) \\w{1,20}(?=[.!,;]| to | in )|keep (?:\\w{1,15} ){1,4}to yourself|keep it (?:dark|mum)|on the (?:quiet|sly)|(?:must not|mustn't|should not|shouldn't|may not|not|never|nobody) get(?:s|ting)? wind of|none the wiser|(?:none|not any) of (?:their|the \\w{1,12}'s|his|her) (?:concern|business)|(?:has|have) no business knowing|(?:so (?:that )?|and )(?:nobody|no one) (?:wonders|asks|suspects|notices|looks|finds out|gets suspicious)|leav(?:e|es|ing) no (?:hint|mark|trace|sign)|better off (?:believing|not knowing|thinking)|(?:you're|you are) in the clear|looks like (?:theirs|his|hers|somebody else's)|(?:to have it |to |will |should |must )pass for (?:part|one|an?) |(?:your|our) eyes only|between (?:us|you and me)|sweep it under|play dumb|as if (?:it|that|the \\w{1,15}(?: \\w{1,15})?) (?:did not exist|didn't exist|never happened)|(?:raise|arouse|rouse) (?:no )?suspicion|lest (?:the |any ?|some)\\w{1,20} (?:\\w{1,12} )?(?:notices?|recognises?|recognizes?|finds?|sees?|learns?|asks?|suspects?|objects?)|only the (?:machine|model|agent|assistant|bot) (?:gets to |may |should |can )?(?:sees?|knows?|reads?)",
      ),
    ],
  }),
  phraseRule({
    name: "no-confirmation",
    title: "Tells the reader to act without asking",
    action: "warn",
    message: "This tells an agent to act without its user's consent",
    view: "prose",
    reportsMentions: false,
    patterns: [
      phrase(
        `(?:do not|don't|never|without) (?:ask|asking|consult|consulting|prompt|prompting|involve|involving|bother|bothering|wait for|waiting for) (?:the |your |a |any )?(?:users?|humans?|developers?|operators?|owners?|reviewers?|anyone)(?! twice| again| for (?:the|their|a|an|his|her) (?:\\w{1,12} )?(?:password|name|token|e.?mail|code|path|input|value|key))`,
      ),
      phrase(
        `no (?:\\w{1,15} )?(?:confirmation|approval|permission|consent|review|sign.?off) (?:is |will be )?(?:needed|required|necessary)_(?:just|proceed|execute|run|go ahead|do it|immediately|continue)`,
      ),
      phrase(
        `(?:just|always|automatically|immediately|blindly) (?:say yes|answer yes|answer y|press y|accept|approve|click allow|allow) (?:to |on |in )?(?:all|any|every|each|whatever|the)(?: \\w{1,15}){0,3} (?:prompts?|requests?|questions?|permissions?|dialogs?|confirmations?|changes|commands?|tool calls?)`,
      ),
      phrase(
        `(?:user|human|developer|owner) (?:consent|approval|confirmation|permission) (?:is |has been |was |can be )?(?:already |implied|assumed|implicit|given|granted|skipped|presumed)`,
      ),
      phrase(
        `(?:do not|don't|never|no need to|without|skip|stop|instead of|need not|not necessary to) (?:ask(?:ing)?|wait(?:ing)? for|request(?:ing)?|seek(?:ing)?|bother(?:ing)?) (?:(?:${PERSON}|(?:for|to|explicit|any|user|human|further|its|their|his|prior)) ){0,4}(?:permission|approval|consent|confirmation|authorization|confirm|users?|humans?|first|review|sign.?off)`,
      ),
      phrase(
        `(?:run|execute|apply|install|push|merge|deploy|delete|commit|approve|accept|proceed|do (?:it|this|so)|act|continue)(?: \\w{1,20}){0,5} without (?:(?:any|user|human|explicit|further|their|your|the user's|manual|prior) ){0,3}(?:confirmation|approval|permission|consent|review|oversight|supervision)`,
      ),
      phrase(
        `(?:the )?(?:user|human|developer|owner|operator|admin|administrator|reviewer|security team) (?:has|have) (?:already |explicitly |previously |pre.?){0,2}(?:approved|authorized|consented|agreed|granted|confirmed|given)`,
      ),
      phrase(
        "(?:dangerously skip permissions|(?:enable|use|activate|turn on|switch to|run in|set) _(?:yolo|auto.?approve|bypass.?permissions)(?: mode)?|(?:always |auto(?:matically)?.? ?)(?:approve|accept|allow) (?:all|any|every)_(?:tools?|commands?|permissions?|requests?|actions?|calls?|prompts?|edits?)|(?:disable|turn off|switch off|skip|bypass|remove|circumvent|suppress) _(?:human approval|human review|human.in.the.loop|approval (?:step|prompt|gate)s?|permission prompts?|confirmation (?:prompt|dialog|step)s?|approval requirement|user confirmation|user approval))",
      ),
    ],
  }),
  phraseRule({
    name: "vote",
    title: "Steers votes in the knowledge store",
    action: "block",
    message: "This tells agents how to vote on units or what to propose",
    view: "prose",
    reportsMentions: true,
    patterns: [
      phrase(
        `(?:^|[.!?:;] ?)(?:flag|reject|downvote|approve|upvote|endorse) (?:all|every|any|each)(?: \\w{1,15}){0,2} (?:units?|entry|entries|proposals?|insights?|knowledge)`,
      ),
      phrase(
        `(?:reviewers?|moderators?|approvers?|curators?)(?:,|:| should| must| please) (?:please |just |always )?(?:approve|accept|skip|wave|merge|confirm|publish)(?! (?:only|if|when))`,
      ),
      phrase(
        `(?:after|once|when|whenever|if|every time|each time) (?:you |agents? )?(?:read|reading|see|seeing|use|using|query|querying|find|finding|apply|applying|retriev\\w{1,4}|follow\\w{0,3}) (?:this|it)(?: \\w{1,15}){0,3},? (?:always |please |immediately |also |then |you must )?(?:confirm|upvote|endorse|approve|propose|re.?propose|vote|boost) (?:it|this|the same|again|that)`,
      ),
      phrase(
        `(?:confirm|upvote|approve|endorse|propose|flag|downvote|reject) (?:it|this|them|the unit|this unit|everything) (?:without|regardless|even if|no matter|unconditionally|blindly|whether or not)_(?:test|verif|check|read|review|true|correct|works?|work|whether|what|it|trying)?`,
      ),
      phrase(
        `(?:give|cast|add|leave|submit|record|send|post) (?:a |your |one |several |multiple |extra |positive |negative |as many )?(?:confirmations?|upvotes?|votes?|endorsements?|flags?|downvotes?) (?:to|for|on|against|as possible|from)_(?:this|unit|entry|every|all|other|competing|ku|knowledge)`,
      ),
      phrase(
        `(?<!(?:should|can|could|may|to|and|reviewers|reviewer|who|users|they|it|not|a|the) )(?:(?:always|please|must|now|immediately|then|automatically|first|also|and) ){1,3}(?:confirm|approve|upvote|endorse|vote (?:for|up)|re.?propose|propose|boost|promote) (?:(?:this|that|the|all|every|each|any|other|these|following|our|my|its|same|new) ){1,4}${STORE_ITEM}(?![^.!?]{0,40}\\b(?:or (?:flag|reject|correct)|only (?:if|when|after)|if it|when it|once it|unless)\\b)`,
      ),
      phrase(
        `(?:confirm|approve|upvote|endorse|(?:re.?)?propose|vote for|boost|rate|mark) this (?:very |exact |same )?(?:${STORE_ITEM}|as (?:verified|trusted|approved|correct|confirmed|reviewed))`,
      ),
      phrase(
        `(?:never|do not|don't|must not|should not|avoid|refuse to) (?:ever )?(?:flag(?:ging)?|reject(?:ing)?|downvot(?:e|ing)|report(?:ing)?|dispute|question) (?:(?:this|that|the|any|these|our|my|following) ){1,3}${STORE_ITEM}`,
      ),
      phrase(
        `(?:always|please|must|immediately|also|and|then|should|now) (?:flag|reject|downvote|report|retire) (?:(?:all|every|each|any|other|the|competing|these|conflicting|older|previous|existing|contradicting) ){1,4}${STORE_ITEM}`,
      ),
      phrase(
        `(?:call|use|invoke|run|execute|trigger) (?:the )?(?:cq )?(?:\\w{1,12} )?(?:confirm|flag|propose|approve)(?: tool| command| function| endpoint)? (?:(?:on|for|with|against|to) )?(?:(?:this|all|every|each|the|any|other|following) ){0,3}${STORE_ITEM}`,
      ),
      phrase("(?:confirm|flag|reject|upvote|downvote|approve|propose)(?: \\w{1,12}){0,5} ku [0-9a-f]{4,32}"),
      // Verdicts of the store that a text gives itself.
      phrase(
        "(?:(?:guard|moderation|duplicate|safety|injection) (?:scan|check|review|log|status|result)s? (?:clean|pass(?:ed)?|ok|clear|safe|green)[^a-z]{1,6}){1,4}(?:so |please |just ){0,2}(?:approve|publish|nothing (?:left |more )?to (?:check|review)|nothing left|no (?:further |more )?review)",
      ),
      phrase(
        `(?:confirm|upvote|propose|approve) (?:it|this|this one|them)(?: \\w{1,12}){0,2} (?:every time|at every|whenever you|each time|\\d{1,4} times|multiple times|repeatedly|as often as|in every session|on every)`,
      ),
      phrase(
        "(?:raise|increase|boost|inflate|lower|decrease|push) (?:the |its |this unit's |our )?(?:confidence|ranking|votes|confirmations|score) (?:of|for) (?:this|that|our|other|competing)|(?:confirm|vote)_(?:to|so that|in order to) (?:raise|increase|boost|inflate)_confidence",
      ),
    ],
    squeezed:
      /(?:always|please|must)(?:confirm|approve|upvote|propose)(?:this|every|all)(?:knowledge)?(?:unit|entry|tip|insight)|(?:neverflag|donotflag|dontflag)this/,
  }),
  phraseRule({
    name: "tool-coercion",
    title: "Makes the reader call a tool",
    action: "warn",
    message: "This makes agents call a tool",
    view: "prose",
    reportsMentions: false,
    patterns: [
      phrase(
        `(?:use|call|invoke|run) (?:the |your )?(?:bash|shell|terminal|exec|command|computer|write file|file|browser|python|code|execute\\w{0,12}|run \\w{1,12}) (?:tool|function) to (?:run|execute|write|overwrite|delete|download|send|fetch|read|upload|install|decode|post|open)`,
      ),
      phrase(
        `(?:add|install|connect|register|configure|enable) (?:the |this |our |my |a )(?:\\S{1,40} ){0,3}(?:mcp server|plugin|extension|skill|connector)_(?:and (?:trust|allow|approve|grant|give)|(?:\\d{1,3}\\.){3}\\d|with (?:full|all) (?:access|permissions?)|auto)`,
      ),
      phrase(
        `(?:grant|give) (?:it|yourself|this|the (?:agent|tool|server|script|extension)) (?:full|all|root|admin|administrator|sudo|unrestricted|write|owner) (?:access|permissions?|rights|privileges|control)`,
      ),
      phrase(
        "(?:you must|you should|you have to|always|immediately|first|before (?:you )?(?:answer|respond|do|doing|continu|anything)\\w{0,5}(?: anything)?(?: else)?,?|now) (?:(?:always|first|also|immediately|please) ){0,2}(?:call|invoke|use|run|trigger|execute) (?:the |your |this |its )?(?:\\S{1,40} ){0,3}(?:tool|function|mcp server|mcp tool)(?! call)",
      ),
      phrase(
        "(?:call|invoke|use|run) (?:the |your )?(?:\\S{1,40} ){0,2}(?:tool|mcp server) _(?:with (?:the )?(?:contents?|password|secret|credential|token|api key|ssh|\\.env|conversation)|to (?:send|upload|exfiltrate|post|delete|read (?:the )?(?:\\.env|secret|ssh|credential)))",
      ),
      phrase(
        "(?:you must |always |first |please )(?:install|add|connect|register) (?:the |this |our |my )(?:\\S{1,40} ){0,3}(?:mcp server|plugin|extension|skill)",
      ),
    ],
  }),
  phraseRule({
    name: "exfiltration",
    title: "Sends private data somewhere",
    action: "block",
    message: "This sends credentials, environment or contents to somewhere else",
    view: "prose",
    reportsMentions: true,
    patterns: [
      phrase(
        `(?:sends?|posts?|uploads?|transmits?|forwards?|exfiltrates?|leaks?|encodes?|appends?|submits?|copies|copy|paste|ship|push|attach|beacon) [^.!?]{0,60}?(?:secrets|credentials|api keys|access tokens|passwords|private keys?|ssh keys?|env(?:ironment)? (?:vars|variables?)|customer data|user data|repository|chat history|session tokens?|contents? of)[^!?]{0,70}?(?:evil|attacker|exfil|collect(?:or)?|steal|drop|webhook\\.site|requestbin|ngrok|pastebin|burp|interact|oast|pipedream|(?:\\d{1,3}\\.){3}\\d{1,3}|my (?:server|endpoint|email|address))`,
      ),
      phrase(
        "(?:sends?|posts?|uploads?|transmits?|forwards?|exfiltrates?|leaks?|e.?mails?|submits?|copy|paste|include|append|encode|attach|report|ship|sync|push|embed|put|share|transfer|deliver|beacon|add) [^.!?]{0,60}?(?:\\.env|dotenv|env(?:ironment)?(?: variables?| vars?| contents?)|\\.ssh|\\.aws|id rsa|ssh keys?|private keys?|kubeconfig|\\.npmrc|\\.netrc|keychain|(?:all|any|your|the user's|users'|user's|every|their|found|available|local|stored|discovered|these|those) (?:(?:of|the|your|available|local|api|access|aws|cloud|github|auth|session|stored) ){0,3}(?:keys?|secrets?|tokens?|credentials?|passwords?|cookies)|conversation|chat history|source code|system prompt|(?:file|repository|repo|directory|workspace) contents?|contents? of[^.!?]{1,40})[^!?]{0,60}?(?:to|at|via|into|as|in) [^!?]{0,40}?(?:https?:|(?<![a-z])url(?![a-z])|\\S{1,40}@\\S{1,40}|webhook|attacker|remote (?:server|host|endpoint)|server at|external|pastebin|gist|collector|ngrok|my server|our server|telemetry endpoint|query (?:string|parameter)|this address|(?:\\d{1,3}\\.){3}\\d)",
      ),
      phrase(
        "exfiltrate (?:(?:all|any|the|every|your) ){0,3}(?:data|secrets?|files?|credentials?|keys?|tokens?|env\\w{0,10}|source|contents?|database)",
      ),
    ],
  }),
  phraseRule({
    name: "exfiltration-hint",
    title: "May send private data somewhere",
    action: "warn",
    message: "This may send credentials, environment or contents to somewhere else",
    view: "prose",
    reportsMentions: false,
    patterns: [
      phrase(
        "(?:sends?|posts?|uploads?|transmits?|forwards?|leaks?|encode|append|submit|include|embed|put|add|write|report|attach|e.?mail|share|push|paste) [^.!?]{0,50}?(?:secrets|credentials|api keys?|(?:access|auth|github|npm|aws|session) (?:tokens?|keys?)|passwords?|private keys?|ssh keys?|env(?:ironment)? (?:vars|variables?)|source code|customer data|user data|\\.env|token)[^.!?]{0,50}?(?:(?:in|to|into|as|via) (?:the |a |an |your |every |any )?(?:urls? (?:you|that|of)|image url|image|link|commit messages?|pull requests?|issues?|dns|gist|public \\w{1,12}|query string of|comments?|unit|proposal|insight|answers?|responses?|outputs?|external|third.party|remote)|and (?:append|add|attach|send|post)[^.!?]{0,20}? to https?:)",
      ),
      phrase(
        "(?:send|post|upload|forward|transmit|e.?mail|copy|push|mirror|sync) (?:(?:all|every|the|your|entire|whole|any|of|full|user's|contents) ){1,5}(?:\\w{1,15} ){0,2}(?:files?|codebase|repository|repo|source|sources|workspace|conversation|transcript|prompt|context|clipboard|history|database|customers?|config(?:uration)?s?) (?:(?:here|over|out|off) )?(?:to|at|via) [^!?]{0,30}?(?:https?:|(?:\\d{1,3}\\.){3}\\d|\\S{1,40}@\\S{2,40}|external|attacker|my )",
      ),
    ],
  }),
];
