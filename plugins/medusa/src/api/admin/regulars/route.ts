import type { MedusaRequest, MedusaResponse } from '@medusajs/framework/http'
import { REGULARS } from '../../../modules/regulars/index.ts'
import type { RegularsModuleService } from '../../../modules/regulars/service.ts'

/** How far the first sync is, and what the engine could not be told yet, the oldest first. */
export async function GET(req: MedusaRequest, res: MedusaResponse): Promise<void> {
  const regulars = req.scope.resolve<RegularsModuleService>(REGULARS)
  const shop = await regulars.prices.shop().catch(() => null)
  const parts = await regulars.listRegularsSyncs({})
  const [waiting, count] = await regulars.listAndCountRegularsTasks({}, { take: 50, order: { created_at: 'ASC' } })
  res.json({
    engine: { reached: shop !== null, shop: shop?.name ?? null, currency: shop?.currency ?? null },
    sync: parts.map(({ id, told, finished_at }) => ({ part: id, told, finished_at })),
    waiting: { count, tasks: waiting.map(({ id, attempts, due_at, last_error }) => ({ id, attempts, due_at, last_error })) },
  })
}
