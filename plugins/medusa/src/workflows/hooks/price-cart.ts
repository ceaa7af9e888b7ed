import type { MedusaContainer } from '@medusajs/framework/types'
import { StepResponse } from '@medusajs/framework/workflows-sdk'
import { addToCartWorkflow, refreshCartItemsWorkflow, updateLineItemInCartWorkflow } from '@medusajs/medusa/core-flows'
import { letMerge, unmerged } from '../../pricing/merge.ts'
import { priceCart } from '../../pricing/price-cart.ts'
import { pricingContext } from '../../pricing/pricing-context.ts'

// Whatever changes a cart ends with this workflow, under the cart's lock, before promotions, taxes and the payment are worked out anew.
refreshCartItemsWorkflow.hooks.setPricingContext(async ({ cart_id }, { container }) => {
  const context = await pricingContext(container as MedusaContainer, cart_id)
  await priceCart(container as MedusaContainer, cart_id, context)
  return new StepResponse(context)
})

addToCartWorkflow.hooks.setPricingContext(
  async ({ cart, variantIds }, { container }) => {
    const context = await pricingContext(container as MedusaContainer, cart.id)
    return new StepResponse(context, await letMerge(container as MedusaContainer, cart.id, variantIds))
  },
  async (lineIds, { container }) => unmerged(container as MedusaContainer, lineIds as string[] | undefined),
)

updateLineItemInCartWorkflow.hooks.setPricingContext(
  async ({ cart }, { container }) => new StepResponse(await pricingContext(container as MedusaContainer, cart.id)),
)
