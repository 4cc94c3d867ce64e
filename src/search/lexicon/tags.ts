/**
 * Tags that people use for the same thing, a line each; not for what is only related, as the answer must be about what was asked. Case,
 * separators and the plural make no difference and are not listed; nor is a version at the end. A tag alone on its line is a name that
 * only looks like the plural or the version of another.
 */
export const TAGS = `
javascript js ecmascript es6
typescript ts
nodejs node
deno denojs denoland
bun bunjs
python py python3 cpython
golang go
rust rustlang rs
java jdk
kotlin kt kotlinlang
scala scalalang
csharp c#
dotnet .net netcore dotnetcore
aspnet aspnetcore
fsharp f#
vbnet visualbasic
cpp c++ cplusplus cxx
objectivec objc
swift swiftlang
ruby rb
rails rubyonrails ror
php php8
elixir elixirlang
erlang erl
haskell hs
clojure clj
julia julialang
dart dartlang
lua lualang
zig ziglang
groovy groovylang
rlang rstats
assembly asm assembler
webassembly wasm
bash shell sh shellscript shellscripting bashscript
powershell pwsh
sql structuredquerylanguage
html html5
css css3 stylesheet
scss sass
yaml yml
markdown md
latex tex
regex regexp regularexpression
protobuf protocolbuffer proto proto3
postgres postgresql pg psql pgsql
sqlserver mssql microsoftsqlserver
tsql transactsql
sqlite sqlite3
mongodb mongo
dynamodb ddb awsdynamodb amazondynamodb
cosmosdb azurecosmosdb
cassandra apachecassandra
cockroachdb crdb
elasticsearch elastic
opensearch amazonopensearch
bigquery bq googlebigquery
snowflake snowflakedb
redshift amazonredshift
timescaledb timescale
influxdb influx
memcached memcache
firestore cloudfirestore
sqs amazonsqs awssqs
sns amazonsns awssns
database db
migration schemamigration dbmigration databasemigration
orm objectrelationalmapping objectrelationalmapper
transaction databasetransaction
databaseindex dbindex
connectionpool connectionpooling dbpool
fulltextsearch fts textsearch
vectordatabase vectordb vectorstore
sqlalchemy sqla
jpa javapersistence
entityframework ef efcore entityframeworkcore
docker dockerengine
dockerfile containerfile
container containerization containerisation
kubernetes k8s kube
helm helmchart
openshift ocp
ingress kubernetesingress
terraform tf
opentofu tofu
iac infrastructureascode
cloudformation cfn awscloudformation
ansible ansibleplaybook
aws amazonwebservices
gcp googlecloud googlecloudplatform
azure microsoftazure msazure
s3 awss3 amazons3
ec2 awsec2 amazonec2
rds awsrds amazonrds
lambda awslambda
ecs awsecs amazonecs
eks awseks amazoneks
gke googlekubernetesengine
aks azurekubernetesservice
cloudfront awscloudfront amazoncloudfront
route53 awsroute53
cloudwatch awscloudwatch
apigateway awsapigateway
cloudrun googlecloudrun
cloudflareworkers cfworkers
serverless faas functionasaservice
vm virtualmachine
linux gnulinux
macos osx macosx darwin
windows win
wsl wsl2 windowssubsystemforlinux
ssh openssh
cron cronjob crontab
scheduling scheduler jobscheduling
apachehttpd httpd
loadbalancer loadbalancing lb
vpn virtualprivatenetwork
githubactions gha githubworkflow ghactions
gitlabci gitlabcicd gitlabpipeline
azuredevops ado
jenkins jenkinsci
ci cicd continuousintegration
cd continuousdelivery continuousdeployment
deployment deploy
release releasing releasemanagement
bluegreen bluegreendeployment
featureflag featuretoggle featureswitch
versioncontrol vcs sourcecontrol scm
gitlfs lfs
githook precommithook
monorepo monorepository
npm npmjs
yarn yarnpkg
pnpm pnpmjs
pip pip3 pythonpip
pypi pythonpackageindex
venv virtualenv virtualenvironment
conda anaconda miniconda
poetry pythonpoetry
rubygems gem
nuget nugetpackage
maven mvn apachemaven
gradle gradlew
gomod gomodules
makefile make gnumake
bazel bazelbuild
vite vitejs
babel babeljs
esm esmodules ecmascriptmodules
commonjs cjs
dependency dependencymanagement
packagemanager packagemanagement
semver semanticversioning
lint linter linting
formatter codeformatting
build buildsystem buildtool
license licence licensing
opensource oss foss
react reactjs
reactnative rn
nextjs next
vue vuejs
nuxt nuxtjs
angular angular2 ng
angularjs angular1
svelte sveltejs
gatsby gatsbyjs
redux reduxjs
reduxtoolkit rtk
statemanagement statemanager
tailwind tailwindcss
materialui mui
d3 d3js
storybook storybookjs
frontend frontenddevelopment
backend backenddevelopment serverside
ui userinterface
ux userexperience
a11y accessibility
i18n internationalization internationalisation
l10n localization localisation
seo searchengineoptimization
ssr serversiderendering
ssg staticsitegeneration
spa singlepageapplication singlepageapp
pwa progressivewebapp
dom documentobjectmodel
serviceworker sw
websocket ws wss
sse serversentevents eventsource
express expressjs
nestjs nest
fastify fastifyjs
drf djangorestframework
celery celeryproject
springboot spring springframework
graphql gql
rest restapi restful restfulapi
openapi swagger oas
quic quicprotocol
tls ssl transportlayersecurity
mtls mutualtls
certificate cert x509 tlscertificate sslcertificate
dns domainnamesystem
cdn contentdeliverynetwork
cors crossoriginresourcesharing crossorigin
csp contentsecuritypolicy
tcp tcpip
networking network
email mail
authentication authn auth
authorization authz authorisation
rbac rolebasedaccesscontrol
accesscontrol acl
oauth oauth2 oauth20
oidc openidconnect
sso singlesignon
mfa 2fa twofactor multifactorauthentication twofactorauthentication
jwt jsonwebtoken
auth0
saml saml2
passkey webauthn
csrf xsrf crosssiterequestforgery
xss crosssitescripting
sqlinjection sqli
ssrf serversiderequestforgery
rce remotecodeexecution
security infosec cybersecurity
appsec applicationsecurity
cryptography crypto
secret secretmanagement secretsmanagement
vault hashicorpvault
gdpr dataprotection
supplychain supplychainsecurity
pii personaldata
performance perf
optimization optimisation
profiling profiler
benchmark benchmarking
memoryleak memleak
memory ram
oom outofmemory
gc garbagecollection garbagecollector
multithreading threading thread multithread
parallelism parallel parallelprogramming
multiprocessing multiprocess
racecondition datarace
async asynchronous asynchrony asyncprogramming
asyncawait await
locking lock
cache caching
ratelimiting ratelimit ratelimiter throttling throttle
retry retrying
backoff exponentialbackoff
idempotency idempotent
pagination paging paginate
messagequeue mq messagequeuing
deadletterqueue dlq deadletter
kafka apachekafka
rabbitmq rabbit
pubsub publishsubscribe
eventdriven eventdrivenarchitecture eda
cqrs commandqueryresponsibilitysegregation
ddd domaindrivendesign
distributedsystem distributedcomputing
replication databasereplication
sharding shard
partitioning partition
highavailability ha
logging log
observability o11y
opentelemetry otel
tracing distributedtracing
alerting alert
sre sitereliability sitereliabilityengineering
incidentresponse incidentmanagement
testing test
unittest unittesting
integrationtest integrationtesting
e2e endtoend endtoendtesting e2etesting
mock mocking
tdd testdrivendevelopment
bdd behaviordrivendevelopment behaviourdrivendevelopment
propertytesting propertybasedtesting
fuzzing fuzz fuzztesting
flakytest flaky flakiness testflakiness
snapshottest snapshottesting
codecoverage coverage testcoverage
jest jestjs
vitest vitetest
cypress cypressio
errorhandling exceptionhandling
debugging debug
troubleshooting troubleshoot
refactoring refactor
codereview pullrequestreview
documentation docs
config configuration
envvar env environmentvariable
dotenv envfile
commandline cli
filesystem fs
encoding characterencoding charset
arm64 aarch64
amd64 x8664 x64
timezone tz
datetime dateandtime
dst daylightsaving daylightsavingtime
floatingpoint float
serialization serialisation
deserialization deserialisation
parsing parser
dependencyinjection di
oop objectoriented objectorientedprogramming
algorithm algo
machinelearning ml
ai artificialintelligence
llm largelanguagemodel
genai generativeai
nlp naturallanguageprocessing
rag retrievalaugmentedgeneration
mcp modelcontextprotocol
promptengineering prompting
finetuning finetune
pytorch torch
tensorflow tf2
scikitlearn sklearn
numpy np
pandas pd
matplotlib pyplot
jupyter jupyternotebook jupyterlab
spark apachespark
airflow apacheairflow
flink apacheflink
etl extracttransformload
elt extractloadtransform
android androidos
electron electronjs
mobile mobiledevelopment mobileapp
gamedev gamedevelopment
unity unity3d
unrealengine unreal ue5
iot internetofthings
raspberrypi rpi
vscode visualstudiocode
intellij intellijidea
vim neovim nvim
https
`;
