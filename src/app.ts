import type { FastifyInstance } from 'fastify'
import { ensureBootstrapKey } from './access/key.service.ts'
import { serveApi } from './api/shared/endpoint.ts'
import { serveExplorer } from './api/shared/explorer.ts'
import { serveHealth } from './api/shared/health.ts'
import { openHttp } from './api/shared/http.ts'
import { LIMITS } from './api/shared/limits.ts'
import { serveLinks } from './api/shared/link-door.ts'
import type { LogSink } from './api/shared/log.ts'
import { serveMessages } from './api/shared/message-door.ts'
import { Metrics } from './api/shared/metrics.ts'
import { buildApi } from './api/shared/schema.ts'
import { apolloServer } from './api/shared/server.ts'
import type { Config } from './config.ts'
import { CUSTOMERS } from './customers/customer.topic.ts'
import { type Instant, instant } from './kernel/clock.ts'
import { followLink } from './links/opening.service.ts'
import { messageDoors } from './message-doors.ts'
import { MESSAGES } from './messages/message.topic.ts'
import { closeMail } from './messages/smtp.service.ts'
import { APIS, DAILY, FOLLOWERS, newMemory, PULSES, ROWS } from './registry.ts'
import { type Background, openBackground } from './shell/background.ts'
import { type Database, openDatabase } from './shell/database.ts'
import type { Memory } from './shell/memory.ts'
import { allowPrivateAddresses } from './shell/outbound.ts'
import { usePublicUrl } from './shell/public-url.ts'
import { sealInFolder, sealUnder, useSeal } from './shell/seal.ts'
import { listen } from './shell/topic.ts'
import { openWorld } from './shell/world.ts'
import { onceADay } from './shops/daily-run.service.ts'
import { allShops, findShop, openShop } from './shops/shop.service.ts'

export type App = {
  readonly fastify: FastifyInstance
  readonly database: Database
  readonly memory: Memory
  readonly close: () => Promise<void>
}

const MAIN_SHOP = { code: 'main', name: 'Main shop', currency: 'CNY', timeZone: 'Asia/Shanghai' }

type Given = {
  readonly database?: Database
  readonly now?: () => Instant
  readonly log?: LogSink
  /** Whether it also does what nobody waits for. Of several on one database any number may. */
  readonly background?: boolean
}

/** The composition root: the one place that knows everyone. Ready to listen when it answers. */
export async function openApp(config: Config, given: Given = {}): Promise<App> {
  const now = given.now ?? (() => instant(Date.now()))
  const database = given.database ?? (await openDatabase({ url: config.databaseUrl, dataDir: config.dataDir, rows: ROWS }))
  const memory = newMemory()
  configure(memory, config)
  await prepare(database, memory, config.bootstrapKey, now())

  const metrics = new Metrics()
  const fastify = openHttp(config, metrics, given.log)
  serveHealth(fastify, database, metrics)
  serveExplorer(fastify)
  serveLinks(fastify, memory, (token, counts) => followLink(database.fork(), token, now(), counts))
  serveMessages(fastify, memory, messageDoors({ database, memory, now }))
  for (const [api, resolvers] of APIS)
    serveApi(fastify, api, await apolloServer(api, await buildApi(resolvers), fastify.log, metrics), { database, memory, now })
  await fastify.ready()
  const background = given.background ? await startBackground({ database, memory, now, log: fastify.log }) : null
  return {
    fastify,
    database,
    memory,
    close: async () => {
      await Promise.all([finish(fastify), background?.stop(LIMITS.graceMs)])
      closeMail(memory)
      if (given.database === undefined) await database.close()
    },
  }
}

/** What of the configuration a use case may need: under what secrets are sealed, and where customers reach this server. */
export function configure(memory: Memory, { secret, publicUrl, databaseUrl, dataDir, allowPrivateWebhooks: allowed }: Config): void {
  const sealed = secret === null ? null : sealUnder(secret)
  useSeal(memory, sealed !== null ? () => sealed : databaseUrl === null ? sealInFolder(dataDir) : () => null)
  usePublicUrl(memory, publicUrl)
  allowPrivateAddresses(memory, allowed)
}

type Process = { readonly database: Database; readonly memory: Memory; readonly now: () => Instant; readonly log: FastifyInstance['log'] }

async function startBackground({ database, memory, now, log }: Process): Promise<Background> {
  const actor = { kind: 'SYSTEM', id: null, name: 'background' } as const
  const background = await openBackground({
    database,
    log,
    now,
    shops: () => allShops(database.fork()),
    worldOf: (shopId) => openWorld({ shopId, actor, now: now(), memory, fork: database.fork }),
    daily: DAILY,
    once: (world, job, day) => onceADay(world, job.name, day, (tx) => job.run(tx, day)),
    followers: FOLLOWERS,
    pulses: PULSES,
  })
  listen(memory, CUSTOMERS, background.follow)
  listen(memory, MESSAGES, background.wake)
  return background
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

/** Takes nothing new and ends once what is under way is answered; whoever keeps a request open for too long is not waited for. */
async function finish(fastify: FastifyInstance): Promise<void> {
  // A connection kept alive falls idle when its last answer is sent, and would be held for a minute more.
  const tidying = setInterval(() => fastify.server.closeIdleConnections(), 50)
  const impatience = setTimeout(() => fastify.server.closeAllConnections(), LIMITS.graceMs)
  await fastify.close().finally(() => {
    clearInterval(tidying)
    clearTimeout(impatience)
  })
}
