import type { MedusaContainer } from '@medusajs/framework/types'
import { Modules } from '@medusajs/framework/utils'
import { REGULARS } from '../modules/regulars/index.ts'
import type { RegularsModuleService } from '../modules/regulars/service.ts'
import { pricedOf } from './price-cart.ts'

/**
 * Medusa adds to the line that is there already, unless its price is a custom one: then it makes a second line. So ours are
 * none for as long as something is added; the refresh that follows prices them again.
 */
export async function letMerge(container: MedusaContainer, cartId: string, variantIds: readonly string[]): Promise<string[]> {
  const regulars = container.resolve<RegularsModuleService>(REGULARS)
  const [row] = await regulars.listRegularsCarts({ id: [cartId] })
  const ours = Object.keys((row && pricedOf(row)?.lines) ?? {})
  if (ours.length === 0) return []
  const carts = container.resolve(Modules.CART)
  const lines = await carts.listLineItems({ id: ours, variant_id: [...variantIds] } as never, { select: ['id', 'is_custom_price'] })
  const custom = lines.filter(({ is_custom_price }) => is_custom_price).map(({ id }) => id)
  await mark(container, custom, false)
  return custom
}

/** Nothing was added after all. */
export const unmerged = (container: MedusaContainer, lineIds: readonly string[] | undefined): Promise<void> =>
  mark(container, lineIds ?? [], true)

async function mark(container: MedusaContainer, lineIds: readonly string[], isCustom: boolean): Promise<void> {
  if (lineIds.length === 0) return
  const changes = lineIds.map((id) => ({ selector: { id }, data: { is_custom_price: isCustom } as never }))
  await container.resolve(Modules.CART).updateLineItems(changes)
}
