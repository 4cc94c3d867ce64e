/** Memory, concurrency, processes, files. */
export const RUNTIME = `
memory > gc limit
oom out-of-memory
oom inotify > limit
leak > cache
listener > removed leak
gc garbage collector
gc > pause heap
pause > gc
heap > limit dump
allocate malloc
allocation > pool fragment
rss resident
cache > unbounded
closure > retained
finalizer destructor
stack trace
thread concurrency
thread > pool blocked safe starvation race
threadsafe thread-safe synchronized
synchronized > lock
concurrent > lock safe
race toctou
race > atomic lock
atomic cas
mutex lock semaphore
mutex > reentrant
reentrant recursive
semaphore permit
starvation starve
starvation > pool blocking
volatile > visibility memory
barrier fence
coroutine fiber
executor pool
executor > background blocking
blocking synchronous
blocking > main event-loop executor
nonblocking asynchronous
eventloop event-loop
event-loop > blocking microtask
window > main-thread ui
helper > background worker
background async
background > doze worker suspended
foreground > service
main ui > thread blocking
anr > blocking main
cpu processor core
cpu > loop busy profile
100 > cpu busy loop
spin busy-wait
sleep > polling await
pinned > affinity
process pid
process > signal fork zombie
subprocess child
subprocess > pipe buffer deadlock zombie
fork spawn
fork > thread inherit connection
spawn > path shell
zombie defunct
zombie > wait reap init
orphan > process group
signal sigterm sigint sigkill
signal > handler pid1 forward
sigterm > handler forward
sigkill kill
sighup reload
daemon > fork
pidfile > stale lock
stdin > blocking interactive
pipe > buffer full
buffer > pipe
buffered flush
output > buffer flush
printed > buffer
appear > buffer flush eventual
file > descriptor lock rename permission
open > descriptor leak
emfile descriptor
emfile > leak
descriptor fd handle
descriptor > leak close
handle > close
eacces eperm permission
eacces > owner
permission > owner uid mode execute
denied > role policy
chmod mode
umask > mode
enoent missing
enoent > relative cwd path
path > relative separator traversal
relative absolute
cwd working directory
directory > exist recursive
symlink link
symlink > resolve loop
hardlink link
rename > atomic filesystem exdev
exdev > rename device
atomic > rename write
save > atomic rename fsync
flush fsync
lockfile > stale
flock lock
watch inotify fsevents
watching > polling
mmap > file memory
sparse > file
tempfile temp tmp
tmp > cleanup permission
cleanup > trap finally
finally > cleanup
mtime modified timestamp
filename > case length encoding
names > case encoding
case > filesystem sensitive collation
case-insensitive case
uppercase lowercase capital
capitalisation capitalization > case
lower > case locale
turkish > locale case
extension suffix
archive zip tar
zip > traversal encoding
unzip extract
extract > traversal permission
compress > level
checksum hash digest
checksum > mismatch corrupted
integrity checksum
corrupt damaged
corrupted > truncated concurrent encoding checksum
`;
