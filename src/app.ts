import { fastifyApolloHandler } from '@as-integrations/fastify'
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import { ensureBootstrapKey } from './access/key.service.ts'
import { receive } from './api/shared/caller.ts'
import { LIMITS } from './api/shared/limits.ts'
import { buildApi } from './api/shared/schema.ts'
import { apolloServer } from './api/shared/server.ts'
import type { Config } from './config.ts'
import { type Instant, instant } from './kernel/clock.ts'
import { ADMIN, ROWS, STOREFRONT } from './registry.ts'
import { type Database, openDatabase } from './shell/database.ts'
import { newId } from './shell/ids.ts'
import { Memory } from './shell/memory.ts'
import { openWorld } from './shell/world.ts'
import { findShop, openShop } from './shops/shop.service.ts'

export type App = {
  readonly fastify: FastifyInstance
  readonly database: Database
  readonly memory: Memory
  readonly close: () => Promise<void>
}

const MAIN_SHOP = { code: 'main', name: 'Main shop', currency: 'CNY', timeZone: 'Asia/Shanghai' }

/** The composition root: the one place that knows everyone. Ready to listen when it answers. */
export async function openApp(config: Config, given: { database?: Database; now?: () => Instant } = {}): Promise<App> {
  const now = given.now ?? (() => instant(Date.now()))
  const database = given.database ?? (await openDatabase({ url: config.databaseUrl, dataDir: config.dataDir, rows: ROWS }))
  const memory = new Memory()
  await prepare(database, memory, config.bootstrapKey, now())

  const fastify = Fastify({
    logger: { level: config.logLevel, redact: ['req.headers.authorization', 'req.headers["x-shopper-token"]'] },
    bodyLimit: LIMITS.bodyBytes,
    genReqId: () => newId(),
    requestIdHeader: false,
  })
  fastify.get('/healthz', async () => 'ok\n')
  fastify.get('/readyz', async () => 'ready\n')
  for (const [path, resolvers] of [['/storefront/graphql', STOREFRONT] as const, ['/admin/graphql', ADMIN] as const]) {
    const server = apolloServer(await buildApi(resolvers), fastify, [])
    await server.start()
    const handler = fastifyApolloHandler(server, {
      context: (request: FastifyRequest) =>
        receive(
          { database, memory, now },
          {
            authorization: request.headers.authorization,
            shopperToken: header(request, 'x-shopper-token'),
            address: request.ip,
            requestId: request.id,
          },
        ),
    })
    fastify.route({ url: path, method: ['GET', 'POST'], handler })
  }
  await fastify.ready()
  return {
    fastify,
    database,
    memory,
    close: async () => {
      await fastify.close()
      if (given.database === undefined) await database.close()
    },
  }
}

/**
 * What everybody who opens the database can rely on: its tables are up to date, and since the first start there is a shop
 * `main`, whose owner has the bootstrap key. Answers with the migrations that were run.
 */
export async function prepare(database: Database, memory: Memory, bootstrapKey: string | null, now: Instant): Promise<readonly string[]> {
  const migrated = await database.migrate()
  const em = database.fork()
  const shop = await findShop(em, MAIN_SHOP.code)
  if (shop === null) await openShop(em, MAIN_SHOP, now)
  const main = shop ?? (await findShop(em, MAIN_SHOP.code))
  if (main === null || bootstrapKey === null) return migrated
  const actor = { kind: 'SYSTEM', id: null, name: 'start' } as const
  await ensureBootstrapKey(openWorld({ shopId: main.id, actor, now, memory, fork: database.fork }), bootstrapKey)
  return migrated
}

function header(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name]
  return Array.isArray(value) ? value[0] : value
}
