import type { MedusaContainer } from '@medusajs/framework/types'
import { ContainerRegistrationKeys, Modules } from '@medusajs/framework/utils'
import { type OrderInput, type OrderStatus, RegularsError } from '@regulars/client'
import { REGULARS } from '../modules/regulars/index.ts'
import type { RegularsModuleService } from '../modules/regulars/service.ts'
import { tellCustomers } from './customers.ts'
import { type MedusaOrder, orderInput, readOrders, statusOf } from './order-facts.ts'

type Record_ = {
  readonly id: string
  readonly reservation_id: string | null
  readonly lines: Record<string, string>
  readonly told: string | null
  readonly isNamed: boolean
}

/** Commits what the cart had reserved, or records the order as it was sold; later its status alone. */
export async function tellOrder(container: MedusaContainer, orderId: string): Promise<void> {
  const regulars = container.resolve<RegularsModuleService>(REGULARS)
  const [order] = await readOrders(container, [orderId])
  if (order === undefined || order.is_draft_order || !(await isCounted(regulars, order))) return
  const known = await recordOf(container, regulars, order)
  const status = statusOf(order)
  if (known.told === status) return

  const reservationId = known.told === null ? known.reservation_id : null
  const isCommitted = reservationId !== null && (await commit(container, regulars, order, status, reservationId))
  if (!isCommitted)
    await record(
      container,
      orderInput(order, status, known.isNamed, (line) => known.lines[line] ?? line),
    )
  await regulars.updateRegularsOrders({ id: orderId, told: status })
}

/** Amounts of another currency than the shop's would be nonsense there. */
export async function isCounted(regulars: RegularsModuleService, { currency_code }: MedusaOrder): Promise<boolean> {
  return currency_code === (await regulars.currencyOrFail())
}

/** False: the reservation was over, and the order has to be recorded as it was sold. */
async function commit(
  container: MedusaContainer,
  regulars: RegularsModuleService,
  order: MedusaOrder,
  status: OrderStatus,
  reservationId: string,
): Promise<boolean> {
  const result = await regulars.acts.commit({
    reservationId,
    orderExternalId: order.id,
    placedAt: new Date(order.created_at).toISOString(),
    status,
    idempotencyKey: `medusa:commit:${order.id}:${status}`,
  })
  if (result.__typename !== 'Order') return false
  const { gifts, surprises } = result
  // What staff have to pack, and what was won, where they look.
  if (gifts.length > 0 || surprises.length > 0)
    await container.resolve(Modules.ORDER).updateOrders(order.id, { metadata: { ...order.metadata, regulars: { gifts, surprises } } })
  return true
}

export async function record(container: MedusaContainer, ...orders: OrderInput[]): Promise<void> {
  const regulars = container.resolve<RegularsModuleService>(REGULARS)
  try {
    await regulars.acts.recordOrders({ orders })
  } catch (error) {
    if (!(error instanceof RegularsError) || error.code !== 'UNKNOWN_CUSTOMER') throw error
    await tellCustomers(
      container,
      orders.flatMap(({ customer }) => customer?.externalId ?? []),
    )
    await regulars.acts.recordOrders({ orders })
  }
}

/** What is known of the order; made from its cart the first time. */
export async function recordOf(container: MedusaContainer, regulars: RegularsModuleService, order: MedusaOrder): Promise<Record_> {
  const cart = await cartOf(container, order.id)
  const [row] = cart === null ? [] : await regulars.listRegularsCarts({ id: [cart] })
  // An order without a cart of ours is staff's, or older than the plugin: its customer is who it says, if they have an account.
  const isNamed = order.customer?.has_account === true && (row === undefined || row.shopper_id === order.customer_id)
  const [known] = await regulars.listRegularsOrders({ id: [order.id] })
  if (known !== undefined) return { ...known, lines: known.lines as Record<string, string>, isNamed }

  const reservation_id = row?.reservation_id ?? null
  const lines = reservation_id === null || cart === null ? {} : await cartLines(container, order, cart)
  await regulars.createRegularsOrders({ id: order.id, reservation_id, lines, returns: {} })
  return { id: order.id, reservation_id, lines, told: null, isNamed }
}

async function cartOf(container: MedusaContainer, orderId: string): Promise<string | null> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({ entity: 'order_cart', fields: ['cart_id'], filters: { order_id: orderId } })
  return (data[0] as { cart_id: string } | undefined)?.cart_id ?? null
}

/** Medusa gives an order's lines ids of their own: which line of the cart each was. Lines that are alike in all of this may be taken for each other. */
async function cartLines(container: MedusaContainer, { items = [] }: MedusaOrder, cartId: string): Promise<Record<string, string>> {
  const left = await container.resolve(Modules.CART).listLineItems({ cart_id: cartId })
  return Object.fromEntries(
    items.flatMap((item) => {
      const at = left.findIndex(
        (line) =>
          line.variant_id === item.variant_id &&
          Number(line.quantity) === Number(item.quantity) &&
          Number(line.unit_price) === Number(item.unit_price),
      )
      const [line] = at === -1 ? [] : left.splice(at, 1)
      return line === undefined ? [] : [[item.id, line.id]]
    }),
  )
}

/** The checkout failed after the order was told of: Medusa takes the order back, and so must the engine. */
export async function tellUndone(container: MedusaContainer, orderId: string): Promise<void> {
  const regulars = container.resolve<RegularsModuleService>(REGULARS)
  await regulars.deleteRegularsTasks(`order:${orderId}`)
  const told = await regulars.acts.order({ externalId: orderId })
  if (told === null) return
  const lines = told.lines.map(({ id, sku, quantity, unitPrice, total }) => ({ id, sku, quantity, unitPrice, total }))
  await record(container, { externalId: orderId, placedAt: told.placedAt, status: 'CANCELLED', lines })
}
