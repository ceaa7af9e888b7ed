import { AsyncLocalStorage } from 'node:async_hooks'
import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from '@medusajs/framework/http'
import { ContainerRegistrationKeys } from '@medusajs/framework/utils'
import { refreshCartItemsWorkflow } from '@medusajs/medusa/core-flows'

/**
 * Who signed in with the request that is being answered. A cart's customer_id is no proof: Medusa takes the customer of
 * any email that a guest types.
 */
const signedIn = new AsyncLocalStorage<string | null>()

export const signedInCustomer = (): string | null => signedIn.getStore() ?? null

/** Whether a request for a cart is being answered, and not something in the background. */
export const isAnswering = (): boolean => signedIn.getStore() !== undefined

export function rememberWhoSignedIn(req: MedusaRequest, _res: MedusaResponse, next: MedusaNextFunction): void {
  signedIn.run(actorOf(req), () => next())
}

/**
 * A guest who typed their own email is the cart's customer for Medusa already, so that it changes nothing when they sign
 * in. For prices it changes all.
 */
export async function priceForWhoSignedIn(req: MedusaRequest, _res: MedusaResponse, next: MedusaNextFunction): Promise<void> {
  const cartId = req.params.id ?? ''
  const query = req.scope.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({ entity: 'cart', fields: ['customer_id', 'completed_at'], filters: { id: cartId } })
  const [cart] = data
  if (cart?.customer_id && cart.customer_id === actorOf(req) && !cart.completed_at)
    await refreshCartItemsWorkflow(req.scope).run({ input: { cart_id: cartId } })
  next()
}

export function actorOf(req: MedusaRequest): string | null {
  const { auth_context: auth } = req as MedusaRequest & { auth_context?: { actor_id: string; actor_type: string } }
  return auth?.actor_type === 'customer' && auth.actor_id ? auth.actor_id : null
}
