/** Containers, Kubernetes, clouds, machines. */
export const INFRASTRUCTURE = `
container docker
container > entrypoint pid1 limit
docker podman containerd
docker > volume network entrypoint
image > tag base registry prune
layer stage > copy
dockerfile containerfile
dockerfile > layer copy cache stage
base > image alpine slim
alpine musl
alpine > glibc
musl glibc libc
glibc > alpine version
multistage stage
entrypoint command cmd
entrypoint > exec shell pid1 signal
pid1 init tini
pid1 > sigterm zombie signal
reinstalls > cache layer lockfile
rebuild > cache layer incremental invalidate
rebuilt > cache tag latest
context dockerignore
dockerignore > size
volume mount
volume > permission owner
mount > permission path overlay
bind mount
root > uid user permission
rootless > uid userns
uid gid user
owner chown ownership
owner > uid permission
compose > depends_on network healthcheck volume
depends_on > healthcheck ready
healthcheck health
network > bridge dns subnet latency
host.docker.internal host localhost
prune > disk image
tag > latest digest immutable
latest > tag digest pin
digest > pin immutable tag
registry > login credential pull
pull > registry credential ratelimit
imagepullbackoff pull
imagepullbackoff > registry secret credential tag
architecture arch platform
arm arm64 aarch64 > architecture platform multiarch
amd64 x86 x64
amd64 > architecture platform
exec format > architecture
m1 silicon > arm64 architecture
kubernetes k8s cluster
kubernetes > probe resource
pod > probe evicted resource pending node schedule
pending > resource taint quota volume
crashloop crashloopbackoff > probe exit logs
probe liveness readiness
probe > delay timeout dependency
liveness > restart
readiness canary > traffic
evicted > disk pressure
pressure > evict memory
oomkilled oom
oomkilled > limit memory heap
resource limits requests
resources > quota
cpu > throttle quota limit core
throttled > cpu cfs
quota > resource
node > taint drain pressure
taint toleration
drain cordon
drain > pdb disruption
pdb disruption
rollout rolling
rolling > surge readiness
rollout > readiness surge revision
deployment > rollout replica
replicas scale
hpa autoscaler
autoscale > metric cold replica
statefulset > volume ordinal
daemonset node
configmap configuration
configmap > reload mount subpath
subpath > configmap reload
secret credential
ingress > annotation path tls
ingress controller
service > selector endpoint port
selector label
label annotation
namespace > finalizer quota
finalizer > terminating deletion
terminating > finalizer
crd operator
operator controller
controller reconcile
helm chart
helm > upgrade release values hook
values > override helm
kustomize overlay
kubectl > context namespace kubeconfig
kubeconfig context
serviceaccount > token rbac
rbac role
sidecar > mesh proxy
mesh istio linkerd
coredns dns
ndots > dns search
pvc persistentvolume volume
pvc > zone storageclass binding
storageclass > binding zone
scheduled > taint resource affinity
affinity anti-affinity
preempt spot preemptible
spot > interruption eviction
graceful > period
terraform tofu
terraform > state drift lock plan
recreate > replacement index key destroy
destroy > prevent_destroy lifecycle
drift > state import
state > lock drift
import > state
module > version source
provider > version lock
plan > diff
infrastructure iac
ansible > idempotent handler inventory
handler notify
playbook > handler
cloud aws gcp azure
region zone
zone > egress availability
bucket s3
bucket > policy public acl
s3 > presigned acl region
presigned signed
presigned > expiry signature
iam policy
iam > role trust eventual
assume role
role > trust
instance vm ec2
metadata imds
imds > hop ssrf
lambda serverless
lambda > cold timeout concurrency layer
cold > warmup provisioned init
serverless > cold connection concurrency
function provisioned > cold
concurrency > provisioned reserved
gateway > timeout payload
stack cloudformation
cloudformation > rollback drift
cdk cloudformation
cost > egress nat
egress > cost nat
nat > egress port
transfer egress
endpoint > private
peering route
disk storage
disk > inode
enospc space full
inode > small files
space > prune
filesystem fs
filesystem > case inode overlay
readonly read-only immutable
readonly > filesystem mount
tmpfs shm
shm > shared memory
swap > memory
systemd unit service
systemd > environment restart journal
journal journalctl
boot > enable systemd
daemon background
cronjob > concurrency timezone
server > capacity
kernel > module
sysctl ulimit limits
ulimit > nofile
locale lang
apt > noninteractive lock
noninteractive interactive
prompts > noninteractive
yum dnf rpm
package > repository mirror
mirror repository
hypervisor virtualization vm
vagrant virtualbox
nfs > lock stale
bluegreen canary
deploy release
deploy > migration cache version
releasing ship publish
rollback > backward migration
feature > toggle flag
toggle flag
environment env variable
env > precedence export build
variables > export scope shadow
dotenv env
config configuration setting
setting option
settings > precedence default
option flag parameter
precedence priority
`;
