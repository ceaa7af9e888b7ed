import type { Id } from '../kernel/id.ts'
import type { Minor } from '../kernel/money.ts'
import { type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { costOfUnits } from '../pricing/unit-costs.ts'
import type { OrderCountsWhen } from '../shops/shop.model.ts'
import { isCounted } from './counting.rules.ts'
import type { WantedLine, WantedOrder } from './given-order.model.ts'
import type { Order, OrderLine, OrderStatus } from './order.model.ts'

/** What is to be recorded, and for whom. */
export type Recording = WantedOrder & { readonly customerId: Id<'Customer'> | null }

/**
 * The order as it stands once it is recorded: new under `newId`, or the one before with all that differs corrected. Units
 * that came back stay so. Whoever is told gets `before` itself where nothing differs.
 */
export function record(before: Order | null, wanted: Recording, when: OrderCountsWhen, newId: Id<'Order'>): Result<Order, Problem> {
  if (before?.committed) return accept(before.status === wanted.status ? before : withStatus(before, wanted.status, when))
  const returned = new Map(before?.lines.map((line) => [line.id, line.returnedQuantity]))
  const lines: OrderLine[] = []
  for (const [i, line] of wanted.lines.entries()) {
    const returnedQuantity = returned.get(line.id) ?? 0
    if (returnedQuantity > line.quantity) return refuse(hasReturns(line.id, returnedQuantity, ['lines', i, 'quantity']))
    returned.delete(line.id)
    lines.push({ ...line, returnedQuantity })
  }
  for (const [id, quantity] of returned) if (quantity > 0) return refuse(hasReturns(id, quantity, ['lines']))
  const { externalId, customerId, placedAt, status, channel } = wanted
  const order: Order = {
    id: before?.id ?? newId,
    externalId,
    customerId,
    placedAt,
    status,
    channel,
    lines,
    total: netTotal(lines),
    counted: isCounted(status, lines, when),
    committed: false,
  }
  return accept(before !== null && isSame(before, order) ? before : order)
}

/** A committed order under another status; called off, all its units are back. */
function withStatus(order: Order, status: OrderStatus, when: OrderCountsWhen): Order {
  const lines = status === 'CANCELLED' ? order.lines.map((line) => ({ ...line, returnedQuantity: line.quantity })) : order.lines
  return withLines({ ...order, status }, lines, when)
}

/** The order with these lines, and what follows from them. */
export const withLines = (order: Order, lines: readonly OrderLine[], when: OrderCountsWhen): Order => ({
  ...order,
  lines,
  total: netTotal(lines),
  counted: isCounted(order.status, lines, when),
})

/**
 * The order that a reservation becomes. One of its external id that was recorded already is adopted: it stays the same
 * order, and what was reserved is what was sold. Refused when that one came of a reservation itself.
 */
export function commitOrder(before: Order | null, wanted: Recording, when: OrderCountsWhen, newId: Id<'Order'>): Result<Order, Problem> {
  if (before?.committed)
    return refuse(problem('CONFLICT', `Order "${wanted.externalId}" came of another reservation: each order is committed once.`))
  const recorded = record(before, wanted, when, newId)
  return recorded.ok ? accept(withStatus({ ...recorded.value, committed: true }, wanted.status, when)) : recorded
}

const hasReturns = (id: string, quantity: number, path: (string | number)[]): Problem =>
  problem('CONFLICT', `${quantity} units of line "${id}" came back already: it cannot have fewer than that.`, path)

/** What the units that were kept cost. */
export function netTotal(lines: readonly OrderLine[]): Minor {
  return lines.reduce((sum, line) => sum + line.total - costOfUnits(line.total, line.quantity, 0, line.returnedQuantity), 0) as Minor
}

function isSame(a: Order, b: Order): boolean {
  return (
    a.customerId === b.customerId &&
    a.placedAt === b.placedAt &&
    a.status === b.status &&
    a.channel === b.channel &&
    a.total === b.total &&
    a.counted === b.counted &&
    a.lines.length === b.lines.length &&
    a.lines.every((line, i) => isSameLine(line, b.lines[i]))
  )
}

const isSameLine = (a: WantedLine, b: WantedLine | undefined): boolean =>
  b !== undefined && a.id === b.id && a.sku === b.sku && a.quantity === b.quantity && a.unitPrice === b.unitPrice && a.total === b.total
