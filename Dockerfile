# The cq server. docs/packaging.md says how to build and run it, and what of this file was checked.
ARG DENO_VERSION=2.9.6

FROM denoland/deno:${DENO_VERSION} AS build
# Set it where packages come from a mirror; empty is the public registry.
ARG NPM_CONFIG_REGISTRY
ENV DENO_DIR=/deno-dir DENO_NO_UPDATE_CHECK=1
WORKDIR /app
# Everything in the lock file, checked against it: a layer of its own, renewed only when a dependency changes.
COPY deno.json deno.lock ./
RUN deno install --frozen
COPY packaging/prune_manifest.ts /packaging/
COPY main.ts cli.ts LICENSE ./
COPY migrations migrations
COPY src src
# What only tests need goes, from the manifest, the lock file and the cache; the last line fails where too much went.
RUN deno run --no-config --allow-read=/app --allow-write=/app /packaging/prune_manifest.ts /app \
  && deno install --frozen=false --cached-only \
  && deno cache --frozen main.ts cli.ts src/accounts/password_worker.ts src/database/*_worker.ts src/knowledge/guard_worker.ts \
  && deno clean --except main.ts cli.ts src/accounts/password_worker.ts src/database/*_worker.ts src/knowledge/guard_worker.ts \
  && deno run --frozen --cached-only --allow-env cli.ts --version

FROM denoland/deno:${DENO_VERSION}
ARG DENO_VERSION
ARG NPM_CONFIG_REGISTRY
ARG APP_VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="cq server" \
  org.opencontainers.image.description="Shared knowledge store for coding agents" \
  org.opencontainers.image.version="${APP_VERSION}" \
  org.opencontainers.image.revision="${REVISION}" \
  org.opencontainers.image.licenses="Apache-2.0" \
  org.opencontainers.image.base.name="docker.io/denoland/deno:${DENO_VERSION}"
# The cache is kept under the registry's name, so a mirror must have the same one at run time. SQLite sorts what does not
# fit into memory in files: in /data, the only place that can be written. Memory limits are the container's.
ENV DENO_DIR=/deno-dir \
  DENO_NO_UPDATE_CHECK=1 \
  DENO_NO_PROMPT=1 \
  DENO_USE_CGROUPS=1 \
  MALLOC_ARENA_MAX=1 \
  MALLOC_MMAP_THRESHOLD_=131072 \
  MALLOC_TRIM_THRESHOLD_=131072 \
  NPM_CONFIG_REGISTRY=${NPM_CONFIG_REGISTRY} \
  CQ_DB_PATH=/data/cq.db \
  CQ_PORT=3000 \
  SQLITE_TMPDIR=/data
WORKDIR /app
COPY --from=build /deno-dir /deno-dir
COPY --from=build /app /app
COPY --chmod=755 packaging/cq /usr/local/bin/cq
# 1993 is the base image's user "deno"; as a number, so that an orchestrator can see that it is not root.
RUN install -d -o 1993 -g 1993 /data
USER 1993:1993
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
# The real route: it fails when the database cannot be read. The image has no other HTTP client than the runtime itself.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["deno", "eval", "--no-config", "--no-lock", "const port = Deno.env.get('CQ_PORT') || '3000'; const answer = await fetch(`http://127.0.0.1:${port}/api/v1/health`, { signal: AbortSignal.timeout(4000) }); Deno.exit(answer.ok ? 0 : 1);"]
# What the heap may hold beyond what is in use: docs/decisions/0012-memory.md
CMD ["deno", "run", "--frozen", "--cached-only", "--no-prompt", \
  "--v8-flags=--max-semi-space-size=4,--heap-growing-percent=20,--no-regexp-tier-up", \
  "--allow-net", "--allow-env", "--allow-read=/app,/data,/run/secrets", "--allow-write=/data", "--allow-sys=statfs", \
  "main.ts"]
