import assert from "node:assert/strict";
import { DRAIN_MS } from "../../src/connection_limits.ts";
import { testApp } from "../fixtures/app.ts";
import { readSource, ROOT } from "../fixtures/source_tree.ts";
import { configOf, readableFolders } from "./environment.ts";
import { runTool, WITHOUT_TOOLS } from "./tools.ts";

interface Probe {
  readonly httpGet: { readonly path: string };
}

interface Container {
  readonly image: string;
  readonly command?: readonly string[];
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly volumeMounts: readonly { readonly mountPath: string; readonly name: string }[];
  readonly securityContext: unknown;
  readonly lifecycle?: { readonly preStop: { readonly exec: { readonly command: readonly string[] } } };
  readonly startupProbe?: Probe;
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
}

interface Pod {
  readonly automountServiceAccountToken: boolean;
  readonly securityContext: Readonly<Record<string, unknown>>;
  readonly terminationGracePeriodSeconds?: number;
  readonly containers: readonly [Container];
  readonly volumes: readonly { readonly name: string; readonly persistentVolumeClaim?: unknown }[];
}

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: {
    readonly replicas?: number;
    readonly strategy?: unknown;
    readonly template?: { readonly spec: Pod };
    readonly [other: string]: unknown;
  };
}

interface Rendering {
  readonly manifests: readonly Manifest[];
  readonly findings: readonly string[];
  readonly notes: readonly string[];
}

interface Report {
  readonly lint: {
    readonly messages: readonly { readonly severity: number; readonly error: string }[];
    readonly errors: readonly string[];
  };
  readonly results: readonly (Rendering | { readonly refusal: string })[];
}

const CHART = "packaging/helm/cq";
/** The versions of Kubernetes whose schemas the manifests must fit: the oldest the chart admits, and the newest known. */
const VERSIONS = ["1.25.0", "1.37.0"];
const LINT_WARNING = 2;

const EVERYTHING = {
  database: "postgres",
  image: { pullSecrets: [{ name: "registry" }] },
  env: { CQ_LOG_LEVEL: "warning" },
  ingress: {
    enabled: true,
    className: "nginx",
    tlsSecret: "cq-tls",
    annotations: { "example.com/a": "b" },
  },
  serviceMonitor: { enabled: true },
  networkPolicy: { enabled: true, from: [{ namespaceSelector: {} }] },
  podAnnotations: { "example.com/c": "d" },
  nodeSelector: { "kubernetes.io/os": "linux" },
  tolerations: [{ operator: "Exists" }],
  affinity: { nodeAffinity: {} },
};
const ACCEPTED = {
  sqlite: {},
  "a claim of one's own": { persistence: { existingClaim: "mine", storageClass: "fast" } },
  postgres: { database: "postgres" },
  everything: EVERYTHING,
  metrics: { serviceMonitor: { enabled: true, labels: { release: "prometheus" } } },
};
const REFUSED = {
  database: { database: "mysql" },
  existingSecret: { existingSecret: "" },
  replicas: { replicas: 0 },
  nonsense: { nonsense: true },
  CQ_PORT: { env: { CQ_PORT: 3000 } },
  size: { persistence: { size: "large" } },
};

async function render(): Promise<Report> {
  const values = [...Object.values(ACCEPTED), ...Object.values(REFUSED)];
  const { code, stdout, stderr } = await runTool(
    "python",
    ["tests/packaging/render_chart.py", CHART, ...VERSIONS],
    { cwd: ROOT, stdin: JSON.stringify(values.map((each) => ({ values: each }))) },
  );
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout);
}

const REPORT = WITHOUT_TOOLS ? undefined : await render();

function rendering(name: keyof typeof ACCEPTED): Rendering {
  const result = REPORT!.results[Object.keys(ACCEPTED).indexOf(name)]!;
  if ("refusal" in result) throw new Error(`${name}: ${result.refusal}`);
  return result;
}

function kindsOf(name: keyof typeof ACCEPTED): string[] {
  return rendering(name).manifests.map(({ kind }) => kind).sort();
}

function only(name: keyof typeof ACCEPTED, kind: string): Manifest {
  const [found, ...others] = rendering(name).manifests.filter((manifest) => manifest.kind === kind);
  assert.ok(found !== undefined && others.length === 0, `${name} has not one ${kind}`);
  return found;
}

function environmentOf({ env }: Container): Record<string, string> {
  return Object.fromEntries(env.map(({ name, value }) => [name, value]));
}

function test(name: string, fn: () => void | Promise<void>): void {
  Deno.test({ name: `the chart: ${name}`, ignore: WITHOUT_TOOLS, fn });
}

test("Helm has nothing against it, and its manifests fit Kubernetes' schemas", () => {
  const { messages, errors } = REPORT!.lint;
  assert.deepEqual(messages.filter(({ severity }) => severity >= LINT_WARNING), []);
  assert.deepEqual(errors, []);
  for (const name of Object.keys(ACCEPTED) as (keyof typeof ACCEPTED)[]) {
    assert.deepEqual(rendering(name).findings, [], name);
    assert.match(rendering(name).notes.join(), /exec -it deployment\/cq -- cq user add/);
  }
});

test("values that mean nothing are refused, and the refusal names them", () => {
  const results = REPORT!.results.slice(Object.keys(ACCEPTED).length);
  for (const [index, name] of Object.keys(REFUSED).entries()) {
    const result = results[index]!;
    assert.ok("refusal" in result && result.refusal.includes(name), name);
  }
});

test("on SQLite one server owns a volume that outlives the release, or a claim that was there", () => {
  assert.deepEqual(kindsOf("sqlite"), ["Deployment", "PersistentVolumeClaim", "Service"]);
  const { spec } = only("sqlite", "Deployment");
  assert.deepEqual([spec.replicas, spec.strategy], [1, { type: "Recreate" }]);
  const claim = only("sqlite", "PersistentVolumeClaim").metadata.annotations;
  assert.equal(claim?.["helm.sh/resource-policy"], "keep");
  assert.deepEqual(kindsOf("a claim of one's own"), ["Deployment", "Service"]);
  const { volumes } = only("a claim of one's own", "Deployment").spec.template!.spec;
  assert.deepEqual(volumes.find(({ name }) => name === "data")?.persistentVolumeClaim, { claimName: "mine" });
});

test("on Postgres a job migrates before the servers change, which only check", async () => {
  assert.deepEqual(kindsOf("postgres"), ["Deployment", "Job", "PodDisruptionBudget", "Service"]);
  const job = only("postgres", "Job");
  assert.equal(job.metadata.annotations?.["helm.sh/hook"], "pre-install,pre-upgrade");
  const [migration] = job.spec.template!.spec.containers;
  assert.deepEqual(migration.command, ["cq", "migrate"]);
  const { spec } = only("postgres", "Deployment");
  assert.equal(spec.replicas, 2);
  assert.deepEqual(spec.strategy, {
    type: "RollingUpdate",
    rollingUpdate: { maxUnavailable: 0, maxSurge: 1 },
  });
  const config = await configOf(environmentOf(spec.template!.spec.containers[0]));
  assert.deepEqual([config.database.engine, config.opening.mode], ["postgres", "check"]);
});

test("every pod is confined, and reads its secrets where the image's server may", async () => {
  const readable = readableFolders(await readSource("Dockerfile"));
  const pods = (Object.keys(ACCEPTED) as (keyof typeof ACCEPTED)[]).flatMap((name) =>
    rendering(name).manifests
  )
    .flatMap(({ spec }) => spec.template === undefined ? [] : [spec.template.spec]);
  assert.equal(pods.length, Object.keys(ACCEPTED).length + 2, "a Deployment each, and the jobs");
  for (const { automountServiceAccountToken, securityContext, containers: [container] } of pods) {
    assert.equal(automountServiceAccountToken, false);
    assert.deepEqual([securityContext["runAsNonRoot"], securityContext["fsGroup"]], [true, 1993]);
    assert.deepEqual(container.securityContext, {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    });
    const mounts = container.volumeMounts.map(({ mountPath }) => `${mountPath}/`);
    for (const [name, path] of Object.entries(environmentOf(container))) {
      if (!name.endsWith("_FILE")) continue;
      assert.ok(mounts.some((mount) => path.startsWith(mount)), `${name}: ${path} is not mounted`);
      assert.ok(readable.some((folder) => path.startsWith(`${folder}/`)), `${path} is not readable`);
    }
  }
});

test("a server has time to drain, and is asked what it answers", async () => {
  const { containers: [server], terminationGracePeriodSeconds } =
    only("sqlite", "Deployment").spec.template!.spec;
  const pause_s = Number(server.lifecycle!.preStop.exec.command[1]);
  assert.ok((terminationGracePeriodSeconds! - pause_s) * 1000 > DRAIN_MS);
  await using app = await testApp();
  for (const probe of [server.startupProbe, server.livenessProbe, server.readinessProbe]) {
    const response = await app.request("GET", probe!.httpGet.path);
    await response.body?.cancel();
    assert.equal(response.status, 200, probe!.httpGet.path);
  }
});

test("what is optional is there when it is wanted, and the values' variables win", async () => {
  assert.deepEqual(kindsOf("everything"), [
    "Deployment",
    "Ingress",
    "Job",
    "NetworkPolicy",
    "PodDisruptionBudget",
    "Service",
    "ServiceMonitor",
  ]);
  assert.deepEqual(kindsOf("metrics"), ["Deployment", "PersistentVolumeClaim", "Service", "ServiceMonitor"]);
  const { env } = only("metrics", "Deployment").spec.template!.spec.containers[0];
  assert.ok(env.some(({ name }) => name === "CQ_METRICS_TOKEN_FILE"));
  const [server] = only("everything", "Deployment").spec.template!.spec.containers;
  const config = await configOf(environmentOf(server));
  assert.deepEqual([config.logLevel, config.publicUrl], ["warning", "https://cq.example.com"]);
});
