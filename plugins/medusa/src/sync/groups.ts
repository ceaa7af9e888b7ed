import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from '@medusajs/framework/http'
import { ContainerRegistrationKeys } from '@medusajs/framework/utils'
import { tellSoon } from './tasks.ts'

type Members = { readonly add?: readonly string[]; readonly remove?: readonly string[] }

/** Medusa has no event for who joins or leaves a customer group: staff's requests are heard instead; others come with the nightly sync. */
export function tellOfMembers(req: MedusaRequest, res: MedusaResponse, next: MedusaNextFunction): void {
  const { add = [], remove = [] } = (req.body ?? {}) as Members
  const ids = req.path.endsWith('/customer-groups') ? [req.params.id ?? ''] : [...add, ...remove]
  res.once('finish', () => {
    if (res.statusCode >= 300) return
    const logger = req.scope.resolve(ContainerRegistrationKeys.LOGGER)
    Promise.all(ids.map((id) => tellSoon(req.scope, `customer:${id}`))).catch((error: unknown) =>
      logger.warn(`Regulars: members of a group are told tonight: ${String(error)}`),
    )
  })
  next()
}
