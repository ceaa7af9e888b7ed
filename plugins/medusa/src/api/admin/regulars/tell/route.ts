import type { MedusaRequest, MedusaResponse } from '@medusajs/framework/http'
import { tellDue } from '../../../../sync/tasks.ts'
import { GET as state } from '../route.ts'

const A_DAY_MS = 86_400_000

/** Tells now what waits for its next attempt. */
export async function POST(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  await tellDue(req.scope, new Date(Date.now() + A_DAY_MS))
  await state(req, res)
}
