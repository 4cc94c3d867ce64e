import assert from "node:assert/strict";
import { temporaryDirectory } from "../fixtures/directory.ts";
import { ROOT } from "../fixtures/source_tree.ts";

const PORT = "3456";

async function devSetup(folder: string): Promise<string> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-A",
      "--frozen",
      "--no-check",
      `--config=${ROOT}/deno.json`,
      `${ROOT}/cli.ts`,
      "dev-setup",
    ],
    cwd: folder,
    env: { CQ_PORT: PORT },
    stdout: "null",
    stderr: "piped",
  }).output();
  assert.ok(success);
  return new TextDecoder().decode(stderr);
}

Deno.test("dev-setup makes secrets, a database and a first key that is shown once", async () => {
  await using directory = await temporaryDirectory();
  const first = await devSetup(directory.path);
  assert.match(first, /For development only/);
  assert.match(first, /API key {3}cqa\.v1\.[0-9a-f]{32}\.[a-z2-7]{52}/);
  const settings = await Deno.readTextFile(directory.file(".cq/dev.env"));
  assert.match(settings, /^CQ_JWT_SECRET=[a-z2-7]{52}$/m);
  const clients = await Deno.readTextFile(directory.file(".cq/client.env"));
  const [, key] = first.match(/API key {3}(\S+)/)!;
  const [, password] = first.match(/password {2}(\S+)/)!;
  assert.equal(
    clients,
    `export CQ_ADDR=http://127.0.0.1:${PORT}\nexport CQ_API_KEY=${key}\nexport DEV_PASSWORD=${password}\n`,
  );
  for (const file of ["dev.env", "client.env"]) {
    assert.equal((await Deno.stat(directory.file(`.cq/${file}`))).mode! & 0o777, 0o600, file);
  }

  const second = await devSetup(directory.path);
  assert.doesNotMatch(second, /API key|password/);
  assert.equal(await Deno.readTextFile(directory.file(".cq/dev.env")), settings);
  assert.equal(await Deno.readTextFile(directory.file(".cq/client.env")), clients);
  assert.match(second, /^The first user and key are in \.cq\/client\.env\.$/m);
  await Deno.remove(directory.file(".cq/client.env"));
  assert.match(await devSetup(directory.path), /client\.env .* is gone; remove \.cq to begin anew\.$/m);
});
