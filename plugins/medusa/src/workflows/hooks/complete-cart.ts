import type { MedusaContainer } from '@medusajs/framework/types'
import { StepResponse } from '@medusajs/framework/workflows-sdk'
import { completeCartWorkflow } from '@medusajs/medusa/core-flows'
import { releaseCart, reserveCart } from '../../checkout/reserve.ts'
import { tellSoon } from '../../sync/tasks.ts'

completeCartWorkflow.hooks.validate(
  async ({ cart }, { container }) => {
    const reservation = await reserveCart(container as MedusaContainer, cart)
    return new StepResponse(undefined, reservation === null ? null : (cart.id as string))
  },
  async (cartId, { container }) => {
    if (cartId) await releaseCart(container as MedusaContainer, cartId)
  },
)

// Medusa has this hook and does not name it in its types.
const { orderCreated } = completeCartWorkflow.hooks as unknown as {
  orderCreated: (
    invoke: (input: { order_id: string; cart_id: string }, context: { container: unknown }) => Promise<StepResponse<undefined, string>>,
    compensate: (orderId: string | undefined, context: { container: unknown }) => Promise<void>,
  ) => void
}

// The payment is authorised: whatever the engine answers, the order stands, and the shopper need not wait for it.
orderCreated(
  async ({ order_id }, { container }) => {
    await tellSoon(container as MedusaContainer, `order:${order_id}`)
    return new StepResponse(undefined, order_id)
  },
  async (orderId, { container }) => {
    if (orderId) await tellSoon(container as MedusaContainer, `undone:${orderId}`)
  },
)
