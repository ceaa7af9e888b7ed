import type { Minor } from '../kernel/money.ts'
import { type InputPath, type Problem, problem } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import type { TakenUse } from '../offers/usage.model.ts'
import type { Order, OrderLine } from '../orders/order.model.ts'
import { BOUNDS } from '../pricing/bounds.ts'
import { costOfUnits } from '../pricing/unit-costs.ts'
import type { ReturnedLine, WantedReturn, WantedUnits } from './return.model.ts'

export const isWhollyReturned = (line: OrderLine): boolean => line.returnedQuantity === line.quantity

const bad = (message: string, path: InputPath, details?: Problem['details']) =>
  refuse(problem('BAD_USER_INPUT', message, ['input', ...path], details))

/** What is wrong with a return before anybody looks at the order. */
export function returnFault({ lines }: WantedReturn): Result<true, Problem> {
  if (lines.length === 0) return bad('A return has at least one line.', ['lines'])
  if (lines.length > BOUNDS.linesPerCart)
    return refuse(problem('TOO_MANY_ITEMS', `A return has at most ${BOUNDS.linesPerCart} lines.`, ['input', 'lines']))
  const seen = new Set<string>()
  for (const [i, { id, quantity }] of lines.entries()) {
    if (quantity < 1) return bad('quantity must be at least 1.', ['lines', i, 'quantity'])
    if (seen.has(id)) return bad(`Line "${id}" comes twice: send it once, with all its units.`, ['lines', i, 'id'])
    seen.add(id)
  }
  return accept(true)
}

/** Takes units off an order's lines: unit k after unit k, each for what it cost. Survivors are never priced again. */
export function returnUnits(
  order: Order,
  wanted: readonly WantedUnits[],
): Result<{ readonly returned: readonly ReturnedLine[]; readonly lines: readonly OrderLine[]; readonly amount: Minor }, Problem> {
  const lines = new Map(order.lines.map((line) => [line.id, line]))
  const returned: ReturnedLine[] = []
  for (const [i, { id, quantity }] of wanted.entries()) {
    const line = lines.get(id)
    if (line === undefined)
      return refuse(problem('NOT_FOUND', `Order "${order.externalId}" has no line "${id}".`, ['input', 'lines', i, 'id']))
    const left = line.quantity - line.returnedQuantity
    if (quantity > left) return bad(`Of line "${id}" ${left} units are left to come back.`, ['lines', i, 'quantity'], { left })
    returned.push({ id, quantity, amount: costOfUnits(line.total, line.quantity, line.returnedQuantity, quantity) })
    lines.set(id, { ...line, returnedQuantity: line.returnedQuantity + quantity })
  }
  const amount = returned.reduce((sum, line) => sum + line.amount, 0) as Minor
  return accept({ returned, lines: [...lines.values()], amount })
}

/** The uses whose offer says that they come back, and whose lines all did. */
export function usesDue(
  uses: readonly TakenUse[],
  reservations: readonly { readonly id: string; readonly orderId: string }[],
  orders: readonly Order[],
): TakenUse[] {
  const back = new Map(orders.map((order) => [order.id as string, new Set(order.lines.filter(isWhollyReturned).map((line) => line.id))]))
  const orderOf = new Map(reservations.map(({ id, orderId }) => [id, orderId]))
  return uses.filter(({ returnsRestore, reservationId, lineIds }) => {
    const returned = back.get(orderOf.get(reservationId) ?? '')
    return returnsRestore && returned !== undefined && lineIds.every((id) => returned.has(id))
  })
}
