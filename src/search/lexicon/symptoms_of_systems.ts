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
release rolling errors > graceful readiness drain
upgrade newer > deprecated default breaking abi incompatible
scratch beginning replays > offset retention earliest checkpoint
scrambled order unordered > partition key fifo sequence
poison crashes loop > dead-letter retry parse
thousands flood avalanche > stampede jitter batch ratelimit
restart reboot > ephemeral persistent volume memory enable
restarting pod container > liveness probe oom crashloop exit
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
postgres connection idle closed night > keepalive tcp pool validate
postgres upgrade queries slow > analyze statistics collation reindex
postgres update ignores index hot > fillfactor bloat
postgres sequence id jumps > rollback nextval cache gap
postgres restore id conflict > sequence setval
postgres uuid insert slow > random index locality uuidv7
postgres json query slow > gin jsonb operator
postgres array parameter > unnest bind
postgres replica query cancelled > conflict standby feedback
postgres wal disk full > slot replication archive
postgres listen notify lost > pooler session reconnect
postgres schema permission new table > grant default privileges
mysql group select error > only_full_group_by
mysql case table names > lower_case_table_names
mysql string number compare > implicit cast index
mysql connection gone away > wait_timeout max_allowed_packet
mysql gap insert blocked > isolation lock
mysql zero date > strict mode
sqlite foreign ignored > pragma enable
sqlite type column anything > affinity strict
sqlite corrupt network copy > nfs wal backup
sqlserver parameter slow sometimes > sniffing plan recompile
migration ran twice replicas start > advisory lock leader
migration tests empty production data > backfill not-null default validate
table rename deploy errors > view expand backward
index unused exists planner > selectivity function cast statistics
index created invalid > concurrently reindex
unique null several rows > distinct partial
soft deleted unique > partial index
tree hierarchy query > recursive cte
report blocks writes > snapshot replica isolation
dashboard numbers disagree > timezone replica lag definition
cache database disagree > invalidate write-through race ttl
cache returns nothing key > serialization prefix version
cache empty everyone database > stampede jitter lock
session redis lost > evict ttl persistence
redis transaction failed commands > multi rollback lua
redis lock two holders > expire fencing lease
redis replica read old > asynchronous replication
elasticsearch results delay visible > refresh interval
elasticsearch pages deep > search_after cursor
elasticsearch disk readonly > watermark flood
search typo nothing > fuzzy ngram synonym
mongo id string match > objectid cast
mongo array update wrong > positional arrayfilters
mongo document big > limit bucket gridfs
cassandra delete slow reads > tombstone compaction
dynamodb query missing > pagination index consistent
dynamodb write throttled > hot partition key
kafka message big rejected > max.message.bytes limit
kafka key order workers > partition
kafka duplicate restart > commit idempotent
kafka schema consumer breaks > registry compatible
kafka topic grows > retention compaction
rabbitmq connection drops > heartbeat prefetch
rabbitmq memory queue blocks > watermark lazy flow
sqs message processed > visibility timeout delete
sqs order wrong > fifo group
job runs instances > leader lock distributed
job deploy interrupted killed > graceful resume checkpoint
job missed downtime > misfire catchup
queue empty slow pick > polling long-poll notify
events arrive commit > outbox transaction
email sent rollback > outbox transaction
service mesh startup fails > sidecar order ready
container clock zone > tzdata timezone
container dns alpine fails > musl search resolver
container file changes host > mount volume polling
container build network private > secret ssh proxy
container health green broken > healthcheck readiness dependency
container logs missing python > unbuffered stdout flush
container cores sees host > cgroup limit gomaxprocs
container tmp readonly > volume emptydir
container user unknown home > uid passwd
docker copy missing file > dockerignore context
docker apt old packages > cache update layer
docker volume old content > anonymous persist
docker service name localhost > network hostname
docker exit immediately > foreground pid1 cmd
docker signal slow stop > exec sigterm entrypoint
docker rate pull anonymous > ratelimit login mirror
docker push denied > login tag scope
docker secrets env visible > inspect mount
kubernetes env changed pod > rollout restart configmap
kubernetes job never ends > sidecar backoff restartpolicy
kubernetes cronjob skipped > deadline concurrency suspend
kubernetes rollout errors seconds > prestop readiness graceful drain
kubernetes volume multi attach > readwriteonce recreate
kubernetes memory node everything slow > request limit qos
kubernetes scale zero first > cold start
kubernetes hpa unknown > metrics-server request
kubernetes delete recreated pod > controller deployment
kubernetes secret trailing newline > base64
kubernetes drain stuck > pdb eviction
kubernetes manifest api removed > deprecated version
kubernetes exec shell missing > distroless ephemeral
kubernetes grpc unbalanced pods > headless http2 balancer
kubernetes websocket deploy > drain termination grace
helm value ignored nested > override null quote
helm secret changes upgrade > lookup random checksum
helm delete crd > hook
terraform secret state > encrypt sensitive
terraform module refactor destroy > moved state
terraform provider different laptop > lock version hash
terraform apply race two > lock state backend
terraform data unknown plan > depends_on apply
terraform timeout create delete > dependency
ansible changed > changed_when idempotent
ansible variable wins wrong > precedence
ansible shell module > idempotent creates
aws credentials local works > profile role chain
aws role access denied bucket > policy kms resource
aws lambda timeout vpc > nat endpoint
aws lambda old variable state > reuse global
aws lambda package large > layer container
aws cost logs > retention ingestion
aws spot killed > interruption drain
aws sqs lambda retries > batch failure partial
aws signature mismatch time > clock skew encode
azure gcp quota region > capacity
cloud storage rename folder > prefix copy object
cdn serves error page > cache negative ttl
cdn query string ignored > cache key
cdn gzip corrupted > vary encoding
nginx variable proxy dns old > resolver upstream
nginx path slash location > trailing proxy_pass
nginx upload memory disk > buffering body
nginx websocket closes > upgrade timeout
nginx static 403 > permission directory execute
nginx real ip wrong > x-forwarded-for trust
nginx config change ignored > reload test
http client hangs forever > timeout default
http retry post duplicate > idempotency key
http keepalive reset sporadic > idle race retry
http redirect loses body > 307 method
http redirect loses authorization > origin header strip
http header case lost underscore > normalize
http body read twice > clone buffer stream
http big json slow > stream pagination compress
http date cache ignored > cache-control etag
api version breaks clients > backward deprecate additive
api delete fields client fails > compatible deprecate
api errors shape inconsistent > problem schema
api numbers ids javascript > string
api time format > iso utc rfc3339
api partial update erased > patch merge null
api empty list null > array
grpc deadline exceeded > propagate retry
grpc browser > proxy grpc-web
grpc field default missing > presence optional
graphql query slow nested > dataloader depth n+1
graphql error 200 > partial
graphql cache > persisted
websocket auth header browser > ticket cookie subprotocol
websocket messages lost reconnect > resume sequence
websocket servers several > pubsub sticky
sse limit six connections > http2
dns change slow visible > ttl propagation negative
dns root domain alias > apex cname
certificate renewed old > reload restart
certificate hostname ip > san
certificate mobile app renewed broken > pinning
tls old client fails > version cipher
proxy certificate python node > ca bundle environment
ssh fails ci host > known_hosts
ssh key mode > 600 permission
ssh failures > identitiesonly agent
oauth redirect mismatch > exact uri
oauth refresh invalid logged > rotation reuse
oauth state missing > cookie samesite
oidc logout > session end
saml time invalid > clock skew
jwt large header 431 > size cookie
jwt secret guess > entropy algorithm
jwt role changed > expiry revoke
password reset link > single token expiry
password login slow > bcrypt cost worker
password unicode login > normalise nfkc
session stolen link > httponly fixation
session id reused login > fixation regenerate
csrf spa api > samesite token header
csp blocks inline script > nonce hash
cors works postman curl > preflight browser
cors error hides 500 > header
secrets logs ci > mask
secret env child process > inherit
encryption output > iv nonce
encrypt key lost rotate > envelope version
random token predictable > csprng
upload svg script > sanitize content-type
rate limit behind proxy everyone > x-forwarded-for key
rate limit several servers > shared redis bucket
audit changed > trail append
logs cost volume > sampling level retention
logs timestamps order > timezone nanosecond utc
logs request trace services > correlation propagate
logs json nested escaped > structured
metrics counter resets restart > rate increase
metrics average hides > percentile histogram
metrics short jobs missing > pushgateway
metrics disappear series > stale label
alert never fired > absent missing
alert resolved flapping > hysteresis
tracing missing slow > sampling tail
profile production safe > sampling
health check database restarts > liveness dependency
backup large slow > incremental snapshot
disk io slow cloud > burst iops
time jumps vm > ntp chrony
memory available cached > page
swap slow > memory
load high cpu low > io wait
inotify watchers editor > limit
systemd user service logout stops > linger
systemd environment variables > environmentfile
systemd order network > online
service restarts limit > startlimit
cron email percent > escape
cron environment > path
rsync slash copies folder > trailing
nfs root permission > squash
`;
