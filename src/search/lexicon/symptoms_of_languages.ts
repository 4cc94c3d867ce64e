/** What is seen in one language or its tools, and what may be behind it. */
export const SYMPTOMS_OF_LANGUAGES = `
typescript paths runtime > alias resolver
typescript enum json > literal union
typescript optional undefined > exactoptional strict
typescript object keys string > index cast
typescript narrowing lost callback > const guard
typescript declaration missing > types ambient
typescript build slow > incremental references skiplibcheck
typescript unknown catch > narrow guard
javascript date month wrong > zero-based
javascript parseint map > radix
javascript sort original changed > mutate copy
javascript json undefined dropped > stringify null
javascript object order numbers > integer keys
javascript regex global alternating > lastindex
javascript timeout huge immediately > overflow 32-bit
javascript loop var callbacks > closure
javascript promise stops > allsettled
javascript promises sequential slow > promise.all parallel
javascript await map > promise.all
javascript memory detached nodes > listener reference
node exit pending > handle unref
node stream crash error > pipeline
node stream memory > backpressure drain
node cpu blocks requests > worker thread
node env string false > parse boolean
node cluster memory state > shared external
node event emitter leak > removelistener
node fetch hangs > timeout abort
node dns slow > threadpool lookup
node tls corporate > extra ca
node unhandled exit > rejection
npm script windows fails > cross-env shell
npm global permission > prefix
npm audit noise > production override
npm version publish wrong > files tag
yarn pnp missing > unplugged declare
pnpm missing module > hoist phantom
monorepo build order > dependency graph
monorepo package change stale > link build
python class list shared instances > attribute
python late lambda loop > default closure
python circular import > lazy local
python relative import script > package
python except hides > bare swallow
python finally return > swallow
python string comparison > identity
python float round half > banker decimal
python timezone naive aware > utc
python subprocess shell quoting > list argument
python generator second empty > exhausted list
python dict changed iteration > copy
python copy nested > deepcopy
python thread hang exit > daemon
python multiprocessing windows spawn > main guard
python logging duplicate > handler propagate
python print docker > unbuffered
python open encoding windows > utf8
python path string slashes > pathlib
python default datetime > evaluated default_factory
python asyncio exception silent > task await gather
python asyncio slow sync library > executor thread
python requests session slow > pool
python requests hangs > timeout
python env pip wrong > venv interpreter
python dependency conflict > resolver lock
python type hints ignored > runtime validate
python pytest fixture shared > scope
python pytest collect import > conftest rootdir
python mock patch wrong > import path
python csv blank lines > newline
python json datetime decimal > default encoder
python memory dataframe > chunk dtype category
python recursion limit > iterate
pydantic optional required > default none
django migration conflict > merge
django query > select_related prefetch
django static missing > collectstatic
django timezone warning > aware use_tz
django save races > select_for_update f
django admin slow > select_related raw
flask context outside > app_context
fastapi sync blocks > threadpool async
celery task executes twice > visibility acks idempotent
celery memory grows > max-tasks-per-child
sqlalchemy detached session > expire eager
sqlalchemy pool overflow > session close
alembic autogenerate misses > compare type
java date legacy > java.time
java list remove int > overload index
java parallel stream slow > forkjoin pool
java optional > orelse
java resource leak > try-with-resources
java jar class twice > shade classpath
java memory direct native > off-heap
java thread local leak pool > threadlocal remove
java logging binding > slf4j bridge
java encoding default > charset utf8
spring transaction exception commits > checked rollbackfor
spring profile property wins > precedence
spring async class > proxy
spring test slow context > cache
spring jackson lazy > dto hibernate
hibernate n+1 > fetch join entitygraph
hibernate equals entity set > id
hibernate batch insert > identity
jpa update ignored > dirty detached merge
kotlin coroutine cancel swallow > cancellationexception
kotlin flow collect lifecycle > repeatonlifecycle
kotlin equality data array > contentequals
android fragment null view > viewlifecycle
android network main > background dispatcher
android cleartext http blocked > config
android permission runtime > request
android intent large > parcel limit
android gradle slow > cache configuration
ios http blocked > ats
ios layout notch > safe-area
ios memory image > downsample
ios universal link > association
swift decode fails key > codingkeys optional
swift main thread update > mainactor
swift array index crash > bounds
swift retain delegate > weak
swiftui view resets > stateobject identity
flutter context async > mounted
flutter overflow row > expanded flexible
flutter build slow list > builder const
reactnative android network > cleartext
reactnative list slow > flatlist memo
electron security remote > contextisolation preload
json number float > usenumber int64
time format weird > layout reference
http body leak > close drain
context ignored > cancel propagate
waitgroup goroutine > add
goroutine panic process > recover
select loop cpu > default block
string bytes > rune
map nil write > initialize
interface nil error > typed
test cached > count
race tests > detector
module private > goprivate
module version ignored > replace minimum
build cgo > static
struct copy mutex > pointer
rust compile slow > incremental linker features
rust string index > char bytes
rust clone borrow checker > rc arc
rust integer release overflow > wrapping checked
rust async block > spawn_blocking
rust mutex deadlock > guard drop
rust feature unify > resolver
rust trait object size > dyn box
rust error convert > question thiserror
rust iterator nothing > lazy collect
c string overflow > strncpy null terminator
c uninitialized garbage > initialize
c free twice > ownership null
c sizeof array pointer > decay
c integer promotion compare > unsigned
c macro argument > parenthesis evaluate
cpp slicing derived > reference pointer
cpp string_view dangling > lifetime
cpp vector bool > proxy
cpp link template > header definition
cpp thread detach crash > join
csharp event leak > unsubscribe
csharp datetime kind > utc datetimeoffset
csharp dictionary thread > concurrent
csharp decimal culture > invariant
csharp result wait > async
csharp dispose client > factory
csharp json case > naming policy
efcore tracking slow > asnotracking
efcore include cartesian > split
php string number compare > strict
php memory big file > stream generator
php session lock slow > session_write_close
php changes ignored > opcache
laravel env null > config cache
laravel queue old > restart
laravel n+1 > eager
ruby hash default shared > block
ruby string frozen > dup
rails callback order > commit
rails migration lock > concurrently
rails time zone > current
rails cache view > key touch
rails assets production > precompile
elixir process mailbox grows > backpressure
bash variable spaces > quote
bash number octal > base
bash glob nothing > nullglob
bash cd fails continues > errexit
bash heredoc variables > quote
bash read last line > newline
bash parallel output > wait
bash date mac linux > gnu bsd
bash local hides status > exit
powershell exit code native > lastexitcode
powershell encoding file > utf8
powershell array single > comma
target exists nothing > phony
variables dollar > escape
cmake old options > cache
`;
