/** Tags that people use for the same thing, a line each. Case, separators and the plural make no difference and are not listed. */
const ALIASES = `
postgres postgresql pg psql pgsql
kubernetes k8s kube
javascript js ecmascript es6
typescript ts
node nodejs
python py python3 cpython
golang go
rust rustlang rs
csharp c# dotnet-csharp
dotnet .net netcore dotnetcore aspnet
cpp c++ cplusplus
fsharp f#
ruby rb
rails rubyonrails ror
kotlin kt
objectivec objc
bash shell sh zsh shellscript shellscripting
powershell pwsh
mongodb mongo
elasticsearch elastic opensearch
rabbitmq rabbit amqp
mysql mariadb
sqlserver mssql tsql
sqlite sqlite3
dynamodb ddb
docker dockerfile
container oci podman
dockercompose compose
terraform tf opentofu hcl
ansible ansibleplaybook
aws amazonwebservices
gcp googlecloud googlecloudplatform
azure microsoftazure
s3 awss3 amazons3
ec2 awsec2
lambda awslambda
iam awsiam
eks awseks
githubactions gha githubworkflow githubworkflows
gitlabci gitlabpipeline gitlabcicd
ci cicd continuousintegration pipeline buildpipeline
cd continuousdelivery continuousdeployment
auth authentication authn login signin
authorization authz permission accesscontrol rbac
oauth oauth2 oidc openidconnect
jwt jsonwebtoken
tls ssl https x509 certificate cert
dns nameresolution
http http1 http2
websocket ws wss
rest restapi restful
graphql gql
grpc protobuf protocolbuffer
regex regexp regularexpression
config configuration setting
env environment environmentvariable envvar dotenv
db database rdbms
orm objectrelationalmapping
sql query
migration schemamigration dbmigration
test testing unittest tests
e2e endtoend endtoendtesting integrationtest
mock mocking stub
pytest pythontesting
react reactjs
vue vuejs
angular angularjs ng
nextjs next
nuxt nuxtjs
svelte sveltekit
express expressjs
nestjs nest
springboot spring
django drf
flask werkzeug
fastapi starlette
sqlalchemy sqla
tailwind tailwindcss
css stylesheet scss sass
html html5 markup
frontend ui
backend serverside
performance perf optimization latency slowness
memory ram heap memoryleak oom
concurrency threading multithreading parallelism thread
async asyncio asynchronous await
logging log logs
monitoring observability metric telemetry
opentelemetry otel
prometheus promql
tracing trace distributedtracing
error errorhandling exception
debug debugging troubleshooting
security appsec infosec
secret credential secretmanagement
dependency dependencies packagemanagement package
npm npmjs
yarn yarnpkg
pip pypi
poetry pythonpoetry
virtualenv venv
gradle gradlew
maven mvn
cmake makefile make
bazel bazelbuild
webpack bundler bundling
git vcs versioncontrol
monorepo workspace
linux unix gnulinux
macos osx darwin
windows win win32
ssh openssh
systemd systemctl
cron cronjob scheduler scheduling
queue messagequeue messaging
kafka apachekafka
cache caching
redis valkey
nginx reverseproxy
loadbalancer loadbalancing lb
proxy httpproxy
cors crossorigin
csrf xsrf
xss crosssitescripting
unicode utf8 encoding charset
timezone tz datetime date time
i18n internationalization localization l10n
a11y accessibility
ml machinelearning
ai llm genai
pytorch torch
tensorflow tf2 keras
cuda gpu
numpy ndarray
pandas dataframe
jupyter notebook ipython
spark pyspark apachespark
airflow apacheairflow
dbt dataform
ios iphone
swift swiftlang
swiftui uikit
android androidstudio
reactnative rn
flutter dart
wasm webassembly
vscode visualstudiocode
eslint lint linting linter
prettier formatter formatting
license licence licensing
serverless faas
microservice microservices
eventdriven eventsourcing
ratelimit ratelimiting throttling throttle
retry retries backoff
timeout timeouts deadline
pagination paging cursor
idempotency idempotent
transaction transactions acid
deadlock lock locking
replication replica
sharding partition partitioning
backup restore recovery
deploy deployment release
helm helmchart chart
ingress ingresscontroller
vault hashicorpvault
celery taskqueue
selenium webdriver
playwright puppeteer
cypress cypressio
jest vitest
storybook componentlibrary
state statemanagement redux
graph graphdatabase neo4j
email smtp mail
pdf pdfgeneration
image images imageprocessing
file files filesystem fs io
networking network tcp
ipv6 ip
floatingpoint float decimal rounding
`;

const TRAILING_VERSION = /(?<=\p{L}{2})[\d.]+$/u;
const SIGNS = /[^\p{L}\p{N}+#]+/gu;
/** Words that end like a plural and are none. */
const NO_PLURAL = /(?:ss|us|is|js|os)$/;

/** Whatever people spell differently of one tag: case and separators. */
function plainTag(tag: string): string {
  return tag.normalize("NFKC").toLowerCase().replaceAll(SIGNS, "");
}

function singular(plain: string): string {
  if (plain.length <= 4 || !plain.endsWith("s") || NO_PLURAL.test(plain)) return plain;
  return plain.endsWith("ies") ? `${plain.slice(0, -3)}y` : plain.slice(0, -1);
}

const KEYS: ReadonlyMap<string, string> = new Map(
  ALIASES.trim().split("\n").flatMap((line) => {
    const tags = line.split(" ").map(plainTag);
    return tags.map((tag) => [tag, tags[0]!] as const);
  }),
);

/** What tags of the same meaning have in common: `k8s` and `Kubernetes`, `node-js` and `nodejs`, `postgres15` and `pg`. */
export function tagKey(tag: string): string {
  const plain = plainTag(tag);
  // Only of names that are known: `vue3` is a version of `vue`, `level1` and `level2` are two things.
  const unversioned = plain.replace(TRAILING_VERSION, "");
  return KEYS.get(plain) ?? KEYS.get(singular(plain)) ?? KEYS.get(unversioned) ?? singular(plain);
}

/** The tags that stand for the same as this one, in their plain spelling; none where it is not known. */
export function aliasesOf(tag: string): readonly string[] {
  return ALIASES_BY_KEY.get(tagKey(tag)) ?? [];
}

const ALIASES_BY_KEY: ReadonlyMap<string, readonly string[]> = Map.groupBy(
  ALIASES.trim().split(/\s/),
  tagKey,
);
