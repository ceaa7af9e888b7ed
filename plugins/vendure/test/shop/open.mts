/** A shop with the plugin, a real Regulars, and the wire between them. */

import { inject } from 'vitest'
import { type Engine, startEngine } from '../../../engine.ts'
import { register, until } from './people.mts'
import { pinGold, saveRules } from './rules.mts'
import { openShop, type Shop, scratchDatabase } from './shop.mts'
import { type Storefront, storefront } from './storefront.mts'
import { layWire, type Wire } from './wire.mts'

export type Open = {
  shop: Shop
  engine: Engine
  wire: Wire
  visitor: () => Storefront
  /** A new session, signed in. */
  signedIn: (email: string) => Promise<Storefront>
  /** A new customer of the tier gold, signed in. */
  gold: () => Promise<Storefront & { id: string; email: string }>
}

const kept = globalThis as { regularsShop?: Promise<Open> }

/** Starting takes longer than all tests: one shop and one engine serve all files, one after the other. */
export function open(): Promise<Open> {
  // What was started ends with this process; vitest ends it by a signal, which by itself lets nobody say goodbye.
  if (kept.regularsShop === undefined) process.once('SIGTERM', () => process.exit())
  kept.regularsShop ??= start()
  return kept.regularsShop
}

export async function start(run = inject('run')): Promise<Open> {
  const [shopDatabase, engineDatabase] = [await scratchDatabase(run), await scratchDatabase(run)]
  const engine = await startEngine({ databaseUrl: engineDatabase })
  await saveRules(engine)
  const wire = await layWire(engine.storefront)
  const shop = await openShop({
    databaseUrl: shopDatabase,
    regulars: { endpoint: wire.url, key: engine.pluginKey, timeoutMs: 4_000, pauseMs: 500, channels: { outlet: false } },
  })
  await shop.admin('mutation { regularsSync }')
  await idle(shop)

  const visitor = () => storefront(shop.visitor())
  const signedIn = async (email: string) => {
    const session = visitor()
    await session.signIn(email)
    return session
  }
  let customers = 0
  const gold = async () => {
    const email = `gold-${++customers}@shop.example`
    const id = await register(shop, email)
    await known(engine, id)
    await pinGold(engine, id)
    return { ...(await signedIn(email)), id, email }
  }
  return { shop, engine, wire, visitor, signedIn, gold }
}

/** Once all jobs are done: the search index is filled by some, the engine by others. */
export async function idle(shop: Shop): Promise<void> {
  const ask = () =>
    shop.admin<{ jobs: { totalItems: number } }>('{ jobs(options: { filter: { isSettled: { eq: false } } }) { totalItems } }')
  await until(ask, ({ jobs }) => jobs.totalItems === 0)
}

/** The customer as the engine knows them, once it does. */
export async function known(engine: Engine, externalId: string): Promise<EngineCustomer> {
  const ask = () =>
    engine.ask<{ customer: EngineCustomer | null }>(
      'admin',
      'query ($ref: CustomerRef!) { customer(ref: $ref) { id name attributes identities { kind value verified } statistics { numberOfOrders amountSpent } } }',
      { ref: { externalId } },
    )
  const { customer } = await until(ask, (answer) => answer.customer !== null)
  return customer as EngineCustomer
}

export type EngineCustomer = {
  id: string
  name: string
  attributes: Record<string, unknown>
  identities: { kind: string; value: string; verified: boolean }[]
  statistics: { numberOfOrders: number; amountSpent: number }
}

export type EngineOrder = {
  total: number
  status: string
  customerId: string | null
  lines: { id: string; sku: string; quantity: number; returnedQuantity: number; total: number }[]
}

/** The order as the engine knows it, once it is so. */
export async function told(engine: Engine, code: string, isSo: (order: EngineOrder) => boolean = () => true): Promise<EngineOrder> {
  const ask = () =>
    engine.ask<{ order: EngineOrder | null }>(
      'storefront',
      'query ($code: String!) { order(externalId: $code) { total status customerId lines { id sku quantity returnedQuantity total } } }',
      { code },
    )
  const { order } = await until(ask, (answer) => answer.order !== null && isSo(answer.order))
  return order as EngineOrder
}
