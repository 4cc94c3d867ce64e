import assert from "node:assert/strict";
import { APP_VERSION } from "../../src/version.ts";
import { readSource } from "../fixtures/source_tree.ts";

const PLACES: Readonly<Record<string, RegExp>> = {
  Dockerfile: /^ARG APP_VERSION=(.*)$/m,
  "compose.yaml": /image: cq-server:\$\{IMAGE_TAG:-(.*)\}/,
  "packaging/helm/cq/Chart.yaml": /^appVersion: "(.*)"$/m,
};

Deno.test("image, Compose and chart have the version of the server", async () => {
  for (const [path, pattern] of Object.entries(PLACES)) {
    assert.equal(pattern.exec(await readSource(path))?.[1], APP_VERSION, path);
  }
});
