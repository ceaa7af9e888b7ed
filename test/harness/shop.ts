import type { KeyKind, StaffRole } from '../../src/access/key.model.ts'
import { createKey } from '../../src/access/key.service.ts'
import type { App } from '../../src/app.ts'
import { instant } from '../../src/kernel/clock.ts'
import { newId } from '../../src/shell/ids.ts'
import { openWorld, type World } from '../../src/shell/world.ts'
import { openShop } from '../../src/shops/shop.service.ts'
import { bearer, dataOf, type GraphQLAnswer, type Operation, send } from './client.ts'
import { theNode } from './node.ts'

/** A shop of a test's own, with a key for each door. Everything else is made through the APIs, as staff and plugins would. */
export type TestShop = {
  readonly app: App
  readonly code: string
  readonly keys: { readonly owner: string; readonly plugin: string; readonly publishable: string }
  /** As the owner; throws on errors. */
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked at by tests, field by field
  readonly admin: (query: string, variables?: object) => Promise<any>
  /** As the shop's plugin; throws on errors. */
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked at by tests, field by field
  readonly storefront: (query: string, variables?: object) => Promise<any>
  /** As the owner, one of the operations in *.admin.graphql, typed; throws on errors. */
  readonly staff: <Data, Variables extends object>(operation: Operation<Data, Variables>, variables: Variables) => Promise<Data>
  /** As the shop's plugin, one of the operations in *.storefront.graphql, typed; throws on errors. */
  readonly plugin: <Data, Variables extends object>(operation: Operation<Data, Variables>, variables: Variables) => Promise<Data>
  /** As anybody, errors and all. */
  readonly ask: (
    path: '/admin/graphql' | '/storefront/graphql',
    headers: Record<string, string>,
    query: string,
    variables?: object,
  ) => Promise<GraphQLAnswer>
  readonly key: (kind: KeyKind, role?: StaffRole) => Promise<string>
  /** The world as a service sees it, for what no API shows. */
  readonly world: (now?: Date) => World
  /** The same shop as another server sees it. */
  readonly at: (app: App) => TestShop
}

export async function openTestShop(options: { currency?: string; timeZone?: string; app?: App } = {}): Promise<TestShop> {
  const app = options.app ?? (await theNode())
  const code = `t${newId().replaceAll('-', '').slice(-20)}`
  const made = await openShop(
    app.database.fork(),
    { code, name: 'Test shop', currency: options.currency ?? 'CNY', timeZone: options.timeZone ?? 'Asia/Shanghai' },
    instant(Date.now()),
  )
  if (!made.ok) throw new Error(made.problem.message)
  const worldOf = (node: App, now = new Date()) =>
    openWorld({
      shopId: made.value.id,
      actor: { kind: 'SYSTEM', id: null, name: 'test' },
      now: instant(now),
      memory: node.memory,
      fork: node.database.fork,
    })
  const key = async (kind: KeyKind, role: StaffRole | null = null) => {
    const answer = await createKey(worldOf(app), { kind, name: `${kind} ${role ?? ''}`, role, expiresAt: null }, 'OWNER')
    if (!answer.ok) throw new Error(answer.problem.message)
    return answer.value.secret
  }
  const keys = { owner: await key('ADMIN', 'OWNER'), plugin: await key('PLUGIN'), publishable: await key('PUBLISHABLE') }
  const at = (node: App): TestShop => ({
    app: node,
    code,
    keys,
    admin: async (query, variables) => dataOf(await send(node, '/admin/graphql', bearer(keys.owner), query, variables)),
    storefront: async (query, variables) => dataOf(await send(node, '/storefront/graphql', bearer(keys.plugin), query, variables)),
    staff: async (operation, variables) => dataOf(await send(node, '/admin/graphql', bearer(keys.owner), operation.toString(), variables)),
    plugin: async (operation, variables) =>
      dataOf(await send(node, '/storefront/graphql', bearer(keys.plugin), operation.toString(), variables)),
    ask: (path, headers, query, variables) => send(node, path, headers, query, variables),
    key,
    world: (now) => worldOf(node, now),
    at,
  })
  return at(app)
}
