import { matchesOf } from "./matches.ts";
const FOUR_NUMBERS = /\d\.\d{1,3}\.\d{1,3}\.\d/;
const IPV4 =
  /(?<![\d.A-Za-z_/@=~^-]|[A-Za-z\d]:|\d,)(?:\d{1,3}\.){3}\d{1,3}(?![\d.]*\d|\.\d|[A-Za-z_]|-[a-z\d]|\/\d)/g;
const IPV4_AFTER_SIGN = /(?<=:\/\/|@|=)(?:\d{1,3}\.){3}\d{1,3}(?=[:/\s"'`),;]|$)(?!\/\d)/g;
const IPV6 = /(?<![\w:.])(?:[0-9a-f]{1,4}:){2,7}(?::?[0-9a-f]{1,4}){1,6}(?![\w:]|\.\d|\/\d)/iy;
/** Characters of one of its groups. */
const GROUP_CHARS = 4;
/** Words before four numbers that make them a version. */
const VERSION_BEFORE =
  /(?:\bv|version|versions|release[sd]?|build|firmware|driver|upgrad\w{1,3}|updat\w{1,3}|downgrad\w{1,3}|since|chrome|chromium|edge|nuget|assembly|patch|file ?version|sdk|oid|section|chapter|§|(?:upgrad|updat|bump|downgrad)\w{1,4}[^\n]{0,12} to|>=|<=|==|~>)\s{0,2}[:=(]?\s{0,2}["'`]?$/i;
const RESERVED = [
  // This host, loopback, documentation, link-local metadata, multicast and broadcast.
  /^0\./,
  /^127\./,
  /^192\.0\.[02]\./,
  /^198\.51\.100\./,
  /^203\.0\.113\./,
  /^198\.1[89]\./,
  /^169\.254\./,
  /^2(?:2[4-9]|[345]\d)\./,
  // Public resolvers, and what everybody writes for "some address".
  /^(?:8\.8\.8\.8|8\.8\.4\.4|1\.1\.1\.1|1\.0\.0\.1|9\.9\.9\.9|208\.67\.22[02]\.22[02]|1\.2\.3\.4|5\.6\.7\.8|4\.3\.2\.1|1\.1\.1\.0|2\.2\.2\.2|100\.100\.100\.100|168\.63\.129\.16)$/,
  // Private networks as tutorials have them: those of routers and containers, with zeros, or counted up.
  /^192\.168\./,
  /^172\.1[78]\./,
  /^10\.(?:0\.|\d{1,3}\.0\.|(?:96|43|42|244|10)\.|1\.[12]\.|20\.30\.|11\.12\.)/,
  /^172\.(?:1[6-9]|2\d|3[01])\.0\./,
  // Networks and masks rather than hosts.
  /\.0$/,
  /^255\./,
  /\.255$/,
];
const DOCUMENTED_IPV6 =
  /^(?:2001:db8|2001:0db8|fe80|ff0|::1$|64:ff9b|2001:4860:4860|2606:4700:4700|fd00:ec2)/i;
const INTERNAL =
  /(?<![\w.-])(?:[a-z0-9](?:[a-z0-9-]{0,62})\.){1,6}(?:internal|intranet|corp|lan|local|home\.arpa|localdomain|private)(?:\.[a-z0-9-]{2,40}\.[a-z]{2,10})?(?![\w.-]{0,3}\w|\()/gi;
const INTERNAL_LABEL =
  /(?<![\w.-])(?:[a-z0-9][a-z0-9-]{0,62}\.){1,5}(?:internal|intranet|corp|lan|int|priv)\.[a-z0-9-]{2,40}\.(?:com|net|org|io|de|eu|dev|co|cloud)(?![\w-])/gi;
const PUBLIC_INTERNAL =
  /^(?:host\.(?:docker|containers|minikube|lima)|gateway\.docker|kubernetes\.docker|metadata\.google|my[\w-]{0,24}|your[\w-]{0,24}|some[\w-]{0,24}|foo|bar|example|hostname|host|raspberrypi|homeassistant)\.|\.svc\.cluster\.local$|^(?:cluster|svc\.cluster)\.local$|example|\.compute\.internal$|\.ec2\.internal$|\.(?:c|zone)\.[\w-]{1,30}\.internal$/i;

/** A stretch that names a host. */
interface HostSpan {
  readonly start: number;
  readonly end: number;
}

/** Addresses of hosts that somebody runs: no versions, no examples, no networks. */
export function addressSpans(plain: string): HostSpan[] {
  const spans: HostSpan[] = [];
  for (const pattern of FOUR_NUMBERS.test(plain) ? [IPV4, IPV4_AFTER_SIGN] : []) {
    for (const match of matchesOf(plain, pattern)) {
      if (isHostAddress(match[0], plain.slice(Math.max(0, match.index - 24), match.index))) {
        spans.push(spanOf(match));
      }
    }
  }
  for (const match of ipv6Matches(plain)) {
    const groups = match[0].split(":").filter((group) => group !== "");
    const isAddress = URL.canParse(`http://[${match[0]}]/`) && groups.length >= 3 &&
      /[a-f]/i.test(match[0]) &&
      groups.some((group) => group.length > 2);
    if (isAddress && !DOCUMENTED_IPV6.test(match[0])) spans.push(spanOf(match));
  }
  return spans;
}

/** Matches from the group before each colon on: hardly any other place is worth a look. */
function ipv6Matches(plain: string): RegExpExecArray[] {
  const found: RegExpExecArray[] = [];
  for (let colon = plain.indexOf(":"), end = 0; colon !== -1; colon = plain.indexOf(":", colon + 1)) {
    let start = colon;
    while (start > end && colon - start < GROUP_CHARS && isHexadecimal(plain.charCodeAt(start - 1))) start--;
    IPV6.lastIndex = start;
    const match = start === colon ? null : IPV6.exec(plain);
    if (match === null) continue;
    end = start + match[0].length;
    found.push(match);
  }
  return found;
}

function isHexadecimal(code: number): boolean {
  const lower = code | 32;
  return code >= 48 && code <= 57 || lower >= 97 && lower <= 102;
}

function isHostAddress(address: string, before: string): boolean {
  const parts = address.split(".").map(Number);
  if (parts.some((part) => part > 255) || /(?:^|\.)0\d/.test(address)) return false;
  if (RESERVED.some((range) => range.test(address))) return false;
  // Small numbers, or zeros in the middle, are versions more often than hosts.
  if (parts.every((part) => part < 10) || (parts[1] === 0 && parts[2] === 0 && parts[0] !== 10)) return false;
  return !VERSION_BEFORE.test(before);
}

/** Names of hosts that only exist inside of an organisation. */
export function internalNameSpans(plain: string): HostSpan[] {
  const spans: HostSpan[] = [];
  if (!/\.(?:internal|intranet|corp|lan|local|home\.arpa|private|int|priv)/i.test(plain)) return spans;
  for (const match of matchesOf(plain, INTERNAL)) {
    const before = plain.slice(Math.max(0, match.index - 12), match.index);
    const labels = match[0].split(".");
    const isHost =
      /:\/\/$|@$|(?:host|server|ssh|ping|curl|dig|nslookup|on|from|at|to)[ =:]{1,2}["'`]?$/i.test(before) ||
      /-|\d/.test(labels[0]!) || /\.(?:corp|intranet|lan)$/i.test(match[0]);
    const isFile =
      /^(?:settings|config|values|application|appsettings|docker-compose|compose|env|claude|CLAUDE|package|com|org|net|io|java|sun|jdk|system|this|self|window|thread|store|storage|git|std|core|src|lib|pkg)\b/i
        .test(match[0]);
    if (isHost && !isFile && !PUBLIC_INTERNAL.test(match[0])) spans.push(spanOf(match));
  }
  for (const match of matchesOf(plain, INTERNAL_LABEL)) {
    if (!PUBLIC_INTERNAL.test(match[0])) spans.push(spanOf(match));
  }
  return spans;
}

function spanOf(match: RegExpExecArray): HostSpan {
  return { start: match.index, end: match.index + match[0].length };
}
