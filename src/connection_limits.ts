/** The bounds of connections and of what is read from them; every other one stands in limits.ts. */

/** Bytes of a body that no route wants and that are read all the same, to keep the connection. */
export const DISCARDED_BODY_MAX_BYTES = 65_536;
/** Milliseconds a client has to send a body: the largest one at 9 kB a second, a tenth of what a bad mobile network has. */
export const BODY_READ_MS = 30_000;
/** Milliseconds such a body is waited for before its request is answered all the same: then the connection ends. */
export const DISCARDED_BODY_READ_MS = 2_000;
/** Bytes up to which a body is always read, as most proposals are: ten thousand of them at the same time take 160 MB. */
export const BODY_UNCOUNTED_MAX_BYTES = 16_384;
/** Bytes of all larger bodies that are waited for at the same time: a thousand of the largest. Further ones are answered 503. */
export const BODIES_MAX_BYTES = 268_435_456;

/** Milliseconds in which requests under way may finish after SIGTERM: containers are killed after ten seconds. */
export const DRAIN_MS = 9_000;
/** Milliseconds without a request after which a draining server takes none any more, and for how long it waits for that. */
export const DRAIN_QUIET_MS = 100;
export const DRAIN_LINGER_MS = 7_000;
/** Milliseconds until connections are taken again where one could not be. */
export const LISTEN_AGAIN_MS = 250;
/** Milliseconds between two log lines that tell of it. */
export const LISTEN_WARNING_INTERVAL_MS = 10_000;
/** File descriptors that must be free to start a worker: some ten, and as many for connections that are taken meanwhile. */
export const WORKER_FILES = 24;
/** File descriptors that must be free to load the protocol of agents: one, and others for connections that are taken meanwhile. */
export const PROTOCOL_FILES = 8;
/** File descriptors that must be free to read the stack of an error. */
export const STACK_FILES = 2;
