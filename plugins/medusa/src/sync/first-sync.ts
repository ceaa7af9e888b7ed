import type { MedusaContainer } from '@medusajs/framework/types'
import { ContainerRegistrationKeys, Modules } from '@medusajs/framework/utils'
import { RegularsError } from '@regulars/client'
import { REGULARS } from '../modules/regulars/index.ts'
import type { RegularsModuleService } from '../modules/regulars/service.ts'
import { tellCustomers } from './customers.ts'
import { tellOrders } from './past-orders.ts'
import { tellProducts } from './products.ts'

/** In this order: an order names its customer. */
const PARTS = [
  { part: 'products', entity: 'product', page: 100, tell: tellProducts },
  { part: 'customers', entity: 'customer', page: 250, tell: tellCustomers },
  { part: 'orders', entity: 'order', page: 100, tell: tellOrders },
] as const

/** One at a time, whichever process of the shop comes first. */
const LOCK = 'regulars-first-sync'

/**
 * Tells all that the shop has, page by page, from where it stopped. Ids of Medusa sort by when they were made, so what
 * comes meanwhile comes last, or has been told of by its own event; told twice is told once.
 */
export async function syncNext(container: MedusaContainer): Promise<void> {
  const locking = container.resolve(Modules.LOCKING)
  const logger = container.resolve(ContainerRegistrationKeys.LOGGER)
  const ownerId = `${process.pid}:${Math.random()}`
  try {
    await locking.acquire(LOCK, { ownerId, expire: 600 })
  } catch {
    return
  }
  try {
    for (const { part, entity, page, tell } of PARTS) await syncPart(container, part, entity, page, tell)
  } catch (error) {
    if (!(error instanceof RegularsError)) throw error
    logger.warn(`Regulars: the first sync goes on later: ${error.code}: ${error.message}`)
  } finally {
    await locking.release(LOCK, { ownerId })
  }
}

/** The next run begins anew. */
export async function restartSync(container: MedusaContainer): Promise<void> {
  const regulars = container.resolve<RegularsModuleService>(REGULARS)
  const known = await regulars.listRegularsSyncs({})
  await regulars.deleteRegularsSyncs(known.map(({ id }) => id))
}

async function syncPart(
  container: MedusaContainer,
  part: string,
  entity: string,
  take: number,
  tell: (container: MedusaContainer, ids: readonly string[]) => Promise<number>,
): Promise<void> {
  const regulars = container.resolve<RegularsModuleService>(REGULARS)
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const [known] = await regulars.listRegularsSyncs({ id: [part] })
  const state = known ?? (await regulars.createRegularsSyncs({ id: part }))
  if (state.finished_at !== null) return

  let { cursor, told } = state
  for (;;) {
    const { data } = (await query.graph({
      entity,
      fields: ['id'],
      ...(cursor === null ? {} : { filters: { id: { $gt: cursor } } }),
      pagination: { take, order: { id: 'ASC' } },
    } as never)) as unknown as { data: readonly { id: string }[] }
    const ids = data.map(({ id }) => id)
    if (ids.length > 0) told += await tell(container, ids)
    cursor = ids.at(-1) ?? cursor
    const isLast = ids.length < take
    await regulars.updateRegularsSyncs({ id: part, cursor, told, finished_at: isLast ? new Date() : null })
    if (isLast) return
  }
}
