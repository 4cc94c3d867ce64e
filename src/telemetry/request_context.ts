import { AsyncLocalStorage } from "node:async_hooks";

const requests = new AsyncLocalStorage<string | undefined>();

/** Runs `work` as a part of answering a request: whatever it logs or asks of others carries the request's id. */
export function inRequest<T>(requestId: string, work: () => T): T {
  return requests.run(requestId, work);
}

/** Runs `work` as a part of no request: it goes on for all. */
export function besideRequests<T>(work: () => T): T {
  return requests.run(undefined, work);
}

/** The id of the request that is being answered; undefined beside all requests. */
export function currentRequestId(): string | undefined {
  return requests.getStore();
}

/** What runs work as a part of what is done now, the trace too: for a queue that is served by somebody else. */
export function currentContext(): <T>(work: () => T) => T {
  return AsyncLocalStorage.snapshot();
}
