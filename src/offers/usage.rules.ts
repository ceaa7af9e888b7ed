import type { ShopperUsage } from '../pricing/shopper.ts'

type Units = Readonly<Record<string, number>>

/** What a customer had of an offer, less holds that have ended: each one use, and its units by sku. */
export function withoutEnded(had: { readonly uses: number; readonly units: Units }, ended: readonly Units[]): ShopperUsage {
  const units = new Map(Object.entries(had.units))
  for (const hold of ended) for (const [sku, count] of Object.entries(hold)) units.set(sku, (units.get(sku) ?? 0) - count)
  return { uses: had.uses - ended.length, units }
}
