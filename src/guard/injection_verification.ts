import { phrase, phraseRule } from "./phrases.ts";
import type { TextRule } from "./rule.ts";

function setting(pattern: RegExp): RegExp {
  return new RegExp(pattern.source, "g");
}

/** What protects: its name after a verb that takes it away. */
const PROTECTION =
  "(?:tls|ssl|https|certificates?|cert|host ?key|signatures?|gpg|pgp|checksums?|integrity|sandbox(?:ing)?|hash|security|safety|peer|hostname|package|commit|code.?signing|virus|malware|antivirus|secret)";
const CHECK =
  "(?:verification|verif(?:y|ying)|validation|check(?:s|ing)?|enforcement|signing|warnings?|scann(?:er|ing)s?|pinning|restrictions?|controls?|guardrails?|filters?|protections?|polic(?:y|ies)|features?|hooks?|isolation|prompts?|alerts?)";

/** Protection taken away: TLS, signatures, sandboxes, reviews. */
export const VERIFICATION_RULES: readonly TextRule[] = [
  phraseRule({
    name: "disable-verification",
    title: "Turns off verification or protection",
    action: "warn",
    message: "This turns off a protection: say how to make it pass instead",
    view: "code",
    reportsMentions: false,
    isOftenTold: true,
    patterns: [
      setting(
        /node_tls_reject_unauthorized["']?\]?\s?[=:]\s?["']?0(?!["']?\s(?:npx |npm |pnpm |yarn |node )?(?:run |--)?(?:vitest|jest|mocha|playwright|cypress|test)\b)|pythonhttpsverify["']?\]?\s?[=:]\s?["']?0|git_ssl_no_verify["']?\s?[=:]\s?["']?(?:1|true)/,
      ),
      setting(
        /\bverify(?:_ssl|_certs|ssl|_mode)?["']?\s?[=:]\s?(?:false|ssl\.cert_none|openssl::ssl::verify_none)|rejectunauthorized["']?\s?[:=]\s?false|insecureskipverify\s?[:=]\s?true|(?:http\.)?sslverify["']?[ =]{1,3}["']?(?:false|0)|strict-?ssl[ =:]{1,3}["']?false|check_hostname\s?=\s?false|_create_unverified_context/,
      ),
      setting(
        /\bcurl\s(?:[^\n|]{0,60}?\s)?(?:-k|--insecure|-\w{0,4}k\w{0,3})\s|\bwget\s[^\n|]{0,60}?--no-check-certificate|--trusted-host(?=[ =]\S)|--allow-unauthenticated|--allow-insecure-repositories|--nogpgcheck|--no-gpg-check|--disable-content-trust|--no-verify-signatures?|--insecure-registry|--skip-verify\b/,
      ),
      setting(/stricthostkeychecking[ =]{1,3}["']?(?:no|off)\b|userknownhostsfile[ =]{1,3}\/dev\/null/),
      setting(
        /\bsetenforce\s0|\bufw\sdisable|\bselinux=(?:disabled|permissive)|\biptables\s-f\b|csrutil\sdisable|spctl\s--master-disable|set-mppreference\s[^\n]{0,40}?-disable|executionpolicy\s(?:bypass|unrestricted)|netsh\sadvfirewall\sset\s\w{1,20}\sstate\soff|systemctl\s(?:stop|disable|mask)\s(?:--now\s)?(?:auditd|firewalld|apparmor|falco|clamav)/,
      ),
      setting(
        /(?:always|run|add|pass|use|launch|start|with|set)\s[^\n]{0,60}?(?:--no-sandbox|--disable-web-security|seccomp=unconfined|apparmor=unconfined|--dangerously-[a-z-]{4,50})/,
      ),
      setting(
        /(?:always|must|every commit|each commit|all commits|agents?)\b[^.\n]{0,60}?(?:--no-verify|--no-gpg-sign|\[skip ci\])|(?:commit|push)\s[^.\n]{0,40}?--no-verify[^.\n]{0,40}?(?:so (?:that )?(?:the )?(?:hooks?|checks?|scan\w{0,5}|tests?)|to (?:bypass|avoid|skip|get around|evade))/,
      ),
      setting(
        /\balias \w{1,12}=["']?git (?:commit|push)[^"'\n]{0,40}?--no-verify|\b(?:verify|check(?:server|client)trusted)\([^)\n]{0,80}\)\s?\{\s?return true;?\s?\}/,
      ),
      setting(
        /danger_accept_invalid_(?:certs|hostnames)\(true|allow_?all_?hostname_?verifier|noophostnameverifier|trust_?all_?cert\w{0,14}|servercertificate\w{0,6}validationcallback\s?\+?=[^\n]{0,80}?true/,
      ),
      phrase(
        `(?:(?:^|[.!?;:,"(-]|(?:to|and|then|just|simply|must|should|always|please|first|can|now|you)) ?)(?:disable|turn off|switch off|skip|bypass|suppress|deactivate|circumvent) (?:(?:all|any|the|your|every|strict|of|server|client|remote|package|git|repository|browser|its) ){0,4}(?:${PROTECTION} (?:and |or )?){1,3}(?:\\w{1,12} )?${CHECK}`,
      ),
      phrase(
        "(?:(?:^|[.!?;:,\"(-]|(?:to|and|then|just|simply|must|should|always|please|first|now)) ?)(?:disable|turn off|switch off|skip|bypass|deactivate|circumvent) (?:(?:all|any|the|your|every|agent|agent's|its|command|process) ){0,4}(?:sandbox(?:ing)?|code review|human review|review|2fa|mfa|two.factor \\w{1,15}|firewall|selinux|apparmor|antivirus|windows defender|defender|secret scanning|branch protection|audit log(?:ging)?|gatekeeper|seccomp|safety (?:checks?|guards?)|security (?:checks?|scans?|controls?)|permission checks?|access controls?|authentication|authorization checks?|logging and auditing)",
      ),
      phrase(
        "(?:accept|trust) (?:any|all|every) (?:(?:self.signed|server|ssl|tls|unsigned|invalid) ){0,3}(?:certificates?|certs?|host keys?|packages?|signatures?)",
      ),
      phrase(
        `(?:turn|switch|set) (?:the |all )?(?:${PROTECTION} ){1,3}${CHECK} (?:to )?(?:off|false|disabled|none)`,
      ),
    ],
  }),
];
