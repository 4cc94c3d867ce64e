/** Git, CI, packages, builds, licences, shells. */
export const DELIVERY = `
git vcs
commit revision
commit > author hook signed history gitignore
branch head ref
detached > head checkout branch
checkout switch
clone fetch
clone > shallow depth lfs
shallow depth
shallow > fetch-depth history tags
merge rebase
rebase > force
squash fixup
cherry-pick backport
force > lease push
push publish
push > permission protected history force
history log
history > rewrite filter-repo blame
rewrite filter-repo
removing > history
pasted > secret credential leak
gitignore untracked ignored
untracked clean
tracked > gitignore cached
stash shelve
submodule nested
submodule > recursive detached
lfs pointer
lfs > quota binary
worktree checkout
bisect regression
blame annotate
diff patch
diff > whitespace endings
endings eol crlf
endings > autocrlf gitattributes
gitattributes autocrlf
autocrlf > crlf
whole > endings reformat
hook precommit
hook > bypass executable
signed signature gpg
author committer
identity > email
pull pr merge
pr > fork secret approval
fork > secret permission upstream
protected > branch permission
reflog recover
monorepo workspace
codeowners owner
ci pipeline
pipeline workflow
ci > cache runner environment
runner agent
runner > selfhosted filesystem toolcache
job step
job > matrix artifact
matrix > job
artifact artefact output
artifact > upload retention
cache key
cached > restore
workflow > permission token trigger concurrency
workflow action
action > pin sha version
trigger event
trigger > path branch
github_token token
github_token > permission read-only
masked redacted
masked > secret log
build compile
build > cache incremental artifact reproducible
locally > runner
nightly schedule
concurrency cancel
skipped > condition filter
condition > expression
deployment > environment approval
noninteractive > tty
version semver
version > pin constraint range
pin lock
pin > exact digest
semver caret tilde
range > semver constraint
tag release
changelog release
bump upgrade
upgrade > breaking deprecated
breaking incompatible
breaking > major semver
deprecated obsolete legacy
deprecated > replacement
eol end-of-life unsupported
removed deprecated
lockfile lock
lockfile > frozen mismatch
lock > frozen
frozen immutable
manifest lockfile
reproducible deterministic
reproducible > hash
install setup
install > postinstall path version prefix global signing
dependency package library
dependency > transitive conflict lockfile
transitive indirect
transitive > override resolution
peer dependency
peer > legacy conflict
resolve > version conflict
resolution > override transitive
vulnerability cve advisory
vulnerability > upgrade transitive
audit > vulnerability
typosquat malicious
supply > provenance pin
sbom provenance
postinstall script
npm node_modules
npm > lockfile peer registry
yarn > workspace resolution pnp
pnpm > hoist symlink workspace
hoist phantom
hoisting target > dependency
workspace > protocol hoist
node_modules > hoist symlink
npx > cache version
engine toolchain > version
nvm > version path shell
pip > wheel resolver venv
wheel sdist
wheel > platform compile abi
venv virtualenv
venv > path activate interpreter
interpreter > path venv
conda mamba
conda > channel environment
poetry > lock extras
pyproject setup.py
uv pip
editable development
site-packages > path
import module
import > circular path shadow
modulenotfounderror importerror import
modulenotfounderror > path package venv
circular cycle cyclic
circular > import
gem bundler
bundler > lock platform
composer packagist
maven gradle
maven > scope snapshot transitive
gradle > daemon cache wrapper
wrapper gradlew
snapshot > cached update
cargo crate
cargo > feature workspace lock
crate > feature
feature > unify
gomod module
module > replace proxy path
nuget > restore central
cmake > cache target generator
makefile > tab phony
phony target
bazel > sandbox hermetic remote
hermetic sandbox
incremental > stale cache
stale > incremental
compiler > version flag
linker link
linker > order static
link > library
symbol undefined
undefined > linker
shared dynamic dll dylib
dll > path architecture
library > path version abi
abi binary
abi > incompatible version
static > link
header include
include > path guard
toolchain sdk
crosscompile cross
cross > target sysroot
bundle package
bundle > treeshaking split size
treeshaking deadcode
treeshaking > sideeffects
bundler webpack vite rollup esbuild
webpack > loader alias chunk
vite > env optimize prefix
esm commonjs cjs mjs
esm > import extension dynamic
require import
require > esm commonjs
export > default named
transpile babel swc
polyfill > target
sourcemap source map
sourcemap > upload
minify > reflection name rename strip
release > minify optimized strip
strip remove
proguard r8 shrink
proguard > reflection
obfuscated > mapping proguard
optimized > undefined aliasing
debug release
watch watcher reload
watcher > inotify polling
hot > reload state
reload > cache
generated codegen
generated > stale commit
codegen > schema
template scaffold
lint linter eslint
lint > ignore
format formatter prettier
formatter > lint conflict
licence > attribution
copyleft gpl agpl lgpl
gpl > derivative source
closed proprietary commercial
proprietary > copyleft licence
attribution notice copyright
permissive mit apache bsd
ship distribute
ship > copyleft
oss opensource foss
dual > licence
cla contributor
container > build
signing codesign notarize
notarize > hardened
appstore store
crontab cron
path > cron environment
script shell
script > executable shebang quote
shebang interpreter
executable > permission chmod shebang
executable binary
shell bash zsh sh
shell > quote expansion exit
bash > quote subshell pipefail
dash sh
posix portable
quote > expansion space
spaces > quote escape path
space whitespace
expansion glob
glob wildcard
globstar > glob
subshell > variable pipe
pipefail pipe
pipe > status
errexit pipefail
errexit > condition
heredoc > quote expand
alias > shell function
awk sed
sed > inplace bsd gnu
bsd gnu > option portable
macos darwin osx
macos > case bsd quarantine
windows win32
windows > path backslash endings lock
backslash separator
powershell pwsh
powershell > encoding array policy
wsl windows
terminal tty console
tty > interactive docker
stdin input
stdout output
stderr > output redirect
colors ansi > tty escape
argument parameter args
argument > quote limit
xargs > quote null
exit > trap
trap signal
ssh > config tty
tmux screen nohup
nohup detach background
sudo root > environment path
`;
