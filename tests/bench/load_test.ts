import assert from "node:assert/strict";
import { type Load, SERIAL } from "../../bench/load.ts";
import { inOwnProcess } from "../../bench/measure.ts";

const REQUEST = "GET /path HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n";
const LOAD: Omit<Load, "port"> = {
  requests: [{ label: "get", text: REQUEST }],
  seconds: 0.1,
  connections: 4,
  requestsMax: 1_000_000,
  patience_s: 60,
};

interface TestServer extends AsyncDisposable {
  readonly port: number;
}

function serve(handler: (request: Request) => Response | Promise<Response>): TestServer {
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen(): void {} }, handler);
  return { port: server.addr.port, [Symbol.asyncDispose]: () => server.shutdown() };
}

Deno.test("a load counts every answer by status, and those within its time for the rate", async () => {
  let asked = 0;
  await using server = serve(() => new Response("body", { status: asked++ % 2 === 0 ? 200 : 404 }));
  const { statuses, answered, perSecond, latencies } = await inOwnProcess({ ...LOAD, port: server.port });
  assert.deepEqual(Object.keys(statuses).sort(), ["200", "404"]);
  assert.equal(statuses["200"]! + statuses["404"]!, answered);
  assert.equal(answered, asked);
  assert.ok(perSecond > 0 && latencies["get"]!.p50_ms <= latencies["get"]!.p99_ms);
});

Deno.test("a load sends no more requests than it may, in all and on each connection", async () => {
  let asked = 0;
  await using server = serve(() => new Response(String(asked++)));
  const limits = { requestsMax: 7, seconds: 60 };
  assert.equal((await inOwnProcess({ ...LOAD, ...limits, port: server.port })).answered, 7);
  const once = { perConnectionMax: 1, seconds: 60 };
  assert.equal((await inOwnProcess({ ...LOAD, ...once, port: server.port })).answered, LOAD.connections);
  assert.equal(asked, 7 + LOAD.connections);
});

Deno.test("a request that asks for a number has one of its own each time it is sent, in every load", async () => {
  const asked: string[] = [];
  await using server = serve(({ url }) => {
    asked.push(new URL(url).pathname);
    return new Response("");
  });
  const requests = [{ label: "get", text: `GET /${SERIAL}/end HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n` }];
  const load = { ...LOAD, requests, requestsMax: 10, seconds: 60, port: server.port };
  await inOwnProcess(load);
  await inOwnProcess(load);
  assert.equal(new Set(asked).size, 20);
  assert.ok(asked.every((path) => /^\/serial-\d{14}\/end$/.test(path)), String(asked));
});

Deno.test("a server too slow for the time of a load is measured by all its answers", async () => {
  const arrived = Promise.withResolvers<void>();
  let asked = 0;
  // No request is answered before every connection has sent one and the time is over.
  await using server = serve(async () => {
    if (++asked === LOAD.connections) setTimeout(arrived.resolve, 200);
    await arrived.promise;
    return new Response("late");
  });
  const { answered, perSecond, lastAnswer_ms } = await inOwnProcess({ ...LOAD, port: server.port });
  assert.equal(answered, LOAD.connections);
  assert.equal(perSecond, answered / (lastAnswer_ms / 1000));
});

Deno.test("a load does not wait for ever: what is not answered when patience ends is reported", async () => {
  const end = Promise.withResolvers<void>();
  await using server = serve(async () => {
    await end.promise;
    return new Response("too late");
  });
  const { answered, perSecond, statuses } = await inOwnProcess({
    ...LOAD,
    patience_s: 0.3,
    port: server.port,
  });
  end.resolve();
  assert.deepEqual(statuses, { unanswered: LOAD.connections });
  assert.deepEqual([answered, perSecond], [0, 0]);
});

Deno.test("connections that nobody accepts are counted as broken", async () => {
  const server = serve(() => new Response());
  await server[Symbol.asyncDispose]();
  const { statuses } = await inOwnProcess({ ...LOAD, port: server.port });
  assert.deepEqual(statuses, { broken: LOAD.connections });
});
