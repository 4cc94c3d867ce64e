/** HTTP, TLS, DNS, connections, proxies. */
export const NETWORK = `
http request
request call
request > timeout header body
response reply answer
header metadata
body payload content
400 malformed > validation request body
401 unauthorized unauthenticated > token credential expired
403 forbidden > csrf policy scope
404 notfound > route path rewrite fallback
405 > method route options
408 > timeout
409 conflict
410 gone
411 content-length
412 precondition etag
413 payload oversized > body limit size
414 > url length
415 > content-type
416 range
421 misdirected
422 unprocessable > validation schema
429 throttle ratelimit quota > retry-after
429 > retry
431 > header cookie size
500 exception > unhandled stack
502 > upstream keepalive gateway crash
503 unavailable > overload drain readiness
504 > timeout upstream gateway
499 > client disconnect timeout
301 302 307 308 redirect
301 > cached permanent
304 etag conditional
redirect rewrite forward
redirect > loop https slash scheme
trailing slash hsts https > redirect
method verb
post patch
options preflight
preflight cors crossorigin origin
cors crossorigin cross-origin
cors > header credentials
blocked > preflight mixed-content csp
origin > scheme port
cookie samesite
cookie > secure domain path httponly
iframe embed embedded
iframe > samesite x-frame-options frame-ancestors csp
embedded > frame-ancestors samesite third-party
third-party thirdparty > samesite cookie
session login
logged > session token cookie
query parameter querystring
querystring > encode escape url
percent urlencode encode > escape
url uri link address
url > encode relative path
plus ampersand > urlencode escape
slash > path normalize
encoded > double
content-type mime mediatype
mime > header
multipart formdata upload
upload multipart
upload > limit size timeout stream body
download fetch
download > stream content-disposition range
attachment content-disposition
gzip compress brotli deflate
compressed > content-encoding
uncompressed > gzip size
chunk stream
streaming > buffering flush proxy
sse event-stream eventsource
sse > buffering proxy keepalive
websocket ws socket
websocket > upgrade proxy idle heartbeat sticky
upgrade > websocket connection
ping heartbeat keepalive
keepalive keep-alive persistent
keepalive > idle timeout pool
longpolling polling
poll > interval webhook push
webhook callback
webhook > signature retry raw idempotent
http2 h2 multiplex
http2 > coalescing alpn
http3 quic udp
alpn > tls negotiate http2
proxy gateway balancer
proxy > header buffering timeout
reverse proxy > forwarded
nginx haproxy envoy traefik
nginx > upstream buffer resolver
balancer loadbalancer elb alb
balancer > sticky health target
sticky affinity
sticky > session balancer
upstream backend origin
downstream dependency
forwarded x-forwarded-for > proxy ip client trust
client caller
ip address
ip > forwarded proxy client
visitor > x-forwarded-for
https tls ssl
tls ssl handshake
tls > sni version
certificate cert x509
certificate > expired intermediate hostname san
cert > intermediate renew
expired > certificate renew token
renew rotate
renewal > acme cron
letsencrypt acme certbot
chain intermediate
trust > root intermediate store
selfsigned self-signed > ca trust verify
ca authority
ca > bundle root
sni hostname servername
san hostname > certificate
cipher algorithm
mtls mutual > client certificate
handshake negotiate
mixed-content insecure http
insecure > plaintext
dns resolve nameserver
dns > ttl cached record propagation
resolve lookup
resolve > search ndots cache
enotfound nxdomain eai_again > dns resolve hostname
hostname host domain
hostname > san
cname alias record
apex naked > cname alias dns
record aaaa mx txt
propagation > ttl cache
ttl expiry lifetime
machine > ip dns
traffic > dns ttl route balancer egress
failover > dns replica ttl promote
moved > dns redirect 301
server host
subdomain wildcard domain
mail email smtp
mail > spf dkim dmarc mx
spam junk > spf dkim dmarc reputation
inbox > spf dkim spam
bounce > mx spf
connection > pool keepalive reset timeout limit exhausted leak
econnrefused refused > listen port bind
refused > 0.0.0.0 localhost
econnreset reset
reset > keepalive idle peer proxy
etimedout timeout
etimedout > firewall route security-group
timeout deadline
timeout > retry upstream
timed > timeout deadline
epipe pipe > broken disconnect
hangup disconnect
disconnect > heartbeat idle reconnect
reconnect > backoff retry
port listen
port > expose firewall
bind > 0.0.0.0 localhost interface
eaddrinuse port address
sits occupied taken > eaddrinuse port lock
socket descriptor
socket > time_wait close
ephemeral > port exhaustion time_wait snat
time_wait > port socket reuse
localhost loopback 127.0.0.1
localhost > container
ipv6 ipv4 dualstack
interface nic
firewall iptables nftables security-group
firewall > port rule blocked egress
vpn tunnel wireguard
vpn > route mtu dns split
mtu fragment packet
mtu > vpn tunnel
packet frame
nat snat masquerade
subnet cidr
cidr > overlap range
router > route history
vpc subnet peering
egress outbound outgoing
ingress inbound incoming
bandwidth throughput
cdn cloudfront cloudflare fastly edge
cdn > cache invalidate purge
cached > ttl invalidate max-age key evict
max-age cache-control expires
cache-control > immutable no-store
etag if-none-match conditional
purge invalidate bust
cleared offline > cache
changes > cache purge
vary > cache header encoding
stale expired
stale > invalidate replica
immutable > hash max-age
retry reattempt
retry > idempotent jitter storm
backoff exponential jitter
idempotency > key retry
throttling ratelimit limiter
hammered > ratelimit
circuit breaker > cascading fallback
breaker bulkhead > cascading timeout
cascade > breaker timeout
everything > cascading single
rest endpoint
endpoint route
api endpoint
graphql gql query
graphql > resolver n+1 dataloader schema
resolver dataloader > n+1 batch
grpc rpc protobuf
grpc > deadline http2 message size
protobuf proto > field number
soap wsdl xml
openapi swagger spec
page pagination
pages > cursor offset limit
pagination cursor offset
pagination > order unique keyset stable
offset > unstable skip
keyset cursor seek
next > cursor page token
results > pagination limit order
crawler robots bot
sitemap seo > crawler
ftp sftp scp
ssh > key permission agent known_hosts
known_hosts fingerprint > host key
publickey > authorized_keys ssh permission agent
agent forwarding > ssh
curl wget > certificate redirect
http_proxy https_proxy no_proxy proxy
no_proxy > internal
corporate company > proxy ca certificate
office > proxy vpn firewall
internet > egress nat proxy offline
airgap offline vendored mirror
geo location region
distant far > latency region roundtrip
roundtrip rtt latency
clock ntp time
skew > ntp leeway
tcp > nagle keepalive backlog
nagle nodelay > latency
backlog > listen syn
multicast broadcast
`;
