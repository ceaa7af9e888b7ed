import { AsyncLocalStorage } from 'node:async_hooks'
import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from '@medusajs/framework/http'

/**
 * Who signed in with the request that is being answered. A cart's customer_id is no proof: Medusa takes the customer of
 * any email that a guest types.
 */
const signedIn = new AsyncLocalStorage<string | null>()

export const signedInCustomer = (): string | null => signedIn.getStore() ?? null

export function rememberWhoSignedIn(req: MedusaRequest, _res: MedusaResponse, next: MedusaNextFunction): void {
  signedIn.run(actorOf(req), () => next())
}

export function actorOf(req: MedusaRequest): string | null {
  const { auth_context: auth } = req as MedusaRequest & { auth_context?: { actor_id: string; actor_type: string } }
  return auth?.actor_type === 'customer' && auth.actor_id ? auth.actor_id : null
}
