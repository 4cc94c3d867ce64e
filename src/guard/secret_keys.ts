import { entropyOf, isPlaceholder, isPublishedToken, isSequence } from "./placeholders.ts";
import { secretRule } from "./secret_rule.ts";
import { unlikeWords } from "./secret_words.ts";
import { wordStart } from "./word_start.ts";

/** A header alone is talk about keys: some of the body must follow, behind a comment, or as the next value of a list. */
const KEY_HEADER = [
  /-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----(?:[ \t]{0,4}(?:#|\/\/|;|--|<!--)[^\n\\]{0,100})?(?:[\s"'+,\\]|\\n|\\r){0,12}/,
  /(?:((?:Proc-Type|DEK-Info|Version|Comment)[^\n]{0,200}|[A-Za-z0-9+/=\\]{16,100})|[\w.:-]{1,34}: ([A-Za-z0-9+/]{32,100}))/,
].map(({ source }) => source).join("");
const KEY_HEADERS =
  /-----BEGIN OpenVPN Static key V1-----(?:\s|\\n){0,12}([0-9a-f]{24,64})|LS0tLS1CRUdJTiB(?:SU0EgUFJJVkFURSBLRVk|QUklWQVRFIEtFWS|FQyBQUklWQVRFIEtFWS|PUEVOU1NIIFBSSVZBVEUgS0VZ|FTkNSWVBURUQgUFJJVkFURSBLRVk)([A-Za-z0-9+/=]{24,100})|Private-Lines: \d{1,3}(?:\s|\\n){1,12}([A-Za-z0-9+/=]{24,64})/;
/** How the bodies of private keys begin: in PKCS #1, PKCS #8, SEC 1 and the format of OpenSSH. */
const KEY_BODY = [
  "MII[CEJ][A-Za-z0-9+/]{2}IB(?:AAK(?:CAQ|CAg|BgQ)|ADANBgkqhkiG9w0BAQEFAASC)",
  "MIGHAgEAMBMGByqGSM49|MHcCAQEEI|MC4CAQAwBQYDK2VwBCIEI|b3BlbnNzaC1rZXktdjEAAAA",
].join("|");

/** The private part of a JSON Web Key (RFC 7518), on either side of its type. */
const JSON_WEB_KEY =
  /["']kty["']\s?:[^{}]{0,1600}?["'][dk]["']\s?:\s?["']([\w-]{22,700})["']|["'][dk]["']\s?:\s?["']([\w-]{22,700})["'][^{}]{0,1600}?["']kty["']/;

/** Whether the private part of such a key is drawn, and no words that stand for one. */
function isDrawnPart(part: string): boolean {
  return unlikeWords(part.replaceAll(/[_-]/g, "")) >= DRAWN_PART && !isSequence(part);
}

/** How unlike words such a part is: of 300,000 drawn ones the least was 0.28 for 32 bytes, and four were below this for 16. */
const DRAWN_PART = 0.2;

/** How the keys begin that RFCs print as examples of JSON Web Keys. */
const RFC_KEY =
  /^(?:AyM1SysPpbyD|GawgguFyGrWK|jpsQnnGQmL-Y|AY5pb7A0UFiB|Eq5xpGnNCivD|870MB6gfuTJ4|X4cTteJY_gn4|hJtXIZ2uSN5k|GZy6sIZ6wl9N|nWGxne_9WmC6)/;

/** Keys of which only one side may know. */
export const PRIVATE_KEY = secretRule("private-key", "Private key", {
  pattern: new RegExp(
    `${KEY_HEADER}|${KEY_HEADERS.source}|${JSON_WEB_KEY.source}|${
      wordStart("A-Za-z0-9+/")
    }(?:${KEY_BODY})([A-Za-z0-9+/]{24,100})`,
    "g",
  ),
  isReal: ([whole, ...bodies]) => {
    const body = bodies.find((one) => one !== undefined)!;
    if (/["']kty["']/.test(whole)) return isDrawnPart(body) && !RFC_KEY.test(body);
    return !isPlaceholder(body) && entropyOf(body) > 2.5;
  },
});

export const JWT = secretRule("jwt", "Signed JSON Web Token", {
  pattern: new RegExp(
    `${wordStart("\\w-")}eyJ[\\w-]{10,8000}\\.(eyJ[\\w-]{10,64000})\\.([\\w-]{20,1000})`,
    "g",
  ),
  isReal: ([, payload, signature]) =>
    entropyOf(signature!) >= 3.5 && !isPlaceholder(signature!) && !isPublishedToken(payload!),
});
