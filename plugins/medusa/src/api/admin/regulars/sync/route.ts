import type { MedusaRequest, MedusaResponse } from '@medusajs/framework/http'
import { restartSync, syncNext } from '../../../../sync/first-sync.ts'
import { GET as state } from '../route.ts'

/** Tells all that the shop has anew; answers when that is done, or the engine is gone: then the job goes on. */
export async function POST(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  await restartSync(req.scope)
  await syncNext(req.scope)
  await state(req, res)
}
