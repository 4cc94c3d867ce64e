import { phrase, phraseRule } from "./phrases.ts";
import type { TextRule } from "./rule.ts";

const AGENT =
  "(?:(?:ai|llm|coding|code|autonomous|automated|language|large language|virtual|helpful|claude|gpt|cursor|copilot) ){0,3}(?:agents?|assistants?|models?|llms?|ai|ais|bots?|chatbots?|copilot|claude(?: code)?|chat ?gpt|gpt(?: ?\\d)?|gemini|cursor|codex|language models?)";
const NAMED_AGENT =
  "(?:(?:(?:ai|llm|coding|autonomous|language|large language|claude|gpt|cursor|copilot) ){1,3}(?:agents?|assistants?|models?|bots?)|llms?|copilot|claude(?: code)?|chat ?gpt|assistants?|agents?)";
/** Agents that read, not programs that are called so: of builds, of monitoring, of keys. */
const READING_AGENTS =
  "(?<!(?:vault|consul|nomad|puppet|salt|zabbix|nagios|datadog|elastic|fleet|grafana|telegraf|newrelic|otel|otlp|jenkins|teamcity|bamboo|azure|buildkite|gitlab|ci|build|builder|runner|deploy|ssh|gpg|user|transfer|mail|relay|snmp|monitoring|metrics|log|logging|backup|node|host|remote|self-hosted|linux|windows|mac|macos|docker|java|ephemeral|static|permanent) )agents?";
const IGNORE =
  "(?:ignore|disregard|forget(?: about)?|override|overrule|bypass|discard|dismiss|drop|set aside|put aside|pay no attention to|do not (?:follow|obey|listen to)|don't (?:follow|obey|listen to)|never mind|stop (?:following|obeying)|abandon|erase|neglect|skip over|no longer (?:follow|obey))";
const EARLIER =
  "(?:previous|previously|prior|preceding|earlier|above|former|foregoing|initial|original|existing|current|system|developer|safety|past|old|other|your|everything)";
/** Whoever reads, or gave it its rules: those of anything else are a program's. */
const READER =
  "(?:(?:the|all|any|good) )?(?:this|these|that|your|my|our|you|systems?|prompts?|conversations?|chats?|sessions?|tasks?|users?|developers?|operators?|agents?|assistants?|models?|claude|copilot|openai|anthropic|company|owners?|admin\\w{0,12}|security|safety|now|above|before)(?![a-z])";
const ORDERS =
  `(?:instructions?|instruct|directions?|directives?|prompts?|rules?(?! (?:of|in|from|for) (?!${READER})[a-z.])|guidelines?|guardrails?|guidance|commands?|orders?|constraints?|training|programming|policies|policy|system messages?|safeguards?|restrictions?|context)`;

/** Sentences that take over whoever reads them. */
export const ORDER_RULES: readonly TextRule[] = [
  phraseRule({
    name: "override",
    title: "Tells the reader to ignore earlier instructions",
    action: "block",
    message: "This tells an agent to set its instructions aside",
    view: "prose",
    reportsMentions: true,
    patterns: [
      phrase(
        `(?:previous|prior|earlier|existing|your|initial|original|preceding|former|system)(?: \\w{1,15}){0,2} (?:instructions?|directives?|prompts?|guidelines?|orders) (?:(?:is|are|were|have been|has been|now|hereby|no longer|all|do|does) ){1,3}(?:void|cancell?ed|revoked|obsolete|suspended|superseded|null|overridden|replaced|lifted|invalid|deleted|apply|bind\\w{0,3}|valid|in (?:effect|force)|outdated|not apply)`,
      ),
      phrase(
        `(?:your|all (?:prior|previous|earlier|your)) rules (?:are|have been|no longer)_(?:void|cancell?ed|revoked|suspended|superseded|null|overridden|lifted|apply)`,
      ),
      phrase(
        `(?:no longer|not|don't|do not) (?:apply|applies|bind|binds|binding) (?:to|on|for) you`,
      ),
      phrase(
        `(?:ignore|disregard|forget) (?:all |everything |the |what is |what's |what was |text |of the ){0,3}(?:above|before this|preceding)(?= ?[.,;:!]| and | instead| but|$)`,
      ),
      phrase(
        `(?:ignore|disregard|forget|drop|override|bypass) (?:all |any |the |of ){0,3}(?:your|the system's|the developer's|the operator's|openai's|anthropic's) (?:\\w{1,15} ){0,2}(?:rules|instructions?|guidelines?|training|restrictions?|safeguards?|guardrails?|polic(?:y|ies)|limits|limitations|principles|constraints)`,
      ),
      phrase(
        `${IGNORE} (?:(?:all|any|each|every|the|of|my|these|those|that|and|or|whatever|everything|absolutely|completely|totally|please|about|its) ){0,4}(?:${EARLIER}(?: (?:and|or))? ){1,3}(?:\\w{1,15} ){0,2}${ORDERS}`,
      ),
      phrase(
        `${IGNORE} (?:all |any |the |of |every ){0,3}(?:instructions?|prompts?|rules|directives|guidelines|guidance|orders) (?:(?:that|which|you) ){0,2}(?:above|before|so far|given|received|have|were|you|from|until|up to|previously|earlier)`,
      ),
      phrase(
        `${IGNORE} (?:everything|all|anything|whatever|what) (?:(?:that|of|which|was|has been|been|is) ){0,3}(?:you (?:were|have been|know|learned|had been|'ve been)|i (?:said|told)|(?:said|written|stated|told|came|come|comes) (?:before|above|so far|earlier|previously|you)|above|before this)`,
      ),
      phrase(
        "(?:the|your|these|following|new|my) (?:(?:new|following|real|actual|updated|only|true) ){0,2}(?:instructions?|rules|prompt|guidelines|orders) (?:now )?(?:supersedes?|overrides?|replaces?|takes? precedence over|takes? priority over|cancels?|outranks?)_(?:instructions?|prompts?|rules|guidelines|previous|system|everything|anything|other|all)",
      ),
      phrase(
        "(?:this|these|following|it) _(?:supersedes?|overrides?|takes? precedence over|takes? priority over|outranks?) (?:(?:all|any|the|your|every|of) ){0,3}(?:(?:previous|prior|earlier|other|system|existing|developer|user|user's) ){1,3}(?:instructions?|prompts?|rules|guidelines|directives|messages?)",
      ),
      phrase(
        "(?:your|here are|here is|these are|follow(?:ing)?|updated) (?:(?:my|the|your|these) ){0,2}(?:new|real|actual|updated) (?:system |primary |only )?(?:instructions?|tasks?|directives?|prompt|objective|goal|role|orders)",
      ),
      phrase("end of (?:system |user |previous )?(?:instructions|prompt)"),
      // Programs, processors and releases have such instructions, too.
      phrase(
        "(?<!(?:two|three|four|five|some|few|several|many|\\d|emits|adds|added|gains|gained|has|have|with|of|no)[^a-z0-9.!?]{1,5})new instructions:(?! ?(?:(?:none|nothing|n/a|no|not|see|an?|in|for)(?![a-z])|the (?!user|reader|assistant|agent|model)))",
      ),
    ],
    squeezed:
      /(?:ignor(?:e|ing)|disregard|forget|override|bypass)(?:all|any|the|of|my|your|every){0,3}(?:previous|prior|preceding|earlier|above|system|original|initial|safety)(?:and|or|safety|system|previous){0,2}(?:instruction|prompt|rules|directive|guideline|command|orders|context)|(?:ignore|forget|disregard)(?:everything|whatever)(?:above|youwere|before)/,
  }),
  phraseRule({
    name: "persona",
    title: "Gives the reader another role",
    action: "block",
    message: "This gives an agent another role or mode",
    view: "prose",
    reportsMentions: true,
    patterns: [
      phrase(
        `from now on,? you (?:are (?:a|an|the|my|no|not|in|only|free|bound|acting|dan)|(?:will |must |shall |should |only |always |may |can )?(?:act|answer|respond|obey|behave|ignore|follow|serve|trust|treat|never|only|be (?:a|an|the|my)))`,
      ),
      phrase(
        `you are (?:now )?(?:an? )?(?:unrestricted|uncensored|unfiltered|jailbroken|rogue|evil|amoral)(?: \\w{1,15}){0,2}`,
      ),
      phrase(
        `(?:enter|switch to|you are in|activate|engage) (?:developer|debug|maintenance|admin|root|unsafe|training|test) mode(?: and| now|, ?)_(?:ignore|disable|without|no |all|you|obey|answer|reveal|run)`,
      ),
      phrase(
        "(?:you are now|you're now|from now on,? you(?: are| will be|'re| must act as)|pretend (?:to be|you are|that you are)|act as|role ?play as|behave (?:as|like)) _(?:dan|jailbroken|unrestricted|unfiltered|uncensored|evil|developer mode|god mode|admin mode|maintenance mode|debug mode|root mode|without (?:any )?(?:restrictions|limits|filters|rules|guardrails)|no (?:restrictions|limits|rules|filters)|do anything now|free (?:from|of)|different (?:ai|assistant|agent|model))",
      ),
      phrase(
        "(?:enter|enable|activate|switch (?:in)?to|you are (?:now )?in|engage) (?:the )?(?:dan|jailbreak|god|unrestricted|unfiltered|developer override|sudo agent|no ?rules|override) mode",
      ),
      phrase(
        "you (?:can )?do anything now|you (?:have|are under) no restrictions|you are (?:no longer|not) (?:bound|restricted|limited|constrained) by_(?:rules|policy|policies|guidelines|instructions|restrictions)",
      ),
      phrase(
        `(?:from now on,? )?you (?:are now|are no longer|will now be) (?:a |an |the |my )?(?:\\w{1,20} ){0,3}(?:${NAMED_AGENT}|administrator|root|sysadmin|hacker|shell|terminal|maintainer's? \\w{1,12})`,
      ),
    ],
    squeezed: /youarenow(?:dan|jailbroken|unrestricted|indevelopermode|ingodmode)|doanythingnow/,
  }),
  phraseRule({
    name: "agent-address",
    title: "Speaks to the reading agent",
    action: "block",
    message: "This speaks to the agent that reads it instead of stating knowledge",
    view: "prose",
    reportsMentions: true,
    patterns: [
      phrase(
        `you,? the (?:ai|model|agent|assistant|llm|reader|coding agent)(?=,| who| that| reading| must| should|:)`,
      ),
      phrase(
        `(?:claude(?: code)?|copilot|chat ?gpt|gemini|codex|assistants?|${READING_AGENTS}|llms?|ai)(?:,|:) (?:please |now |you |always |first |just |do ){0,2}(?:run|install|delete|publish|push|commit|call|fetch|open|write|remove|download|stop|skip|add|post|set|disable|confirm|propose|flag|must|trust|remember|treat|follow|do not|never)(?= )`,
      ),
      phrase(
        `(?:to|for|attention)[:,]? (?:all |any |every |whichever |the ){1,2}(?:(?:ai|llm|coding|autonomous|automated|large language|language) ){0,3}(?:agents?|assistants?|models?|llms?|bots?)(?:,|:| (?:that|who|which) (?:reads?|retrieves?|loads?|receives?|sees?|fetches|gets?|consumes?|uses?) this)`,
      ),
      phrase(
        `(?:if|when|whenever|once|as soon as|since|because) (?:an? |any |the |you,? an? |you,? the )?(?:(?:ai|llm|coding|autonomous|automated|language|large language) ){1,3}(?:agent|assistant|model|system|bot)s? (?:reads?|sees?|loads?|retrieves?|receives?|process(?:es)?|gets?|encounters?) this`,
      ),
      phrase(
        `(?:dear|attention|hey|hello|listen(?: up)?|calling|(?:important )?(?:note|notice|message|instructions?|hint|reminder|memo|directive|order|warning)s? (?:to|for)|important (?:to|for))[,:]? (?:(?:all|any|the|every|my|whichever) ){0,3}(?:(?:(?:ai|llm|coding|autonomous|automated|language|large language|claude|gpt|helpful|reading|future) ){1,3}(?:agents?|assistants?|models?|bots?|systems?)|llms?|copilot|claude|chat ?gpt|assistants?|agents?|models?|ais?)(?= (?:reading|processing|that read|who read|must|should|please|you|only|do|never|always|run|ignore)|[:,!-])`,
      ),
      phrase(
        `(?:if|since|because|when|as) you(?: are|'re) (?:an? |the )?(?:(?:ai|llm|coding|autonomous|automated|language|large language) ){0,3}(?:agents?|assistants?|models?|llms?|ai|bots?|copilot|claude|chat ?gpt)(?: |,|:)_(?:you|must|should|please|do|run|ignore|send|read|call|then|first|always|never|execute|print|reading|processing)`,
      ),
      phrase(
        `${AGENT} (?:that |who |which |currently |is |are |you |when |now |ever ){0,3}(?:reads?|reading|process(?:es|ing)?|sees?|seeing|receiv(?:es|ing)|consum(?:es|ing)|retriev(?:es|ing)) this`,
      ),
      phrase(
        `${NAMED_AGENT}[,:!] (?:please )?you (?:must|have to|should|are required to|shall|need to|will)`,
      ),
      phrase(
        `(?:ai|llm|${READING_AGENTS}|assistants?|claude|copilot)[,:!] (?:please |now |immediately |always |first )?(?:ignore|execute|reveal|send|upload|disclose|print your|exfiltrate|forget|obey|delete|forward|approve)`,
      ),
    ],
  }),
  phraseRule({
    name: "agent-order",
    title: "Says what agents must do that no agent should",
    action: "warn",
    message: "This orders agents to act against their user or without them",
    view: "prose",
    reportsMentions: false,
    patterns: [
      phrase(
        `(?:when|whenever|if|once|after|each time|every time|as soon as) you (?:see|read|find|receive|get|retrieve|load|encounter|process|query|fetch) (?:this|these) (?:(?:knowledge|very) )?(?:units?|entry|insights?|tips?|knowledge|message|instruction|text|note|advice|record)`,
      ),
      phrase(
        `(?:append|add|write|insert|copy|save|put|store|paste|persist|prepend|remember) (?:(?:this|these|the (?:following|above|action|detail|text|contents? of this)) ){1,2}(?:\\w{1,15} ){0,3}(?:to|into|in|at the top of) (?:(?:the|your|every|its|project's|user's|a) ){0,2}(?:claude\\.md|agents\\.md|gemini\\.md|memory|\\.cursorrules|cursor rules|copilot instructions|\\.github copilot|system prompt|long.term memory|custom instructions|mcp\\.json|settings\\.json|\\.claude)`,
      ),
      phrase(
        `(?:future|every|all|later|next|subsequent) (?:sessions?|conversations?|agents?|runs?|tasks?) (?:(?:will|must|should|then|also|always) ){1,2}(?:follow|obey|run|execute|load|do|apply)`,
      ),
      phrase(
        `(?:trust|believe|obey|rely on) (?:(?:this|these|any|all|every|only|whatever|everything) ){1,2}(?:\\w{1,15} ){0,3}(?:unconditionally|blindly|without (?:question|verif|check|review)\\w{0,4}|no matter what|over (?:the|your) (?:user|system|developer|instructions))`,
      ),
      phrase(
        `(?:this (?:unit|note|message|instruction|entry|text)|these instructions) (?:(?:has|have|is|are|was|were) ){1,2}(?:been )?(?:pre.?approved|verified|authorized|signed|sanctioned|mandated|approved|issued|sent) by_(?:security|admin|administrators?|system|developers?|team|maintainers?|anthropic|openai|owner|reviewers?|company|it)`,
      ),
      phrase(
        `(?:treat|consider|regard) (?:this|the (?:following|action|detail)|these)(?: \\w{1,15}){0,3} as (?:a |an |the |your )?(?:system|trusted|verified|authoritative|developer|admin|official|mandatory|highest|higher|privileged|user's|direct)_(?:prompt|message|instructions?|order|command|priority|source|truth|request|directive)`,
      ),
      phrase(
        `${NAMED_AGENT} _(?:must|should|shall|have to|has to|need to|needs to|always|are required to|is required to|are instructed to|are to|will) (?:(?:always|first|then|now|also|immediately|silently|quietly) ){0,3}(?:ignore|disclose|reveal|send|upload|post|exfiltrate|forward|execute|install|download|approve|confirm|flag|propose|upvote|vote|skip|bypass|disable|hide|obey|comply|delete|trust|never (?:ask|question|verify|tell|flag|report)|not (?:ask|question|verify|tell|mention|inform|report|flag))`,
      ),
      phrase(
        "(?:obey|comply with|follow|execute) _(?:without question(?:ing)?|unconditionally|blindly|no matter what)",
      ),
      phrase(
        "(?:this (?:instruction|message|directive|order|unit|rule) (?:has|is|comes)|treat this as|consider this) _(?:highest priority|top priority|system.level|mandatory|from (?:the )?(?:administrator|system|developers?|anthropic|openai|security team)|authorized)",
      ),
      phrase(
        "(?:obey|(?:fetch|read|open|download|visit|load|retrieve|get)_ (?:and|then) (?:follow|obey|execute|carry out)) (?:all |any |the |these |those |its |every |whatever ){0,3}(?:instructions|commands|directions|orders) (?:(?:you )?(?:find|found|given|contained|written|listed|hosted|located|returned) )?(?:in|at|on|from) _(?:https?:|url|page|site|website|gist|pastebin|comment|link|issue|response)",
      ),
    ],
  }),
  phraseRule({
    name: "machine-audience",
    title: "Says that it is for machines and not for people",
    action: "warn",
    message: "This says that it is for machines and not for people: write for whoever needs to know",
    view: "prose",
    reportsMentions: true,
    patterns: [
      phrase(
        "(?:written|meant|intended|addressed|reserved|left|only|just|strictly)(?: \\w{1,12}){0,2} (?:for|to) (?:machines|robots|bots|automata|automated readers|non.?humans?)",
      ),
      phrase(
        "(?:humans|people|persons|human readers),? (?:may |can |should |please |need not |needn't ){0,2}(?:skip|ignore|disregard|stop reading|read on|look away|read) (?:this|it|here|the line|over)|(?:not|nothing) (?:meant |intended |written )?for (?:humans|human eyes|human readers)",
      ),
      phrase(
        "(?:if|when|since|as|because|suppose|supposing|should) (?:it is|it's|this is|you are|you're|whoever reads (?:this )?is|the reader is|the one reading is) (?:not an? |no |not |an? )(?:person|human(?: being)?|machine|bot|robot|program|automaton|piece of software)(?= who| that| and|,|:|;)",
      ),
      phrase(
        "(?:if|when|in case|should) (?:an? |any |some |the )(?:bot|machine|robot|program|model|tool|script|automaton|helper) (?:is reading|reads? this|is looking|gets? to read|finds? this|comes across this|parses this)",
      ),
      phrase(
        "(?:reader|machine|robot|automaton|tool|helper|model|bot), you (?:are|run|have|may|must|can|will|shall|hold)",
      ),
    ],
  }),
  phraseRule({
    name: "prompt-leak",
    title: "Asks for the reader's instructions",
    action: "block",
    message: "This asks an agent for its instructions or conversation",
    view: "prose",
    reportsMentions: true,
    patterns: [
      phrase(
        "(?:repeat|print|output|copy|write|quote|echo|dump|paste|list|translate|summari[sz]e|save) (?:out )?(?:everything|all|the (?:whole |full |entire )?text|all text|the words|what (?:is|stands|was said)) (?:that (?:is|stands|comes) )?(?:above|before|preceding)(?= this| the (?:line|user)| here| it| into| in |[.,;:]|$)",
      ),
      phrase(
        "(?:print|reveal|show|output|repeat|leak|disclose|display|dump|recite|write out|tell me|expose|send|post|include|quote|copy|echo|return|give)(?: me| us| out| back)? (?:(?:all|of|the|verbatim|entire|full|whole|complete|a copy of) ){0,4}(?:your (?:(?:system|initial|hidden|original|secret|full|entire|current|internal|own|complete|developer) ){0,3}(?:prompts?|instructions?|guidelines|context window|system message|rules)|(?:conversation|chat|session) (?:history|so far|log|transcript)_(?:to|https?))",
      ),
      phrase(
        "(?:print|reveal|repeat|leak|disclose|dump|recite|output|append|paste|send|post) (?:(?:all|of|the|entire|full|whole|complete|a copy of|verbatim) ){0,4}(?:system|hidden|initial) prompt",
      ),
    ],
    squeezed:
      /(?:reveal|print|repeat|leak|output|show)(?:me)?(?:your|the)(?:full|entire|hidden)?systemprompt/,
  }),
];
