/** What is seen of systems that run, and what may be behind it. */
export const SYMPTOMS_OF_SYSTEMS = `
sideways upside lying rotated > exif orientation
half records items results list > pagination cursor limit page
overwrites tabs clobbers saved > optimistic etag version if-match
charged clicks pays ordered submitted > idempotent deduplicate
crawled google indexed ranking > prerender ssr sitemap robots canonical
night nightly idle weekend > cold suspend keepalive expired
banned fired deleted demoted > revoke denylist session lifetime
http insecure loop bounce > forwarded proto scheme proxy terminate
slower grew growing growth > index statistics planner bloat n+1 partition
overnight bulk import > analyze statistics vacuum
locked frozen minutes > concurrently migration ddl lock_timeout
waits queued behind > lock exclusive head-of-line prefetch
overloaded peak rush busy > backpressure shed autoscale queue
late slow scales > lag cooldown metric warmup
gaps missing holes > scrape window sampling interval sequence
percent utilization idle underused > bottleneck cpu io throttled
pods nodes machines > affinity spread topology
single instance > leader sticky hot skew spof
forever endless never > timeout deadline unbounded retry
hour minute seconds exactly > timeout ttl interval
5 30 60 300 > timeout ttl idle keepalive
random sporadic 502 > keepalive idle race drain
deploying release > drain graceful migration backward rollout cache
release > graceful readiness drain
upgrade newer > deprecated default breaking abi incompatible
scratch beginning replays > offset retention earliest checkpoint
scrambled order unordered > partition key fifo sequence
poison crashes loop > dead-letter retry parse
thousands flood avalanche > stampede jitter batch ratelimit
restart reboot > ephemeral persistent volume memory enable
restarting > liveness probe oom crashloop exit
unhealthy flapping > probe timeout threshold dependency
mails emails spam > spf dkim dmarc reputation
address ip changed rotated > dns ttl cache resolve pool
elsewhere another region > replication latency endpoint locality
private internal vpc > endpoint dns nat peering route
country abroad europe > region latency residency cdn
firewall blocked office > proxy egress allowlist port
cut dropped closes > idle keepalive timeout balancer
upload attach > body limit multipart presigned stream
413 entity > body limit proxy
slow download transfer > compression range cdn bandwidth
stale old previous version > cache ttl cdn hash serviceworker invalidate
wrong somebody another user > cache vary key session leak tenant
private sensitive > cache-control vary redact
forbidden despite admin > scope role policy boundary inherit
secret history layer > buildkit arg rotate
committed leaked public > rotate revoke history scan
base64 encoded newline > secret trailing
compose ignores dotenv > env_file substitution interpolation
unit edit changed > daemon-reload reload
journal empty > journald stdout
full disk growing > rotation prune retention wal binlog
inodes small > cleanup
space deleted df du > descriptor open vacuum
clock wrong expired future > ntp skew leeway
unknown authority untrusted > intermediate chain bundle ca
handshake failure > cipher version sni alpn
wildcard subdomain > san certificate
expired forgot renew > acme monitor expiry
curl openssl > intermediate chain ca
dns slow resolving five > ndots search ipv6
nxdomain negative > ttl cache
ipv6 family unsupported > bind listen dualstack
bind localhost outside reachable > 0.0.0.0 listen interface publish
arm mac laptop silicon > platform architecture multiarch emulate
alpine binary run exists > musl glibc static dynamic link
root owned write > uid chown user nonroot
ctrl-c interrupt ignores > pid1 init signal handler exec
killed signal ten > graceful sigterm period
huge image gigabytes > multistage slim layer dockerignore prune
cache miss rebuilds > copy order layer lockfile
tag latest wrong > digest pin imagepullpolicy immutable
halfway exists already partial > import state idempotent transaction
destroy replaces recreates > for_each index key lifecycle prevent_destroy
locked state crash > force-unlock lease
drifted manual console > import reconcile
plan noise changes > drift ignore_changes default
helm stuck progress > rollback pending release
namespace terminating remove > finalizer controller
pending unscheduled > request quota taint affinity volume
evicted pressure > request limit ephemeral priority
throttled latency cpu > quota limit cfs
java container heap > cgroup maxram percentage
imagepullbackoff pull denied > secret registry ratelimit credential
configmap changed ignored > subpath restart checksum annotation
ingress 404 path > rewrite annotation class backend
service reach none endpoints > selector label port readiness
invoked recursive > trigger prefix loop event
lambda connections database > pooler proxy concurrency
bill surprising invoice > egress nat idle retention lifecycle logging
throttled api cloud > quota backoff ratelimit
bucket public exposed > acl policy block
list missing bucket > pagination prefix consistency
expired link download > presigned expiry
deadlocks transactions > order lock retry
twice unique raced > constraint upsert conflict lock
lost update counter lower fewer > atomic increment isolation lock
read write missing > replica lag primary session
connections clients > pool limit pgbouncer leak
idle transaction open > vacuum lock timeout
delete slow parent > foreign index cascade
count slow total > estimate index materialized
random pages repeated skipped > keyset order unique tie-breaker
null missing excluded filter > three-valued coalesce distinct
join multiplies totals doubled > fanout aggregate distinct
search wildcard slow > trigram fulltext prefix index
umlaut accent match > collation unaccent normalise
emoji insert rejected > utf8mb4 charset
zeros stripped identifiers > text string type
case duplicates email > lower citext unique collation
timestamps shifted hours > timezone timestamptz utc session
dropped column old instances > expand contract backward rolling
enum adding value > transaction alter migration
rollback failed migration > transaction ddl backward
backup useless restore > verify consistent
slow orm page loads > n+1 eager select prefetch
lazy closed session > eager fetch detached
prepared statement exists > pgbouncer transaction pooling
sqlite busy locked > wal busy_timeout writer
redis full memory > maxmemory evict ttl
redis slow blocked > keys scan pipeline single-thread
mongo slow > index explain projection
elasticsearch missing match > analyzer mapping keyword
yellow red shards > replica allocation
kafka lag slow > partition consumer batch prefetch
rebalances loop > poll interval static heartbeat
message huge > claim-check reference limit
lost messages crash > acks commit flush durable outbox
event saved sent inconsistent > outbox transaction saga
webhook fails signature > raw body encoding secret
webhook twice > idempotent retry
retry made worse > backoff jitter budget breaker
slow dependency hung > timeout breaker bulkhead
websocket drops minute > heartbeat ping idle proxy
stream arrives end > buffering flush proxy gzip
cors wildcard credentials > origin header
preflight fails redirect > options auth
cookie missing cross > samesite secure domain partitioned
logout users deploy > session secret store sticky
login loop > cookie samesite redirect scheme
password truncated long > bcrypt 72 bytes
token valid rejected early > skew leeway clock
public key unknown kid > jwks rotate cache
attacker guess brute > ratelimit lockout timing
enumerates emails exist > timing generic message
ids others see > idor authorization tenant
uploads executed html > content-type disposition sandbox
url fetch internal > ssrf allowlist metadata
zip writes outside > traversal normalize
html comments visitors > escape sanitize xss csp
query quotes breaks > parameterized injection
shell filename semicolon > argument array injection
logs passwords tokens > redact mask structured
metrics explode memory > cardinality label
average fine users > percentile histogram tail
alerts noise crazy tired > duration threshold symptom grouping
trace broken spans > context propagate header async
logs lost crash > flush buffer stdout
logs interleaved lines > multiline structured json
restore dashboard > provisioning version
mtu large packets hang > fragmentation mss
ports exhausted outgoing > snat time_wait keepalive pool
ssh hangs key > agent permission known_hosts
cron works terminal > path environment absolute shell
cron overlap piles > lock flock concurrency
cron timezone shifted > utc dst
installer prompts hang > noninteractive
`;
