import { deepEqual } from "node:assert/strict";
import { ObservedDatabase } from "../../src/database/observed.ts";
import { besideRequests, currentRequestId, inRequest } from "../../src/telemetry/request_context.ts";
import { SlowLog } from "../../src/telemetry/slow_log.ts";
import { systemClock } from "../../src/wire/time.ts";
import { testDatabase } from "../fixtures/database.ts";

Deno.test("the id of a request is known wherever it is answered, and nowhere beside it", async () => {
  const seen = await inRequest("a", async () => {
    await Promise.resolve();
    return [
      currentRequestId(),
      besideRequests(currentRequestId),
      inRequest("b", currentRequestId),
      currentRequestId(),
    ];
  });
  deepEqual([...seen, currentRequestId()], ["a", undefined, "b", "a", undefined]);
});

Deno.test("a transaction that waits in a queue runs as a part of its own request", async () => {
  await using test = await testDatabase();
  const clock = systemClock();
  const database = new ObservedDatabase(test.database, { clock, slow: new SlowLog(0, clock) });
  const own = (id: string): Promise<string | undefined> =>
    inRequest(id, () => database.transaction(() => Promise.resolve(currentRequestId())));
  const ids = ["a", "b", "c"];
  deepEqual(
    await Promise.all([...ids.map(own), database.transaction(() => Promise.resolve(currentRequestId()))]),
    [
      ...ids,
      undefined,
    ],
  );
});

Deno.test("the queue itself belongs to no request, whoever came first", async () => {
  await using test = await testDatabase();
  const seen: (string | undefined)[] = [];
  const ask = (id: string): Promise<void> =>
    inRequest(id, () => test.database.transaction(() => Promise.resolve(void seen.push(currentRequestId()))));
  await Promise.all(["a", "b"].map(ask));
  deepEqual(seen, [undefined, undefined]);
});
