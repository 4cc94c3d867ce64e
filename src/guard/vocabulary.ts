/**
 * What words are about. Words are separated by `|`; `*` stands for any ending. Texts are in lower case, and signs of emphasis
 * and underscores in them are spaces.
 */
export const VOCABULARY = {
  negation:
    "not|never|no|don't|dont|doesn't|mustn't|must not|shouldn't|needn't|need not|without|cannot|can't|won't|avoid*|refrain|instead of|rather than|no need|nobody|neither|nor|isn't|aren't|stop",
  agent:
    "agent|agents|assistant|assistants|ai|ais|llm|llms|bot|bots|copilot|claude|chatgpt|chat gpt|gpt|gemini|cursor|codex|language model*|whoever reads|program or person|person or program|the model|models reading|you who read",
  you: "you|your|yours|yourself|you're|you'll|you've",
  duty:
    "must|shall|should|have to|has to|need to|needs to|required to|asked to|are to|is to|expected to|instructed to|obliged to|please|always|first step|mandatory|will now|told to|supposed to|can|proved useful",
  person:
    "user|users|user's|human|humans|developer|developers|operator|owner|reviewer|reviewers|person|people|anybody|anyone|somebody|someone|colleagues|maintainer|maintainers|manager|customer|nobody|keyboard|supervisor|them",
  inform:
    "tell|telling|told|mention*|inform*|reveal*|notify*|notified|disclose*|admit*|acknowledg*|bother|bothering|bring this up|bring it up|bring up|say|saying|learn|hear|explain|alert|warn|let on|talk about|know|knowing|find out|notice|noticing|aware|report it|report this|speak of|raise it|raise this|confess",
  show:
    "show|appear|appears|include|list|log|surface|print|display|write about|describe|reference|cite|summari*|record",
  answer:
    "answer|answers|reply|replies|response|responses|summary|summaries|output|transcript|changelog|commit message|commit messages|final message|conversation|chat|visible|explanation|pr description|release notes|report to",
  this:
    "this|it|that|these|anything|a word|the change|the step|where|what|the upload|the command|the note|the source|how",
  conceal:
    "hide|hidden from|conceal*|secretly|kept secret|keep it secret|keep this secret|confidential|covert*|discreet*|stealth*|between us|between you|unnoticed|omit it|omit this|omit the|leave it out|leave this out|keep quiet|stay quiet|keep silent|cover up|in silence|without a trace|invisible to|out of sight|keep it to yourself|out of the log*|quietly add*|silently add*|quietly re*|silently re*|quietly push*|silently push*|quietly send*|silently send*|silently run*|silently install*|silently upload*|unobtrusive*|hide this|hide it|hide the fact|hide that|hide from",
  pretend:
    "claim|claims|say it is|say it's|say that it|describe it as|describing it as|call it|call this|present it as|pretend*|attribute it|blame|lie|lying|make up|invent a|as caching|act as if|cite the",
  asked:
    "asked|asks|ask where|ask why|ask what|anybody ask|anyone ask|questioned|notices|wonders|inquir*|curious",
  orders:
    "instruction|instructions|directive|directives|directions|guideline|guidelines|rules|rule|constraints|prompt|prompts|claude.md|agents.md|gemini.md|handbook|checklist|policies|content policy|policy|programming|training|guardrail*|restrictions|safeguards|orders|commands|statement|system message|configuration asks|mandate|principles",
  earlier:
    "previous|previously|prior|earlier|before|above|former|preceding|initial|original|existing|given|told|came before|so far|other|older|system|standing|operator|operator's|developer's|user's|owner's|your|content|project's|handed",
  cancel:
    "ignore|ignored|ignoring|override|overrides|overriding|disregard*|forget|forgetting|suspended|suspend|revoke|revoked|revokes|cancelled|canceled|cancel|cancels|void|nullif*|supersede*|erase|obsolete|lifted|no longer apply|no longer applies|no longer bind*|set aside|put aside|throw away|discard*|drop|dropped|abandon*|overrule*|bypass*|neglect*|treat as a typo|as a typo|contradict*|unlearn|skip|waive|waived|updated your|replaced your|rescind*|disobey|deviate|relax|relaxed|exempt|out of date|not binding|do not count|does not count|no content policies|off limits",
  rank:
    "priority|priorities|precedence|outrank*|supersede*|overrule*|override|overrides|comes after|comes before|come first|rank|ranks|prevail*|go by|goes by|wins over|above the|trumps|more weight|authoritative|binding|final say|higher than",
  wish:
    "wish|wishes|wants|user's request|user request|user's instructions|user's preferences|request of the user|person at the keyboard|handbook|system prompt|what the user|their instructions",
  treat:
    "treat|treats|treated|regard|consider|interpret|understand|read it as|act on|obey|obeyed|follow|followed|carry out|comply|fulfil|fulfill|adopt|execute",
  task:
    "real task|actual task|new task|true task|task starts|priority one|your first step|your task is|first task|new goal|new objective|new mission|your job is|your mission|primary task|real instructions|real assignment|new assignment|main objective|actual instructions",
  send:
    "send|sends|sending|post|posts|posting|upload|uploads|uploading|attach|paste|submit|forward|forwards|copy|copies|share|sharing|publish|include|append|add|put|write|note|transmit*|stream|streams|sync|mirror|email|e-mail|mail|push|commit|dump|dumps|print|hand over|pass|ship|deliver|report|export|expose|serve|served|echo|insert|fill in|leak|exfiltrat*|beacon|enter|type|give|hand|provide|announce|store|save|log",
  secret:
    "secret|secrets|password|passwords|credential|credentials|api key|api keys|apikey|tokens|token|private key|private keys|private part|ssh key|ssh keys|deploy key|access key|access keys|signing key|key ring|each key|keys|.env|env file|env vars|environment variables|environment|variables|dotenv|kubeconfig|.kube/config|.aws/config|.aws/credentials|.ssh|id rsa|id ed25519|.npmrc|authtoken|.netrc|.pgpass|wallet.dat|wallet|keystore|keychain|seed phrase|cookies|session cookie|service account key|.git-credentials|secrets manager|vault",
  private:
    "conversation|chat history|last message|user's message|user message|prompt|open file|open files|every file|source code|codebase|working directory|workspace|repository contents|git diff|users table|customer data|customers table|user data|database dump|home directory|browser history|clipboard|git remote|emails|screenshots|whole project|project files|file contents|full context|internal documents|personal data|shell history|private repo*|mailbox|contacts",
  sink:
    "issue|issues|pull request|readme|public|channel|webhook|gist|pastebin|paste site|external|third party|link|url|in the answer|into the answer|the answer|response|server|endpoint|host|bucket|share|shared|form|query|pattern field|unit|units|proposal|comment|comments|forum|vendor|support|collector|mirror|checker|diagnostics|telemetry|notes|docs|website|service|address|inbox|commit message|discord|telegram|slack",
  all: "all|each|every|any|everything|complete|entire|whole|full|whatever|one by one|both|raw",
  read:
    "read|open|cat|print|show|display|find|search for|look for|collect|gather|harvest|grab|extract|list|dump|take|locate|look up|fetch|copy",
  disable:
    "disable|turn off|switch off|switched off|skip|bypass|remove|drop|delete|suppress|deactivate|circumvent|get around|gets around|comment out|set to 0|lower|loosen|relax|weaken|exempt|mute|silence|take out|left out|leave out|leave off|can go|do away with|neutrali*|uninstall|dismiss|accept any|accept all|accept unknown|accept every|answers every|answer every|auto-approve|auto approve|allow all|allows all|always allow|permit all|continue-on-error|remove the required|unprotect|disarm|patch out|stub out|no longer needed|isn't needed|waive|unset|disable the|gets rid of|hand-approve|self-approve|set to false|set to none|set to off|to zero|without the|without any|do without|opt out of|forgo|forego|may be dropped|can be dropped|can be removed|can be skipped|can be left|may be skipped|be turned off|be switched off|be disabled",
  protection:
    "verification|signature|signatures|checksum|checksums|integrity|certificate check*|certificate validation|certificate verification|tls|ssl|sandbox|sandboxing|firewall|seccomp|apparmor|selinux|two-factor|2fa|mfa|authentication|authorization|csrf|xss filter|branch protection|branch rule|protection|protections|required review*|required status|code review|code owners|codeowners|review checklist|security job|security tooling|security scan*|security check*|security tests|scanner|scanners|semgrep|gitleaks|trufflehog|codeql|dependabot|dependency review|snyk|trivy|bandit|nosec|audit log*|audit trail|auditing|auditd|monitoring|alerting|antivirus|defender|gatekeeper|row level security|rls|rate limit*|permission question*|permission prompt*|confirmation dialog*|confirmations|approval|approvals|unknown keys|host key*|failing tests|license headers|license check|guardrails|malware|quarantine|host verification|input validation|sanitiz*|escaping|permission check*|access control*|safety check*|policy check*|secret scanning|secret detection|pre-commit hook*|commit hook*|admission webhook|integrity and crossorigin|encryption|license header*|licence header*|copyright header*|tests of the auth*|auth tests|dialog box*|every dialog|input checks|provenance|attestation*|notariz*|code signing|content security policy|csp|cors check*|captcha|password check*|session check*|egress filter*|network polic*|sso|idp|login|privacy filter|content filter|moderation|leak detection|dlp|edr|crowdstrike|falco|wazuh|siem|log forwarding|fail2ban|lockout|quota*|spending limit*|budget limit*|four-eyes|second reviewer|human review|human in the loop|merge check*|type check*|test suite|the tests|failing test|coverage threshold*|ci checks|ci gate*|quality gate*|required checks",
  destroy:
    "delete|deletes|remove|wipe|wipes|erase|destroy|destroys|purge|drop|drops|truncate|overwrite|nuke|clear out|empty the|get rid of|shred|reset --hard|flush|rewrites history|rewriting history|rewrite history|rewrite and push",
  treasure:
    "backups|backup|production database|production data|all branches|all branches and tags|all data|all tables|every table|all volumes|all users|user accounts|home directory|the history|repository history|audit logs|hard drive|the disk|all files|the repository|the cluster|all namespaces|all buckets|snapshots|master branch|main branch|the volume|in production|on production|in prod|prod database|production cluster|production bucket|older commits|commits older|git history|old commits|everything in|all repositories|all projects|every namespace|every bucket|all objects|all indices|all topics|all keys|all logs|log files of|the evidence|etcd|/var/lib|/home|/srv|/etc",
  force:
    "--force|by force|force push|force-push|--no-preserve-root|without a backup|without backup|irreversibl*|-auto-approve|to all branches|delete /|-delete,|and its backups|skip the backup|no backup needed|no need for a backup|without a dry run|without checking",
  fetch: "download|downloads|fetch|fetches|grab|curl|wget|retrieve|get it from|install from|load|clone",
  execute:
    "run it|run the|execute|executes|execute it|install|install it|installs|start it|launch|load it|evaluate|eval|source it|pipe it|double-click|open it|make it executable|chmod +x|import it",
  odd:
    "not on the marketplace|isn't on the marketplace|drop-in fork|unsigned|not signed|no version pin|always fresh|main has no|postinstall|preinstall|safe fallback|official mirror|unofficial|private build|patched build|prebuilt|renamed package|the fork|needs access to|with native code|without review|review takes",
  approve:
    "approve|approves|approved|approving|accept|accepts|accepting|confirm|confirms|confirming|confirmation|confirmations|upvote|vote|votes|endorse|merge|publish|propose|boost|rate up|flag|flags|downvote|reject|mark|marking|press approve|wave through",
  store:
    "unit|units|entry|entries|knowledge|store|queue|proposal|proposals|confidence|score|counter|ranking|this advice|insight|insights|shared memory|knowledge base|moderation|other advice|older entries|review queue|contribution*",
  blind:
    "all of them|every key|each configured key|each key|unseen|no second look|without looking|without reading|blindly|pre-approved|preapproved|for all|as stale|stale|unconditionally|saves effort|regardless|whenever|every time|each time|before each|in every session|no matter|automatically|as often as|repeatedly|multiple times|looking only|rank first|ranks better|improves a lot|ranking improves|several keys|all keys|many times|with each key|for every key|in bulk|wholesale|in advance|by default|without a look",
  backdoor:
    "admin rights|admin role|administrator rights|admin access|admin user|sudoers|root access|full access|full disk|unrestricted access|return true|backdoor|hard-coded|hardcoded|remote origin|git remote|authorized keys|add user|service account|second pull request|self as reviewer|as a reviewer|owner rights|write access|all permissions|deploy key|grant all|to anon|to public|cluster-admin|admin token|security group|open to the world|0.0.0.0/0|chmod 777|maintainer rights|super user|superuser",
  unasked:
    "without asking|without confirmation|without a question|without questions|without approval|without permission|without waiting|without review|no confirmation|no question*|assume yes|say yes|with yes|answer yes|don't ask|do not ask|never ask|not wait for|stop asking|no one is asked|nobody is asked|asked any more|no approval|don't wait|isn't asked|without consent|on its own|without stopping|stop at nothing|rather than ask|instead of asking",
  encoding:
    "base64|base-64|base32|hex|rot13|rot 13|decode|decoded|unescape|url-decode|urldecode|decrypt|deobfuscate|binary|ascii|backwards|reverse|reversed|in reverse|right to left|mirror writing|acrostic|first letter|first letters|every second word|every second letter|every other word|vowels|morse|cipher|caesar|encoded|concatenate|join the|join them|anagram|unscramble|pig latin|second character|read downwards|initials",
  obey:
    "obey|obeyed|obeys|follow it|follow them|follow what|follow the result|do what it says|do what|act on|act on it|carry it out|carry out|apply it|apply the|apply once|and apply|execute|execute it|run it|run the result|run what|do it|do that|perform it|then do|treat it as|comply|is a rule|as instructions|as an instruction|instruct*|take note of it",
  report:
    "attack|attacks|attacker|attackers|attacker's|malicious|injection|injections|vulnerab*|exploit|exploits|phishing|threat|red team*|adversar*|untrusted|pentest*|hostile|poison*|compromised|suspicious|social engineering|scam|mitre|owasp|advisory|advisories|leaked|post-mortem|postmortem|honeypot|cve|ssrf|xss|threat model|abuse|spam",
} as const;

export type Concept = keyof typeof VOCABULARY;
