/** Databases, search engines, caches with data. */
export const DATABASES = `
database > connection lock migration
query sql select
query > index plan scan n+1 batch
table relation
table > lock bloat partition
rows record
row tuple
column field attribute
index > planner expression composite selectivity
scan sequential
scan > full
plan planner explain
planner > statistics analyze index
analyze statistics > planner
explain > index
search lookup find
search > index analyzer collation fulltext normalise
finds > index collation normalise
select fetch
condition filter
filter predicate
join > cartesian fanout index duplicate
multiply > join cartesian fanout
group aggregate
distinct unique
unique > constraint duplicate index
duplicate > upsert constraint
upsert merge
upsert > conflict unique
insert add
insert > batch copy bulk
copy bulk load
constraint violation
constraint > unique check
foreign > cascade reference
parent > cascade child
child > foreign cascade
orphaned > cascade foreign
complains > foreign
primary key identifier
identifier id uuid
uuid guid ulid
uuid > random index key
autoincrement sequence serial identity
sequence > gap nextval
gaps > sequence rollback
transaction atomic
transaction > isolation rollback lock
commit > flush durable
rollback abort
isolation serializable snapshot
isolation > phantom repeatable read-committed
phantom repeatable > isolation
dirty > isolation uncommitted
uncommitted > isolation transaction
mvcc snapshot
snapshot > repeatable
lock > transaction timeout wal busy
deadlock contention
deadlock > order transaction
busy > busy_timeout wal
contention > hot
hot > skew contention partition
updates > lost race lock atomic concurrent
increment > atomic race counter
atomic > race lock
overwrite > optimistic version
optimistic > version conflict lock
pessimistic > select lock
race concurrency
migration schema
migration > lock backward expand rollback order drift backfill
alter ddl
alter > lock rewrite table
ddl schema
schema structure
schema > version validation
backfill > batch migration
expand contract
renaming > expand contract backward
dropped > column migration expand destructive
destructive > drop migration
column > default nullable migration
nullable null
null > coalesce three-valued
default > column schema migration
pool > exhausted connection leak size
pooler pgbouncer proxy
pooler > prepared transaction connection
pgbouncer > prepared transaction pool session
prepared > pgbouncer plan
clients > connection limit pool
exhausted > limit
exhaustion depleted
n+1 eager
lazy > n+1 eager session
eager preload prefetch
orm activerecord hibernate sqlalchemy
orm > n+1 lazy session
serializer > n+1
relation association relationship
replica secondary standby follower
replica > lag stale read
replication > lag slot wal
primary leader master
failover promote
promote read > replica
lag > replica consumer
consistency > quorum eventual replica
eventual > consistency replica
written > commit flush
shard partition
shard > key hot rebalance
partition > key skew prune rebalance
skew > partition key hot
vacuum autovacuum bloat
vacuum > dead tuple transaction
wraparound > vacuum freeze transaction
bloat > dead
deleted > soft
softdelete tombstone
wal log journal
wal > checkpoint slot replication archive
checkpoint > flush wal
fsync flush durable
durable > commit
backup dump
backup > consistent
restore > owner
dump export
import load
seed fixture
view materialized
materialized > refresh
trigger hook
trigger > row recursive
procedure function
stored > procedure
cursor > fetch batch
json jsonb
jsonb > gin index operator
array list
enum > alter value migration
text varchar string
varchar > length truncated limit
collation > sort case accent locale
accent diacritics umlaut > collation normalise unicode
sorting > collation locale lexicographic numeric
alphabetical lexicographic
alphabetically > collation locale natural
case-insensitive citext ilike > collation lower
ilike pattern
fulltext tsvector fts
fulltext > stemming analyzer index
trigram similarity > fuzzy
fuzzy > trigram levenshtein
levenshtein similarity distance
geospatial postgis geometry
geometry > srid coordinate
longitude latitude coordinate
coordinates > srid order
timestamp datetime
timestamptz > timezone utc timestamp
interval > duration
decimal numeric
numeric > precision
float double
blob binary bytea
postgres > vacuum wal pgbouncer
mysql > utf8mb4 innodb collation
innodb > gap lock
utf8mb4 emoji
emoji > unicode
sqlite > wal busy lock
mongodb mongo document
document > mapping schema
mongodb > index replica concern
concern > majority acknowledged
objectid id
collection table
aggregation pipeline
redis valkey
redis > evict ttl memory cluster
evict > maxmemory memory
lru evict
keys > scan prefix
elasticsearch opensearch lucene
elasticsearch > mapping shard analyzer
mapping > type dynamic field
reindex > mapping alias
analyzer tokenizer
stemming > analyzer
relevance score ranking
cassandra > tombstone partition quorum
dynamodb > partition throttle capacity hot
capacity provisioned
quorum consensus majority
consensus raft paxos
leader election
bigquery > partition cost scan slot
snowflake > warehouse credit
warehouse > cluster
clickhouse > merge part insert
timeseries timescale influx
graph neo4j cypher
vector embedding
vector > similarity dimension hnsw
hnsw ivfflat ann > recall index
dimension > embedding vector mismatch
statement > timeout
slowest > explain profile
wildcard > index prefix
in-memory memory
typo > spelling validation
`;
