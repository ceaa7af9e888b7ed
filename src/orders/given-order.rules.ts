import { DAY_MS, type Instant } from '../kernel/clock.ts'
import type { Minor } from '../kernel/money.ts'
import { type InputPath, type Problem, problem, within } from '../kernel/problem.ts'
import { accept, type Result, refuse } from '../kernel/result.ts'
import { isWord } from '../kernel/text.ts'
import { BOUNDS } from '../pricing/bounds.ts'
import { isSku, MAX_SKU } from '../products/product.model.ts'
import type { GivenLine, GivenOrder, WantedLine, WantedOrder } from './given-order.model.ts'
import { isExternalId, MAX_EXTERNAL_ID } from './order.model.ts'

const MAX = { orders: 500, lines: BOUNDS.linesPerCart, quantity: BOUNDS.quantity, lineId: 100, channel: 100 } as const

const bad = (message: string, ...path: InputPath) => refuse(problem('BAD_USER_INPUT', message, path))

/** The orders of one call, whole and within bounds, each external id once; in the order given. */
export function checkOrders(given: readonly GivenOrder[], now: Instant): Result<readonly WantedOrder[], Problem> {
  if (given.length > MAX.orders)
    return refuse(problem('TOO_MANY_ITEMS', `At most ${MAX.orders} orders a call: send ${given.length} in parts.`, ['orders']))
  const seen = new Set<string>()
  const orders: WantedOrder[] = []
  for (const [i, order] of given.entries()) {
    const checked = checkOrder(order, now)
    if (!checked.ok) return refuse(within(checked.problem, 'orders', i))
    if (seen.has(order.externalId))
      return bad(`Order "${order.externalId}" comes twice in this call: send it once.`, 'orders', i, 'externalId')
    seen.add(order.externalId)
    orders.push(checked.value)
  }
  return accept(orders)
}

function checkOrder({ externalId, placedAt, status, channel, lines }: GivenOrder, now: Instant): Result<WantedOrder, Problem> {
  if (!isExternalId(externalId))
    return bad(`externalId must have 1 to ${MAX_EXTERNAL_ID} characters, none of them a control character.`, 'externalId')
  if (channel !== null && !isWord(channel, MAX.channel))
    return bad(`channel must have 1 to ${MAX.channel} characters; leave it out if there is none.`, 'channel')
  // A day, since some shops send their own wall clock's time as if it were UTC.
  if (placedAt < 0 || placedAt > now + DAY_MS) return bad('placedAt must be from 1970 on, and at most a day from now.', 'placedAt')
  const checked = checkLines(lines)
  return checked.ok ? accept({ externalId, placedAt, status, channel, lines: checked.value }) : checked
}

function checkLines(given: readonly GivenLine[]): Result<readonly WantedLine[], Problem> {
  if (given.length === 0) return bad('An order has at least one line.', 'lines')
  if (given.length > MAX.lines) return refuse(problem('TOO_MANY_ITEMS', `An order has at most ${MAX.lines} lines.`, ['lines']))
  const lines = new Map<string, WantedLine>()
  let sum = 0
  for (const [i, one] of given.entries()) {
    const checked = checkLine(one, i)
    if (!checked.ok) return refuse(within(checked.problem, 'lines', i))
    const line = checked.value
    if (lines.has(line.id))
      return bad(`Another line is "${line.id}" already: each line of an order has an id of its own (default: its index).`, 'lines', i, 'id')
    lines.set(line.id, line)
    sum += line.total
    if (sum > Number.MAX_SAFE_INTEGER)
      return refuse(problem('AMOUNT_TOO_LARGE', 'The lines of an order come to at most 2^53-1.', ['lines']))
  }
  return accept([...lines.values()])
}

function checkLine({ sku, quantity, unitPrice, ...line }: GivenLine, index: number): Result<WantedLine, Problem> {
  const id = line.id ?? String(index)
  if (!isWord(id, MAX.lineId)) return bad(`id must have 1 to ${MAX.lineId} characters; leave it out for the line's index.`, 'id')
  if (!isSku(sku)) return bad(`sku must have 1 to ${MAX_SKU} characters, none of them a control character.`, 'sku')
  if (quantity < 1 || quantity > MAX.quantity) return bad(`quantity must be from 1 to ${MAX.quantity}.`, 'quantity')
  const total = (line.total ?? unitPrice * quantity) as Minor
  if (total > Number.MAX_SAFE_INTEGER)
    return refuse(problem('AMOUNT_TOO_LARGE', 'unitPrice x quantity comes to more than 2^53-1.', ['unitPrice']))
  return accept({ id, sku, quantity, unitPrice, total })
}
