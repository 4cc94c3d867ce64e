/** Queues, streams, jobs, what is distributed. */
export const MESSAGING = `
message event
message > ordering duplicate acknowledge dead-letter partition backlog
event notification
queue broker
queue > visibility prefetch dead-letter
broker kafka rabbitmq
publish produce emit
producer publisher
producer > acks idempotent batch
consumer subscriber listener
consumer > rebalance offset lag group prefetch
subscriber > topic acknowledge
subscribe listen
topic channel
topic > partition retention compaction
offset > commit consumer earliest
commit > offset
rebalance > poll session heartbeat
kafka > offset partition rebalance
partitioned > ordering
acknowledge ack
ack > redeliver visibility prefetch
unacked > prefetch acknowledge
redelivered > acknowledge visibility duplicate
visibility > redeliver timeout
processed > idempotent acknowledge exactly-once
reprocess replay
replay > idempotent offset
exactly-once at-least-once idempotent
dedupe deduplicate idempotent
poison dead-letter dlq
deadletter dlq dead-letter
stuck > poison visibility
backlog > lag consumer scale
backpressure > buffer queue bounded
prefetch qos
prefetch > unacknowledged fairness
fifo ordering
fifo > group
worker consumer
worker > queue process prefetch
celery > worker broker acks visibility
sidekiq > job retry redis
job task
job > retry idempotent schedule queue
schedule cron
cron > timezone path environment overlap
overlapping > lock concurrency schedule
batch > chunk
outbox > transaction event duplicate
saga compensate > distributed transaction
distributed > consensus lock eventual
lease lock
lease > expire fencing
fencing token > lease
split-brain quorum > partition
cluster node
membership gossip
retention ttl
compaction > key tombstone
serialization avro
avro schema
registry schema
schema > compatible evolution
evolution > compatible backward
compatible backward
pubsub topic
fanout broadcast
notification push
push > token apns fcm
sns sqs
sqs > visibility fifo dead-letter
rabbitmq > prefetch ack quorum
nats jetstream
mqtt > qos retain
stream pipe
stream > backpressure
late > watermark window
watermark window
window tumbling
flink > checkpoint watermark
workflow orchestrate
temporal > deterministic replay workflow
throughput > batch parallel
lossy lost > acks acknowledge durable
dropped > buffer overflow acknowledge
eventsourcing cqrs
clock > logical
handler > idempotent
twice > visibility acknowledge
`;
