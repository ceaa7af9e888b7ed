/** A shop with the plugin, a real Regulars, and the wire between them. */
import { type Engine, startEngine } from '../../../engine.ts'
import type { RegularsOptions } from '../../dist/plugin.js'
import { register, until } from './people.mts'
import { pinGold, saveRules } from './rules.mts'
import { openShop, type Shop, scratchDatabase } from './shop.mts'
import { type Storefront, storefront } from './storefront.mts'
import { layWire, type Wire } from './wire.mts'

export type Open = {
  shop: Shop
  engine: Engine
  wire: Wire
  /** A customer of the tier gold, registered in Vendure and known to the engine. */
  gold: { id: string; email: string }
  visitor: () => Storefront
  /** A new session, signed in. */
  signedIn: (email?: string) => Promise<Storefront>
  close: () => Promise<void>
}

export async function open(template: string, options: Partial<RegularsOptions> = {}): Promise<Open> {
  const [shopDatabase, engineDatabase] = [
    await scratchDatabase('regulars_vendure', template),
    await scratchDatabase('regulars_vendure_engine'),
  ]
  const engine = await startEngine({ databaseUrl: engineDatabase.url })
  await saveRules(engine)
  const wire = await layWire(engine.storefront)
  const shop = await openShop({
    databaseUrl: shopDatabase.url,
    regulars: { endpoint: wire.url, key: engine.pluginKey, pauseMs: 500, ...options },
  })
  const visitor = () => storefront(shop.visitor())
  const email = 'mei@shop.example'
  const id = await register(shop, email)
  await shop.admin('mutation { regularsSync }')
  await known(engine, id)
  await pinGold(engine, id)
  return {
    shop,
    engine,
    wire,
    gold: { id, email },
    visitor,
    signedIn: async (who = email) => {
      const session = visitor()
      await session.signIn(who)
      return session
    },
    close: async () => {
      await shop.stop()
      await wire.cut()
      await engine.close()
      await shopDatabase.drop()
      await engineDatabase.drop()
    },
  }
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
