/** What people say in several words, by the one word for it that units are found by. */
export const PHRASES = `
oom: out of memory, memory runs out, runs out of memory, not enough memory, memory exhausted
enospc: no space left, disk full, disk is full, out of space, out of disk
emfile: too many open files, out of file descriptors
eaddrinuse: already in use, port is taken, port in use, cannot bind, already bound, already listening
econnrefused: connection refused, refused to connect, refuses to connect, nothing listens
econnreset: connection reset, reset by peer, connection was closed, connection closed
enotfound: name not known, name or service not known, could not resolve, cannot resolve, no such host
eacces: permission denied, operation not permitted
enoent: no such file, file not found
timeout: time out, takes too long, deadline exceeded
unauthorized: not logged in, not signed in, not authenticated
forbidden: not allowed, not permitted, no permission, access denied
notfound: not found, does not exist, could not find, cannot find, no such
undefined: not defined, is not a function
null: null pointer, null reference, no value
modulenotfounderror: no module named, cannot find module, module not found
login: log in, sign in, log on, sign on
logout: log out, sign out, log off, sign off, thrown out
setup: set up
startup: start up, boots up, comes up
shutdown: shut down
rollback: roll back, going back
revert: go back to, put back, back out
rollout: roll out
backup: back up
fallback: fall back
failover: fail over
cleanup: clean up, tidy up
teardown: tear down
warmup: warm up
lookup: look up
checkout: check out
callback: call back
cutoff: cut off
truncate: cut off, cut short, chopped off, only half, only part, too long
partial: half way, halfway through, in the middle
disable: turn off, switch off, turned off
enable: turn on, switch on, turned on
start: spin up, bring up, fire up
autoscale: scale out, scale up, scale down
expire: run out, no longer valid, not valid any more
exhausted: run out of, used up, none left
removed: no longer, not any more, went away, taken away, thrown away
disappear: goes away, go away, get lost
terminating: not go away, never goes away
deprecated: going away, out of support, no longer supported
eol: end of life, end of support
stale: out of date, not up to date, old version, old value, old data, old content, behind the times
cache: old version, old page, old content, hard reload, hard refresh, still shows, still see
mismatch: out of sync, out of step, do not match, does not match, not in sync, not match
unordered: out of order, wrong order, different order, mixed up
sequential: one by one, one after another, one at a time, one after the other
concurrent: at the same time, at once, same moment, same time, side by side
race: race condition, sometimes works, works sometimes, now and then, once in a while, from time to time
flaky: now and then, once in a while, from time to time, every now, on and off
lost: lost update, overwrite each other, last write wins
duplicate: more than once, two times, several times, same thing twice, twice the
idempotent: more than once, two times, only once, exactly once, at least once
repeat: over and over, again and again, all the time
loop: over and over, again and again, never ends, never stops, without end, does not stop
recursion: calls itself, call stack, stack overflow, stack size
hang: never returns, never finishes, does not finish, never comes back, just sits, sits there, does nothing
deadlock: dead lock, wait for each other, waiting for each other, all asleep
swallowed: no error, without error, no message, without a message, no exception
silent: no error, without error, no message, nothing happens
ignored: no effect, has no effect, does nothing, not picked up, not applied, not used, not respected, not honoured
reload: picked up, not picked up, take effect, takes effect, kick in, without restart, until restart, after restart
ephemeral: after restart, after a restart, when restarted, on restart
leak: never freed, not freed, keeps growing, keeps climbing, goes up and up, grows and grows, never closed, not closed
environment: works locally, my machine, works here, on my laptop
environment: works for me, only in production, only in prod, only on the server
ci: build server, build machine, build agent
minify: release build, only in release, in production build
crashloop: crash loop, keeps restarting, keeps crashing, restarts all the time, keeps dying
dead-letter: dead letter, poison message, poison pill
at-least-once: at least once, delivered twice, processed twice
exactly-once: exactly once
backpressure: back pressure, too fast for, cannot keep up, falls behind, can not keep up
cold: cold start, first request, first call, first time
n+1: one query per, query for each, too many queries
foreign: foreign key, still referenced, other rows
unique: already exists, unique key, duplicate key
primary: primary key
isolation: dirty read, lost update
circular: depends on itself, each other, import cycle
case: upper case, lower case, capital letters, small letters
timezone: time zone, wrong hour, hour off, hours off, hour late
timezone: hour early, day off, day early, previous day, day before, wrong day
dst: daylight saving, summer time, winter time, clocks change, clock change, twice a year
date: end of month, last of the month, first of the month, leap year
off-by-one: off by one, one too many, one too few, one less, one more than
rounding: off by a cent, cent off, cents off, slightly off, a bit off
precision: last digits, slightly different, big numbers, large numbers
string: leading zero, as text
encoding: strange characters, funny characters, weird characters, question marks, special characters, odd characters
unicode: special characters, accented letters, non ascii
crlf: line endings, line ending, line breaks, whole file
whitespace: trailing space, extra space, white space
escape: special characters, single quote, double quote
layout: jumps around, moves around, out of place
styling: no style, no styles, looks plain, looks wrong, looks broken, looks odd
blank: white screen, white page, empty page, nothing is shown, shows nothing, blank screen
rerender: render again, renders again, too many renders
debounce: on every key, each key, every keystroke
constraint: cannot delete, can not delete, cannot insert, complains about
migration: add a column, drop a column, rename a column, schema change
breaking: after upgrade, after upgrading, since the upgrade, after the update, since the update, new version
regression: used to work, worked before, stopped working, worked yesterday, worked last
compatible: old clients, older version, old versions
history: git log, commit history, old commits
rotate: got leaked, was leaked, leaked key, committed a key, pushed a key, pushed a password
ratelimit: rate limit, too many requests, too many calls
throttle: slowed down, too many requests
lag: replica lag, behind the primary, not there yet, not yet there, just written, read after write
eventual: not there yet, just written, read after write, few seconds later, after a while
consistency: read after write, read your own
cascading: took everything down, takes everything down, brings everything down
breaker: circuit breaker
propagate: few hours later, not yet visible
dns: domain name, old address, old ip
tls: not secure, not trusted, not private
chain: not trusted, unknown authority, unknown issuer, local issuer
selfsigned: self signed
proxy: behind a proxy, corporate network, company network
cors: blocked by the browser, cross origin, other domain, another domain
samesite: same site, other site, another site, third party
csrf: cross site request
xss: cross site scripting
injection: user input, untrusted input
mfa: two factor, second factor
rbac: role based
apikey: api key
keepalive: keep alive, idle connection
loadbalancer: load balancer
sticky: second instance, several instances, more than one instance, another instance, second server, more servers
gc: garbage collector, garbage collection
gil: global interpreter lock
event-loop: event loop
main-thread: main thread, ui thread
anr: not responding
oss: open source
copyleft: closed source, closed product, share alike
monorepo: mono repo
lockfile: lock file
treeshaking: tree shaking, dead code, unused code
offline: without internet, no internet, no network
interactive: waits for input, asks for confirmation, press enter, waiting for input
architecture: exec format, wrong architecture, apple silicon
ml: machine learning
overfit: only on training, too good
gradient: becomes nan, turns nan, goes to nan
`;
