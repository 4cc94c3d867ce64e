/** Encodings, text, numbers, dates. */
export const VALUES = `
encoding charset codepage
encoding > bom latin1 decode
utf8 unicode utf-8
utf-8 > encoding bom
unicode > normalise codepoint grapheme
latin1 iso-8859-1 cp1252 windows-1252
latin1 umlauts > encoding charset
bom byte-order
codepoint grapheme surrogate
length > codepoint grapheme utf16
normalise normalize nfc nfd
normalise > unicode
nbsp > whitespace
whitespace > trim nbsp
trim strip
newline linebreak
newline > trailing
base64 > padding urlsafe
padding > base64
hex hexadecimal
byte > encoding string
string text
string > encoding immutable
character > codepoint
escape sanitize
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
number > precision string locale
digit > precision leading
leading zero
zeros > string numeric padding
zip postal
integer > overflow precision
ids > precision string bigint
slightly > precision rounding float
float > binary
decimal > scale
precision accuracy
precision > bigint
rounding > half banker
prices fraction > decimal float
nan infinity
nan > division propagate
divide > zero integer
modulo remainder
modulo > negative
negative minus
random > entropy csprng
seed > reproducible
date day
date > format utc midnight parse
day > timezone utc offset
time clock
time > monotonic utc
timezone tz zone
timezone > tzdata
utc gmt
dst daylight
dst > schedule hour
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
