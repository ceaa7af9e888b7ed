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

const SETTLED_MS = 300_000

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
export async function restartSync(container: MedusaContainer, parts: readonly string[] = PARTS.map(({ part }) => part)): Promise<void> {
  await container.resolve<RegularsModuleService>(REGULARS).deleteRegularsSyncs([...parts])
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
  // Afterwards it looks for what no event told of, because a process died; what is new is left to its event.
  const isFinished = state.finished_at !== null
  const until = isFinished ? { created_at: { $lt: new Date(Date.now() - SETTLED_MS) } } : {}

  let { cursor, told, finished_at } = state
  for (;;) {
    const { data } = (await query.graph({
      entity,
      fields: ['id'],
      filters: { ...until, ...(cursor === null ? {} : { id: { $gt: cursor } }) },
      pagination: { take, order: { id: 'ASC' } },
    } as never)) as unknown as { data: readonly { id: string }[] }
    const ids = data.map(({ id }) => id)
    if (ids.length > 0) told += await tell(container, ids)
    cursor = ids.at(-1) ?? cursor
    const isLast = ids.length < take
    if (isLast) finished_at ??= new Date()
    if (ids.length > 0 || !isFinished) await regulars.updateRegularsSyncs({ id: part, cursor, told, finished_at })
    if (isLast) return
  }
}
