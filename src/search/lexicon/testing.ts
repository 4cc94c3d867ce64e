/** Tests and their doubles. */
export const TESTING = `
test spec suite
test > fixture isolation mock order parallel shared
suite > parallel order
red > assertion flaky
results > deterministic
fixture setup
fixture > scope
teardown cleanup
isolation > transaction schema shared
leftovers > teardown
mock stub fake
mock > import restore
patch > import path
spy mock
fake > clock timer
real > clock network
clock > inject fake
time > freeze
31st > real
unit integration
integration > container
e2e end-to-end
e2e > wait selector
playwright cypress selenium
selenium > stale wait driver
element > stale wait
locator selector
selector > stable
sleep wait
sleep retry > flaky
assertion expect
assert > await message
expected > actual
golden snapshot
coverage > branch
property fuzz
fuzz > corpus
reproduce repro
reproduce > seed environment
ordering > dependent
dependent > order
parallel > port database shared
timeouts > slow
headless > display font
screenshot visual
screenshot pixel > font
jest vitest
jest > transform esm timers
pytest > fixture conftest
conftest fixture
unittest test
junit > lifecycle
mockito mock
testcontainers container
rspec > database
mutation > assertion
contract pact
load > benchmark
benchmark > warmup
passes > mocked skipped
hangs > open handle
`;
