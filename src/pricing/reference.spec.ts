import fc from 'fast-check'
import { expect, test } from 'vitest'
import { localTime } from '../kernel/zone.ts'
import { worldText } from './cases/arbitrary.ts'
import { type RefQuote, reference } from './cases/reference.ts'
import { NOON, world } from './cases/world.ts'
import { price } from './price.ts'
import type { Quote } from './quote.ts'

// The engine against the plain second writing of the rules, on random shops.

const RUNS = 1_500
const here = localTime(NOON, 'Asia/Shanghai')
const clock = { dayOfMonth: here.dayOfMonth, dayOfWeek: here.dayOfWeek, hhmm: '20:00' }

/** A quote in the words of the reference. */
const inItsWords = (quote: Quote): Omit<RefQuote, 'taken'> => ({
  lines: quote.lines.map((line) => ({
    unit: line.unitPrice,
    total: line.total,
    rules: line.rules.map(({ code, amount }) => [code, amount]),
    shares: line.orderShares.map(({ code, amount }) => [code, amount]),
  })),
  gifts: quote.gifts.map((gift) => `${gift.sku} x ${gift.quantity} by ${gift.offerCode}`),
  surprises: quote.surprises.map(({ offerCode, prizes }) => `${prizes.map((prize) => prize.name).join(' or ')} by ${offerCode}`),
  freeShipping: quote.freeShipping,
  next: quote.nextSteps.map((step) => `${step.offerCode}: ${step.missing}, ${step.missingQuantity} -> ${step.amount}`),
})

test('the engine and a second writing of the rules give the same quote', () => {
  fc.assert(
    fc.property(worldText, (text) => {
      const { input, book, shopper, cart, usage } = world(text)
      const priced = price(book, shopper, cart, NOON, { usage })
      if (!priced.ok) throw new Error(priced.problem.kind)
      const { taken: _, ...expected } = reference({ book: input, shopper, cart, usage, at: NOON, clock })
      expect(inItsWords(priced.value)).toEqual(expected)
    }),
    { numRuns: RUNS },
  )
})
