import type { MedusaContainer } from '@medusajs/framework/types'
import { REGULARS } from '../modules/regulars/index.ts'
import type { RegularsModuleService } from '../modules/regulars/service.ts'

/** What the shop adds to the pricing context by the plugin's option. */
export async function pricingContext(container: MedusaContainer, cartId: string): Promise<Record<string, unknown>> {
  const { settings } = container.resolve<RegularsModuleService>(REGULARS)
  return (await settings.pricingContext?.({ cart_id: cartId }, container)) ?? {}
}
