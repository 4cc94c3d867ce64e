/** Logs, metrics, traces, incidents. */
export const OBSERVABILITY = `
log > level rotation structured buffer stdout
rotation logrotate
rotation > size
level verbosity
debug > level
journald > rate
structured > field
correlation trace
correlation > id context
metric measure
metric > cardinality label scrape
cardinality label
histogram percentile
percentile p99 quantile
percentile > average aggregate
average > percentile
gauge counter
counter > reset rate
rate > counter window
prometheus > scrape cardinality
scrape > target interval
grafana dashboard
dashboard chart
dashboard > query variable
alert alarm page
alert > threshold noise grouping
noisy > grouping
pager oncall
trace span
trace > sampling propagate context
propagate context
otel opentelemetry
opentelemetry > exporter collector context
collector exporter
sentry breakpoint > sourcemap
profile flamegraph
profile > cpu allocation
bottleneck hotspot
slo sli
slo > budget
health > check
monitor observe
uptime availability
investigate diagnose troubleshoot
diagnose > trace log profile
debug debugger breakpoint
dump core
coredump dump
strace syscall
tcpdump packet
apm trace
incident postmortem
runbook incident
usage utilization
utilization saturation
`;
