# The program is compiled in one stage and runs in another that has neither compiler nor tests.
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# With the optional packages: the compiler of this platform is one of them.
RUN npm ci
COPY tsconfig.json tsconfig.build.json ./
COPY src src
COPY migrations migrations
RUN npx tsc -p tsconfig.build.json

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000 REGULARS_DATA_DIR=/data
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Without them: the image itself is the Node.js that package.json would bring.
RUN npm ci --omit=optional --omit=dev && npm cache clean --force
COPY --from=build /app/dist dist
# Of use only without DATABASE_URL: the embedded database's folder.
RUN mkdir /data && chown node:node /data
VOLUME /data
USER node
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Node.js itself, not npm: signals must reach it.
CMD ["node", "dist/src/cli/main.js", "serve"]
