import assert from "node:assert/strict";
import { basename } from "node:path";
import { DRAIN_MS } from "../../src/connection_limits.ts";
import { temporaryDirectory } from "../fixtures/directory.ts";
import { readSource, ROOT } from "../fixtures/source_tree.ts";
import { configOf, readableFolders } from "./environment.ts";
import { runProgram, runTool, WITHOUT_TOOLS } from "./tools.ts";

interface Service {
  readonly image: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly stop_grace_period: string;
  readonly user?: string;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly ports?: readonly { readonly host_ip: string }[];
  readonly secrets?: readonly { readonly source: string; readonly target: string }[];
  readonly volumes?: readonly { readonly source: string; readonly target: string }[];
}

interface Project {
  readonly services: Readonly<Record<string, Service>>;
  readonly secrets?: Readonly<Record<string, { readonly file: string }>>;
}

const PROFILES: Readonly<Record<string, { readonly server: string; readonly services: readonly string[] }>> =
  {
    sqlite: { server: "cq", services: ["cq"] },
    litestream: { server: "cq-litestream", services: ["cq-litestream", "litestream"] },
    postgres: { server: "cq-postgres", services: ["cq-postgres", "postgres"] },
  };
const SECRETS = ["database_url", "jwt", "pepper", "postgres_password"];

/** What Compose makes of the file, whatever this machine has set for it. */
async function project(profile: string): Promise<Project> {
  const args = ["--env-file", "/dev/null", "--profile", profile, "config", "--format", "json"];
  const { code, stdout, stderr } = await runTool("docker-compose", args, { cwd: ROOT });
  assert.equal(code, 0, stderr);
  assert.equal(stderr, "");
  return JSON.parse(stdout);
}

async function makeSecrets(folder: string): Promise<Record<string, string>> {
  const { code, stderr } = await runProgram("sh", ["packaging/make_secrets", folder], { cwd: ROOT });
  assert.equal(code, 0, stderr);
  const contents = SECRETS.map(async (name) => [name, await Deno.readTextFile(`${folder}/${name}`)] as const);
  return Object.fromEntries(await Promise.all(contents));
}

for (const [profile, { server, services }] of Object.entries(PROFILES)) {
  Deno.test({
    name: `Compose takes the profile ${profile}: confined services, a server with all it needs`,
    ignore: WITHOUT_TOOLS,
    async fn(): Promise<void> {
      const found = await project(profile);
      assert.deepEqual(Object.keys(found.services).sort(), services);
      for (const service of Object.values(found.services)) {
        assert.equal(service.read_only, true);
        assert.deepEqual(service.cap_drop, ["ALL"]);
        assert.deepEqual(service.security_opt, ["no-new-privileges:true"]);
        for (const { condition } of Object.values(service.depends_on ?? {})) {
          assert.equal(condition, "service_healthy");
        }
      }

      const { environment = {}, secrets = [], ports = [], stop_grace_period } = found.services[server]!;
      const config = await configOf(environment);
      assert.equal(config.database.engine, profile === "postgres" ? "postgres" : "sqlite");
      const mounted = secrets.map(({ target }) => target);
      const named = Object.entries(environment).filter(([name]) => name.endsWith("_FILE"));
      assert.deepEqual(named.map(([, path]) => path).sort(), mounted.toSorted());
      const readable = readableFolders(await readSource("Dockerfile"));
      for (const path of mounted) assert.ok(readable.some((folder) => path.startsWith(`${folder}/`)), path);
      assert.deepEqual(ports.map(({ host_ip }) => host_ip), ["127.0.0.1"]);
      assert.ok(parseInt(stop_grace_period) * 1000 > DRAIN_MS, stop_grace_period);
      const files = Object.values(found.secrets ?? {}).map(({ file }) => basename(file));
      for (const file of files) assert.ok(SECRETS.includes(file), file);
    },
  });
}

Deno.test({
  name:
    "the sidecar is the Litestream that takes its configuration, copies the image's database and is its user",
  ignore: WITHOUT_TOOLS,
  async fn(): Promise<void> {
    const { "cq-litestream": server, litestream } = (await project("litestream")).services;
    const dockerfile = await readSource("Dockerfile");
    assert.equal(litestream!.user, /^USER (\S+)$/m.exec(dockerfile)?.[1]);
    const dataOf = (service: Service | undefined): unknown =>
      service!.volumes?.find(({ target }) => target === "/data")?.source;
    assert.equal(dataOf(litestream), dataOf(server));

    const version = await runTool("litestream", ["version"], { cwd: ROOT });
    assert.equal(litestream!.image, `litestream/litestream:${version.stdout.trim().replace(/^v/, "")}`);
    const args = ["databases", "-config", "packaging/litestream.yml"];
    const env = { ...litestream!.environment, LITESTREAM_REPLICA_URL: "s3://bucket/cq" };
    const { code, stdout, stderr } = await runTool("litestream", args, { cwd: ROOT, env });
    assert.equal(code, 0, stderr);
    const database = /CQ_DB_PATH=(\S+)/.exec(dockerfile)?.[1];
    assert.match(stdout, new RegExp(`^${database}\\s+s3$`, "m"));
  },
});

Deno.test("secrets for Compose are made once: long, and out of the reach of others on the machine", async () => {
  await using directory = await temporaryDirectory();
  const folder = directory.file("secrets");
  const made = await makeSecrets(folder);
  assert.deepEqual(await makeSecrets(folder), made, "a second run changed something");

  const { mode } = await Deno.stat(folder);
  assert.equal(mode! & 0o777, 0o700);
  for (const name of SECRETS) assert.equal((await Deno.stat(`${folder}/${name}`)).mode! & 0o777, 0o644);
  assert.ok(made["jwt"]!.length >= 64 && made["pepper"]!.length >= 64 && made["jwt"] !== made["pepper"]);
  const url = new URL(made["database_url"]!);
  assert.deepEqual([url.host, url.username, url.pathname], ["postgres:5432", "cq", "/cq"]);
  assert.equal(url.password, made["postgres_password"]);
});
