/** The same word in other forms that have another stem: irregular ones, abbreviations, spellings of other countries; a line each. */
export const SPELLINGS = `
begin began begun
bind bound
break broke broken
bring brought
build built
catch caught
choose chose chosen
die died dying
drive drove driven
eat ate eaten
fall fell fallen
find found
forget forgot forgotten
freeze froze frozen
grow grew grown
hang hung
hide hid hidden
hold held
leave left
lose lost
overwrite overwrote overwritten
overrun overran
pay paid
rewrite rewrote rewritten
rise rose risen
run ran
send sent
shrink shrank shrunk
sleep slept
speak spoke spoken
spend spent
stick stuck
tear tore torn
throw threw thrown
wake woke awake
withdraw withdrew withdrawn
write wrote written
child children
index indices
matrix matrices
vertex vertices
person people
datum data
analysis analyze
failure fail
loss lose
growth grow
expiry expire
retention retain
denial deny
behavior behaviour
color colour
license licence
artifact artefact
serialize serialise
deserialize deserialise
normalize normalise
initialize initialise init
optimize optimise
authorize authorise
synchronize synchronise sync
asynchronous async
organization organisation
recognize recognise
sanitize sanitise
tokenize tokenise
quantize quantise
finalize finalise
customize customise
minimize minimise
maximize maximise
localize localise
gray grey
catalog catalogue
dialog dialogue
favorite favourite
neighbor neighbour
analyze analyse
judgment judgement
program programme
disk disc
database db
repository repo
configuration config conf cfg
environment env
variable var
parameter param
argument arg
application app
administrator admin
certificate cert
directory dir folder
document doc
dependency dep
development dev
production prod
package pkg
library lib
function func fn
constant const
integer int
character char
string str
boolean bool
number num
maximum max
minimum min
average avg
temporary temp tmp
message msg
response resp
request req
error err
exception ex
command cmd
connection conn
context ctx
reference ref
object obj
pointer ptr
address addr
source src
destination dest
specification spec
statistics stats
information info
identifier id
authentication authn auth
authorization authz
memory mem
seconds sec
milliseconds millis ms
minutes min
kilobyte kb
megabyte mb
gigabyte gb gib
timezone tz
password passwd pwd
permission perm
expression expr
implementation impl
instance inst
attribute attr
property prop
element elem
previous prev
version ver
operation op
calculation calc
performance perf
image img
picture pic
button btn
navigation nav
background bg
foreground fg
organization org
subscription sub
publication pub
delete del
execute exec
executable exe
evaluate eval
generate gen
garbage gc
random rand
multiplication multiply
division divide
repetition repeat
determinism deterministic
conversion convert
inversion invert
subversion svn
collision collide
comparison compare
resolution resolve
response respond
extension extend
expansion expand
verification verify
notification notify
classification classify
certification certify
modification modify
identification identify
replication replica
publication publish
description describe
subscription subscribe
maintenance maintain
occurrence occur
reception receive
succeed success
decide decision
explode explosion
permit permission
omit omission
submit submission
transmit transmission
`;
