import { expect, test } from 'vitest'
import type { Terms } from './rule.model.ts'
import { changesBetween } from './version.rules.ts'

const ladder = (more: object = {}): Terms =>
  ({
    kind: 'LADDER',
    code: 'l',
    name: 'l',
    priority: 0,
    audience: null,
    scope: null,
    schedule: null,
    validFrom: null,
    validUntil: null,
    rungs: [],
    ...more,
  }) as Terms

test('a term that an old version lacks is as good as null, and no change', () => {
  expect(changesBetween(ladder(), ladder({ brandNew: null }))).toEqual([])
  expect(changesBetween(ladder(), ladder({ brandNew: { a: 1 } }))).toEqual([{ path: 'brandNew', before: null, after: { a: 1 } }])
})

test('lists are compared place by place, and instants as they are written', () => {
  const before = ladder({ scope: { skus: ['A', 'B'] }, validFrom: 0 })
  const after = ladder({ scope: { skus: ['A', 'C', 'D'] }, validFrom: 1 })
  expect(changesBetween(before, after)).toEqual([
    { path: 'scope.skus.1', before: 'B', after: 'C' },
    { path: 'scope.skus.2', before: null, after: 'D' },
    { path: 'validFrom', before: '1970-01-01T00:00:00.000Z', after: '1970-01-01T00:00:00.001Z' },
  ])
})

test.each([
  ['a multi-buy', { form: 'MULTI_BUY', every: 2, units: 1, bp: 5_000 }, 'order.multiBuy.percentOff', 50, 25],
  ['a bundle', { form: 'BUNDLE', items: [{ sku: 'A', quantity: 1 }], price: 100 }, 'order.bundle.price', 100, 90],
])('%s is told in the words of its input', (_, order, path, before, after) => {
  const offer = (of: object) => ({ ...ladder(), kind: 'OFFER', rungs: undefined, product: null, order: of }) as unknown as Terms
  const changed = order.form === 'BUNDLE' ? { ...order, price: 90 } : { ...order, bp: 2_500 }
  expect(changesBetween(offer(order), offer(changed))).toEqual([{ path, before, after }])
})
