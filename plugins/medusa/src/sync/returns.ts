import type { MedusaContainer } from '@medusajs/framework/types'
import { ContainerRegistrationKeys } from '@medusajs/framework/utils'
import { REGULARS } from '../modules/regulars/index.ts'
import type { RegularsModuleService } from '../modules/regulars/service.ts'
import { readOrders } from './order-facts.ts'
import { isCounted, recordOf, tellOrder } from './orders.ts'

type Received = {
  readonly id: string
  readonly order_id: string
  readonly items?: readonly { readonly item_id: string; readonly received_quantity: number }[]
}
/** One receipt of a return: the lines by their names in Regulars. */
type Told = { readonly lines: readonly { readonly id: string; readonly quantity: number }[]; readonly told: boolean }

/** Tells of the units of a return that have come in and were not told of yet. */
export async function tellReturn(container: MedusaContainer, returnId: string): Promise<void> {
  const regulars = container.resolve<RegularsModuleService>(REGULARS)
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({ entity: 'return', fields: ['id', 'order_id', 'items.*'], filters: { id: returnId } })
  const received = data[0] as unknown as Received | undefined
  if (received === undefined) return
  const [order] = await readOrders(container, [received.order_id])
  if (order === undefined || !(await isCounted(regulars, order))) return
  await tellOrder(container, order.id)

  const { lines } = await recordOf(container, regulars, order)
  const [row] = await regulars.listRegularsOrders({ id: [order.id] })
  const returns = { ...(row?.returns as Record<string, Told> | undefined) }
  const before = Object.entries(returns).filter(([id]) => id === returnId || id.startsWith(`${returnId}#`))
  const came = (received.items ?? []).flatMap(({ item_id, received_quantity }) => {
    const id = lines[item_id] ?? item_id
    const known = before.flatMap(([, told]) => told.lines).filter((line) => line.id === id)
    const quantity = Number(received_quantity) - known.reduce((sum, line) => sum + line.quantity, 0)
    return quantity > 0 ? [{ id, quantity }] : []
  })
  // Each receipt is a return of its own there, written down before it is told: a repeated one is then the same.
  if (came.length > 0) returns[before.length === 0 ? returnId : `${returnId}#${before.length + 1}`] = { lines: came, told: false }

  for (const [returnExternalId, one] of Object.entries(returns)) {
    if (one.told) continue
    await regulars.updateRegularsOrders({ id: order.id, returns })
    await regulars.acts.returnLines({ input: { orderExternalId: order.id, returnExternalId, lines: [...one.lines] } })
    returns[returnExternalId] = { ...one, told: true }
    await regulars.updateRegularsOrders({ id: order.id, returns })
  }
}

/** Tells of all that came back of these orders. */
export async function tellReturnsOf(container: MedusaContainer, orderIds: readonly string[]): Promise<void> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({ entity: 'return', fields: ['id'], filters: { order_id: [...orderIds] } })
  for (const { id } of data) await tellReturn(container, id)
}
