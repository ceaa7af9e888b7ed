import { expect, test } from 'vitest'
import { buildBook } from './book.ts'
import { bookInput, type LadderText, type OfferText, product } from './cases/world.ts'
import { bucketsFor } from './rule-index.ts'

const FACTS = { list: 100, brand: 'b', categories: ['c/d', 'c/e'], tags: ['New'] }

function rulesFor(ladders: readonly LadderText[], offers: readonly OfferText[], sku = 'A', isKnown = true): string[] {
  const buckets = bucketsFor(buildBook(bookInput({ ladders, offers })).index, sku, isKnown ? product(sku, FACTS) : null)
  return buckets.flatMap((bucket) =>
    [...bucket.ladders, ...bucket.exclusives, ...bucket.stackables, ...bucket.orders].map((rule) => rule.code),
  )
}

const FREE = { rungs: [{ percentOff: 10 }] }

test('a line of a large book leads to the rules that can touch it, and to no other', () => {
  const others = Array.from({ length: 300 }, (_, i) => ({
    code: `X${i}`,
    scope: { skus: [`x${i}`], brands: [`x${i}`], categories: [`c/x${i}`], productTags: [`x${i}`] },
  }))
  const touching = [
    { code: 'SKU', scope: { skus: ['A'] }, ...FREE },
    { code: 'CATEGORY', scope: { categories: ['c/d'] }, ...FREE },
    { code: 'PARENT', scope: { categories: ['c'] }, ...FREE },
    { code: 'TAG', scope: { productTags: ['NEW'] }, ...FREE },
    { code: 'BRAND', scope: { brands: ['b'] }, ...FREE },
  ]
  const ladders = [...others.map((rule) => ({ ...rule, ...FREE })), ...touching]
  const offers = [
    ...others.map((rule) => ({ ...rule, code: `P${rule.code}`, product: { amountOff: 1 } })),
    ...others.map((rule) => ({ ...rule, code: `O${rule.code}`, steps: [{ amountOff: 1 }] })),
    ...others.map((rule) => ({ code: `B${rule.code}`, bundle: { items: { [rule.scope.skus[0] ?? '']: 1 }, price: 1 } })),
    { code: 'BUNDLE', bundle: { items: { A: 1, Z: 1 }, price: 1 } },
    { code: 'TYPED', byCode: true, product: { amountOff: 1 } },
  ]
  expect(rulesFor(ladders, offers).sort()).toEqual(['BRAND', 'BUNDLE', 'CATEGORY', 'PARENT', 'SKU', 'TAG'])
})

test('of a product without facts the sku alone leads anywhere', () => {
  const ladders = [
    { code: 'ALL', ...FREE },
    { code: 'BRAND', scope: { brands: ['b'] }, ...FREE },
  ]
  expect(rulesFor(ladders, [{ code: 'BUNDLE', bundle: { items: { A: 1 }, price: 1 } }], 'A', false)).toEqual(['ALL', 'BUNDLE'])
})

test('what two categories of a product have in common is found once', () => {
  expect(rulesFor([{ code: 'PARENT', scope: { categories: ['c'] }, ...FREE }], [])).toEqual(['PARENT'])
})
