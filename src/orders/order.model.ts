import { type Instant, isInstantText } from '../kernel/clock.ts'
import { type Id, isUuid } from '../kernel/id.ts'
import type { Minor } from '../kernel/money.ts'
import { isWord } from '../kernel/text.ts'

/** Characters. */
export const MAX_EXTERNAL_ID = 200

/** Whether a text could name an order. */
export const isExternalId = (text: string): boolean => isWord(text, MAX_EXTERNAL_ID)

export type OrderStatus = 'PLACED' | 'PAID' | 'COMPLETED' | 'CANCELLED'

/** An order but for its lines. */
export type OrderHead = {
  readonly id: Id<'Order'>
  /** By which the shop knows the order, and knows it again. */
  readonly externalId: string
  /** Null: a guest's. */
  readonly customerId: Id<'Customer'> | null
  readonly placedAt: Instant
  readonly status: OrderStatus
  readonly channel: string | null
  /** What was paid for the lines, less what returned units cost. */
  readonly total: Minor
  /** Whether it is one of the orders that statistics, tiers and first orders look at. */
  readonly counted: boolean
  /** Whether it came of a reservation: then what was sold stands, and only its status is recorded. */
  readonly committed: boolean
}

/** `lines` in the order in which they were recorded. */
export type Order = OrderHead & { readonly lines: readonly OrderLine[] }

export type OrderLine = {
  /** The caller's own name of the line. */
  readonly id: string
  readonly sku: string
  readonly quantity: number
  readonly returnedQuantity: number
  readonly unitPrice: Minor
  /** What was paid for all its units, those that were returned included. */
  readonly total: Minor
}

/** How many units of an order were kept, and of how many skus. */
export function keptOf(lines: readonly OrderLine[]): { readonly units: number; readonly skus: number } {
  const kept = lines.filter((line) => line.quantity > line.returnedQuantity)
  return {
    units: kept.reduce((sum, line) => sum + line.quantity - line.returnedQuantity, 0),
    skus: new Set(kept.map((line) => line.sku)).size,
  }
}

/** Where an order stands in a list by time. */
export const orderKey = ({ placedAt, id }: OrderHead): string => `${placedAt}/${id}`

/** Null for what is no such place. */
export function readOrderKey(key: string): { readonly placedAt: Instant; readonly id: string } | null {
  const [time = '', id = '', ...rest] = key.split('/')
  return isInstantText(time) && isUuid(id) && rest.length === 0 ? { placedAt: Number(time) as Instant, id } : null
}

export const isOrderKey = (key: string): boolean => readOrderKey(key) !== null
