import { aliasesOf } from "./tag_aliases.ts";
import { stemOf } from "./tokens.ts";

/** Words that developers use for the same matter, a line each. A word may be in several lines. */
const RELATED = `
slow sluggish latency performance lag slowness slowdown delay
fast quick speed performance
hang freeze stuck stall block unresponsive deadlock never wait
deadlock lock contention mutex blocked
crash panic segfault abort die died killed terminate exit
kill killed sigkill oom terminate evict
oom memory heap ram leak exhausted
leak grow growing growth retain accumulate memory
fail failure error broken break failed failing
error exception throw thrown raise raised traceback stacktrace
reject refuse refused deny denied forbidden disallow
missing absent lost vanish disappear gone notfound undefined
delete remove drop purge erase wipe clean cleanup
create add make new generate insert
change modify update edit alter mutate
start startup boot launch begin spawn init initialize
stop shutdown halt terminate end quit drain
restart reboot reload bounce recreate rerun
retry repeat again backoff reattempt attempt
timeout expire expired deadline elapsed wait
expire expiry expired ttl stale outdated
stale outdated old obsolete cached
duplicate twice double repeat repeated doubled
empty blank null nil none void undefined
null nil none undefined npe
wrong incorrect bad invalid mistaken unexpected garbled
invalid malformed illegal bad corrupt
corrupt broken damage garbled mangle mojibake garbage
encode encoding charset utf8 unicode mojibake
escape quote quoting sanitize injection interpolate
parse parser decode deserialize unmarshal read
serialize encode marshal stringify dump
login signin authenticate auth credential session
logout signout session
authenticate authentication auth login credential token unauthorized 401
authorize permission access privilege role forbidden 403
permission access denied forbidden privilege rights eacces eperm chmod
password passphrase secret credential
secret credential token key password
token jwt bearer credential session
certificate cert tls ssl x509 chain ca trust handshake
handshake tls ssl negotiate certificate
encrypt cipher crypto tls
verify validate check validation verification
check verify validate inspect assert
connection connect socket tcp link session
connect reach dial attach reachable
disconnect reset drop close closed econnreset hangup
refused econnrefused unreachable connect
reset econnreset disconnect broken
resolve dns lookup hostname enotfound
hostname host domain dns address
port listen bind socket eaddrinuse
address ip host url
proxy gateway forward nginx balancer
request call http query
response reply answer result
header headers metadata
cookie session
redirect forward 301 302
download fetch pull get
upload push send put
send post publish emit dispatch
receive consume subscribe listen
message event notification
queue backlog buffer broker
consumer subscriber worker listener
producer publisher sender
limit cap quota maximum threshold bound ceiling
quota limit throttle rate
throttle ratelimit 429 quota backoff
pool pooling pooled connection
exhausted depleted full saturated starvation
full disk space enospc exhausted
disk storage volume filesystem space
directory folder path dir
file path document
symlink link shortcut
rename move mv
copy duplicate clone replicate
clone copy checkout fork
thread concurrency parallel worker
concurrent parallel simultaneous race
race concurrent flaky nondeterministic order
flaky intermittent sporadic random nondeterministic unstable sometimes occasionally unreliable
intermittent sporadic occasional sometimes random flaky
deterministic reproducible stable repeatable
reproducible deterministic lockfile pinned
order ordering sort sequence sorted
sort order rank
random shuffle seed
test spec suite assertion testing
mock stub fake patch double
fixture setup teardown
coverage covered
build compile compilation bundle
compile build compiler transpile
compiler rustc javac tsc gcc
bundle package pack webpack
link linker ld symbol
install setup add dependency
dependency package library module import
module import require package
import require include load
version release upgrade
upgrade update bump migrate newer
downgrade rollback revert older
rollback revert undo restore
revert undo rollback
deploy release rollout ship publish
rollout deploy canary
release publish tag version
environment env variable setting
config configuration setting option flag
option flag argument parameter switch
parameter argument param
variable env binding
default fallback implicit
override overwrite replace shadow
overwrite clobber replace lost
ignore skip suppress exclude
skip ignore bypass omit
include contain
container docker pod image
pod container kubernetes
image docker container layer
layer cache image
volume mount persistent pvc
mount volume bind
cluster node kubernetes
node server host machine
server host backend daemon service
service server daemon
client caller consumer
probe health liveness readiness healthcheck
health probe liveness readiness
schedule cron scheduler timer
timer interval schedule cron
clock time drift skew
time clock timestamp date timezone
timezone offset utc dst daylight
date day timestamp calendar
round rounding precision decimal float
precision decimal rounding float accuracy
overflow truncate wrap exceed
truncate cut shorten clip
integer int number bigint
string text str
number numeric int float
array list vector slice
map dict dictionary object hash
object instance struct
type typing typed annotation
cast convert coerce conversion
convert cast transform translate
compare equal equality comparison
equal same identical match
unique distinct duplicate constraint
constraint foreign key violation
index indexes indices scan
scan sequential index
table relation schema
column field attribute
row record tuple
query sql select statement
statement query prepared
transaction commit isolation
commit transaction save
isolation snapshot serializable
migration schema alter ddl
schema structure ddl
lock mutex locking blocked
replica replication standby secondary follower
primary leader master
lag delay behind
shard partition
partition shard split
backup dump snapshot restore
restore recover recovery backup
cache memoize cached caching
invalidate purge bust refresh
refresh reload renew update
render paint draw display
display show render visible
hydrate hydration ssr mismatch
rerender render loop rerun
component widget element
style css layout
scroll scrolling
click tap press
mobile phone ios android
browser chrome firefox safari
cors origin preflight crossorigin
script javascript js
loop iteration infinite recursion
infinite endless forever loop
recursion recursive stack
stack trace traceback
callback handler listener hook
event listener handler
promise async await future
await async promise coroutine
goroutine thread coroutine channel
channel pipe stream
stream pipe streaming chunk
buffer buffering flush
flush write sync
log logging logs output print
output stdout print result
monitor metric alert observe
metric measure counter gauge
alert alarm page notify
trace span tracing
debug troubleshoot investigate diagnose
profile profiler flamegraph
warning warn deprecation
deprecated obsolete removed legacy
remove delete removed drop
branch ref head
merge conflict rebase
rebase merge history squash
conflict merge clash collision
collision clash conflict duplicate
hook precommit githook
ignore gitignore untracked
submodule nested
history log past
author committer identity
sign signature signed gpg
signature sign hash hmac
hash digest checksum sha
checksum hash integrity digest
webhook callback hook
payload body content
body payload content
large big huge oversized size
size length large bytes
small little tiny
cost price bill expensive billing
cheap inexpensive cost
region zone location
scale scaling autoscale replica
autoscale hpa scale
cpu processor core
gpu cuda device
train training fit epoch
loss nan diverge gradient
gradient backprop nan
tensor array shape
model weights network
tokenizer token vocabulary
prompt instruction llm
permission scope grant
role permission policy
policy rule iam
rule policy lint
lint linter eslint style
format formatter style
license licence copyleft gpl
copy license attribution
space whitespace blank
newline crlf lineending linebreak carriage
tab indent indentation
case uppercase lowercase capital
letter character char
character char symbol
pattern regex match
glob wildcard pattern
wildcard glob star
shell bash terminal
terminal console tty shell
command cmd shell
pipe pipeline stdin
pipeline ci workflow job
workflow action pipeline
job task worker
task job work
signal sigterm sigint
process pid program
child subprocess fork spawn
subprocess child spawn exec
zombie orphan defunct
descriptor fd handle emfile ulimit
handle descriptor reference
socket connection descriptor
user account identity
root admin sudo superuser
machine host laptop computer
local localhost machine
remote server upstream
production prod live
staging preview preprod
suddenly unexpectedly abruptly
silently quietly unnoticed swallowed
swallow silent suppress ignored
`;

const groups = RELATED.trim().split("\n").map((line) => [...new Set(line.split(" ").map(stemOf))]);

const RELATED_TOKENS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  [...Map.groupBy(groups.flatMap((group) => group.map((token) => ({ token, group }))), ({ token }) => token)]
    .map(([token, entries]) => [token, new Set(entries.flatMap(({ group }) => group))]),
);

/** Tokens that may stand in a unit for what a question calls `token`; without the token itself. */
export function relatedTokens(token: string): string[] {
  return [...RELATED_TOKENS.get(token) ?? []].filter((other) => other !== token);
}

/** Tokens of other names for the thing that `word` names. */
export function otherNames(word: string): string[] {
  return aliasesOf(word).map(stemOf);
}
