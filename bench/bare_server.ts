/**
 * The least a server can do: returns bodies from memory, each at its path. `{path: body}` on standard input, the port as argument.
 */
const bodies = new Map<string, string>(Object.entries(await new Response(Deno.stdin.readable).json()));
const headers = { "content-type": "application/json", "x-content-type-options": "nosniff" };

Deno.serve(
  { hostname: "127.0.0.1", port: Number(Deno.args[0]), onListen(): void {} },
  ({ url }): Response => {
    const body = bodies.get(url.slice(url.indexOf("/", "http://".length)));
    return new Response(body ?? "", { status: body === undefined ? 404 : 200, headers });
  },
);
