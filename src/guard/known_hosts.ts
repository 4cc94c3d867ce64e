/** Characters of a host's name. */
const NAME_CHARS = 253;
/** Top-level domains that names of files do not end with, as far as hosts in proposals have them. */
const TOP_LEVEL = new Set(
  "com net org io dev cc co app xyz top site online live info biz me sh to tk ru cn eu de fr es it nl pl br in uk us tr jp kr ai cloud tech space click link zip icu pro host run rest club store works tools systems network digital build page gg so is ly gd st rs pw la lol fun wtf red monster"
    .split(" "),
);
/** Labels of a host that stands without a scheme or a user, so that names of members are none. */
const BARE_LABELS = 3;
/** Second-level domains under which others register. */
const SHARED_LEVEL = /^(?:co|com|org|net|ac|gov)$/;
/** Domains of registries, forges, vendors and standards, as far as advice on software names them. */
const KNOWN = new Set(
  "github.com githubusercontent.com github.io gitlab.com gitlab.io bitbucket.org codeberg.org sr.ht sourceforge.net gnu.org savannah.gnu.org kernel.org pypi.org pythonhosted.org python.org python-poetry.org readthedocs.io npmjs.org npmjs.com nodejs.org nodesource.com yarnpkg.com pnpm.io deno.land deno.com deno.dev jsr.io esm.sh bun.sh unpkg.com jsdelivr.net cdnjs.com crates.io docs.rs rust-lang.org rustup.rs golang.org go.dev rubygems.org ruby-lang.org packagist.org getcomposer.org php.net maven.org apache.org gradle.org jetbrains.com kotlinlang.org nuget.org microsoft.com windows.net visualstudio.com azure.com azurewebsites.net azurecr.io aka.ms office.com live.com google.com googleapis.com googlesource.com gcr.io pkg.dev android.com chromium.org withgoogle.com web.dev amazonaws.com aws.amazon.com amazon.com cloudfront.net amazontrust.com cloudflare.com workers.dev vercel.com vercel.app nextjs.org netlify.com netlify.app heroku.com herokuapp.com fly.io fly.dev digitalocean.com hetzner.com debian.org ubuntu.com launchpad.net fedoraproject.org redhat.com centos.org almalinux.org opensuse.org archlinux.org alpinelinux.org nixos.org apple.com icloud.com swift.org cocoapods.org brew.sh docker.com docker.io ghcr.io quay.io k8s.io kubernetes.io helm.sh k3s.io rancher.com istio.io envoyproxy.io etcd.io jetstack.io cert-manager.io hashicorp.com terraform.io opentofu.org pulumi.com ansible.com grafana.com grafana.net prometheus.io opentelemetry.io jaegertracing.io elastic.co opensearch.org datadoghq.com sentry.io newrelic.com honeycomb.io pagerduty.com statuspage.io postgresql.org mysql.com mariadb.org sqlite.org redis.io valkey.io mongodb.com mongodb.net cassandra.apache.org clickhouse.com kafka.apache.org confluent.io rabbitmq.com nats.io supabase.com supabase.co neon.tech planetscale.com prisma.io stripe.com paypal.com twilio.com sendgrid.com mailgun.net slack.com discord.com telegram.org atlassian.com atlassian.net jira.com trello.com notion.so linear.app figma.com zoom.us openai.com anthropic.com claude.ai huggingface.co pytorch.org tensorflow.org nvidia.com ollama.com langchain.com cursor.com modelcontextprotocol.io mozilla.org mozilla.net firefox.com w3.org whatwg.org ietf.org rfc-editor.org iana.org icann.org owasp.org cve.org nist.gov mitre.org first.org letsencrypt.org digicert.com sectigo.com globalsign.com sigstore.dev oauth.net openid.net auth0.com okta.com keycloak.org vaultproject.io snyk.io sonarqube.org sonarcloud.io codecov.io coveralls.io circleci.com travis-ci.com jenkins.io buildkite.com stackoverflow.com stackexchange.com superuser.com serverfault.com wikipedia.org wikimedia.org medium.com dev.to reddit.com ycombinator.com youtube.com json-schema.org schema.org spdx.org semver.org editorconfig.org conventionalcommits.org keepachangelog.com opencontainers.org nginx.org nginx.com haproxy.org traefik.io caddyserver.com curl.se openssl.org openssh.com libressl.org wireguard.com tailscale.com zscaler.com fastly.com akamai.net cypress.io playwright.dev vitest.dev jestjs.io vitejs.dev vite.dev rollupjs.org webpack.js.org babeljs.io eslint.org prettier.io typescriptlang.org reactjs.org react.dev vuejs.org angular.io angular.dev svelte.dev astro.build tailwindcss.com graphql.org apollographql.com grpc.io protobuf.dev buf.build spring.io quarkus.io hibernate.org djangoproject.com palletsprojects.com fastapi.tiangolo.com pydantic.dev astral.sh rubyonrails.org laravel.com symfony.com wordpress.org dotnet.microsoft.com unity.com unrealengine.com godotengine.org ntp.org pool.ntp.org mkcert.dev letsdebug.net ssllabs.com haveibeenpwned.com hc-ping.com healthchecks.io uptimerobot.com"
    .split(" "),
);
const HARMLESS =
  /(?:^|\.)(?:example|test|invalid|localhost|acme|contoso|your-?\w{0,20}|my-?\w{0,20}|company|corp|foo|bar)\./;

/** A stretch that names a host. */
export interface NamedHost {
  readonly start: number;
  readonly end: number;
  /** Whether it is an example or run by somebody whom many know: who runs another may send and take anything. */
  readonly isKnown: boolean;
}

/** Where a text names hosts: after a scheme or a user's name, or with at least three labels. */
export function hostsIn(prose: string): NamedHost[] {
  const hosts: NamedHost[] = [];
  for (
    let dot = prose.indexOf("."), last = 0;
    dot !== -1;
    dot = prose.indexOf(".", Math.max(dot + 1, last))
  ) {
    if (!isNameChar(prose.charCodeAt(dot - 1)) || !isNameChar(prose.charCodeAt(dot + 1))) continue;
    let start = dot, end = dot + 1;
    while (start > last && dot - start < NAME_CHARS && isInName(prose, start - 1)) start--;
    while (end < prose.length && end - dot < NAME_CHARS && isInName(prose, end)) end++;
    last = end;
    while (prose[end - 1] === "." || prose[end - 1] === "-") end--;
    const name = prose.slice(start, end);
    if (isHost(name, prose.slice(Math.max(0, start - 3), start))) {
      hosts.push({ start, end, isKnown: isKnown(name) });
    }
  }
  return hosts;
}

function isNameChar(code: number): boolean {
  return code >= 97 && code <= 122 || code >= 48 && code <= 57;
}

function isInName(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return isNameChar(code) || code === 45 || code === 46 && isNameChar(text.charCodeAt(at + 1));
}

function isHost(name: string, before: string): boolean {
  const labels = name.split(".");
  if (!TOP_LEVEL.has(labels.at(-1)!)) return false;
  return before.endsWith("@") || before === "://" || labels.length >= BARE_LABELS && !before.endsWith("/");
}

function isKnown(host: string): boolean {
  const labels = host.split(".");
  const own = labels.slice(SHARED_LEVEL.test(labels.at(-2)!) && labels.length > 2 ? -3 : -2).join(".");
  return KNOWN.has(own) || KNOWN.has(labels.slice(-3).join(".")) || HARMLESS.test(`${host}.`);
}
