import { userInfo } from 'node:os'
import type { EntityManager } from '@mikro-orm/postgresql'
import { configure, prepare } from '../app.ts'
import { type Config, readConfig } from '../config.ts'
import { type Instant, instant } from '../kernel/clock.ts'
import type { Problem } from '../kernel/problem.ts'
import type { Result } from '../kernel/result.ts'
import { newMemory, ROWS } from '../registry.ts'
import { type Database, openDatabase } from '../shell/database.ts'
import type { Memory } from '../shell/memory.ts'
import { type Actor, openWorld, type World } from '../shell/world.ts'
import type { Shop } from '../shops/shop.model.ts'
import { allShops, findShop } from '../shops/shop.service.ts'
import { EXIT, Failure } from './failure.ts'

/** The database for the time of one command, brought up to date, and the world of a shop in it. */
export type Session = {
  readonly database: Database
  readonly memory: Memory
  /** Names of the migrations that opening ran. */
  readonly migrated: readonly string[]
  readonly now: Instant
  /** The shop's world; with `em`, inside the transaction that this one is in. */
  readonly worldOf: (shop: Shop, em?: EntityManager) => World
}

/** The environment's configuration; a fault in it is wrong usage. */
export function configured(): Config {
  const config = readConfig()
  if (!config.ok) throw new Failure(config.problem.join('\n'), EXIT.WRONG_USAGE)
  return config.value
}

export async function withDatabase<T>(act: (session: Session) => Promise<T>): Promise<T> {
  const config = configured()
  const database = await openDatabase({ url: config.databaseUrl, dataDir: config.dataDir, rows: ROWS })
  try {
    const memory = newMemory()
    configure(memory, config)
    const now = instant(Date.now())
    const migrated = await prepare(database, memory, config.bootstrapKey, now)
    return await act({
      database,
      memory,
      migrated,
      now,
      worldOf: (shop, em) =>
        openWorld({ shopId: shop.id, actor: whoever(), now, memory, fork: em === undefined ? database.fork : () => em }),
    })
  } finally {
    await database.close()
  }
}

/** A command on one shop, named by its code. */
export function withShop<T>(code: string, act: (world: World, shop: Shop, session: Session) => Promise<T>): Promise<T> {
  return withDatabase(async (session) => {
    const shop = await findShop(session.database.fork(), code)
    if (shop !== null) return act(session.worldOf(shop), shop, session)
    const codes = (await allShops(session.database.fork())).map((one) => one.code)
    throw new Failure(`There is no shop "${code}"; there is ${codes.join(', ')}. \`regulars shop add\` makes another.`, EXIT.WRONG_USAGE)
  })
}

/** The answer of a use case; a refusal ends the command with its sentence. */
export function granted<T>(answer: Result<T, Problem>): T {
  if (!answer.ok) throw new Failure(answer.problem.message)
  return answer.value
}

/** Whoever runs a command is named in the audit by their name on this system. */
export function whoever(): Actor {
  try {
    return { kind: 'CLI', id: null, name: userInfo().username }
  } catch {
    return { kind: 'CLI', id: null, name: 'command line' }
  }
}
