/** Words of every field of software. */
export const CORE = `
slow sluggish latency performance lag slowdown delay
fast quick speed performance
hang freeze stuck stall block unresponsive deadlock wait
deadlock lock contention mutex blocked
crash panic segfault abort die died killed terminate exit
kill sigkill oom terminate evict
oom memory heap ram leak exhausted
leak grow growth retain accumulate memory
fail failure error broken break
error exception throw thrown raise traceback stacktrace
missing absent lost vanish disappear gone notfound undefined
delete remove drop purge erase wipe clean cleanup
create add new generate insert
change modify update edit alter mutate
start startup boot launch begin spawn init initialize
stop shutdown halt terminate end quit drain
restart reboot reload bounce recreate rerun
retry repeat backoff reattempt attempt
timeout expire deadline elapsed wait
expire expiry ttl stale outdated
stale outdated old obsolete cached
duplicate twice double repeat
empty blank null nil none void undefined
wrong incorrect bad invalid mistaken unexpected garbled
invalid malformed illegal bad corrupt
corrupt broken damage garbled mangle mojibake garbage
encode charset utf8 unicode mojibake
escape quote sanitize injection interpolate
parse parser decode deserialize unmarshal read
serialize encode marshal stringify dump
login signin authenticate auth credential session
logout signout session
authenticate auth login credential token unauthorized 401
authorize permission access privilege role forbidden 403
permission access denied forbidden privilege rights eacces eperm chmod
password passphrase secret credential
secret credential token key password
token jwt bearer credential session
certificate cert tls ssl x509 chain ca trust handshake
handshake tls ssl negotiate certificate
encrypt cipher crypto tls
verify validate check verification
check verify validate inspect assert
connection socket tcp link session
connect reach dial attach reachable
disconnect reset drop close econnreset hangup
refused econnrefused unreachable connect
reset econnreset disconnect broken
resolve dns lookup hostname enotfound
hostname host domain dns address
port listen bind socket eaddrinuse
address ip host url
proxy gateway forward nginx balancer
request call http query
response reply answer result
cookie session
download fetch pull
upload push send
send post publish emit dispatch
receive consume subscribe listen
queue backlog buffer broker
producer publisher sender
limit cap quota maximum threshold bound ceiling
quota limit throttle rate
throttle ratelimit 429 quota backoff
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
race concurrent flaky nondeterministic order
flaky intermittent sporadic random nondeterministic unstable sometimes occasionally unreliable
intermittent sporadic occasional sometimes random flaky
deterministic reproducible stable repeatable
reproducible deterministic lockfile pinned
order sort sequence
sort order rank
random shuffle seed
test spec suite assertion
mock stub fake patch double
fixture setup teardown
coverage covered
build compile bundle
compile build transpile
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
deploy release rollout ship publish
rollout deploy canary
release publish tag version
environment env variable setting
config configuration setting option flag
option flag argument parameter switch
parameter argument param
variable env binding
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
node server host machine
server host backend daemon service
service server daemon
client caller consumer
probe health liveness readiness healthcheck
health probe liveness readiness
schedule cron timer
timer interval schedule cron
clock time drift skew
time clock timestamp date timezone
timezone offset utc dst daylight
date day timestamp calendar
round precision decimal float
precision decimal rounding float accuracy
overflow truncate wrap exceed
integer int number bigint
string text str
number numeric int float
array list vector slice
map dict dictionary object hash
object instance struct
type annotation
cast convert coerce conversion
convert cast transform translate
equal identical match
constraint foreign key violation
index indices scan
table relation schema
query sql select statement
statement query prepared
commit transaction save
migration schema alter ddl
lock mutex blocked
replica replication standby secondary follower
lag delay behind
partition shard split
backup dump snapshot restore
cache memoize
invalidate purge bust refresh
refresh reload renew update
render paint draw display
display show render visible
hydrate ssr mismatch
rerender render loop rerun
component widget element
style css layout
mobile phone ios android
script javascript js
loop iteration infinite recursion
stack trace traceback
callback handler listener hook
event listener handler
promise async await future
await async promise coroutine
goroutine thread coroutine channel
channel pipe stream
flush write sync
log output print
output stdout print result
monitor metric alert observe
metric measure counter gauge
alert alarm page notify
debug troubleshoot investigate diagnose
warning deprecation
remove delete drop
merge conflict rebase
rebase merge history squash
conflict merge clash collision
collision clash conflict duplicate
hook precommit githook
history log past
author committer identity
signature sign hash hmac
hash digest checksum sha
webhook callback hook
size length large bytes
cost price bill expensive
cheap inexpensive cost
autoscale hpa scale
train fit epoch
loss nan diverge gradient
gradient backprop nan
tensor array shape
model weights network
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
case uppercase lowercase capital
letter character char
character char symbol
pattern regex match
glob wildcard pattern
shell bash terminal
terminal console tty shell
command cmd shell
pipe pipeline stdin
pipeline ci workflow job
job task worker
task job work
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
silently quietly unnoticed swallowed
swallow silent suppress ignored
`;
