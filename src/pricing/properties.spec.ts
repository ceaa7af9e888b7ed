import fc from 'fast-check'
import { expect, test } from 'vitest'
import { floorOf } from './adjust.ts'
import { type BookInput, buildBook } from './book.ts'
import { ladderBook, productsText, quantity, somebodyText, worldText } from './cases/arbitrary.ts'
import { book, lines, NOON, shopper, type WorldText, world } from './cases/world.ts'
import { memberPrices } from './member-prices.ts'
import { price } from './price.ts'
import type { Quote, QuoteLine } from './quote.ts'
import type { Offer } from './rule.ts'
import type { Shopper } from './shopper.ts'

// What is always true of a price (pricing rules, section 5), on random shops.

const RUNS = { numRuns: 400 }
const sum = (amounts: readonly number[]): number => amounts.reduce((all, amount) => all + amount, 0)
const amounts = (rules: readonly { readonly amount: number }[]): number => sum(rules.map(({ amount }) => amount))

function quoteOf(text: WorldText, explain = false): Quote {
  const { book, shopper, cart, usage } = world(text)
  const priced = price(book, shopper, cart, NOON, { usage, explain })
  if (!priced.ok) throw new Error(priced.problem.kind)
  return priced.value
}

const always = (claim: string, holds: (quote: Quote, text: WorldText) => void): void =>
  test(claim, () =>
    fc.assert(
      fc.property(worldText, (text) => holds(quoteOf(text), text)),
      RUNS,
    ),
  )

always('a line costs list price x quantity, less its rules, less its shares', (quote) => {
  for (const line of quote.lines) {
    expect(line.unitPrice * line.quantity).toBe(line.listPrice * line.quantity - amounts(line.rules))
    expect(line.total).toBe(line.unitPrice * line.quantity - amounts(line.orderShares))
  }
})

always("an order offer's shares add up to what it took", (quote) => {
  const shares = quote.lines.flatMap((line) => line.orderShares)
  for (const rule of quote.orderRules) expect(amounts(shares.filter(({ code }) => code === rule.code))).toBe(rule.amount)
  expect(amounts(shares)).toBe(amounts(quote.orderRules))
})

always('the total is the sum of the lines, and the discount what is missing to the subtotal', (quote) => {
  expect(quote.total).toBe(sum(quote.lines.map((line) => line.total)))
  expect(quote.subtotal).toBe(sum(quote.lines.map((line) => line.listPrice * line.quantity)))
  expect(quote.discountTotal).toBe(quote.subtotal - quote.total)
})

always('nothing is negative, and nothing that applied took nothing', (quote) => {
  const rules = [...quote.orderRules, ...quote.lines.flatMap((line) => [...line.rules, ...line.orderShares])]
  for (const { amount } of rules) expect(amount).toBeGreaterThan(0)
  const steps = quote.nextSteps.flatMap((step) => [step.missing, step.missingQuantity, step.amount])
  for (const amount of [quote.total, quote.discountTotal, ...quote.lines.map((line) => line.total), ...steps]) {
    expect(amount).toBeGreaterThanOrEqual(0)
  }
})

always('no unit costs more than its list price or less than its floor', (quote, text) => {
  const { input, cart } = world(text)
  for (const [i, line] of quote.lines.entries()) {
    const floor = floorOf(line.listPrice, cart.lines[i]?.product?.floorPrice ?? null, input.maxDiscountBp)
    expect(line.unitPrice).toBeLessThanOrEqual(line.listPrice)
    expect(line.unitPrice).toBeGreaterThanOrEqual(floor)
    expect(line.total).toBeGreaterThanOrEqual(floor * line.quantity)
  }
})

always('what an offer or link took in all is the sum of what it took of each line, and those are its lines', (quote) => {
  for (const use of quote.uses) {
    const from = (line: QuoteLine) => amounts([...line.rules, ...line.orderShares].filter(({ code }) => code === use.code))
    expect(use.taken).toBe(sum(quote.lines.map(from)))
    const touched = quote.lines.filter((line) => (use.taken === 0 ? use.lineIds.includes(line.id) : from(line) > 0))
    expect(use.lineIds).toEqual(touched.map(({ id }) => id))
    expect(sum(use.units.map((units) => units.quantity))).toBe(sum(touched.map((line) => line.quantity)))
  }
})

/** Lines without their names, in an order of their own. */
const unnamed = (quote: Quote) => ({
  ...quote,
  lines: quote.lines.map((line) => JSON.stringify({ ...line, id: '' })).sort(),
  uses: quote.uses.map(({ code, taken }) => `${code} ${taken}`).sort(),
})

test('the order of the lines in the cart changes no amount', () => {
  const shuffled = worldText.chain((text) =>
    fc.tuple(fc.constant(text), fc.shuffledSubarray([...text.lines], { minLength: text.lines.length })),
  )
  fc.assert(
    fc.property(shuffled, ([text, lines]) => {
      expect(unnamed(quoteOf({ ...text, lines }))).toEqual(unnamed(quoteOf(text)))
    }),
    RUNS,
  )
})

test('the same input gives the same bytes, however the book was written', () => {
  const reversed = ({ ladders, offers, tiers, ...input }: BookInput): BookInput => ({
    ...input,
    ladders: ladders.toReversed(),
    offers: offers.toReversed(),
    tiers: tiers.toReversed(),
  })
  fc.assert(
    fc.property(worldText, (text) => {
      const { input, shopper, cart, usage } = world(text)
      const bytes = (book: BookInput) => JSON.stringify(price(buildBook(book), shopper, cart, NOON, { usage, explain: true }))
      expect(bytes(reversed(input))).toBe(bytes(input))
      expect(bytes(input)).toBe(bytes(input))
    }),
    RUNS,
  )
})

/** Audiences do not follow the tier: what is compared is the tier alone. */
const ofTier = (someone: Shopper, tierCode: string): Shopper => ({ ...someone, tierCode })

test('with ladders alone a higher tier never pays more', () => {
  const pair = fc.subarray(['bronze', 'silver', 'gold'], { minLength: 2, maxLength: 2 })
  fc.assert(
    fc.property(ladderBook, productsText, quantity, pair, (text, products, units, [lower = '', higher = '']) => {
      const made = book(text)
      const items = lines(products, [`a x ${units}`, `b x ${units}`])
      const pays = (tier: string) => unitPrices(memberPrices(made, ofTier(shopper({ in: ['in'] }), tier), items, NOON))
      const [low, high] = [pays(lower), pays(higher)]
      for (const [i, unit] of high.entries()) expect(unit).toBeLessThanOrEqual(low[i] ?? Number.NaN)
    }),
    RUNS,
  )
})

test('with ladders alone more units never have a higher unit price', () => {
  fc.assert(
    fc.property(ladderBook, productsText, quantity, quantity, (text, products, one, other) => {
      const items = lines(products, [`a x ${Math.min(one, other)}`, `a x ${Math.max(one, other)}`])
      const [few = Number.NaN, many = Number.NaN] = unitPrices(
        memberPrices(book(text), shopper({ tier: 'silver', in: ['in'] }), items, NOON),
      )
      expect(many).toBeLessThanOrEqual(few)
    }),
    RUNS,
  )
})

const unitPrices = (answer: ReturnType<typeof memberPrices>): number[] => {
  if (!answer.ok) throw new Error(answer.problem.kind)
  return answer.value.map((one) => one.memberPrice)
}

test('a member price is that of a cart of its own, with automatic product offers alone', () => {
  fc.assert(
    fc.property(worldText, (text) => {
      const { input: full, cart, shopper, usage } = world(text)
      const input = { ...full, offers: full.offers.map(withoutMaximums) }
      const members = memberPrices(buildBook(input), shopper, cart.lines, NOON, usage)
      const automatic = buildBook({
        ...input,
        offers: input.offers.filter((offer) => offer.product !== null && offer.trigger === 'AUTOMATIC'),
      })
      const alone = (who: Shopper | null, i: number, units: number) => {
        const line = cart.lines[i]
        if (line === undefined) throw new Error('no such line')
        const priced = price(automatic, who, { lines: [{ ...line, quantity: units }], codes: [], link: null }, NOON, { usage })
        return priced.ok ? priced.value.lines[0] : undefined
      }
      if (!members.ok) throw new Error(members.problem.kind)
      for (const [i, member] of members.value.entries()) {
        const own = alone(shopper, i, member.quantity)
        expect(member.memberPrice).toBe(own?.unitPrice)
        expect(member.saving).toBe(member.listPrice - member.memberPrice)
        expect(member.rules.map((rule) => ({ ...rule, amount: rule.amount * member.quantity }))).toEqual(own?.rules)
        const breaks: { minQuantity: number; price: number }[] = []
        for (const minQuantity of larger(input, member.quantity)) {
          const unit = alone(shopper, i, minQuantity)?.unitPrice ?? Number.NaN
          if (unit < (breaks.at(-1)?.price ?? member.memberPrice)) breaks.push({ minQuantity, price: unit })
        }
        expect(member.quantityBreaks).toEqual(breaks)
      }
    }),
    RUNS,
  )
})

/** So that a price changes at no quantity but a rule's own; then those of rules that the shopper may not use can be tried too. */
const withoutMaximums = (offer: Offer): Offer => ({
  ...offer,
  budget: null,
  product: offer.product && { ...offer.product, minSubtotal: null, maxUnitsPerOrder: null, maxUnitsPerCustomer: null },
})

const larger = ({ ladders, offers }: BookInput, units: number): number[] =>
  [
    ...new Set([
      ...ladders.flatMap(({ rungs }) => rungs.map((rung) => rung.minQuantity)),
      ...offers.map((offer) => offer.product?.minQuantity ?? 0),
    ]),
  ]
    .filter((minQuantity) => minQuantity > units)
    .sort((a, b) => a - b)

test('what the next tier would pay is what the same shopper of that tier pays, and is told when lower', () => {
  fc.assert(
    fc.property(worldText, somebodyText, (text, who) => {
      const { book, cart, usage } = world({ ...text, shopper: who })
      const tiers = ['bronze', 'silver', 'gold']
      const next = tiers[who.tier === undefined ? 0 : tiers.indexOf(who.tier) + 1]
      const now = memberPrices(book, shopper(who), cart.lines, NOON, usage)
      if (!now.ok) throw new Error(now.problem.kind)
      const later = next === undefined ? [] : unitPrices(memberPrices(book, shopper({ ...who, tier: next }), cart.lines, NOON, usage))
      for (const [i, one] of now.value.entries()) {
        const promised = later[i]
        const isLower = promised !== undefined && promised < one.memberPrice
        expect(one.nextTierPrice?.price ?? null).toBe(isLower ? promised : null)
        expect(one.nextTierPrice?.tier.code ?? null).toBe(isLower ? next : null)
      }
    }),
    RUNS,
  )
})

test('an audience is asked about at most once in a pricing, for each tier that is looked at', () => {
  fc.assert(
    fc.property(worldText, somebodyText, (text, who) => {
      const asked: string[] = []
      const { book, cart, usage } = world(text)
      price(book, shopper(who, asked), cart, NOON, { usage, explain: true })
      expect(new Set(asked).size).toBe(asked.length)
    }),
    RUNS,
  )
})

test('the trace tells what the line tells, and the same with or without it is charged', () => {
  fc.assert(
    fc.property(worldText, (text) => {
      const traced = quoteOf(text, true)
      expect({ ...traced, lines: traced.lines.map((line) => ({ ...line, trace: null })) }).toEqual(quoteOf(text))
      for (const line of traced.lines) {
        const trace = line.trace ?? []
        expect(new Set(trace.map(({ kind, code }) => `${kind} ${code}`)).size).toBe(trace.length)
        const applied = trace.filter(({ outcome, price }) => outcome === 'APPLIED' && price !== null)
        expect(applied.map(({ code }) => code).sort()).toEqual(line.rules.map(({ code }) => code).sort())
        const shared = trace.filter(({ outcome, price }) => outcome === 'APPLIED' && price === null).map(({ code }) => code)
        for (const { code } of line.orderShares) expect(shared).toContain(code)
        const last = line.rules.at(-1)
        if (last !== undefined) expect(trace.find(({ code }) => code === last.code)?.price).toBe(line.unitPrice)
      }
    }),
    RUNS,
  )
})

test('next steps may be left out, and nothing else changes', () => {
  fc.assert(
    fc.property(worldText, (text) => {
      const { book, shopper, cart, usage } = world(text)
      const priced = price(book, shopper, cart, NOON, { usage, nextSteps: false })
      expect(priced.ok && priced.value).toEqual({ ...quoteOf(text), nextSteps: [] })
    }),
    { numRuns: 50 },
  )
})

test('a code is refused just when its offer is not used', () => {
  fc.assert(
    fc.property(worldText, (text) => {
      const quote = quoteOf(text)
      const used = quote.uses.map(({ code }) => code.toLowerCase())
      const refused = quote.refusedCodes.map(({ code }) => code)
      const typed = world(text).input.offers.filter((offer) => offer.trigger === 'CODE' && offer.coupons === null)
      for (const { code } of typed) {
        const inCart = text.codes.find((each) => each.toLowerCase() === code.toLowerCase() && /^[ -~]+$/.test(each))
        if (inCart !== undefined) expect(refused.includes(inCart)).toBe(!used.includes(code.toLowerCase()))
      }
    }),
    RUNS,
  )
})
