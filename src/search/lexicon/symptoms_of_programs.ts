/** What is seen of programs, tests, builds and data, and what may be behind it. */
export const SYMPTOMS_OF_PROGRAMS = `
regex pattern freezes input > catastrophic backtracking quantifier linear
stutter choppy freezes > main-thread isolate blocking virtualize worker
scrolling wrong avatars rows > recycle key reuse cancel
closed leaving screen leaks > lifecycle scope cancel unsubscribe
rotating loses > viewmodel state recreate
picker birthday date shifted > utc midnight date-only timezone
brazil midnight skipped > dst transition noon
invisible text font > font-display swap preload
hidden clipped dropdown card > z-index stacking overflow portal
styles build missing dev > purge safelist class content order
unstyled assets 404 > static base path collect
blank white page production > chunk base route hydration error
refresh 404 route > fallback history rewrite
old users bundle deploy > chunk cache reload hash
hydration text differs > date random locale client
twice effect mount > strictmode cleanup
stale closure old value > dependency ref functional update
loop render requests > dependency memo reference
input cursor jumps loses > remount key controlled component
list wrong item deleted > key index identity
context slow rerenders > memo split provider selector
props updated view unchanged > immutable reference reactive mutation
keystroke requests order > debounce abort race
response overwritten older > abort race stale
scroll page behind modal > overflow lock body
ios zooms focus > font-size viewport
100vh mobile bar > dvh viewport
sticky ignored > overflow ancestor
flex overflows text > min-width shrink
margin gap weird > collapse baseline inline
click nothing overlay > pointer-events z-index
form reloads page > preventdefault submit button
double submit > disable idempotent
file chosen > input value reset
image jump load > dimension aspect-ratio
slow first load > split lazy bundle compress preload
bundle big megabytes > treeshaking split import analyze
memory tab grows > listener detached interval closure
localstorage full private > quota exception
clipboard camera denied > secure permission gesture
service worker old > skipwaiting cache version
env undefined browser > prefix build public
secret frontend bundle > server prefix public
screenreader button silent > aria label role
android release crash > proguard reflection
methods dex limit > multidex 64k shrink
background killed android > workmanager foreground doze
ios background stops > mode task suspend
push arrives none > token certificate apns topic
upload store rejected > signing version bundle
keyboard covers field > inset scroll resize
emulator reach host > 10.0.2.2
setstate disposed > mounted lifecycle
widget rebuilds > const key memo
native addon load upgrade > abi rebuild prebuilt version
require esm error > commonjs dynamic import type
import undefined cycle > circular order
works node browser > polyfill global
instanceof false duplicate > version realm dedupe
types fine runtime breaks > validation schema erased cast
json big ids rounded > string bigint precision
json date string > parse revive iso
undefined method callback > bind arrow
foreach await order > sequential for-of promise
unhandled rejection crash > catch await
promise forgotten > await floating lint
array sort numbers > comparator lexicographic
copy changed original > shallow reference deep clone
default list grows calls > mutable argument none
lambda loop last value > late binding closure capture
float sum cents > decimal integer epsilon
equal float false > epsilon tolerance
division zero integer > floor truncate float
negative modulo > remainder sign
overflow negative large > int64 wrap checked
dict order > insertion sort
module shadow name > rename import path
import works terminal > path package venv relative
pip installed missing > interpreter venv path
wheel build fails compiler > prebuilt headers toolchain
threads slow python cpu > gil multiprocessing
async blocked slow > executor thread
task vanishes asyncio > reference gc
event loop running nested > asyncio
pickle lambda > module top-level
pandas warning copy > loc assign
integer column becomes float > null nullable dtype
merge rows multiplied > key duplicate validate
nil interface > typed
goroutines leak grow > context cancel channel
loop variable goroutine > capture closure
map concurrent fatal > mutex sync
slice changed unexpectedly > append backing array copy
defer loop files > function close
json fields empty > exported tag capital
error comparison wrapped > unwrap
deadlock asleep > channel unbuffered close waitgroup
borrow twice mutable > scope split clone refcell
moved value > clone borrow reference
async send future > mutex await guard
lifetime struct reference > owned arc
unwrap panic production > result error handling
null kotlin java > platform annotation
equals hash set missing > hashcode override immutable
iterator removed loop > concurrent modification copy
string compare java > equals identity
integer 128 127 cached > equals boxing
bigdecimal equals scale > compareto
transaction ignored private > proxy self-invocation
bean missing circular > injection scan lazy
memory metaspace > classloader leak
date format thread > simpledateformat threadsafe
locale comma turkish > invariant root culture
await deadlock ui > configureawait context sync
httpclient sockets exhausted > reuse factory dispose
async void exception > task
linq executed twice > deferred materialize tolist
struct copy mutate > value reference
closure self leaks > weak retain cycle
forced crash optional > unwrap guard
use-after-free random > ownership smart lifetime
static init order > function local
vector pointer invalid > reallocate reserve iterator
release crash > undefined uninitialized optimizer
signed overflow loop > undefined unsigned
undefined symbol link > order library mangle extern
header included twice > guard pragma
abi crash version > rebuild symbol
array element shell > comma unary quote
spaces filenames script > quote null xargs
variable empty loop pipe > subshell process
script continues error > errexit pipefail trap
works bash fails > posix sh dash bashism
sed mac > bsd inplace
line carriage bad interpreter > crlf shebang
yaml country > boolean quote
yaml version 1.10 > float quote string
csv shifted columns > quote delimiter parser
excel csv garbage > bom utf8 encoding
characters squares garbage > encoding font charset
identical strings differ > normalise nbsp invisible case
length emoji wrong > grapheme surrogate codepoint
truncate broken character > codepoint boundary bytes
month 31 adding > clamp calendar
days wrong > dst calendar utc
week year december > iso week-year
timestamp 1970 > milliseconds seconds epoch
cron meeting shifted > timezone dst zone
elapsed negative > monotonic clock
tests order alone > shared state isolation
test sometimes ci > race timing sleep wait
tests date fail > clock freeze inject
tests timezone locale > utc explicit
tests green broken > mock contract integration assertion
passes assertion > await expect
mock ignored real > patch import path
snapshot churn > deterministic normalise
test slow database > transaction template parallel
tests hang end > handle close open
browser test element missing > wait locator visible
coverage high bugs > mutation assertion
git asks merge pull > rebase diverged ff
diff whole file > crlf endings attributes
ignored file tracked > gitignore cached index
commit lost reset > reflog
push rejected > rebase fetch protected force
large file rejected > lfs history
submodule empty ci > recursive
case rename mac > ignorecase mv
wrong author > email config amend
secret pushed > rotate history filter-repo
conflicts repeated rebase > rerere squash
tags missing version ci > fetch-depth shallow
workflow triggered none > token branch path
fork secrets missing > pull_request_target permission
ci cache old > key hash restore
ci slow > cache parallel matrix
ci memory killed > heap runner worker
case path ci linux > case-sensitive filesystem
patch release broke > lockfile pin caret
lock mismatch ci > frozen manifest install
peer conflict install > override legacy
duplicate react hooks > dedupe peer alias
phantom dependency > hoist declare strict
private package 401 > registry token scope npmrc
postinstall malicious > ignore-scripts provenance
incremental stale strange build > clean cache
generated outdated > codegen check
reproducible differs build > timestamp locale order
licence copied snippet > attribution copyleft
agpl saas > network copyleft
font image licence > commercial attribution
nan loss training > gradient clip learning rate normalise
validation great production bad > leakage skew drift
eval differs training > dropout batchnorm
cuda memory grows > no_grad detach batch
gpu idle waiting > dataloader worker bottleneck
shapes mismatch silently > broadcast dimension
results differ run > seed deterministic nondeterministic
finetune forgets > learning rate catastrophic
model answers cut > max token context
llm json broken > schema structured validate retry
agent ignores instruction > prompt context injection
retrieval irrelevant > chunk embedding rerank hybrid
embeddings changed version > reindex model dimension
tokens cost > cache prompt batch
notebook wrong results > order kernel restart
spark slow task > skew salt partition
spark collect crash > driver memory
small files slow > compaction partition
airflow old runs > catchup start_date
dag changed ignored > parse cache
pipeline rerun doubles > idempotent partition overwrite
late events missing > watermark lookback window
zombies processes > wait reap init
subprocess hangs output > pipe buffer communicate
files sockets open > descriptor close ulimit
watch misses files > inotify limit polling
save half file crash > atomic rename fsync
lock remains crash > stale pid flock
permission script denied > execute chmod noexec
path windows slash > separator pathlib
long path windows > limit prefix
delete windows > handle lock close
tmp filled > cleanup context
print appears late > flush buffer unbuffered
args limit long > xargs stdin file
exit zero failing > pipefail code propagate
memory never returned > allocator fragmentation arena
cache grows > lru bound ttl weak
listeners warning > remove leak
timer drift > monotonic schedule
singleton tests > reset inject
thread pool stuck > starvation nested blocking size
race lazy init > lock double-checked
interrupt ignored > cancel token
git hook skipped > executable bypass
git ignore > cached
git mode changed > filemode
git large clone slow > shallow partial lfs
git email commit wrong > amend author
git merge undo > revert mainline
git stash lost > reflog
git detached commits > branch
git credential repeated > helper
git submodule update old > recursive sync
git blame format commit > ignore-revs
git line windows > autocrlf attributes
actions cron late > queue utc
actions matrix cancel > fail-fast
actions output deprecated > github_output
actions cache miss branch > scope key
actions docker slow > cache buildx
actions permission comment > token
actions concurrent deploy > group
gitlab job skipped duplicate > rules pipeline
gitlab artifact missing > expire
jenkins agent workspace dirty > clean
dependabot major break > group lock
docker test ci network > service hostname
playwright ci flaky > trace retry wait
cypress async value > chain
selenium stale > wait
jest esm syntax > transform
jest timers promise > fake advance
jest open handles > close
jest module state > resetmodules
vitest environment dom > jsdom
storybook css > decorator preview
junit order shared > static lifecycle
mockito final static > inline
testcontainers ci slow > reuse
test random data fails > seed
test parallel port > ephemeral
test database leaks > rollback truncate
test email network real > fake sandbox
test time slow sleep > fake clock
snapshot huge review > assertion
coverage parallel missing > merge
fuzz finds crash > corpus regression
pytorch loss zero > zero_grad
pytorch cpu gpu tensor > device
pytorch load checkpoint > state_dict map
pytorch workers hang > num_workers spawn
pytorch softmax loss > logits
training slow gpu > mixed precision dataloader
training stops improving > learning rate schedule
tensorflow memory > growth
sklearn new category > handle_unknown encoder
pandas slow loop > vectorize
pandas dates month day > dayfirst format
pandas read ids zeros > dtype str
numpy slice changes original > view copy
notebook git diff > output strip
spark join slow > broadcast skew
spark udf slow > builtin vectorized
spark files > coalesce
airflow task twice > idempotent retries
airflow variable slow parse > top-level
airflow timezone schedule > interval utc
dbt incremental duplicate > unique_key
dbt model order > ref
parquet timestamps > unit timezone
llm long input ignores > context truncate position
llm output varies > temperature seed
llm api 429 > backoff tokens
llm tool wrong arguments > schema description
llm hallucinates api > retrieval grounding
rag answers old > reindex
embedding search code > hybrid lexical
agent loops endless > limit budget
agent deletes files > sandbox permission
yaml multiline newline > block chomp
json comments trailing > jsonc
json duplicate keys > last
xml namespace nothing found > prefix
xml entity attack > xxe
regex newline dot > dotall
regex unicode letters > flag
regex end dollar newline > anchor
csv formula excel > injection escape
csv semicolon excel > locale delimiter
excel dates numbers > serial epoch
pdf fonts missing > embed
zip names garbage > encoding
base64 url fails > urlsafe padding
utf16 powershell file > bom encoding
currency format > locale intl
percent float display > rounding
phone numbers zero > string e164
names validation reject > unicode
plural translation > icu
sort names accents > collation locale
uppercase german turkish > casefold locale
emoji cut count > grapheme
date birthday timezone > date-only
date add month end > clamp
date string compare > iso
date parse ambiguous > format explicit
time duration negative dst > utc monotonic
unix timestamp overflow > 2038 64-bit
uuid sort order > time-ordered v7
file save interrupted empty > atomic temp rename
file delete open windows > handle
file permission copied > umask mode
file watcher docker mac > polling
file concurrent append > lock atomic
path home tilde > expand
path traversal download > normalize
temp files fill > cleanup
symlink deploy old > resolve reload
process child remains killed > group signal
process output large deadlock > pipe drain
process environment missing sudo > preserve
`;
