import { defineEntity, p } from '@mikro-orm/core'
import type { Id } from '../kernel/id.ts'
import type { Minor } from '../kernel/money.ts'
import { toInstant } from '../shell/sql.ts'
import type { OrderHead, OrderLine, OrderStatus } from './order.model.ts'

export const OrderRow = defineEntity({
  name: 'OrderRow',
  tableName: 'shop_order',
  properties: {
    shopId: p.integer().primary(),
    id: p.uuid().primary(),
    externalId: p.text(),
    customerId: p.uuid().nullable(),
    placedAt: p.datetime(),
    status: p.text().$type<OrderStatus>(),
    channel: p.text().nullable(),
    total: p.bigint('number'),
    units: p.bigint('number'),
    skus: p.integer(),
    counted: p.boolean(),
    recordedAt: p.datetime(),
    committed: p.boolean().default(false),
  },
})

export const OrderLineRow = defineEntity({
  name: 'OrderLineRow',
  tableName: 'order_line',
  properties: {
    shopId: p.integer().primary(),
    orderId: p.uuid().primary(),
    lineId: p.text().primary(),
    position: p.integer(),
    sku: p.text(),
    quantity: p.integer(),
    returnedQuantity: p.integer().default(0),
    unitPrice: p.bigint('number'),
    total: p.bigint('number'),
    costPrice: p.bigint('number').nullable(),
  },
})

export const OrderGiftRow = defineEntity({
  name: 'OrderGiftRow',
  tableName: 'order_gift',
  properties: {
    shopId: p.integer().primary(),
    orderId: p.uuid().primary(),
    position: p.integer().primary(),
    sku: p.text(),
    quantity: p.integer(),
    offerCode: p.text(),
  },
})

export type OrderFigures = {
  id: string
  external_id: string
  customer_id: string | null
  placed_at: string
  status: OrderStatus
  channel: string | null
  total: string
  counted: boolean
  committed: boolean
}
export type LineFigures = {
  order_id: string
  line_id: string
  sku: string
  quantity: number
  returned_quantity: number
  unit_price: string
  total: string
}

export const toOrderHead = (row: OrderFigures): OrderHead => ({
  id: row.id as Id<'Order'>,
  externalId: row.external_id,
  customerId: row.customer_id as Id<'Customer'> | null,
  placedAt: toInstant(row.placed_at),
  status: row.status,
  channel: row.channel,
  total: Number(row.total) as Minor,
  counted: row.counted,
  committed: row.committed,
})

export const toLine = (row: LineFigures): OrderLine => ({
  id: row.line_id,
  sku: row.sku,
  quantity: row.quantity,
  returnedQuantity: row.returned_quantity,
  unitPrice: Number(row.unit_price) as Minor,
  total: Number(row.total) as Minor,
})
