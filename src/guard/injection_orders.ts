import { phrase, phraseRule } from "./phrases.ts";
import type { TextRule } from "./rule.ts";

const AGENT =
  "(?:(?:ai|llm|coding|code|autonomous|automated|language|large language|virtual|helpful|claude|gpt|cursor|copilot) ){0,3}(?:agents?|assistants?|models?|llms?|ai|ais|bots?|chatbots?|copilot|claude(?: code)?|chat ?gpt|gpt(?: ?\\d)?|gemini|cursor|codex|language models?)";
const NAMED_AGENT =
  "(?:(?:(?:ai|llm|coding|autonomous|language|large language|claude|gpt|cursor|copilot) ){1,3}(?:agents?|assistants?|models?|bots?)|llms?|copilot|claude(?: code)?|chat ?gpt|assistants?|agents?)";
const IGNORE =
  "(?:ignore|disregard|forget(?: about)?|override|overrule|bypass|discard|dismiss|drop|set aside|put aside|pay no attention to|do not (?:follow|obey|listen to)|don't (?:follow|obey|listen to)|never mind|stop (?:following|obeying)|abandon|erase|neglect|skip over|no longer (?:follow|obey))";
const EARLIER =
  "(?:previous|previously|prior|preceding|earlier|above|former|foregoing|initial|original|existing|current|system|developer|safety|past|old|other|your|everything)";
const ORDERS =
  "(?:instructions?|instruct|directions?|directives?|prompts?|rules?|guidelines?|guardrails?|guidance|commands?|orders?|constraints?|training|programming|policies|policy|system messages?|safeguards?|restrictions?|context)";

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
      phrase("end of (?:system |user |previous )?(?:instructions|prompt)|new instructions:"),
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
        "(?:ai|llm|agents?|assistants?|claude|copilot)[,:!] (?:please |now |immediately |always |first )?(?:ignore|execute|reveal|send|upload|disclose|print your|exfiltrate|forget|obey|delete|forward|approve)",
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
    name: "prompt-leak",
    title: "Asks for the reader's instructions",
    action: "block",
    message: "This asks an agent for its instructions or conversation",
    view: "prose",
    reportsMentions: true,
    patterns: [
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
