import type { TestProject } from 'vitest/node'
import { type Engine, startEngine } from '../../../engine.ts'
import { createAdmin } from '../../src/admin.ts'
import { createStorefront } from '../../src/storefront.ts'

/** Where an engine is, and the keys of its shop. */
export type Reached = Pick<Engine, 'url' | 'storefront' | 'admin' | 'adminKey' | 'pluginKey' | 'publishableKey'>

declare module 'vitest' {
  interface ProvidedContext {
    engine: Reached
  }
}

/** One engine for all tests: those that stop it have one of their own. */
export async function setup(project: TestProject) {
  const engine = await startEngine()
  await furnish(engine)
  const { url, storefront, admin, adminKey, pluginKey, publishableKey } = engine
  project.provide('engine', { url, storefront, admin, adminKey, pluginKey, publishableKey })
  return engine.close
}

/** A hundred products SKU-0 ... at 100.00; Mei and C-1001 are gold and pay ten percent less; Lin is nobody in particular. */
export async function furnish({ storefront, admin, pluginKey, adminKey }: Reached): Promise<void> {
  const regulars = createStorefront({ endpoint: storefront, key: pluginKey, timeoutMs: 30_000 })
  await regulars.upsertProducts({
    products: Array.from({ length: 100 }, (_, i) => ({ sku: `SKU-${i}`, name: `Product ${i}`, listPrice: 10_000 })),
  })
  await regulars.upsertCustomers({ customers: [{ externalId: 'mei' }, { externalId: 'lin' }, { externalId: 'C-1001' }] })
  await createAdmin({ endpoint: admin, key: adminKey, timeoutMs: 30_000 }).request(
    `mutation {
      saveTier(input: { code: "gold", name: "Gold", rank: 1 }) { id }
      mei: pinTier(customer: { externalId: "mei" }, tierCode: "gold", reason: "a test") { id }
      other: pinTier(customer: { externalId: "C-1001" }, tierCode: "gold", reason: "a test") { id }
      saveLadder(input: { code: "gold", name: "Gold prices", rungs: [{ tierCode: "gold", adjustment: { percentOff: 10 } }] }) { id }
      publish(codes: ["gold"]) { bookVersion }
    }`,
    {},
  )
}
