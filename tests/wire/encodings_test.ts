import { equal } from "node:assert/strict";
import { acceptsGzip } from "../../src/wire/encodings.ts";

const TAKEN = [
  ...["gzip", "GZip", "x-gzip", "br, gzip", "br;q=1.0,gzip;q=0.001", "gzip ; q=0.5", "gzip;Q=1", "*"],
  ...["*;q=0.1", "*;q=0, gzip", "identity, *", "deflate\t,\tgzip"],
];
const REFUSED = [
  ...[null, "", "br", "gzip;q=0", "gzip;q=0.000", "GZIP; Q=0", "gzip;q=0, *", "*;q=0", "br, *;q=0"],
  ...["identity", "not-gzip", "gzip-2", "gzip;q=", "gzip;q=x", "identity;q=1, *;q=0"],
];

Deno.test("gzip is taken where it, or anything, is named with a weight above 0", () => {
  for (const header of TAKEN) equal(acceptsGzip(header), true, header);
  for (const header of REFUSED) equal(acceptsGzip(header), false, String(header));
});
