import type { MedusaRequest, MedusaResponse } from '@medusajs/framework/http'
import { restartSync, syncNext } from '../../../../sync/first-sync.ts'
import { tellDue } from '../../../../sync/tasks.ts'
import { GET as state } from '../route.ts'

/** Tells all that the shop has anew, and what is left over; answers when that is done, or the engine is gone. */
export async function POST(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  await restartSync(req.scope)
  await tellDue(req.scope, new Date(Date.now() + 86_400_000))
  await syncNext(req.scope)
  await state(req, res)
}
