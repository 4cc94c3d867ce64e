/** Encodings, text, numbers, dates. */
export const VALUES = `
encoding charset codepage
encoding > utf8 bom latin1 decode
utf8 unicode utf-8
utf-8 > encoding bom
unicode > normalise codepoint grapheme
latin1 iso-8859-1 cp1252 windows-1252
latin1 umlauts > encoding charset
bom byte-order
mojibake > charset encoding
codepoint grapheme surrogate
length > codepoint grapheme bytes utf16
normalise normalize nfc nfd
normalise > unicode
nbsp > whitespace
whitespace > trim nbsp
trim strip
newline linebreak
newline > crlf trailing
crlf > lineending
base64 > padding urlsafe
padding > base64
hex hexadecimal
byte > encoding string
string text
string > encoding immutable
character > codepoint
escape sanitize
escape > injection quote
locale culture
locale > decimal collation format
comma > decimal
translation i18n localization
plural > i18n
rtl bidi
font glyph
font > fallback
squares boxes tofu > font glyph
number numeric int
number > precision float string locale
digit > precision leading
leading zero
zeros > string numeric padding
zip postal
integer > overflow precision
ids > precision string bigint
slightly > precision rounding float
float > precision rounding decimal binary
decimal > scale rounding
precision accuracy
precision > float decimal bigint
rounding > half decimal banker
prices fraction > decimal float
nan infinity
nan > division propagate gradient
divide > zero integer
modulo remainder
modulo > negative
negative minus
random > seed entropy csprng
seed > random reproducible
date day
date > timezone format utc midnight parse
day > timezone utc offset
time clock
time > timezone monotonic utc
timezone tz zone
timezone > utc offset dst tzdata
utc gmt
dst daylight
dst > timezone schedule hour
offset > timezone
clock > real frozen dst
monotonic > elapsed clock
elapsed duration
epoch unix
epoch > milliseconds seconds 2038
milliseconds seconds > unit epoch
1970 > epoch null
leap > year
leap february 29th
week weekday
week > iso locale year
year > week iso two-digit
format > locale
calendar > gregorian
swapped > locale format day
american > locale date format
expired > clock
age > ttl
`;
