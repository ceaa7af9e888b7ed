import { type Engine, startEngine } from '../../../engine.ts'
import { HOST, type Host } from '../../src/host.ts'
import { createStorefront, type Storefront, type StorefrontOptions } from '../../src/storefront.ts'
import { type Line, startLine } from './line.ts'

export type Shop = {
  readonly engine: Engine
  readonly line: Line
  /** A plugin's, by way of the line. */
  readonly client: (options?: Partial<StorefrontOptions>, host?: Partial<Host>) => Storefront
  readonly close: () => Promise<void>
}

/** A hundred products SKU-0 ... at 100.00; Mei is gold and pays ten percent less; Lin is nobody in particular. */
export async function openShop(): Promise<Shop> {
  const engine = await startEngine()
  const line = await startLine(engine.url)
  const client: Shop['client'] = (options, host) =>
    createStorefront({ endpoint: `${line.url}/storefront/graphql`, key: engine.pluginKey, ...options }, { ...HOST, ...host })
  await client().upsertProducts({
    products: Array.from({ length: 100 }, (_, i) => ({ sku: `SKU-${i}`, name: `Product ${i}`, listPrice: 10_000 })),
  })
  await client().upsertCustomers({ customers: [{ externalId: 'mei' }, { externalId: 'lin' }] })
  await engine.ask(
    'admin',
    `mutation {
      saveTier(input: { code: "gold", name: "Gold", rank: 1 }) { id }
      pinTier(customer: { externalId: "mei" }, tierCode: "gold", reason: "a test") { id }
      saveLadder(input: { code: "gold", name: "Gold prices", rungs: [{ tierCode: "gold", adjustment: { percentOff: 10 } }] }) { id }
      publish(codes: ["gold"]) { bookVersion }
    }`,
  )
  line.seen()
  return {
    engine,
    line,
    client,
    close: async () => {
      await line.close()
      await engine.close()
    },
  }
}
