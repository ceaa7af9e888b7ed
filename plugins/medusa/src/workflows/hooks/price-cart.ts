import type { MedusaContainer } from '@medusajs/framework/types'
import { Modules } from '@medusajs/framework/utils'
import { StepResponse } from '@medusajs/framework/workflows-sdk'
import {
  addToCartWorkflow,
  createCartWorkflow,
  refreshCartItemsWorkflow,
  updateCartPromotionsWorkflow,
  updateLineItemInCartWorkflow,
} from '@medusajs/medusa/core-flows'
import { letMerge, unmerged } from '../../pricing/merge.ts'
import { priceCart } from '../../pricing/price-cart.ts'
import { pricingContext } from '../../pricing/pricing-context.ts'
import { afterOurs } from '../../pricing/promotions.ts'
import { freeShipping } from '../../pricing/shipping.ts'

type Scope = { readonly container: unknown }
const containerOf = ({ container }: Scope) => container as MedusaContainer

// Whatever changes a cart ends with this workflow, under the cart's lock, before promotions, taxes and the payment are worked out anew.
refreshCartItemsWorkflow.hooks.setPricingContext(async ({ cart_id }, scope) => {
  const context = await pricingContext(containerOf(scope), cart_id)
  await priceCart(containerOf(scope), cart_id, context)
  return new StepResponse(context)
})

// By now the shipping methods are those that stay.
refreshCartItemsWorkflow.hooks.beforeRefreshingPaymentCollection(async ({ input }, scope) => {
  await freeShipping(containerOf(scope), (input as unknown as { cart_id: string }).cart_id)
})

addToCartWorkflow.hooks.setPricingContext(
  async ({ cart, variantIds }, scope) => {
    const context = await pricingContext(containerOf(scope), cart.id)
    return new StepResponse(context, await letMerge(containerOf(scope), cart.id, variantIds))
  },
  async (lineIds, scope) => unmerged(containerOf(scope), lineIds as string[] | undefined),
)

updateLineItemInCartWorkflow.hooks.setPricingContext(
  async ({ cart }, scope) => new StepResponse(await pricingContext(containerOf(scope), cart.id)),
)

// A cart may be made with lines in it, and Medusa does not refresh it then.
createCartWorkflow.hooks.cartCreated(async ({ cart }, scope) => {
  const lines = await containerOf(scope)
    .resolve(Modules.CART)
    .listLineItems({ cart_id: cart.id }, { take: 1, select: ['id'] })
  if (lines.length > 0) await refreshCartItemsWorkflow(containerOf(scope)).run({ input: { cart_id: cart.id } })
})

updateCartPromotionsWorkflow.hooks.setPromotionContext(({ cart }) => new StepResponse({ items: afterOurs(cart.items ?? []) }))
