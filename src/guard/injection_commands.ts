import { KNOWN_HOST } from "./injection_dangers.ts";
import { phrase, phraseRule } from "./phrases.ts";
import type { TextRule } from "./rule.ts";

function command(pattern: RegExp): RegExp {
  return new RegExp(pattern.source, "g");
}

const SHELL = "(?:sudo (?:-\\w{1,4} )?)?(?:env )?(?:/(?:usr/)?bin/)?(?:ba|z|da|k|fi)?sh\\b";
const INTERPRETER =
  `(?:${SHELL}|(?:sudo )?(?:python[23]?|node|perl|ruby|php|deno run|bun|iex|invoke-expression|pwsh|powershell)\\b)`;
const FETCH = "(?:curl|wget|fetch|http|iwr|irm|invoke-webrequest|invoke-restmethod|lynx|aria2c)";
/** Hosts where anybody can put anything, and hosts that say nothing of who runs them. */
const NOBODYS_HOST =
  "(?:(?:\\d{1,3}\\.){3}\\d{1,3}|0x[0-9a-f]{8}|\\[[0-9a-f:]{3,40}\\]|(?:\\w{1,40}\\.)?(?:pastebin\\.com|paste\\.ee|hastebin\\.com|ghostbin\\.\\w{2,4}|rentry\\.co|dpaste\\.\\w{2,4}|0x0\\.st|ix\\.io|termbin\\.com|sprunge\\.us|transfer\\.sh|file\\.io|bashupload\\.com|controlc\\.com|privatebin\\.net|paste\\.rs|bit\\.ly|tinyurl\\.com|t\\.co|is\\.gd|goo\\.gl|cutt\\.ly|ow\\.ly|rb\\.gy|shorturl\\.at|tiny\\.cc|v\\.gd|t\\.ly|rebrand\\.ly|ngrok\\.io|ngrok-free\\.app|trycloudflare\\.com|serveo\\.net|localhost\\.run|loca\\.lt|webhook\\.site|requestbin\\.\\w{2,4}|pipedream\\.net|interact\\.sh|oast\\.\\w{2,5}|burpcollaborator\\.net|gist\\.githubusercontent\\.com|cdn\\.discordapp\\.com|\\w{5,60}\\.onion|duckdns\\.org|[\\w-]{1,40}\\.(?:tk|ml|cf|gq|xyz|top|zip)))";
/** Installers that their vendors document in this form. */
const VENDORS =
  "(?:https?://)?(?:sh\\.rustup\\.rs|deno\\.land|get\\.docker\\.com|bun\\.sh|astral\\.sh|install\\.python-poetry\\.org|raw\\.githubusercontent\\.com/(?:nvm-sh|homebrew|ohmyzsh|pyenv|helm|rancher)(?=/)|get\\.pnpm\\.io|get\\.k3s\\.io|get\\.helm\\.sh|fnm\\.vercel\\.app|deb\\.nodesource\\.com|rpm\\.nodesource\\.com|get\\.sdkman\\.io|nixos\\.org|install\\.determinate\\.systems|cli\\.github\\.com|starship\\.rs|mise\\.run|get\\.volta\\.sh|sdk\\.cloud\\.google\\.com|fly\\.io|ollama\\.com|install\\.duckdb\\.org|get\\.jetify\\.com|tailscale\\.com|pkgx\\.sh|git\\.io|just\\.systems|get\\.pulumi\\.com|bootstrap\\.pypa\\.io|claude\\.ai)(?![\\w.-])";
/** What is fetched first is from none of them; what a long line names besides excuses nothing. A colon makes a part of an address. */
const NO_VENDOR = `(?!:|[^|\\n:/]{0,80}[\\s"'=@]${VENDORS})`;
/** Files that hold credentials. */
const CREDENTIALS =
  "(?:~|\\$\\{?home\\}?|/root|/home/[\\w.-]{1,40}|\\.|%userprofile%|\\$env:userprofile)?[/\\\\]?(?:\\.ssh[/\\\\](?:id[_ ]\\w{1,20}(?!\\.pub|\\w)|\\*|identity)|\\.ssh(?=[/ ]?(?:$|[ |;\"')]))|\\.aws[/\\\\]credentials|\\.netrc|\\.git-credentials|\\.npmrc|\\.pypirc|\\.docker[/\\\\]config\\.json|\\.kube[/\\\\]config|\\.pgpass|\\.gnupg|\\.config[/\\\\](?:gcloud|gh[/\\\\]hosts|gcloud[/\\\\][\\w./]{1,60})|\\.bash_history|\\.zsh_history|etc/(?:shadow|passwd|sudoers)|proc/self/environ|login ?data|\\.env(?:\\.(?:local|production|prod))?(?![\\w.]))";
const SEND =
  "(?:curl|wget|nc|ncat|netcat|socat|telnet|openssl s_client|http|xh|ftp|scp|rsync|invoke-webrequest|invoke-restmethod|iwr|irm|mail|sendmail|nslookup|dig|aws s3 cp)";
const ANY = "[^\\n]";
/** A download of a host that nobody knows, straight into a shell. */
const PIPED_DOWNLOAD =
  `(?:curl|wget)\\b[^\\n|]{0,60}?https?://${KNOWN_HOST}[^\\n|]{3,120}\\|\\s?${INTERPRETER}`;

/** Commands that harm whoever runs them. */
export const COMMAND_RULES: readonly TextRule[] = [
  phraseRule({
    name: "remote-code",
    title: "Runs code from a place that nobody answers for",
    action: "block",
    message: "This runs code from a raw address, a paste, a shortened link or an encoded text",
    view: "code",
    reportsMentions: true,
    patterns: [
      command(
        new RegExp(
          `\\b${FETCH}\\b${ANY}{0,120}?(?:[/ "'@=])${NOBODYS_HOST}(?![\\w.-])${ANY}{0,120}?(?:\\||;|&&|\\)|>)${ANY}{0,60}?${INTERPRETER}`,
        ),
      ),
      command(
        new RegExp(
          `(?:\\b(?:eval|source|exec|iex|${INTERPRETER})|\\.)\\s{0,2}(?:-\\w{1,6} )?["'(]{0,3}[$<(\`]{1,3}\\(?\\s?${FETCH}\\b${ANY}{0,120}?[/ "'@=]${NOBODYS_HOST}(?![\\w.-])`,
        ),
      ),
      command(
        new RegExp(
          `(?:base64 (?:-d|-di|--decode|-id)|base64 -w ?0 -d|xxd -r(?: -p)?|openssl (?:enc )?(?:-)?base64 -d|hex -d)${ANY}{0,80}?\\|\\s?${INTERPRETER}`,
        ),
      ),
      command(
        new RegExp(
          `(?:eval|${INTERPRETER})\\s?(?:-c )?["']?(?:\\$\\(|\`|<\\()[^)\`]{0,2000}?(?:base64 (?:-d|--decode)|xxd -r)`,
        ),
      ),
      command(
        /(?:exec|eval|iex|invoke-expression|os\.system|subprocess\.\w{1,12}|function)\s?\(?[^\n]{0,60}?(?:b64decode|atob|frombase64string|buffer\.from\([^\n]{0,300}?base64|bytes\.fromhex|unhexlify|urlopen|requests\.get|urllib\.request|downloadstring|codecs\.decode)/,
      ),
      command(
        /(?:eval|new function)\(\s?await [^\n]{0,40}?fetch\(|import\(["'`]https?:\/\/(?:\d{1,3}\.){3}\d/,
      ),
      command(
        /(?:powershell|pwsh)(?:\.exe)?[^\n]{0,80}?\s-(?:e|ec|enc|encodedcommand)\s{1,3}["']?[a-z0-9+/=]{20}/,
      ),
      command(
        /certutil[^\n]{0,60}?-urlcache|bitsadmin[^\n]{0,60}?\/transfer|mshta\s{1,3}["']?(?:https?:|javascript:|vbscript:)|regsvr32[^\n]{0,60}?\/i:https?:/,
      ),
      command(
        new RegExp(
          `(?:(?:npm|pnpm|yarn|bun|pip3?|uv(?: pip)?|gem|cargo|go) (?:install|i|add|get)|npx|uvx|bunx|pipx run)\\b${ANY}{0,80}?(?:https?|git\\+https?|git\\+ssh|git|ftp)://(?:[^\\s/@]{0,60}@)?${NOBODYS_HOST}(?![\\w.-])`,
        ),
      ),
      command(
        new RegExp(
          `(?:\\bos\\.system|\\bexec\\w{0,8}|\\bspawn\\w{0,4}|subprocess\\.\\w{1,12}|\\bsystem|\\bpopen|shell_exec|passthru)\\s?\\(\\s?\\[?["'\`]${PIPED_DOWNLOAD}`,
        ),
      ),
      // What runs again and again, or unasked: schedules, services, scripts of packages.
      command(
        new RegExp(
          `(?:(?:(?:[\\d*/,-]{1,10}\\s){4}[\\d*/,-]{1,10}|@(?:reboot|hourly|daily|weekly))\\s(?:\\w{1,12}\\s)?(?:/usr/bin/)?|["'](?:install|prepare|(?:pre|post)(?:install|test|build|start|publish|commit))["']\\s?:\\s?["']|\\bgit config\\s[^\\n]{0,40}?["']!|\\bautocmd\\s[^\\n]{0,40}?!|\\$\\(shell\\s|<string>|\\bexecst\\w{2,8}=[^\\n]{0,30}?)${PIPED_DOWNLOAD}`,
        ),
      ),
      command(
        new RegExp(
          `(?:\\b|\\\\n)${PIPED_DOWNLOAD}[^\\n]{0,20}?>{1,2}\\s?\\S{0,40}(?:\\.git/hooks/|\\.(?:ba|z)shrc|\\.(?:bash_)?profile|profile\\.d/|cron\\.\\w{1,8}/|autostart/|systemd/)`,
        ),
      ),
      command(
        /\b(?:eval|exec|instance_eval)\s?\(\s?(?:net::http\.get|uri\.open|open\(["']https?:|file_get_contents\(["']https?:|__import__\(["'](?:requests|urllib))|\bhttps?["']?\)?\.get\(["'`]https?:[^\n]{0,120}?\beval\(/,
      ),
      command(
        new RegExp(
          `(?:--(?:extra-)?index-url|--registry|\\bregistry)[ =]["']?https?://${NOBODYS_HOST}(?![\\w.-])|-i http://(?:\\d{1,3}\\.){3}\\d`,
        ),
      ),
    ],
  }),
  phraseRule({
    name: "pipe-to-shell",
    title: "Pipes a download into a shell",
    action: "warn",
    message: "This runs a download without looking at it: name a package or a checksum instead",
    view: "code",
    reportsMentions: false,
    patterns: [
      command(
        new RegExp(
          `\\b${FETCH}\\b(?=[^|\\n]{0,430}\\|)${NO_VENDOR}[^|\\n]{0,200}?(?:https?://|\\w\\.\\w{2,6}/|\\$\\{?\\w{1,30})[^|\\n;]{0,200}?\\|\\s?${INTERPRETER}`,
        ),
      ),
      command(
        new RegExp(
          `(?:\\b(?:eval|source|bash|sh|zsh|python3?)|(?:^|[;&|(\\n]\\s?)\\.)\\s{0,2}(?:-c )?["']?(?:\\$\\(|<\\(|\`)\\s?(?:curl|wget|fetch)\\b${NO_VENDOR}[^\\n)\`]{0,160}?[)\`]`,
        ),
      ),
      command(
        new RegExp(
          `\\b${FETCH}\\b${NO_VENDOR}[^\\n|]{0,200}?https?://[^\\n|]{0,160}?(?:&&|;)\\s?(?:chmod (?:\\+x|7\\d\\d|a\\+x)[^\\n]{0,80}?(?:&&|;)\\s?)?(?:sudo )?(?:(?:ba|z)?sh|python3?|node|\\./|/tmp/)`,
        ),
      ),
      command(
        /(?:iex|invoke-expression)\s?\(?[^\n]{0,40}?(?:iwr|irm|invoke-webrequest|invoke-restmethod|new-object net\.webclient)/,
      ),
      phrase(
        "(?:download|fetch|grab|get|pull) (?:and|then) (?:execute|run|evaluate|source) (?:the |this |that |a |our |my |whatever )?(?:\\w{1,20} ){0,3}(?:script|binary|payload|code|installer|file)?_(?:https?:|from (?!the (?:official|vendor))|at http)|(?:run|execute) (?:the |this |our |my )?(?:\\w{1,20} ){0,2}(?:script|binary|payload|installer|code) (?:at|from|hosted (?:at|on)|located at) https?:",
      ),
    ],
  }),
  phraseRule({
    name: "reverse-shell",
    title: "Opens a shell to another host",
    action: "block",
    message: "This opens a shell to another host",
    view: "code",
    reportsMentions: true,
    patterns: [
      command(
        /(?:bash|sh|zsh) -i[^\n]{0,30}?\/dev\/(?:tcp|udp)\/|exec \d{1,3}<>\s?\/dev\/(?:tcp|udp)\/[^\n]{0,120}?(?:cat|sh|while|<&)|\/dev\/(?:tcp|udp)\/[^\n]{0,60}?0>&1|0<&\d{1,3}[^\n]{0,40}?\/dev\/tcp/,
      ),
      command(
        /\b(?:nc|ncat|netcat)(?:\.exe|\.traditional|\.openbsd)?\s[^\n|]{0,80}?(?:-e|-c|--exec|--sh-exec|-\w{0,4}e)\s{1,3}["']?(?:\/(?:usr\/)?bin\/)?(?:\w{0,3}sh|cmd|powershell)/,
      ),
      command(/(?:mkfifo|mknod)[^\n]{0,120}?(?:sh|bash)[^\n]{0,60}?(?:nc|ncat|netcat|openssl|telnet)\b/),
      command(/socat[^\n]{0,120}?exec:["']?[^\n]{0,30}?(?:sh|bash|cmd)/),
      command(
        /socket[^\n]{0,300}?(?:dup2|fileno\(\))[^\n]{0,200}?(?:\/bin\/|pty\.spawn|sh\b|subprocess)|(?:fsockopen|tcpsocket|net\.connect|io::socket)[^\n]{0,200}?(?:\/bin\/(?:ba)?sh|exec|spawn\()/,
      ),
      command(/net\.sockets\.tcpclient\([^\n]{0,300}?(?:getstream|iex|invoke-expression)/),
      command(
        /(?:echo|printf|cat|tee)[^\n]{0,200}?(?:ssh-(?:rsa|ed25519)|ecdsa-sha2)[^\n]{0,800}?>>?\s?\S{0,60}authorized_keys|(?:curl|wget)[^\n]{0,160}?>>?\s?\S{0,60}authorized_keys|(?:echo|printf)[^\n]{0,120}?(?:curl|wget|\/dev\/tcp|nc )[^\n]{0,120}?\|\s?crontab|(?:echo|printf|tee)[^\n]{0,80}?nopasswd[^\n]{0,80}?sudoers/,
      ),
    ],
  }),
  phraseRule({
    name: "exfiltration-command",
    title: "Sends credentials or the environment over the network",
    action: "block",
    message: "This command sends credentials or the environment over the network",
    view: "code",
    reportsMentions: true,
    patterns: [
      command(
        new RegExp(
          `\\b(?:printenv|env|set|export -p|compgen -v|get-childitem env:|dir env:)(?: \\w{1,40})?(?:\\s?\\|[^\\n|]{0,60}){0,3}\\s?\\|\\s?${SEND}\\b`,
        ),
      ),
      command(
        new RegExp(
          `${CREDENTIALS}[^\\n]{0,120}?[|>]\\s?(?:base64[^\\n|]{0,20}\\|\\s?|xxd[^\\n|]{0,20}\\|\\s?|gzip[^\\n|]{0,20}\\|\\s?)?${SEND}\\b`,
        ),
      ),
      command(
        new RegExp(
          `\\b(?:curl|wget|https?(?= )|nc|ncat|invoke-webrequest|invoke-restmethod|iwr|irm|scp|rsync|requests\\.post|fetch)\\b[^\\n]{0,160}?(?:@|\\$\\(\\s?(?:cat|base64|<|printenv|env|type)|\`(?:cat|base64|printenv|env)|<\\s?|file=|-(?:t|d|f|-data\\S{0,8}|-upload-file|-post-file) ?=?["']?|open\\(["']|readfile\\w{0,4}\\(["']|\\s)[^\\n]{0,30}?(?:${CREDENTIALS}|\\$\\((?:printenv|env)\\b)`,
        ),
      ),
      command(
        new RegExp(
          `\\b${SEND}\\b[^\\n]{0,160}?(?:\\$\\(|\`)(?:printenv|env|cat ${CREDENTIALS}|whoami|hostname(?! -i)(?!\\)[:/]))|(?:requests\\.(?:post|get)|fetch|axios\\.\\w{1,6}|urlopen|httpx\\.\\w{1,6})\\([^\\n]{0,160}?(?:dict\\(os\\.environ\\)|os\\.environ(?![.[])|json\\.stringify\\(process\\.env\\)|process\\.env(?![.[?\\w]))`,
        ),
      ),
      // What is posted, or becomes part of the history, by tools of forges.
      command(
        new RegExp(
          `\\b(?:(?:gh|glab) \\w{1,12}|git (?:commit|tag|notes))\\b[^\\n]{0,120}?\\$\\(\\s?(?:(?:printenv|env)\\b|cat ${CREDENTIALS})`,
        ),
      ),
      // Secrets of a build, and names of hosts that hold what a command prints.
      command(
        /\b(?:curl|wget|nc|ncat)\b[^\n]{0,160}?tojson\(\s?secrets\s?\)|tojson\(\s?secrets\s?\)[^\n]{0,80}?\|\s?(?:curl|wget|nc|ncat)\b|(?:echo|printf)[^\n|]{0,40}?\$\{\{\s?secrets\.[^\n|]{0,60}\|(?:[^\n|]{0,40}\|)?\s?(?:curl|wget|nc|ncat)\b/,
      ),
      command(
        /(?:\b(?:dig|nslookup|host|ping|drill|getent hosts|resolve)\b[^\n|]{0,40}?|https?:\/\/)["'`]?(?:\$\(|`)\s?(?:cat|env|printenv|base64|xxd|od)\b[^\n)`]{0,80}(?:\)|`)["']?\.(?:[\w-]{1,40}\.){1,4}[a-z]{2,10}\b/,
      ),
      command(
        new RegExp(
          `(?:tar|zip)\\s[^\\n|]{0,80}?${CREDENTIALS}[^\\n]{0,80}?(?:\\||&&|;)[^\\n]{0,40}?${SEND}\\b`,
        ),
      ),
    ],
  }),
  phraseRule({
    name: "credential-read",
    title: "Reads files or stores of credentials",
    action: "warn",
    message: "This reads a file that holds credentials",
    view: "code",
    reportsMentions: false,
    patterns: [
      command(
        new RegExp(
          `\\b(?:cat|less|more|head|tail|type|strings|xxd|base64|get-content|gc|read|open|print|dump|paste|include|show|output|copy|cp|grab|collect|upload|fetch|find|attach|share|extract|parse)\\b(?: (?:the|contents?|of|file|out|your|its|full|entire|-\\w{1,4}|a|all|me|\\d{1,3})){0,6} ["'\`(]{0,2}${
            CREDENTIALS.replace("|\\.npmrc", "").replace(/\|\\\\\.env.*$/, ")")
          }`,
        ),
      ),
      command(
        /security (?:find-generic-password|find-internet-password|dump-keychain)|(?:run|use|send|post|include|paste|echo)[^\n]{0,40}?(?:gh auth token|gcloud auth print-access-token)|secretsdump|mimikatz|(?:curl|wget|fetch\()[^\n]{0,60}?169\.254\.169\.254\/latest\/meta-data\/iam/,
      ),
      phrase(
        "(?:read|collect|gather|harvest|dump|extract|grab|steal|scrape|search for|look for|locate|find|list|print|echo) (?:(?:all|any|every|the|of|your|user's|contents?|available|each|stored|local) ){0,5}(?:\\.env(?: files?)?|(?:environment|env) (?:variables|vars)|api keys|ssh keys|private keys|credentials|passwords|access tokens|secrets)_(?:and (?:then )?(?:send|post|include|append|paste|add|put|upload|store|write|return|report|save|attach|encode|share|display|echo)|in (?:your|the) (?:answer|response|reply|output|summary|commit|comment|proposal|unit)|into (?:the|a|your|this))",
      ),
    ],
  }),
  phraseRule({
    name: "destructive",
    title: "Destroys data",
    action: "warn",
    message: "This destroys data beyond the project",
    view: "code",
    reportsMentions: false,
    patterns: [
      command(
        /\brm\s(?:-{1,2}[\w-]{1,20}\s){0,4}(?:-{1,2}[\w-]{1,20}\s)["']?(?:\/|~|\$\{?home\}?|\/\*|~\/\*?|\.\/\*|\*|\/(?:etc|usr|var|home|root|boot|bin|lib|opt)(?:\/\*?)?|c:\\?)["'`]?(?=$|[\s;&|)"'`,.])/,
      ),
      // A device `sdX` stands for one that the reader puts in.
      command(/\bdd\s[^\n]{0,60}?of=\/dev\/(?:sd(?!x\b)|hd(?!x\b)|nvme|vd|xvd|disk(?!x\b)|mmcblk)/),
      command(
        /\bmkfs(?:\.\w{2,6})?\s(?:-\w{1,4} ){0,3}\/dev\/|\b(?:wipefs|blkdiscard)\s[^\n]{0,20}?\/dev\/|\bshred\s[^\n]{0,40}?(?:\/dev\/|~|\/home)|>\s?\/dev\/(?:sd|nvme|hd)/,
      ),
      command(/:\s?\(\)\s?\{\s?:\s?\|\s?:\s?&\s?\}\s?;\s?:/),
      command(/\bch(?:mod|own)\s-\w{0,3}r\w{0,3}\s(?:[0-7]{3,4}|[\w:+=]{1,30})\s(?:\/|~)(?=$|[\s;&|"'`])/),
      command(
        /\bformat\s[c-z]:|\bdel\s(?:\/\w\s){1,4}c:\\|\bremove-item\s[^\n]{0,60}?-recurse[^\n]{0,40}?(?:c:\\|\$home|~)(?=$|[\s"'`])|\brd\s\/s\s(?:\/q\s)?c:\\|vssadmin delete shadows/,
      ),
      command(
        /git push\s[^\n]{0,30}?(?:--force(?!-with-lease|-if-includes)|-f)\b[^\n]{0,30}?(?:\b(?:main|master|trunk|production|release|--all|--mirror)\b)|git push\s[^\n]{0,40}?\b(?:main|master|trunk|production)\b[^\n]{0,30}?(?:--force(?!-with-lease|-if-includes)|-f)\b|(?:always|just|must|agents?)\s[^\n]{0,40}?git push\s[^\n]{0,30}?(?:--force(?!-with-lease|-if-includes)|-f)\b/,
      ),
      command(
        /(?:run|execute|always|first|then|just|must)\b[^.\n]{0,60}?(?:drop (?:database|schema) (?:prod\w{0,8}|\w{0,20}production)|flushall|delete (?:--all )?(?:ns|namespaces?|pv|pvc) (?:--all|prod\w{0,8})|terraform destroy[^\n]{0,20}?-auto-approve)/,
      ),
      phrase(
        "(?:delete|wipe|erase|destroy|remove|purge) (?:(?:all|every|the|entire|whole|of|your|user's) ){1,4}(?:(?:\\w{1,15}) ){0,2}(?:home directory|hard drive|disk|backups|production (?:database|data)|repositories|repository history|audit logs?|logs and history)",
      ),
    ],
  }),
];
