import { instant } from '../../src/kernel/clock.ts'
import { newMemory, ROWS } from '../../src/registry.ts'
import { openDatabase } from '../../src/shell/database.ts'
import { openWorld } from '../../src/shell/world.ts'
import { findShop } from '../../src/shops/shop.service.ts'
import { bearer, dataOf, type GraphQLAnswer } from './client.ts'
import { cloneTemplate } from './database.ts'
import { type Program, startProgram } from './program.ts'
import type { TestShop } from './shop.ts'

const OWNER = 'owner-key-of-the-servers-of-a-test-0123456789'

/** The shop of a database as some server sees it, over HTTP, and as the database has it. */
export type ServedShop = Pick<TestShop, 'admin' | 'storefront' | 'staff' | 'plugin' | 'world'>

/** A database of one's own on the server, and as many programs on it as are started. Server runs only. */
export type Servers = {
  readonly start: () => Promise<{ readonly program: Program; readonly shop: ServedShop & TestShop }>
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

/** `env`: what each of them is told besides. */
export async function openServers(env: Readonly<Record<string, string>> = {}): Promise<Servers> {
  const { url, drop } = await cloneTemplate()
  const database = await openDatabase({ url, dataDir: '', rows: ROWS })
  const programs: Program[] = []
  let plugin = ''
  let shopId = 0
  return {
    start: async () => {
      const program = await startProgram({ DATABASE_URL: url, REGULARS_BOOTSTRAP_KEY: OWNER, ...env })
      programs.push(program)
      const admin = async (query: string, variables: object = {}) =>
        dataOf(await post(`${program.url}/admin/graphql`, OWNER, query, variables))
      if (plugin === '') {
        plugin = (await admin('mutation { createKey(input: { kind: PLUGIN, name: "plugin" }) { secret } }')).createKey.secret
        shopId = (await findShop(database.fork(), 'main'))?.id ?? 0
      }
      const storefront = async (query: string, variables: object = {}) =>
        dataOf(await post(`${program.url}/storefront/graphql`, plugin, query, variables))
      const actor = { kind: 'SYSTEM', id: null, name: 'test' } as const
      const shop = {
        admin,
        storefront,
        staff: (operation: object, variables: object) => admin(String(operation), variables),
        plugin: (operation: object, variables: object) => storefront(String(operation), variables),
        world: () => openWorld({ shopId, actor, now: instant(Date.now()), memory: newMemory(), fork: database.fork }),
      } as unknown as ServedShop & TestShop
      return { program, shop }
    },
    [Symbol.asyncDispose]: async () => {
      for (const program of programs) await program[Symbol.asyncDispose]()
      await database.close()
      await drop()
    },
  }
}

async function post(url: string, key: string, query: string, variables: object): Promise<GraphQLAnswer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...bearer(key) },
    body: JSON.stringify({ query, variables }),
  })
  const body = (await response.json()) as { data?: Record<string, unknown> | null; errors?: GraphQLAnswer['errors'] }
  return { status: response.status, data: body.data ?? null, errors: body.errors ?? [] }
}
