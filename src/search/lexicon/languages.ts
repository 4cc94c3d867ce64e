/** Types, errors, the languages and their ecosystems, formats of data. */
export const LANGUAGES = `
type > inference narrow cast erased runtime validation generic
typings declaration
typescript > narrow erased strict
runtime run-time
erased erasure
erasure > runtime generic
accepts > coercion
narrow guard
generic template
generic > variance bound erasure lazy exhausted
covariant contravariant variance
interface protocol trait
interface > nil implicit
abstract virtual
inherit subclass extend
inherit > super
class object
struct record
constructor init
enum union
enum > exhaustive
exhaustive switch match
switch > fallthrough
optional nullable maybe
optional > unwrap undefined
null nil none undefined
null > npe optional annotation
npe nullpointerexception nullpointer
npe > null platform annotation
undefined > binding optional behaviour
nullability > annotation platform
cast convert coerce
cast > narrow truncate
coercion conversion implicit
coercion > equality string
truthy falsy > coercion equality
equal comparison compare
equality > reference coercion
compare > reference nan constant-time consistent
comparison > constant-time collation
hash > equality mutable order
hashcode equals
reference pointer
reference > alias identity mutable
pointer > dangling null lifetime
alias aliasing
immutable const final
mutable mutation
mutable > default shared alias
mutated > alias shared copy
default > mutable evaluated
invocation call
function method procedure
argument > default keyword
closure lambda
closure > capture loop variable
captured > closure loop reference
variable > capture hoist closure
scope > closure shadow
global singleton
singleton > state test
static class
attribute property
property > getter prototype
decorator annotation
decorator > metadata wraps
reflection introspection
reflection > minifier proguard private
serialize marshal encode
deserialize unmarshal decode
deserialize > unknown polymorphic field
serialize > circular bigint
parse parser
parse > validation schema strict
field > tag private case
macro preprocessor
recursion > stack depth
stack > overflow recursion
stackoverflow stackoverflowerror > recursion
overflow wrap wraparound
overflow > integer
underflow > unsigned
unsigned > underflow
exception throw
exception > swallow
throw raise
catch handle except
swallow suppress
swallowed > exception promise
traceback stacktrace backtrace
error > wrap propagate aggregate
panic > recover unwrap
unwrap > option panic
unhandled uncaught
unhandled > promise rejection
iterate traverse
iterator > invalidated exhausted lazy
generator yield
exhausted > iterator generator
lazy deferred
lazily > evaluated
list array vector sequence
list > mutable copy
slice subarray
slice > append capacity backing
append push
append > capacity slice
map dictionary dict
dictionary > order key
set unique
tuple struct
queue deque
sort comparator
sort > stable
stable > sort
python > gil mutable venv
gil > cpu multiprocessing
asyncio coroutine
pickle serialize
pickle > lambda multiprocessing
dataclass > mutable default
pydantic > validation alias
django > migration queryset middleware
queryset lazy
flask perl > context
fastapi > async dependency
rails > callback autoload
autoload > reload constant
ruby > gem frozen
php > opcache composer
opcache > reload
laravel > queue config cache
wordpress > plugin cache
java jvm
java > classpath heap locale
jvm > heap gc dns
classpath > duplicate shading
classnotfoundexception noclassdeffounderror classpath
nosuchmethoderror > version classpath
shading shadow relocate
spring > bean proxy transactional
transactional > proxy self-invocation
bean injection
injection > scope circular
autowired injection
hibernate > lazy session
lombok > annotation processor
kotlin > coroutine nullability platform
scala > implicit
android > lifecycle activity proguard
goroutine > leak context
goroutine coroutine
routines > goroutine channel
asleep > deadlock channel
channel > unbuffered close
unbuffered buffered
nil > interface
defer > loop closure
rust > borrow ownership lifetime
borrow lifetime
borrow > mutable ownership
ownership owned > move borrow clone
moved > ownership copy clone
lifetime > static
trait > object bound
unsafe > undefined alignment
send sync > future thread
cpp c++ > template undefined
dangling use-after-free
uninitialized > undefined
sanitizer asan ubsan valgrind
segfault sigsegv
segfault > pointer null dangling stack
heap > corruption overflow
buffer > overflow
alignment padding
endianness byteorder
csharp c#
csharp > async linq dispose
dotnet > appsettings culture
linq > deferred enumerable
dispose close
dispose > finalizer
entity > tracking xxe
swift > optional retain actor
retain > cycle weak closure listener
weak > reference cycle
objc swift
javascript > hoist prototype coercion
promise future
promise > rejection unhandled
await async
await > missing
async > blocking order
callback handler
callback > await
foreach > await sequential
microtask > order
settimeout > timer
timer interval
debounce throttle
event > bubbling
proxy > trap
symbol > registry
bigint integer
node nodejs
node > event-loop module
deno > permission
bun node
elixir erlang beam
haskell > lazy thunk
lua > index
r dataframe
julia > compile
zig > allocator
dart > isolate null
clojure greedy > lazy
cobol mainframe
assembly > register
simd vectorize
ffi native binding
ffi > abi ownership
native > binary architecture
jni native
unused > import
optimizer optimiser > undefined aliasing
inline compiled > optimize
template > instantiate
header > guard
codestyle style convention
yaml > indentation quote boolean
yaml yml
norway boolean
indent tab
json > precision comma date
toml ini
xml > namespace entity
namespace > prefix
csv > delimiter quote encoding
delimiter separator
excel spreadsheet
excel > bom date csv locale
spreadsheet > leading type date
protobuf > default presence
presence > optional
regex regexp
regex > backtracking greedy escape anchor
pattern regex
backtracking redos
redos > regex
matches > anchor multiline greedy
anchor > multiline
multiline > dotall
keyerror > missing dictionary key
typeerror > undefined null type argument
valueerror > parse invalid
attributeerror > none attribute
nameerror referenceerror > undefined scope hoist
indexerror > bounds off-by-one empty
indexoutofbounds outofbounds > boundary off-by-one
recursionerror > recursion depth
unicodedecodeerror unicodeencodeerror > encoding utf8 bytes
outofmemoryerror > heap leak
concurrentmodificationexception > iterator mutate collection
classcastexception > generic cast classloader
lazyinitializationexception > session lazy fetch
integrityerror > constraint unique foreign
operationalerror > connection lock
nomethoderror > nil
syntaxerror > parser version transpile
illegalstateexception > lifecycle order
unboundlocalerror > scope global
assertionerror > assert
stopiteration > generator
zerodivisionerror > zero divide
sigfpe > divide zero
sigbus > alignment mmap
sigpipe epipe > pipe closed
137 > oom sigkill
139 > segfault
143 > sigterm
127 > path command
126 > permission executable
23505 > unique
40001 > serialization retry
1213 > deadlock
`;
