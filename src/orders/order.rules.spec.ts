import { expect, test } from 'vitest'
import type { Instant } from '../kernel/clock.ts'
import type { Id } from '../kernel/id.ts'
import type { Minor } from '../kernel/money.ts'
import { countsWhen } from './counting.rules.ts'
import type { WantedLine } from './given-order.model.ts'
import type { Order } from './order.model.ts'
import { netTotal, type Recording, record } from './order.rules.ts'

const NEW = 'new' as Id<'Order'>
const line = (id: string, quantity: number, total: number): WantedLine => ({
  id,
  sku: 'A',
  quantity,
  unitPrice: 1 as Minor,
  total: total as Minor,
})
const wanted = (lines: readonly WantedLine[], more: Partial<Recording> = {}): Recording => ({
  externalId: 'o',
  customerId: null,
  placedAt: 0 as Instant,
  status: 'PAID',
  channel: null,
  lines,
  ...more,
})

function recorded(before: Order | null, recording: Recording): Order {
  const decision = record(before, recording, 'PAID', NEW)
  if (!decision.ok) throw new Error(decision.problem.message)
  return decision.value
}

/** The same order after some units of its lines came back. */
const withReturns = (order: Order, returned: readonly number[]): Order => {
  const lines = order.lines.map((one, i) => ({ ...one, returnedQuantity: returned[i] ?? 0 }))
  return { ...order, lines, total: netTotal(lines) }
}

test('an order counts from the status on that the shop chose, and never before it is paid or once it is called off', () => {
  const counting = (when: 'PAID' | 'COMPLETED') =>
    (['PLACED', 'PAID', 'COMPLETED', 'CANCELLED'] as const).filter((status) => countsWhen(status, when))
  expect(counting('PAID')).toEqual(['PAID', 'COMPLETED'])
  expect(counting('COMPLETED')).toEqual(['COMPLETED'])
})

test('an order recorded again as it is, is the very same', () => {
  const before = recorded(null, wanted([line('a', 2, 5), line('b', 1, 3)]))
  expect(recorded(before, wanted([line('a', 2, 5), line('b', 1, 3)]))).toBe(before)
  expect(recorded(before, wanted([line('b', 1, 3), line('a', 2, 5)]))).not.toBe(before)
})

test('what came back stays so when an order is corrected, at what its units cost', () => {
  const before = withReturns(recorded(null, wanted([line('a', 3, 10), line('b', 1, 5)])), [1, 0])
  expect(before.total).toBe(11)
  const after = recorded(before, wanted([line('b', 1, 5), line('a', 3, 8)]))
  expect(after).toMatchObject({
    id: NEW,
    total: 10,
    lines: [
      { id: 'b', returnedQuantity: 0 },
      { id: 'a', returnedQuantity: 1 },
    ],
  })
})

test('a line cannot be corrected to fewer units than came back, nor away', () => {
  const before = withReturns(recorded(null, wanted([line('a', 3, 9), line('b', 1, 5)])), [2, 0])
  expect(record(before, wanted([line('a', 1, 3)]), 'PAID', NEW)).toMatchObject({
    ok: false,
    problem: { code: 'CONFLICT', path: ['lines', 0, 'quantity'] },
  })
  expect(record(before, wanted([line('b', 1, 5)]), 'PAID', NEW)).toMatchObject({
    ok: false,
    problem: { code: 'CONFLICT', path: ['lines'] },
  })
})

test('an order of which everything came back does not count', () => {
  const before = withReturns(recorded(null, wanted([line('a', 2, 9)])), [2])
  expect(recorded(before, wanted([line('a', 2, 9)], { channel: 'phone' }))).toMatchObject({ counted: false, total: 0 })
})
