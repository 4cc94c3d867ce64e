/**
 * Names of products, tools, formats and protocols that are no everyday words. A question can only call them by their names, so
 * they do not count as words that it takes over from a unit.
 */
export const NAMES: ReadonlySet<string> = new Set(
  (`
    activerecord aiohttp airflow alembic alpine amazon android angular ansible argon2 aws azure bash bcrypt
    bigquery bun caddy cargo celery chrome cloudflare cloudfront cmake composer conda coredns cron
    csv curl dart datadog debian deno django docker dockerfile dynamodb elasticsearch esbuild eslint excel
    fastapi ffmpeg firebase firefox flask flutter gcloud gcp git github gitlab glibc gmail go
    golang google gradle grafana graphql grep grpc gson guava gunicorn gzip helm hibernate hikari html http
    https huggingface iphone istio java javascript jdbc jdk jenkins jest jpa jquery js json junit jupyter
    jvm jwt kafka keycloak kibana kotlin kubectl kubernetes lambda laravel linux lodash macbook macos
    mariadb maven memcached mongo mongodb musl mysql netty nextjs nfs nginx node nodejs npgsql npm npmrc
    numpy oauth openssl opentelemetry oracle pandas parquet pgbouncer php pip pipx playwright pnpm podman
    poetry postgres postgresql powershell prometheus protobuf psql puppeteer pydantic pypi pytest python
    pytorch rabbitmq rails rds react redis rollup rsync ruby rust rustls s3 safari sed selenium sentry serde
    sinatra snowflake spark spring springfox sql sqlalchemy sqlite ssh ssl statsd stripe swift systemd
    terraform tls tmux tokio toml typescript ubuntu ufw uvicorn uvloop v8 vite vitest vue webpack websocket
    wget windows wpf wsl xcode xcodebuild yaml yarn zod zsh
  `).trim().split(/\s+/),
);
