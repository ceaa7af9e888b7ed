import type { MedusaContainer } from '@medusajs/framework/types'
import { REGULARS } from '../modules/regulars/index.ts'
import type { RegularsModuleService } from '../modules/regulars/service.ts'
import { orderInput, readOrders, statusOf } from './order-facts.ts'
import { isCounted, record, recordOf } from './orders.ts'
import { tellReturnsOf } from './returns.ts'

/** Records a page of orders that the engine has not been told of, in one request, and what came back of them. */
export async function tellOrders(container: MedusaContainer, ids: readonly string[]): Promise<number> {
  const regulars = container.resolve<RegularsModuleService>(REGULARS)
  const told = new Set((await regulars.listRegularsOrders({ id: [...ids] })).flatMap(({ id, told }) => (told === null ? [] : [id])))
  const inputs = []
  for (const order of await readOrders(container, ids)) {
    if (told.has(order.id) || order.is_draft_order || !order.items?.length || !(await isCounted(regulars, order))) continue
    const { isNamed, reservation_id } = await recordOf(container, regulars, order)
    // One that holds a reservation is committed, not recorded.
    if (reservation_id === null) inputs.push(orderInput(order, statusOf(order), isNamed, (line) => line))
    else await regulars.want(`order:${order.id}`)
  }
  if (inputs.length === 0) return 0
  await record(container, ...inputs)
  await regulars.updateRegularsOrders(inputs.map(({ externalId, status }) => ({ id: externalId, told: status ?? null })))
  await tellReturnsOf(
    container,
    inputs.map(({ externalId }) => externalId),
  )
  return inputs.length
}
