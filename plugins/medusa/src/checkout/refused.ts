import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from '@medusajs/framework/http'
import { ContainerRegistrationKeys } from '@medusajs/framework/utils'
import { refreshCartItemsWorkflow } from '@medusajs/medusa/core-flows'

/** When a storefront hears that its cart costs something else, the cart says so already. */
export function repriceRefused(req: MedusaRequest, res: MedusaResponse, next: MedusaNextFunction): void {
  const answer = res.json.bind(res)
  // Express has other params by the time of the answer.
  const cartId = req.params.id ?? ''
  res.json = (body) => {
    const { code } = (body ?? {}) as { code?: unknown }
    if (typeof code !== 'string' || !code.startsWith('regulars_')) return answer(body)
    const logger = req.scope.resolve(ContainerRegistrationKeys.LOGGER)
    refreshCartItemsWorkflow(req.scope)
      .run({ input: { cart_id: cartId } })
      .catch((error: unknown) => logger.warn(`Regulars: ${cartId} is not priced anew: ${String(error)}`))
      .finally(() => answer(body))
    return res
  }
  next()
}
