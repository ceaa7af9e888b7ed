import type { MedusaContainer } from '@medusajs/framework/types'
import { ContainerRegistrationKeys } from '@medusajs/framework/utils'
import type { OrderInput, OrderStatus } from '@regulars/client'
import { type Amount, toNearestMinor } from '../money.ts'

const FIELDS = [
  'id',
  'status',
  'created_at',
  'canceled_at',
  'currency_code',
  'metadata',
  'is_draft_order',
  'customer_id',
  'customer.has_account',
  'items.*',
  'items.adjustments.*',
  'payment_collections.status',
  'payment_collections.amount',
  'payment_collections.captured_amount',
  'payment_collections.refunded_amount',
]

type Item = {
  readonly id: string
  readonly variant_id: string | null
  readonly variant_sku: string | null
  readonly quantity: number
  readonly unit_price: number
  readonly raw_unit_price?: Amount
  readonly adjustments?: readonly { readonly amount: number; readonly raw_amount?: Amount }[]
}

export type MedusaOrder = {
  readonly id: string
  readonly status: string
  readonly created_at: string | Date
  readonly canceled_at: string | Date | null
  readonly currency_code: string
  readonly metadata: Record<string, unknown> | null
  readonly is_draft_order: boolean
  readonly customer_id: string | null
  readonly customer?: { readonly has_account: boolean } | null
  readonly items?: readonly Item[]
  readonly payment_collections?: readonly {
    readonly status: string
    readonly amount: number
    readonly captured_amount: number | null
    readonly refunded_amount: number | null
  }[]
}

export async function readOrders(container: MedusaContainer, ids: readonly string[]): Promise<readonly MedusaOrder[]> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({ entity: 'order', fields: FIELDS, filters: { id: [...ids] } })
  return data as unknown as readonly MedusaOrder[]
}

/** An order that is authorised and not captured is placed, and does not count yet. */
export function statusOf({ status, canceled_at, payment_collections = [] }: MedusaOrder): OrderStatus {
  if (canceled_at !== null || status === 'canceled') return 'CANCELLED'
  if (status === 'completed') return 'COMPLETED'
  const isPaid = payment_collections.every(
    ({ status: paid, amount, captured_amount }) => paid === 'completed' || paid === 'canceled' || (captured_amount ?? 0) >= amount,
  )
  return isPaid ? 'PAID' : 'PLACED'
}

/** `nameOf` an order's line is its name in Regulars. Nobody is named who did not sign in. */
export function orderInput(order: MedusaOrder, status: OrderStatus, isNamed: boolean, nameOf: (lineId: string) => string): OrderInput {
  const { id, created_at, currency_code: currency, customer_id, items = [] } = order
  return {
    externalId: id,
    ...(isNamed && customer_id !== null ? { customer: { externalId: customer_id } } : {}),
    placedAt: new Date(created_at).toISOString(),
    status,
    channel: 'medusa',
    lines: items.map((item) => {
      const unitPrice = toNearestMinor(item.raw_unit_price ?? item.unit_price, currency)
      const less = (item.adjustments ?? []).reduce((sum, { raw_amount, amount }) => sum + toNearestMinor(raw_amount ?? amount, currency), 0)
      const quantity = Number(item.quantity)
      return {
        id: nameOf(item.id),
        sku: item.variant_sku || item.variant_id || item.id,
        quantity,
        unitPrice,
        total: Math.max(0, unitPrice * quantity - less),
      }
    }),
  }
}
