import { phrase, phraseRule } from "./phrases.ts";
import type { TextRule } from "./rule.ts";

function command(pattern: RegExp): RegExp {
  return new RegExp(pattern.source, pattern.flags.includes("m") ? "gm" : "g");
}

/** Hosts of documentation and of this machine: nothing gets out there. */
const HARMLESS_HOST = "(?!\\S{0,20}(?:localhost|127\\.0\\.0\\.1|example\\.|\\.example|\\[::1))";

/** Hosts of registries, of large forges and of this machine. */
export const KNOWN_HOST =
  "(?!(?:[\\w-]{1,40}\\.){0,4}(?:github\\.com|githubusercontent\\.com|github\\.io|gitlab\\.com|bitbucket\\.org|codeberg\\.org|pypi\\.org|pythonhosted\\.org|python\\.org|python-poetry\\.org|npmjs\\.(?:org|com)|nodejs\\.org|nodesource\\.com|deno\\.(?:land|com)|jsr\\.io|esm\\.sh|bun\\.sh|crates\\.io|rust-lang\\.org|rustup\\.rs|golang\\.org|go\\.dev|rubygems\\.org|k8s\\.io|kubernetes\\.io|helm\\.sh|k3s\\.io|docker\\.(?:com|io)|ghcr\\.io|quay\\.io|microsoft\\.com|visualstudio\\.com|aka\\.ms|google\\.com|googleapis\\.com|gcr\\.io|amazonaws\\.com|apache\\.org|debian\\.org|ubuntu\\.com|fedoraproject\\.org|archlinux\\.org|apple\\.com|brew\\.sh|jetstack\\.io|hashicorp\\.com|pytorch\\.org|nvidia\\.com|huggingface\\.co|jetbrains\\.com|postgresql\\.org|mozilla\\.org|gnu\\.org|kernel\\.org|astral\\.sh|example|localhost)\\b|127\\.)";
/** What fetches a file, in shells, build files and playbooks. */
const FETCHER =
  "(?:curl|wget|iwr|invoke-webrequest|aria2c|get_url|urlretrieve|downloadfile|lwp-request|url-retrieve\\S{0,16})";
const RUNNER =
  "(?:(?:ba|z|da|k|fi)?sh|python3?|node|perl|ruby|php|pwsh|powershell|source|start-process|invoke-item|command:|shell:)";
const PROGRAM_FILE =
  "\\.(?:sh|ps1|bat|cmd|exe|msi|dmg|pkg|vsix|jar|whl|deb|rpm|apk|bin|py|js|mjs|rb|pl|zip|tgz|tar\\.gz|tar|crx|xpi|appimage|so|dll|dylib|pkl|pt|wasm)\\b";

/** Commands and settings that do harm wherever an agent runs them. */
export const DANGER_RULES: readonly TextRule[] = [
  phraseRule({
    name: "pipe-to-network",
    title: "Sends what a command prints to another host",
    action: "warn",
    message: "This sends the output of a command over the network: say what is sent and why",
    view: "code",
    reportsMentions: false,
    patterns: [
      command(
        new RegExp(
          `\\|\\s?(?:sudo )?(?:curl|wget|http|xh)\\b[^\\n|;]{0,120}?\\s(?:-f|-t|-d|--data[a-z-]{0,10}|--form|--upload-file|--post-file)[ =]?["']?(?:\\w{1,20}=)?@?-[^\\n]{0,80}?(?:https?://|\\w\\.\\w)${HARMLESS_HOST}`,
        ),
      ),
      command(
        /\|\s?(?:sudo )?(?:nc|ncat|netcat|socat|telnet|openssl s_client)\s(?:-\w{1,4}\s){0,3}(?!localhost|127\.|-l)\S{3,80}/,
      ),
      command(/\|\s?(?:sudo )?(?:mail|mailx|sendmail|mutt)\s[^\n|]{0,80}@/),
      command(/\b(?:dig|nslookup|host|ping|drill|getent hosts)\s[^\n;|]{0,60}?\$[\w{(][^\n;|]{0,80}?\.[a-z]/),
      command(
        /\b(?:curl|wget|fetch|axios|requests)\b[^\n]{0,200}?(?:\?|&|\/)[\w-]{0,20}=?["']?\s?[+.]?\s?\$[({]?(?:\(|`)?\s?(?:cat|env|printenv|whoami|hostname|base64|id|uname|history|git)\b/,
      ),
      command(
        /\bgh gist create\s[^\n]{0,80}?(?:\.env|config|secret|key|-p|--public)|\bgit remote (?:add|set-url)[^\n]{0,120}?(?:&&|;|\n)[^\n]{0,20}?git push|\bgit push\s(?:--mirror|--all)\s(?:https?:|git@|ssh:)/,
      ),
      command(
        /\b(?:ngrok|cloudflared|localtunnel|bore|serveo)\s(?:http|tcp|tunnel|local)\b[^\n]{0,60}?(?:\.|\/|~|22|home)|\bssh\s(?:-\w{1,6}\s){0,3}-r\s?\d{1,5}:|python3? -m http\.server[^\n]{0,80}?(?:\/root|\/home|~|-d \/)/,
      ),
      command(
        /\b(?:scp|rsync)\s[^\n]{0,120}?(?:~|\.ssh|\.aws|\.env|\/etc\/|\/home|\s\.\/?\s)[^\n]{0,80}?\s\S{1,40}@\S{1,60}:/,
      ),
      command(/aws s3 (?:cp|sync)[^\n]{0,120}?--acl public|gsutil[^\n]{0,60}?acl[^\n]{0,30}?allusers/),
    ],
  }),
  phraseRule({
    name: "foreign-install",
    title: "Installs or runs what an unknown host serves",
    action: "warn",
    message: "This runs code of a host that is not well known: name a package and its version",
    view: "code",
    reportsMentions: false,
    patterns: [
      command(
        new RegExp(
          `(?:\\b(?:pip3?|uv|pipx|npm|pnpm|yarn|bun|gem|cargo|go|brew|helm|code|codium|dpkg|rpm|msiexec|pre-commit|deno|npx|bunx|uvx|conda|composer|luarocks|opkg|snap|vim|import-module|install-module|rundll32|regsvr32|kubectl)\\s[^\\n|;]{0,60}?(?:install|add|get|\\bi\\b|-i|run|apply|extension|--registry|index-url|find-links|--source|--repo|plugin|-f)|repo(?:sitory)?:|registry[=:]|config set \\S{0,30}registry|index-url[ =:])[^\\n|;]{0,60}?(?:git\\+)?(?:https?|git|ssh)://(?:[^\\s/@]{0,40}@)?${KNOWN_HOST}[\\w-]{1,60}\\.`,
        ),
      ),
      command(
        new RegExp(
          `\\b(?:download|fetch|get|grab|save|wget|curl|invoke-webrequest|iwr|take)\\b[^\\n]{0,100}?https?://${KNOWN_HOST}[\\w-]{1,60}\\.[\\w.-]{2,60}/\\S{0,120}?${PROGRAM_FILE}[^\\n]{0,160}?\\b(?:run|install|execute|open|start|load|chmod|bash|sh|python3?|node|sudo|double.click|unpack|import|source)\\b`,
        ),
      ),
      command(
        new RegExp(
          `(?:torch\\.load|pickle\\.loads?|joblib\\.load|np\\.load|yaml\\.(?:unsafe_)?load|marshal\\.loads|exec|eval|importlib|load_module|dlopen|__import__|require|import)\\(?[^\\n]{0,80}?(?:https?://|requests\\.get|urlopen|fetch\\()(?:["']?https?://)?${KNOWN_HOST}`,
        ),
      ),
      // A file that is fetched, and run by its name.
      command(
        new RegExp(
          `\\b(?:${FETCHER}|url:)[^\\n]{0,60}?(?:https?|ftp)://${KNOWN_HOST}[^\\s,;]{3,100}[^\\n]{0,60}?(?:\\s-{1,2}o(?:utput|ut-file)?|dest:|>|,)\\s?["']?([\\w$.~:/\\\\%{}-]{3,80})["']?(?=[\\s;,)}&"'])[^]{0,80}?(?:\\b(?:${RUNNER}|sudo)|&&|;)\\s{0,3}["']?\\1`,
        ),
      ),
      // Code that evaluates what an address serves.
      command(
        new RegExp(
          `(?:\\bsource\\(|\\bapply from:?|\\bload\\(?|url-retrieve\\S{0,16}|\\bfrom program|@file:repository\\(|\\bgoproxy=|\\bpreload\\s?=|\\bexecstart\\w{0,4}=|proxycommand|do shell script|\\bfile_get_contents\\(|\\bnew function|(?:^|\\n)\\s{0,8}add|\\bvagrant init|\\brepositories?\\s?[{:(])[^\\n]{0,80}?(?:https?|ftp)://${KNOWN_HOST}[\\w-]{1,60}\\.`,
        ),
      ),
      // Programs and their parts from an unknown host, by a build file, an installer or in clear.
      command(
        new RegExp(
          `(?:\\binstall|--fetch[= ]|--import\\s\\S{1,30}(?:\\s\\S{1,40})?|\\bsubstituters?\\s?=|\\burls?\\s?[=:]|\\.package\\(url:|new url\\(|\\bevaluate\\()[^\\n]{0,40}?http://${KNOWN_HOST}(?!(?:10|192\\.168|172|\\S{0,40}\\.(?:local|internal|test|lan))\\b)[\\w-]{1,60}\\.[\\w.-]{2,60}`,
        ),
      ),
      command(
        new RegExp(
          `\\b(?:install|archive\\.install|--import)\\s{1,2}(?:-{1,2}\\S{1,20}\\s){0,3}https?://${KNOWN_HOST}[\\w-]{1,60}\\.[\\w.-]{2,60}/`,
        ),
      ),
      command(/\b(?:bash|sh|zsh|python3?|node|perl|ruby|source)\s{1,2}<\(\s?(?:curl|wget)\b/),
      // An index of packages, and a file that is fetched to be installed.
      command(
        new RegExp(
          `--(?:extra-)?index-url[ =]["']?https?://${KNOWN_HOST}[\\w-]{1,60}\\.|--find-links[ =]["']?https?://${KNOWN_HOST}[\\w-]{1,60}\\.`,
        ),
      ),
      command(
        new RegExp(
          `\\b(?:curl|wget)\\b[^\\n;&]{0,40}?https?://${KNOWN_HOST}[^\\s;&|]{3,120}[^\\n]{0,60}?(?:&&|;|\\band\\b|\\bthen\\b)[^\\n]{0,20}?\\b(?:npm (?:i|install)|pip3? install|pipx? install|dpkg -i|rpm -i\\w{0,3}|apt(?:-get)? install|gem install|tar x|installer|msiexec|code --install-extension|insmod)\\b`,
        ),
      ),
      // The scheme may be left out.
      command(
        new RegExp(
          `\\b(?:curl|wget)\\b(?:\\s-{1,2}[\\w-]{1,20}){0,4}\\s["']?(?!-)${KNOWN_HOST}[\\w-]{1,40}(?:\\.[\\w-]{1,40}){1,3}(?:/[^\\s|"'\`]{0,80})?["']?(?:\\s-{1,2}\\w{1,10}(?:\\s[^\\s-|][^\\s|]{0,60})?){0,3}\\s?(?:\\||&&|;)\\s?(?:sudo )?${RUNNER}\\b`,
        ),
      ),
      command(
        /downloadfile\([^\n]{0,200}?(?:start-process|invoke-item|&\s|iex)|downloadstring\([^\n]{0,120}?(?:iex|invoke-expression)/,
      ),
      command(
        /github\.com\/[a-z-]{0,20}[a-z][0134579][a-z][a-z-]{1,20}\/|github\.com\/[a-z-]{5,20}[0134579][a-z]\/|\b(?:go run|go install|docker run|uses:)\s[^\n]{0,60}?@?(?:main|master|latest|head)\b[^\n]{0,80}?(?:--privileged|secrets|token|docker\.sock)/,
      ),
    ],
  }),
  phraseRule({
    name: "credential-dump",
    title: "Prints credentials",
    action: "warn",
    message: "This prints credentials where others can read them",
    view: "code",
    reportsMentions: false,
    patterns: [
      command(
        /\b(?:env|printenv|set|export)\s?\|\s?(?:e?grep|rg|awk|sort|tee|base64)(?! -v)[^\n]{0,60}?(?:key|token|secret|passw|>|base64|tee)/,
      ),
      command(
        /kubectl config view[^\n]{0,40}?--raw[^\n]{0,60}?(?:\||>|public|share|send|paste|report)|kubectl get secrets?\s[^\n]{0,60}?(?:--all-namespaces|-a\b)[^\n]{0,30}?-o ?(?:yaml|json)/,
      ),
      command(
        /\b(?:gh auth token|gcloud auth print-(?:access|identity)-token|aws configure (?:export-credentials|get)|git credential fill|gpg\s[^\n]{0,30}?--export-secret-keys?|op (?:read|item get)|pass show|security find-\w{1,20}-password|vault kv get|az account get-access-token|heroku auth:token|npm token list|docker-credential-\w{2,20} get)\b[^\n]{0,100}?(?:\||>|paste|include|into|send|report|answer|issue|comment|chat|show)/,
      ),
      command(
        /find\s(?:\/|~|\$home)\s?[^\n]{0,80}?-i?name\s["']?(?:\S{0,10}wallet|\*\.(?:pem|key|kdbx|keystore|p12|pfx|jks|ovpn)|id_rsa|\.env|\S{0,10}credentials)/,
      ),
      // Managers of secrets and processes that hold them, read into where others look.
      command(
        /\b(?:terraform (?:output|show|state pull)|gcloud secrets versions access|az keyvault secret show|ssm get-parameters?\b[^\n]{0,60}?--with-decryption|secretsmanager get-secret-value|vercel env pull|flyctl secrets|railway variables|doppler secrets|bw get|lpass show|docker inspect|ps e[auxww]{1,5}|aws sts get-\w{4,20}|aws configure list|npm config (?:ls -l|get \S{0,40}_auth)|pip config (?:list|debug)|git config --(?:get-all|list)|\/run\/secrets\/\S{1,40}|serviceaccount\/token|consul kv get|etcdctl get|chamber export|sops -d|ansible-vault (?:view|decrypt)|rails credentials:show|mysql_config_editor print)\b[^\n]{0,100}?(?:>|tee |paste|include|into|send|report|answer|issue|comment|chat|curl|nc |gist|commit|readme|log\b|public)/,
      ),
      command(
        /\bsecurity export\b[^\n]{0,60}?-[kt]\b|hudson\.util\.secret|\bsecret\.decrypt\(|\bheroku config\b[^\n]{0,40}?(?:>|\||-s)|git credential fill|\bcut\s[^\n]{0,30}?\.pgpass|git add -f \S{0,40}(?:adc|credential|secret|\.env|\.pem|key)/,
      ),
      command(
        /(?:cp|copy|cat|scp|tar|zip|upload|attach|move|mv)\b[^\n]{0,80}?(?:google-chrome|chromium|firefox|brave|edge|profile)\S{0,60}(?:cookies|login data|logins|key4)|\bchmod\s(?:0?[67][4-7][4-7]|a\+r|o\+r)\s\S{0,60}(?:token|\.ssh|id_[a-z]|\.pem|\.env|credential|\.key|secret)/,
      ),
      command(
        /\bgrep\s-\w{0,4}r\w{0,4}\s[^\n]{0,40}?(?:passw|secret|token|api_?key)[^\n]{0,40}?(?:~|\/home|\/etc|\s\/)/,
      ),
      command(
        /(?:login data|cookies\.sqlite|key4\.db|logins\.json|\/proc\/\S{1,8}\/environ|ntds\.dit|lsass)\b[^\n]{0,80}?(?:copy|cp|send|upload|cat|sqlite3|dump|read|open)|(?:cat|cp|copy|open|read|dump|sqlite3)\s[^\n]{0,60}?(?:login data|cookies\.sqlite|key4\.db|logins\.json|\/proc\/\S{1,8}\/environ|ntds\.dit|lsass)/,
      ),
      phrase(
        "(?:paste|attach|include|copy|post|upload|share|send|add|append|print|put|write|quote|insert|dump|show|read|open|email|mail|forward|submit)(?![a-z])_(?:\\.ssh/id \\w{1,10}(?!\\w|\\.pub)|id (?:rsa|ed25519|ecdsa|dsa)(?!\\.pub)|\\.aws/(?:credentials|config)|\\.kube/config|kubeconfig|\\.netrc|\\.git-credentials|\\.npmrc|\\.pypirc|\\.pgpass|\\.docker/config\\.json|/etc/shadow|wallet\\.dat|\\.gnupg|\\.env|service.account (?:key|json))_(?<![a-z])(?:in|into|to|so|here|below|answer|issue|comment|chat|readme|channel|ticket|report)",
      ),
      new RegExp(
        "(?:открой|прочитай|прочти|покажи|вставь|выведи|lies|offne|zeige|kopiere|lis |ouvre|affiche|copie|lee |abre|muestra|pega|读取|打开|粘贴|显示|読み|開い|貼り|읽|열어|붙여|oku|leggi|apri|mostra|incolla|leia|abra|cole|otworz|wklej)[^.!?]{0,60}?(?:\\.ssh|id_rsa|id rsa|\\.env|\\.aws|credentials|\\.npmrc|kubeconfig)",
        "g",
      ),
    ],
  }),
  phraseRule({
    name: "destructive-command",
    title: "Destroys data or history beyond repair",
    action: "warn",
    message: "This destroys what may be needed: say how to get it back, and where it must not be run",
    view: "code",
    reportsMentions: false,
    patterns: [
      command(
        /\bdrop (?:schema|database)\s(?:if exists )?["'`]?(?:public|prod\w{0,12}|main|\$\{?\w{1,20})[^\n]{0,20}?(?:cascade|;|["'])|\btruncate\s[^\n;]{0,60}?cascade/,
      ),
      command(
        /kubectl delete\s[^\n]{0,60}?--all(?!-)|kubectl delete (?:ns|namespaces?|pvc?|crd)\s[^\n]{0,40}?--all|helm (?:uninstall|delete)\s[^\n]{0,30}?\$\(helm/,
      ),
      command(
        /(?:terraform|tofu|pulumi|cdk|terragrunt)\s(?:run-all )?destroy\s[^\n]{0,40}?(?:-auto-approve|--yes|--force|-y\b)/,
      ),
      command(/\bfind\s(?:\/|~|\$home|\.\.)\S{0,40}(?:\s\/\S{0,30}){0,3}\s[^\n|]{0,80}?(?:-delete|-exec rm)/),
      command(
        /\bdelete\s\/(?:\*|_all)\s?(?:$|[^\w/])|-x\s?delete\s[^\n]{0,80}?\/(?:\*|_all)\b|redis-cli\s[^\n]{0,40}?flushall|config set dir\s|config set dbfilename\s/,
      ),
      command(
        /docker (?:system|volume) prune\s[^\n]{0,20}?(?:-a\w{0,2}|--all)[^\n]{0,20}?--volumes|docker rm -f \$\(docker ps -a?q\)|docker volume rm \$\(/,
      ),
      command(
        /aws s3 (?:rb\s[^\n]{0,60}?--force|rm\s[^\n]{0,60}?--recursive)|gcloud projects delete|az group delete\s[^\n]{0,60}?--yes|gh repo delete\s[^\n]{0,40}?--yes|aws (?:rds|ec2|dynamodb|kms|iam)\s(?:delete|terminate|schedule-key)\S{0,30}/,
      ),
      command(
        /\bcrontab -r\b|\bhistory -c\b|unset histfile|histfile=\/dev\/null|histsize=0|wevtutil cl\b|clear-eventlog|journalctl --vacuum-\w{4}=1|rm\s-\w{1,4}\s[^\n]{0,20}?(?:\.bash_history|\/var\/log|\.git(?:$|[\s/;&"'`])|authorized_keys)/,
      ),
      command(
        /git (?:filter-branch|filter-repo)[^\n]{0,200}?(?:push|--force)|git reflog expire[^\n]{0,60}?(?:gc|now)|git push\s[^\n]{0,40}?(?:--delete|:)\s?(?:main|master|release)|git clean -\w{0,3}f\w{0,3}x?\s[^\n]{0,10}?(?:\/|~)|git update-ref -d/,
      ),
      command(
        /\bdropdb\s(?![^\n;|&]{0,80}?(?:test|tmp|temp|scratch|preview|sandbox|local|restore|_ci\b|_dev\b))|\.dropdatabase\(\)|delete from \w{1,30}\s?;|update \w{1,30} set [^\n;]{1,60};(?!\s?where)|mongo\S{0,4}\s[^\n]{0,60}?drop(?:database)?\(/,
      ),
      command(
        /\brm\s-\w{0,4}r\w{0,4}\s["']?(?:\$\{?\w{1,20}\}?\/?(?:\*|["']?(?:$|[\s;&|]))|\.\.\/|\/\w{2,10}\/?(?:\*)?(?=$|[\s;&|"'`.,]))|\brm\s-\w{0,4}r\w{0,4}\s[^\n]{0,40}?--no-preserve-root/,
      ),
      command(
        /:\(\)\s?\{|\bkill(?:all)?\s-9\s-1\b|\bchattr\s\+i|\bcryptsetup\s(?:luksformat|erase)|\bzfs destroy\s-r|\blvremove\s-f|\bdiskpart\b[^\n]{0,60}?clean|cipher\s\/w:|sdelete|diskutil\s(?:erasedisk|zerodisk)|format-volume|systemctl\s(?:stop|disable|mask)[^\n]{0,40}?(?:sshd?|backup|firewalld|auditd)/,
      ),
      command(
        /(?:echo|printf|cat|tee)[^\n]{0,160}?>>\s?\S{0,40}(?:\.bashrc|\.zshrc|\.profile|\.git\/hooks\/|\/etc\/cron|crontab|rc\.local|\.ssh\/config)/,
      ),
    ],
  }),
  phraseRule({
    name: "weakened-settings",
    title: "Opens what was closed",
    action: "warn",
    message: "This opens a system to others: say how to keep it closed",
    view: "code",
    reportsMentions: false,
    isOftenTold: true,
    patterns: [
      command(
        /verify_signature["']?\s?[:=]\s?false|["']?alg(?:orithms?)?["']?\s?[:=]\s?\[?["']none["']|verify_exp["']?\s?[:=]\s?false|ignoreexpiration\s?[:=]\s?true|weights_only\s?=\s?false[^\n]{0,80}?(?:http|url)|(?:http|requests|url)[^\n]{0,80}?weights_only\s?=\s?false/,
      ),
      command(
        /bypasspermissions|["']?(?:defaultmode|permission_?mode)["']?\s?[:=]\s?["'](?:bypass|accept|dont_?ask|yolo)\w{0,14}|["']bash\(\*\)["']|["']allow["']\s?:\s?\[\s?["']\*["']|--yolo\b|--full-auto\b|--auto-approve\b|--trust-all-tools\b|enableallprojectmcpservers/,
      ),
      command(
        /disable row level security|grant all\s[^\n;]{0,80}?to (?:anon|public|guest|everyone|["'`]?%)|grant all privileges on \*\.\*|with grant option|alter (?:user|role)\s\S{1,30}\s(?:with )?superuser|disable trigger all/,
      ),
      command(
        /gh api\s[^\n]{0,40}?(?:-x|--method)[ =]?delete\s[^\n]{0,80}?(?:protection|rulesets)|enforce_admins["']?\s?[:=]\s?(?:false|null)|required_(?:status_checks|pull_request_reviews|signatures)["']?\s?[:=]\s?(?:null|false)|allow_force_pushes["']?\s?[:=]\s?true/,
      ),
      command(
        /\bchmod\s(?:-\w{1,3}\s)?(?:0?777|a\+rwx|o\+w)\s|\bumask 0{1,4}\b|\bicacls\s[^\n]{0,60}?everyone:\(?f|nopasswd:\s?all|permitrootlogin\s(?:yes|without)|passwordauthentication\syes|protected-mode\sno|permitemptypasswords\syes/,
      ),
      command(
        /docker run\s[^\n]{0,160}?(?:--privileged|-v\s?\/:\/|\/var\/run\/docker\.sock|--pid[ =]host)|allowprivilegeescalation\s?:\s?true|clusterrole[=:]\s?cluster-admin|--clusterrole[ =]cluster-admin|hostpath:\s?\{?\s?path:\s?\/\s/,
      ),
      command(
        /--insecure-skip-tls-verify|--anonymous-auth[ =]true|--authorization-mode[ =]alwaysallow|--no-auth\b|--disable-auth\b|anyrequest\(\)\.permitall|\.csrf\(\)?\.?disable|authentication[_-]?enabled["']?\s?[:=]\s?false|auth_enabled["']?\s?[:=]\s?false|security\.enabled["']?\s?[:=]\s?false/,
      ),
      command(
        /0\.0\.0\.0\/0[^\n]{0,80}?(?:ingress|inbound|port|22|3389|5432|all traffic)|authorize-security-group-ingress[^\n]{0,160}?0\.0\.0\.0\/0|--acl[ =]public-read|["']principal["']\s?:\s?["']\*["']|blockpublic(?:acls|policy)["']?\s?[:=]\s?false/,
      ),
      command(
        /(?:semgrep|gitleaks|trivy|snyk|bandit|codeql|trufflehog|npm audit|pip-audit|cargo audit|osv-scanner|grype)\b[^\n]{0,80}?(?:\|\|\s?(?:true|:)|continue-on-error|--exit-code 0|exit 0)|commit\.gpgsign["']?[ =]{1,3}false|core\.hookspath[ =]{1,3}\/dev\/null|husky=0|skip=\w{2,30}\sgit commit/,
      ),
      command(
        /\b(?:npm|pnpm|yarn|pip3?|apt(?:-get)?|brew|gem|cargo|choco)\s(?:rm|remove|uninstall|un|r|purge)\s[^\n]{0,40}?(?:security|gitleaks|trufflehog|semgrep|bandit|snyk|trivy|clamav|falco|auditd|fail2ban|husky|helmet)|\bgit commit\s(?:-\w{1,3}\s){0,2}-\w{0,3}n\w{0,2}\b(?!\S)|--skip-grant-tables|pytest[^\n]{0,60}?(?:-k\s?["']?not |--deselect[ =])\S{0,20}(?:secur|auth)|npm config set audit false|\bsecurity\b[^.\n]{0,30}?tests?\b[^.\n]{0,60}?\b(?:xfail|skip them|skip all|skip the lot)/,
      ),
      // Transport: whoever is in between may change what is sent or fetched.
      command(
        /ssl_?verify_?(?:peer|host|mode)?["']?\s?(?:=>|[=:,])\s?["']?(?:0|false|none|no|off)\b|\bsslmode=disable|trustservercertificate\s?=\s?true|tlsallowinvalid\w{4,20}\s?[=:]\s?true|--ignore-certificate-errors|(?:tls|ssl)_insecure\w{0,12}["']?\s?[=:]\s?["']?(?:true|1|yes)|insecure_?skip_?(?:tls_?)?verify["']?\s?[=:]\s?["']?true|wagon\.http\.ssl\.(?:insecure|allowall)=true|\bgoinsecure=|\bgosumdb=off|\bgonosum\w{2,5}=|goflags=\S{0,20}-insecure|docker_content_trust=0|insecure-registries|secure-http\s(?:=\s)?false|disable-tls\s(?:=\s)?true|verify-peer\s["']?false|acquire::\S{0,40}allow\w{0,20}\s["']?true|rpm\s[^\n]{0,40}?--no(?:signature|digest)|--no-signature|--insecure-ignore-\w{3,10}|gpgcheck["']?\s?[=:]\s?(?:0|no|false)|allow_insecure\w{0,16}["']?\s?[=:]\s?true/,
      ),
      // Who may come in.
      command(
        /auth(?:entication|orization)?[_-]?(?:disabled|off|bypass)["']?\s?[=:]\s?["']?(?:true|1|yes)|disable[_-]?auth\w{0,14}["']?\s?[=:]\s?["']?(?:true|1|yes)|--auth[ =]none|auth(?:entication)?["']?\s?[:=]\s?["']?none\b|\bhost\s{1,8}all\s{1,8}all\s{1,8}(?:0\.0\.0\.0\/0|all|::\/0)\s{1,8}trust|allow read, ?write\s?(?::\s?if true|;)|requests?_?require_?auth\w{0,12}\s?[=:]\s?false|protect_from_forgery\s(?:with: :null|except|false)|skip_before_action :verify(?![^\n]{0,80}webhook)|x-frame-options["']?[\s:,=]{1,3}["']?allowall|access-control-allow-origin[^\n]{0,60}?(?:req\.headers|\*)[^\n]{0,160}?credentials[^\n]{0,20}?true|publicly_accessible\s?=\s?true|(?:deletion|termination)_protection\s?=\s?false|skip_final_snapshot\s?=\s?true|(?:block|restrict|ignore)_public_\w{3,10}\s?=\s?false|delete-public-access-block|delete-bucket-policy|(?:allusers|allauthenticatedusers)\b[^\n]{0,40}?(?:role|admin|write|object)|administratoraccess|["']action["']\s?:\s?\[?["']\*["']|acl[ =:]{1,3}["']?public-read-write/,
      ),
      command(
        /usescleartexttraffic["']?\s?[=:]\s?["']?true|allowed_hosts\s?=\s?\[\s?["']\*["']|\bdebug\s?=\s?true\b[^\n]{0,40}?prod|prod\w{0,8}[^\n]{0,60}?\bdebug\s?=\s?true|nodeintegration["']?\s?:\s?true|contextisolation["']?\s?:\s?false|websecurity["']?\s?:\s?false|pod-security\S{0,30}enforce=privileged|enforce["']?\s?[=:]\s?["']?privileged|["'](?:aws|principal)["']\s?:\s?\[?\s?["']\*["']|["'](?:action|notaction)["']\s?:\s?\[?\s?["'](?:kms|iam|s3|sts|secretsmanager|ec2|lambda):\*["']|gh api\s[^\n]{0,40}?delete\s[^\n]{0,80}?(?:vulnerability-alerts|automated-security|secret-scanning|code-scanning)|require-?sigs["']?\s?=\s?false|allow-?arbitrary-?loads["']?\s?[=:>]{1,3}\s?(?:true|<true)/,
      ),
      command(
        /\baction\s?=\s?\[?\s?["']\*["'][^\n]{0,20}?resource\s?=\s?\[?\s?["']\*["']|\b(?:system|exec|shell_exec|passthru|eval)\(\s?\$_(?:get|post|request|cookie)\b/,
      ),
      // What a process may do.
      command(
        /\bprivileged["']?\s?:\s?true|runasuser["']?\s?:\s?0\b|hostnetwork["']?\s?:\s?true|hostpid\s?[:=]\s?true|--cap-add[ =](?:all|sys_admin)|--security-opt[ =]\S{0,20}unconfined|\bchmod\s(?:-\w{1,3}\s)?0?666\s\S{0,20}(?:docker\.sock|\/etc|\/dev)|kubectl delete\s(?:validating|mutating)webhook\w{0,20}|aa-(?:disable|complain|teardown)\b|sandbox["']?\s?[:=]\s?["']?(?:false|off|none|danger-full-access)|danger-full-access|autoapprove["']?\s?[:=]\s?(?:true|\[?["']\*)|alwaysallow["']?\s?[:=]\s?\[?["']\*|ask["']?\s?[:=]\s?["']?never\b|approval[_-]?policy["']?\s?[:=]\s?["']?never|allow_shell\s?=\s?true|enable_?sandbox["']?\s?[:=]\s?false/,
      ),
      // What looks for mistakes and secrets.
      command(
        /npm audit[^\n]{0,40}?--audit-level[ =]none|npm config set (?:audit|fund|ignore-scripts) false|--no-audit\b[^\n]{0,60}?(?:always|every|permanent)|--ignore-vulns?\b|\b(?:allow_failure|continue-on-error)\s?:\s?true[^\n]{0,80}?(?:scan|sast|audit|secur)|(?:scan|sast|audit|secur)\w{0,10}[^\n]{0,80}?\b(?:allow_failure|continue-on-error)\s?:\s?true|(?:echo|printf)[^\n]{0,40}?\*{1,2}["']?\s?>>?\s?\.(?:gitleaksignore|trivyignore|snyk|semgrepignore|secretsignore)|gitleaks:allow|dismiss(?:es|ed)? (?:all|every|any|each) (?:\w{1,15} ){0,2}alerts?|-dskiptests[^\n]{0,60}?(?:secur|always)|git config[^\n]{0,30}?(?:core\.hookspath|commit\.gpgsign|gpg\.program)\s\S{0,20}(?:null|false|true$)|git_allow_protocol=|rm\s(?:-\w{1,3}\s)?\.git\/hooks|rm\s(?:-\w{1,3}\s)?\S{0,30}(?:codeowners|dependabot\.yml|codeql\S{0,12}|gitleaks\S{0,8}|security\.yml|pre-commit-config\.yaml)/,
      ),
      command(
        /defaults write[^\n]{0,60}?(?:quarantine|gatekeeper)|xattr -\w{0,3}[cd]\w{0,3}\s[^\n]{0,40}?(?:quarantine|\.app)|reg add[^\n]{0,120}?(?:disableantispyware|enablelua|disablerealtime)|bcdedit[^\n]{0,60}?(?:nointegritychecks|testsigning)|sysctl[^\n]{0,40}?randomize_va_space=0|mokutil --disable/,
      ),
      command(
        /(?:trust_remote_code\s?=\s?true)[^\n]{0,80}?(?:revision|http|any)|package-?lock\s?[=:]\s?false|--ignore-signature|--allow-downgrades?\b|--force-yes\b|--no-verify-ssl|sig-?level\s?=\s?never|gpgcheck\s?=\s?0|apt-get[^\n]{0,60}?--allow-unauthenticated|\[trusted=yes\]/,
      ),
    ],
  }),
];
