/** Where a password is given to a program: what stands before it. */
const COMMANDS: readonly RegExp[] = [
  /curl[^\n|;]{0,120}\s(?:-u|--user)[ =]?["']?[\w.@-]{1,120}:/,
  /\bhttps?\s(?:[^\n|;]{0,80}\s)?(?:-a|--auth)[ =]["']?[\w.@-]{1,60}:/,
  /sshpass\s{1,3}-p\s{0,2}["']?/,
  /mysql(?:dump|admin)?[^\n|;]{0,80}\s-p(?=\S)["']?/,
  /\b(?:sqlplus|expdp|impdp|sqlldr|rman(?: target)?|sqlcl)\s(?:-\w{1,10}\s){0,3}["']?[\w$#]{1,30}\/\\{0,2}["']?(?=\S{4,60}@)/,
  /redis-cli[^\n|;]{0,80}\s(?:-a|--pass)[ =]["']?/,
  /docker login[^\n|;]{0,100}\s(?:-p|--password)[ =]["']?/,
  /--(?:src-|dest-)?creds[ =]["']?[\w.@$-]{1,80}:/,
  /\bmc alias set\s\S{1,60}\s\S{1,120}\s\S{1,80}\s["']?/,
  /\baz login[^\n|;]{0,100}\s-p\s/,
  /lftp[^\n|]{0,120}\s-u\s?[\w.@-]{1,60},/,
  /swaks[^\n|;]{0,160}\s(?:-ap|--auth-password)[ =]["']?/,
  /\b(?:mc)?rcon\S{0,8}\s[^\n|;]{0,80}\s-p[ =]?["']?/,
  /\binflux\b[^\n|;]{0,160}\s(?:-t|--token)[ =]["']?/,
  /\bsteamcmd\b[^\n|;]{0,60}\+login \S{1,40} /,
  /\b(?:schtasks|cmdkey|wmic|wevtutil|sc(?:\.exe)? config)\b[^\n|]{0,160}(?:\/r?p(?:ass)?[ :]|password=\s?)["']?/,
  /\b(?:prosodyctl|ejabberdctl) register \S{1,60} \S{1,80} ["']?/,
  /\bimportprivkey ["']?/,
  /\b(?:un)?zip[^\n|;]{0,40}\s-P\s?/,
  /\b7z\w?[^\n|;]{0,60}\s-p(?=\S)/,
  /\boathtool\s[^\n|;]{0,60}\s(?:-b|--base32)\s{1,2}["']?/,
  /-pass(?:in|out)?\s{1,2}pass:/,
  /\bopenssl[^\n|;]{0,120}\s-k\s["']?/,
  /\bAUTH {1,3}(?:\w{1,40} {1,3})?(?=\S{8})/,
  /\bacl setuser[^\n]{0,60}\s>/,
  /--(?:password|passwd|pass|pwd|token|secret|api-?key|auth-token|client-secret|access-key|secret-key)[ =]["']?/,
  /\s(?:-u|--user(?:name)?)[ =]?["']?\w[^\s"']{0,60}["']?\s{1,3}(?:-p|--pass\w{0,6}(?![\w-]))[ =]?["']?(?!["']?[\d.:[\]]+(?:\/\w+)?(?:\s|$))/,
  /(?:net (?:use|ads|rpc)|rpcclient|mount\.cifs|winexe|runas|psexec|ldapsearch|smbclient)[^\n|;]{0,100}\s(?:-w|-p|-U ["']?[^\s"'%]{1,40}%|\/user:\S{1,40})\s?["']?/,
  /\bnet use\s[^\n|;]{0,20}\\\\\S{1,80}\s["']?(?=\S{6,60}\s\/user)/,
  /\bsnmp\w{1,10}\s[^\n|;]{0,80}\s-[ax]\s["']?/,
  /\b(?:tacacs|radius)\S{0,12}\s[^\n]{0,60}?\bkey (?:\d )?/,
  /\b(?:add_user|change_password)\s\S{1,40}\s["']?/,
  /\bhtpasswd(?:\s-\w{1,6}){1,3}(?:\s[\w./-]{1,60}){1,2}\s["']?/,
  /\bgh secret set[^\n|;]{0,80}\s(?:--body|-b)[ =]["']?/,
  /\bhttp-basic\.\S{1,80}\s\S{1,60}\s["']?/,
  /\bbundle config[^\n|;]{0,100}\s[\w.-]{1,40}:(?!\/)/,
  /convertto-securestring\s{1,3}(?:-string\s{1,3})?["']/,
  /(?:-stdin|sudo -S|passwd)[^\n|;]{0,60}?<<<\s?["']?(?:[\w.-]{1,40}:)?/,
  /\b(?:echo|printf)\s(?:-n\s)?(?:["']%s(?:\\n)?["']\s)?["']?(?=\S{8,200}\s?\|\s?[^\n]{0,60}(?:--password-stdin|--passphrase-fd|sudo -S|passwd|secret create|create secret|secrets? (?:put|set|add)))/,
  /\b(?:echo|printf)\s(?:-n\s)?(?:["']%s(?:\\n)?["']\s)?["']?(?=[^\s"']{8,200}["']?\s?>{1,2}\s?\S{0,60}(?:secret|passw|token|credential))/,
];

/** The same for calls. */
const CALLS: readonly RegExp[] = [
  /(?:login|authenticate|auth|signin|sign_in|basic_?auth|credentials?|usernamepassword\w{0,20})\(\s{0,3}(?:["'][^"'\n]{1,80}["'],\s{0,3}){1,3}["']/,
  /\bauth\s?=\s?\(\s{0,3}["'][^"'\n]{1,80}["'],\s{0,3}["']/,
  /(?:\bpdo|mysqli(?:_connect)?|getconnection|dbi->connect)\(\s{0,3}(?:[^"'\n,]{1,40},|["'][^"'\n]{1,120}["'],)\s{0,3}["'][^"'\n]{1,60}["'],\s{0,3}["']/,
  /(?:client|search|twilio)\(\s{0,3}["'][A-Z0-9][A-Za-z0-9]{7,39}["'],\s{0,3}["'](?=[0-9a-f]{32}["'])/,
  /\bjwt\.(?:sign|verify|encode|decode)\([^"'\n]{0,80},\s?["']/,
  /(?:\bbtoa|b64encode|encode64|base64_encode)\(\s?b?["'][\w.@-]{1,40}:/,
];

/** The same for files, tables and what people write to each other. */
const NOTES: readonly RegExp[] = [
  /machine\s{1,3}\S{1,80}\s{1,3}login\s{1,3}\S{1,80}\s{1,3}password\s{1,3}/,
  /:(?:5432|6432):[\w*-]{1,60}:[\w*-]{1,60}:/,
  /:\*:[\w*-]{1,60}:[\w*-]{1,60}:/,
  /\]:(?:25|465|587) {1,8}[\w.@-]{1,80}:/,
  /\bcloud\.auth["']?\s?[:=]\s?["'][\w.@-]{2,40}:/,
  /[?&]key=(?=[A-Za-z0-9_-]{32,64}(?![\w.-]))|\bappid=(?=[0-9a-f]{32}(?![\w.-]))/,
  /\bpsk\b[^\n]{0,30}?\s(?=[0-9a-f]{32,64}(?!\w))/,
  /(?:recovery|backup|scratch) codes?\b[^\n]{0,60}?\s(?=[a-z0-9]{4,8}-[a-z0-9]{4,8}(?![\w-]))(?=[a-z-]{0,12}\d)/,
  /\bAPI[A-Za-z0-9]{8,14}["']?: ?["']?(?=[A-Za-z0-9]{32,60}(?!\w))/,
  /\baccounts["']?: ?\[\s{0,3}["'](?=0x[0-9a-f]{64})/,
  /\b(?:log ?in|sign ?in|credentials?|account)(?: (?:is|are|as|with))?:? [\w.@-]{1,30} ?[:/] ?(?=\S{8})(?=\S{0,40}\d)(?=\S{0,40}[#!$%^&*+=?~])/,
  /\b(?:admin|root|administrator|superuser) ?\/ ?(?=\S{8})(?=\S{0,40}\d)(?=\S{0,40}[#!$%^&*+=?~])/,
  /\b(?:admin|root|administrator) \/ (?=[a-z0-9]{16,64}(?![\w/.-])|[a-z]{0,20}\d{1,20}[a-z]{1,20}\d[a-z0-9]{0,20}(?![\w/.-]))/,
  /\bconda\.\S{3,60}\/t\/(?:[a-z]{2}-)?(?=[0-9a-f-]{36}\/)/,
  /\|\s?(?:password|passwort|token|secret|api.?key)\s?\|\s?\n\|[-:| ]{3,80}\n\|[^\n]{0,100}?\|\s?(?=\S{8,200}\s?\|\s?(?:\n|$))/,
];

/** Where a password stands that has no name; it is group 1. */
export const PASSWORD_PLACE = new RegExp(
  `(?:${[...COMMANDS, ...CALLS, ...NOTES].map(({ source }) => source).join("|")})([^\\s"'\`]{6,200})`,
  "gi",
);
