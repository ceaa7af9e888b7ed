import type { MedusaRequest, MedusaResponse } from '@medusajs/framework/http'
import { MedusaError } from '@medusajs/framework/utils'
import { REGULARS } from '../../../../modules/regulars/index.ts'
import type { RegularsModuleService } from '../../../../modules/regulars/service.ts'
import { actorOf } from '../../../../request.ts'

/** For web components in the browser of whoever is signed in: with it they ask Regulars themselves. */
export async function POST(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  const customer = actorOf(req)
  if (customer === null) throw new MedusaError(MedusaError.Types.UNAUTHORIZED, 'Nobody is signed in.')
  const { acts } = req.scope.resolve<RegularsModuleService>(REGULARS)
  const { token, expiresAt } = await acts.issueShopperToken({ customer: { externalId: customer } })
  res.json({ token, expires_at: expiresAt })
}
