/** What people see and how they put it, whatever the field. */
export const EVERYDAY = `
slow sluggish laggy slowdown
slow > latency performance index pool bottleneck overhead n+1 blocking cold
slower > regression performance overhead latency debug gc
slowly > latency throughput backpressure
ages minutes hours > slow latency timeout
forever endless endlessly infinite eternally
forever > loop timeout deadlock hang recursion unbounded
fast quick rapid speedy
faster > performance cache parallel optimize
speed performance throughput
hang freeze stall stuck
hang > deadlock timeout blocking await lock
stuck > deadlock lock pending timeout terminating finalizer
freeze > blocking thread synchronous deadlock
unresponsive > blocking thread deadlock starvation
nothing > silent swallowed ignored empty noop
happens > silent swallowed ignored
crash die abort panic
crash > segfault oom exception null overflow exit
dies > sigkill oom killed exit evicted terminate
dead > killed terminated stale unreachable
killed > oom sigkill sigterm evicted limit
explode blow blowup > overflow exponential unbounded grow
fail break error
failing > exception exit
red failing broken
green passing succeed
green > locally skipped continue-on-error exit
broken > regression incompatible corrupt
complain > reject error warning constraint validation
refuse reject deny disallow
refuses > constraint permission policy validation
rejected > validation schema constraint
blocked > cors policy firewall lock denied
forbid forbidden prohibit disallow
allowed permitted > permission policy scope
missing absent lacking omitted
missing > required undefined notfound optional
vanish disappear gone lost
vanish > deleted overwritten evicted ephemeral truncated expired
disappear > evicted ephemeral expired samesite overwritten
gone > removed deleted deprecated dropped
lost > overwritten race ephemeral acknowledge flush durable
forget forgotten > ephemeral state session persist
remember > cache session persist state
leftover remain linger orphan
leftover > cleanup stale dangling
stays remains > cached stale retained persistent
delete remove erase
delete > cascade cleanup retention tombstone
drop discard
purge wipe clean cleanup
add create insert
new fresh created
change modify edit alter
change > mutation migration invalidate breaking reload watch diff
changed modified dirty
update refresh renew
unchanged > cached stale memoized immutable
old older outdated obsolete
old > stale cached deprecated legacy previous
yesterday > timezone utc offset stale
previous last prior former
newest latest recent
ignored > precedence override overridden default unused
ignore skip bypass
effect > applied propagate reload
picked > reload watch precedence discover
kicks > trigger apply threshold activate
honoured honored respected > precedence override ignored
start begin launch
starts startup boot init
startup > initialize entrypoint cold warmup readiness
stop halt quit terminate
stops > shutdown sigterm graceful drain
shutdown graceful drain sigterm
restart reboot
restarts > crashloop liveness probe oom
repeatedly > loop retry crashloop
twice double duplicated
twice > idempotent dedupe retry dst at-least-once strictmode
duplicate > unique idempotent dedupe distinct
doubled > stacked nested join
sometimes occasionally intermittent sporadic
sometimes > race flaky nondeterministic timing eventual cache
occasionally > race flaky timing
random randomly arbitrary
randomly > race flaky nondeterministic unordered seed
flaky unstable unreliable nondeterministic intermittent
flaky > race timing order shared parallel sleep isolation
unpredictable > nondeterministic undefined unordered race
suddenly unexpectedly abruptly
suddenly > expired deprecated upgraded default certificate quota
silently quietly unnoticed
silently > swallowed ignored suppressed truncated coerced
odd strange weird unexpected unusual
strange > encoding mojibake undefined coercion
weird > encoding undefined coercion whitespace
wrong incorrect mistaken false
wrong > mismatch stale off-by-one precedence
bad invalid malformed
garbage garbled gibberish mojibake
garbled > encoding charset utf8 unicode
nonsense > uninitialized encoding overflow hallucination
mess > corrupt encoding unordered
different mismatch vary
different > inconsistent environment nondeterministic locale
identical equal
similar alike near
confused > ambiguous conflict shadow
half partial incomplete
half > truncated atomic transaction
incomplete > truncated flush pagination
cut truncate clip shorten
cut > limit buffer
empty blank
empty > null undefined unset missing default zero
blank > hydration minify crash whitespace missing
full exhausted saturated
full > enospc quota disk inode
big huge large oversized giant
big > limit size chunk stream
huge > bloat size memory
gigabyte megabytes gb > size bloat limit memory
small tiny little minimal
tiny > slim
shrink reduce smaller slim minimize
fat bloated > size multistage slim
grow increase rise climb
grow > leak unbounded accumulate bloat retention
climbing > leak memory unbounded
fills > unbounded rotation retention leak accumulate
piling > backlog backpressure unbounded queue
accumulate > leak unbounded retention
expensive costly pricey
expensive > cost billing egress
bill invoice cost
bill > egress charge transfer pricing
cheap inexpensive affordable
money price amount currency monetary
money > decimal rounding cents float
limit maximum cap bound ceiling
limited > quota throttle restricted
exceed exceeded surpass
exceeded > quota limit timeout
multiple several
parallel concurrent simultaneous
simultaneously > race lock
together > combine conflict incompatible
alone > isolation single
separate split isolate
shared > mutable state singleton global isolation
mixed > incompatible conflict interop
wait pause sleep
waits > blocking lock timeout await prompt interactive
endless > recursion loop retry
loop iteration cycle
loops > recursion circular dependency rerender
hammer flood storm bombard > retry backoff loop throttle stampede
fires > trigger invoked event duplicate
called invoked executed triggered
triggered > event webhook schedule
runs ran > execute job schedule
locally localhost
locally > environment version filesystem ci case
laptop machine computer workstation
elsewhere > portability environment platform
production prod live
production > minify environment release build
staging preview preprod
works > succeed regression upgrade deprecated
nobody > unowned unacknowledged
somebody someone > concurrent conflict
guess > brute-force timing entropy predictable heuristic
leak expose
leaks > closed retained descriptor listener reference
secretly hidden invisible
hidden > overflow visibility z-index whitespace encapsulated
visible shown
see > visible render display
shows display render
jump > shift layout reflow scroll
flicker flash blink > fouc hydration rerender transition
strange characters letters question marks > encoding
letters > case unicode accent character
weekend night nightly morning > schedule cron cold idle
quiet idle inactive
idle > timeout keepalive cold suspend
month monthly > calendar date 31st
31st > date month calendar clock
friday monday > weekday calendar locale
autumn spring october march > dst daylight
summer winter > dst daylight timezone
hour > offset timezone dst
midnight > timezone utc date boundary
tomorrow today > date timezone clock
sync synchronized
sync > mismatch drift inconsistent
drift diverge deviate
agree disagree > mismatch inconsistent consensus
contradict conflict
inconsistent > eventual replica cache isolation
untrusted > sanitize validation injection
accept > validation allow
understand > parse compatible supported
supported compatible
unsupported incompatible
unknown unrecognized unidentified
unknown > typo version unsupported
recognised recognized > detect path registered
find found locate discover
notfound 404 enoent
available > exists ready
unavailable > 503 outage
ready prepared
early premature > race ordering await close
late delayed > queue lag schedule asynchronous
delay latency lag
delayed > buffering propagation eventual batch
instantly immediately > synchronous eager
eventually > asynchronous propagation
order sequence
order > unordered sorted deterministic
shuffled unordered > nondeterministic map hash
reverse inverted backwards
upside backward > endianness coordinate
hard-coded hardcoded > configuration environment parameter
copy duplicate clone
copied > reference shallow
move relocate
rename > case alias
replace substitute swap
overwrite clobber overwritten
overwritten > race update merge override
override precedence
fallback default
default implicit
choose select pick
automatic auto
manually > automate
temporary temp ephemeral transient
permanent persistent durable
persist durable save
survive > persistent ephemeral volume durable resilience
save store persist
saving > commit flush encoding
read load
write save store
reading > parse buffer decode
closed > disconnect leak
connect attach
reach reachable accessible
reach > firewall route dns unreachable
unreachable > route firewall network dns
talk communicate > connect network protocol
send transmit emit
receive arrive
arrive > delivery order propagate
delivered delivery
visitor customer user
people users
example sample
purpose intent
better improve best
worse degrade regression
degraded > fallback latency
heavy > memory cpu load
busy > contention locked saturated cpu
load traffic
peak burst spike
spike > throttle autoscale gc latency
outage downtime incident
downtime > rolling migration availability
recover restore recovery
undo revert rollback
cancel abort
cancelled aborted > context timeout
continue proceed resume
resume > checkpoint restart offset
finish complete
finished > await flush exit dangling
ends finish
exits quits > signal sigterm foreground pid
exit code status
measure benchmark
correct correctly fix
fix repair mend
workaround hack bypass
avoid prevent
verify check validate
checked > lint
confirm prompt interactive
asks > prompt interactive confirm
input > stdin prompt validation
keyboard keypress keystroke
click tap press
typing > input keystroke debounce
jerky choppy stutter janky jank > frame reflow main-thread rerender
smooth > animation frame
animation transition
deep nested
nested > recursive depth flatten
flat flatten
shallow > copy reference
zero 0
count number quantity
counter count gauge
counter > atomic increment race
total sum aggregate
sums > rounding overflow
average mean median
off-by-one boundary fencepost
boundary edge border
inclusive exclusive
range interval
first initial
initial > cold startup warmup default
last final
subset portion part
piece chunk segment
batch bulk
bulk > insert pagination
single one-off sole
single > bottleneck spof
accidentally mistakenly
apparently seemingly
attempt try
bug defect fault issue problem trouble
glitch hiccup > transient flaky
bunch dozen > batch bulk
charge > cost billing
circle circular
clash conflict collide
collide > unique namespace hash
colleague coworker teammate > environment shared
combo combination
daily nightly > schedule cron
entries record
exact precise
extra additional spurious
ghost phantom
granted > permission role
hide mask
holds held > lock reference retained
loose lenient
middle midway
mistake error
moment instant
noise noisy > threshold
nested inner
overload > backpressure throttle saturation
place position location
plain simple
popup dialog
prove verify
rarely seldom > race edge flaky
raw unprocessed
reused recycled > pool cache connection
rogue stray > orphan zombie
rough approximate
runaway > unbounded loop recursion
scattered > fragmentation
scrambled jumbled > encoding unordered
steal > lock preempt
trick hack
typo misspelled
unset > undefined default environment
wake resume > sleep suspend
wide broad > scope wildcard
yellow warning
zoom scale
lies lying > cached stale misleading
cryptic obscure > wrap context
unclear vague ambiguous
swamped drowned flooded > backlog backpressure throttle
superfluous redundant unnecessary
wasteful > idle overhead
postpone defer
pitfall gotcha trap caveat
surprise unexpected
assume assumption > guarantee
guarantee promise
reappear resurrected > cache tombstone sync reconcile
reverts reset > reconcile default drift
flapping > threshold probe hysteresis
thrash > cache swap eviction
stampede thundering herd > jitter cache lock
dogpile > stampede lock
quickly > rate debounce throttle
caught detected
`;
