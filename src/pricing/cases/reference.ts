import type { BookInput } from '../book.ts'
import type { Cart, CartLine, LinkItem } from '../cart.ts'
import type { Adjustment, Ladder, Offer, RuleTerms, Schedule, Scope, Step, ThresholdTerms } from '../rule.ts'
import type { Shopper, Usage } from '../shopper.ts'

// The pricing rules once more, written from their text alone and as plainly as it goes: one unit at a time, one rule at a
// time, every amount a BigInt, nothing shared with the engine. Slow; it is there to disagree.

export type RefLine = { unit: number; total: number; rules: [string, number][]; shares: [string, number][] }
export type RefQuote = {
  lines: RefLine[]
  gifts: string[]
  surprises: string[]
  freeShipping: boolean
  next: string[]
  taken: Map<string, number>
}
export type RefInput = {
  readonly book: BookInput
  readonly shopper: Shopper | null
  readonly cart: Cart
  readonly at: number
  /** What the shop's clock shows at that instant. */
  readonly clock: { readonly dayOfMonth: number; readonly dayOfWeek: number; readonly hhmm: string }
  readonly usage: Usage
}

const DAY = 24 * 3600 * 1000

/** Section 6: price, strike the smallest code of those that passed their budget, price again. */
export function reference(input: RefInput): RefQuote {
  const struck: string[] = []
  for (;;) {
    const quote = once(input, struck)
    const took = (offer: Offer) => quote.taken.get(offer.code) ?? 0
    const left = (offer: Offer) => (offer.budget ?? Number.POSITIVE_INFINITY) - (input.usage.get(offer.code)?.taken ?? 0)
    const over = input.book.offers
      .filter((offer) => took(offer) > 0 && took(offer) > left(offer))
      .map((offer) => offer.code)
      .sort(bytes)
    if (over[0] === undefined) return quote
    struck.push(over[0])
  }
}

const bytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b))

function once(input: RefInput, struck: readonly string[]): RefQuote {
  const { book, shopper, cart, at } = input
  const rankOf = (code: string | null) => book.tiers.find((tier) => tier.code === code)?.rank
  const myRank = rankOf(shopper?.tierCode ?? null) ?? Number.NEGATIVE_INFINITY
  const admits = (tier: string | null) => tier === null || (rankOf(tier) ?? Number.POSITIVE_INFINITY) <= myRank

  const live = (rule: RuleTerms) =>
    (rule.validFrom === null || rule.validFrom <= at) &&
    (rule.validUntil === null || at < rule.validUntil) &&
    (rule.schedule === null || runs(rule.schedule, input.clock)) &&
    (rule.audience === null || shopper?.isIn(rule.audience) === true)
  const named = (offer: Offer) => {
    if (offer.trigger === 'AUTOMATIC') return true
    if (offer.coupons === null) return cart.codes.some((code) => same(code, offer.code))
    const mine = shopper?.coupons.filter((coupon) => same(coupon.offerCode, offer.code) && coupon.status === 'AVAILABLE') ?? []
    return mine.some(
      (coupon) => (coupon.validUntil === null || at < coupon.validUntil) && cart.codes.some((code) => same(code, coupon.code)),
    )
  }
  const left = (offer: Offer) => {
    const used = input.usage.get(offer.code)
    if (offer.totalLimit !== null && offer.totalLimit - (used?.uses ?? 0) <= 0) return false
    if (offer.budget !== null && offer.budget - (used?.taken ?? 0) <= 0) return false
    if (offer.perCustomerLimit !== null && offer.perCustomerLimit - (shopper?.usage.get(offer.code)?.uses ?? 0) <= 0) return false
    return !struck.includes(offer.code)
  }
  const inOrderOfRule = <T extends RuleTerms>(rules: readonly T[]) =>
    [...rules].sort((a, b) => (a.priority !== b.priority ? b.priority - a.priority : bytes(a.code, b.code)))
  const offers = inOrderOfRule(book.offers).filter(
    (offer) => live(offer) && named(offer) && left(offer) && !(offer.firstOrderOnly && shopper?.hasCountedOrder),
  )
  const ladders = inOrderOfRule(book.ladders).filter(live)

  const inScope = (scope: Scope | null, line: CartLine) => {
    if (scope === null || Object.keys(scope).length === 0) return true
    const { product } = line
    if (product === null) return false
    const under = (paths: readonly string[]) =>
      product.categories.some((own) => paths.some((path) => own === path || own.startsWith(`${path}/`)))
    const tagged = (tags: readonly string[]) => product.tags.some((own) => tags.some((tag) => tag.toUpperCase() === own.toUpperCase()))
    const lists = [scope.skus, scope.categories, scope.brands, scope.productTags]
    const included =
      lists.every((list) => list === undefined) ||
      (scope.skus ?? []).includes(product.sku) ||
      under(scope.categories ?? []) ||
      (product.brand !== null && (scope.brands ?? []).includes(product.brand)) ||
      tagged(scope.productTags ?? [])
    const excluded =
      (scope.excludedSkus ?? []).includes(product.sku) ||
      under(scope.excludedCategories ?? []) ||
      (product.brand !== null && (scope.excludedBrands ?? []).includes(product.brand)) ||
      tagged(scope.excludedProductTags ?? [])
    if (!included || excluded) return false
    const days = scope.launchedWithinDays
    return days === undefined || (product.launchedAt !== null && at - days * DAY <= product.launchedAt && product.launchedAt <= at)
  }

  const round = (numerator: bigint): bigint => {
    const [whole, rest] = [numerator / 10_000n, numerator % 10_000n]
    if (book.rounding === 'DOWN') return whole
    if (rest === 5_000n && book.rounding === 'HALF_EVEN') return whole % 2n === 0n ? whole : whole + 1n
    return rest >= 5_000n ? whole + 1n : whole
  }
  const keep = (amount: number, bp: number) => Number(round(BigInt(amount) * BigInt(10_000 - bp)))
  const floorOf = (line: CartLine) => {
    const product = line.product?.floorPrice ?? 0
    const shop = Number((BigInt(line.listPrice) * BigInt(10_000 - book.maxDiscountBp) + 9_999n) / 10_000n)
    return Math.min(line.listPrice, Math.max(product, shop))
  }
  const adjusted = (how: Adjustment, u: number, line: CartLine) => {
    const raw =
      how.kind === 'PERCENT_OFF' ? keep(u, how.bp) : how.kind === 'AMOUNT_OFF' ? Math.max(0, u - how.amount) : Math.min(u, how.price)
    return Math.max(raw, floorOf(line))
  }

  // Section 3.
  const unitsOf = (sku: string) => cart.lines.filter((line) => line.sku === sku).reduce((n, line) => n + line.quantity, 0)
  const allowed = (offer: Offer, line: CartLine) => {
    const terms = offer.product
    if (terms === null || !inScope(offer.scope, line)) return false
    const scoped = cart.lines.filter((each) => inScope(offer.scope, each))
    if (terms.minSubtotal !== null && scoped.reduce((sum, each) => sum + each.listPrice * each.quantity, 0) < terms.minSubtotal)
      return false
    if (terms.minQuantity !== null && scoped.reduce((sum, each) => sum + each.quantity, 0) < terms.minQuantity) return false
    if (terms.maxUnitsPerOrder !== null && unitsOf(line.sku) > terms.maxUnitsPerOrder) return false
    const before = shopper?.usage.get(offer.code)?.units.get(line.sku) ?? 0
    return terms.maxUnitsPerCustomer === null || unitsOf(line.sku) + before <= terms.maxUnitsPerCustomer
  }
  const ladderPrice = (ladder: Ladder, line: CartLine) =>
    Math.min(
      line.listPrice,
      ...ladder.rungs
        .filter((rung) => admits(rung.tierCode) && rung.minQuantity <= line.quantity)
        .map((rung) => adjusted(rung.adjustment, line.listPrice, line)),
    )
  const linkItem = (line: CartLine): LinkItem | undefined =>
    cart.link?.kind === 'OPEN' ? cart.link.items.find((item) => item.sku === line.sku && unitsOf(line.sku) <= item.maxQuantity) : undefined

  const lines: RefLine[] = cart.lines.map((line) => {
    const candidates: [string, number][] = [['', line.listPrice]]
    for (const ladder of ladders) if (inScope(ladder.scope, line)) candidates.push([ladder.code, ladderPrice(ladder, line)])
    const item = linkItem(line)
    if (item !== undefined && cart.link?.kind === 'OPEN') candidates.push([cart.link.id, adjusted(item.adjustment, line.listPrice, line)])
    for (const offer of offers) {
      if (offer.product !== null && offer.combination === 'EXCLUSIVE' && allowed(offer, line))
        candidates.push([offer.code, adjusted(offer.product.adjustment, line.listPrice, line)])
    }
    const base = Math.min(...candidates.map(([, price]) => price))
    const by = candidates.find(([, price]) => price === base)?.[0] ?? ''
    const rules: [string, number][] = by === '' ? [] : [[by, (line.listPrice - base) * line.quantity]]
    let running = base
    for (const offer of offers) {
      if (offer.product === null || offer.combination !== 'STACKABLE' || !allowed(offer, line)) continue
      if (offer.onlyUndiscounted && running !== line.listPrice) continue
      const next = adjusted(offer.product.adjustment, running, line)
      if (next < running) rules.push([offer.code, (running - next) * line.quantity])
      running = next
    }
    return { unit: running, total: running * line.quantity, rules, shares: [] }
  })

  // Section 4.
  const quote: RefQuote = { lines, gifts: [], surprises: [], freeShipping: false, next: [], taken: new Map() }
  const add = (code: string, amount: number) => quote.taken.set(code, (quote.taken.get(code) ?? 0) + amount)
  for (const line of lines) for (const [code, amount] of line.rules) add(code, amount)
  type Both = { line: CartLine; state: RefLine }
  const ordered: Both[] = cart.lines
    .map((line, i) => ({ line, state: lines[i] as RefLine, i }))
    .sort((a, b) => bytes(a.line.sku, b.line.sku) || a.line.quantity - b.line.quantity || a.line.listPrice - b.line.listPrice || a.i - b.i)
  const scoped = (offer: Offer) =>
    ordered.filter(
      ({ line, state }) => inScope(offer.scope, line) && !(offer.onlyUndiscounted && state.total !== line.listPrice * line.quantity),
    )
  const units = ({ line, state }: Both) =>
    Array.from({ length: line.quantity }, (_, k) => Math.floor(state.total / line.quantity) + (k < state.total % line.quantity ? 1 : 0))
  const sumOf = (amounts: readonly number[]) => amounts.reduce((a, b) => a + b, 0)

  const spread = (wanted: number, headrooms: readonly number[]): number[] => {
    const all = BigInt(sumOf(headrooms))
    if (all === 0n) return headrooms.map(() => 0)
    const amount = BigInt(Math.min(wanted, Number(all)))
    const parts = headrooms.map((room) => (amount * BigInt(room)) / all)
    const fractions = headrooms
      .map((room, i) => ({ i, rest: (amount * BigInt(room)) % all }))
      .sort((a, b) => (a.rest === b.rest ? a.i - b.i : a.rest > b.rest ? -1 : 1))
    let over = Number(amount - parts.reduce((a, b) => a + b, 0n))
    for (const { i } of fractions) {
      if (over === 0) break
      parts[i] = (parts[i] ?? 0n) + 1n
      over -= 1
    }
    return parts.map(Number)
  }

  const takes = (step: Step, terms: ThresholdTerms, sum: number) => {
    if (step.off === null) return 0
    const times = terms.repeat ? Number(BigInt(sum) / BigInt(step.minSubtotal)) : 1
    const raw = step.off.kind === 'PERCENT_OFF' ? sum - keep(sum, step.off.bp) : step.off.amount * times
    return Math.min(raw, step.maxAmount ?? Number.POSITIVE_INFINITY, sum)
  }
  type Plan = { step: Step | null; shares: Map<RefLine, number>; sum: number; count: number }
  const plan = (offer: Offer): Plan => {
    const reached = scoped(offer)
    const sum = sumOf(reached.map(({ state }) => state.total))
    const count = sumOf(reached.map(({ line }) => line.quantity))
    const nothing: Plan = { step: null, shares: new Map(), sum, count }
    const terms = offer.order
    if (terms === null) return nothing
    if (terms.form === 'THRESHOLD') {
      if (reached.length === 0) return nothing
      const open = terms.steps.filter((step) => sum >= step.minSubtotal && count >= (step.minQuantity ?? 0) && admits(step.minTier))
      const hasAmount = terms.steps.some((step) => step.off !== null)
      const sorted = open
        .map((step, i) => ({ step, i }))
        .sort((a, b) =>
          hasAmount
            ? takes(b.step, terms, sum) - takes(a.step, terms, sum) || b.step.minSubtotal - a.step.minSubtotal || a.i - b.i
            : b.step.minSubtotal - a.step.minSubtotal || (b.step.minQuantity ?? 0) - (a.step.minQuantity ?? 0) || a.i - b.i,
        )
      const step = sorted[0]?.step
      if (step === undefined) return nothing
      const shares = spread(
        takes(step, terms, sum),
        reached.map(({ line, state }) => state.total - floorOf(line) * line.quantity),
      )
      return { ...nothing, step, shares: new Map(reached.map(({ state }, i) => [state, shares[i] ?? 0])) }
    }
    if (terms.form === 'MULTI_BUY') {
      const all = reached.flatMap((both, i) => units(both).map((cost) => ({ both, cost, i }))).sort((a, b) => b.cost - a.cost || a.i - b.i)
      const shares = new Map<RefLine, number>()
      for (let start = 0; start + terms.every <= all.length; start += terms.every) {
        for (const { both, cost } of all.slice(start + terms.every - terms.units, start + terms.every)) {
          const taken = cost - Math.max(keep(cost, terms.bp), floorOf(both.line))
          shares.set(both.state, (shares.get(both.state) ?? 0) + taken)
        }
      }
      return { ...nothing, shares }
    }
    const bySku = terms.items.map((item) => ({ item, on: ordered.filter(({ line }) => line.sku === item.sku) }))
    const sets = Math.min(...bySku.map(({ item, on }) => Math.floor(sumOf(on.map(({ line }) => line.quantity)) / item.quantity)))
    const used = bySku.flatMap(({ item, on }) =>
      on
        .flatMap((both, i) => units(both).map((cost) => ({ both, cost, i })))
        .sort((a, b) => b.cost - a.cost || a.i - b.i)
        .slice(0, sets * item.quantity),
    )
    const wanted = Math.max(0, sumOf(used.map(({ cost }) => cost)) - sets * terms.price)
    const rooms = ordered.map((both) => sumOf(used.filter((unit) => unit.both === both).map(({ cost }) => cost - floorOf(both.line))))
    const shares = spread(wanted, rooms)
    return { ...nothing, shares: new Map(ordered.map(({ state }, i) => [state, shares[i] ?? 0])) }
  }

  const draws = (step: Step | null) => step?.surprise ?? []
  const perks = (step: Step | null) =>
    step !== null && (step.freeShipping || draws(step).length > 0 || step.gifts.some((gift) => admits(gift.minTier)))
  const amountOf = (made: Plan) => sumOf([...made.shares.values()])
  const hasAmounts = (offer: Offer) => offer.order?.form !== 'THRESHOLD' || offer.order.steps.some((step) => step.off !== null)
  const apply = (offer: Offer, made: Plan) => {
    for (const [state, amount] of made.shares) {
      if (amount === 0) continue
      state.total -= amount
      state.shares.push([offer.code, amount])
      add(offer.code, amount)
    }
    if (draws(made.step).length > 0) {
      quote.surprises.push(
        `${draws(made.step)
          .map((prize) => prize.name)
          .join(' or ')} by ${offer.code}`,
      )
      add(offer.code, Math.max(...draws(made.step).map((prize) => prize.amount ?? 0)))
    }
    if (made.step?.freeShipping) quote.freeShipping = true
    for (const gift of made.step?.gifts ?? []) if (admits(gift.minTier)) quote.gifts.push(`${gift.sku} x ${gift.quantity} by ${offer.code}`)
  }
  const hints: [Offer, string][] = []
  const hint = (offer: Offer, { sum, count }: Plan) => {
    const terms = offer.order
    if (terms?.form !== 'THRESHOLD' || terms.repeat) return
    const closed = terms.steps.filter((step) => admits(step.minTier) && (sum < step.minSubtotal || count < (step.minQuantity ?? 0)))
    const [next] = closed
      .map((step, i) => ({ step, i }))
      .sort((a, b) => a.step.minSubtotal - b.step.minSubtotal || (a.step.minQuantity ?? 0) - (b.step.minQuantity ?? 0) || a.i - b.i)
    if (next === undefined) return
    const { step } = next
    const missing = `${Math.max(0, step.minSubtotal - sum)}, ${Math.max(0, (step.minQuantity ?? 0) - count)}`
    hints.push([offer, `${offer.code}: ${missing} -> ${takes(step, terms, Math.max(sum, step.minSubtotal))}`])
  }

  const orders = offers.filter((offer) => offer.order !== null)
  const plans = orders.filter((offer) => offer.combination === 'EXCLUSIVE').map((offer) => ({ offer, made: plan(offer) }))
  const competing = plans.filter(({ offer, made }) => hasAmounts(offer) && (amountOf(made) > 0 || perks(made.step)))
  const most = Math.max(...competing.map(({ made }) => amountOf(made)))
  const winner = competing.find(({ made }) => amountOf(made) === most)
  for (const each of plans) {
    hint(each.offer, each.made)
    if (each === winner || !hasAmounts(each.offer)) apply(each.offer, each.made)
  }
  for (const offer of orders) {
    if (offer.combination !== 'STACKABLE') continue
    const made = plan(offer)
    hint(offer, made)
    apply(offer, made)
  }
  quote.next = inOrderOfRule(hints.map(([offer]) => offer)).map((offer) => hints.find(([of]) => of === offer)?.[1] ?? '')
  return quote
}

const same = (a: string, b: string) => ascii(a) === ascii(b)
const ascii = (text: string) => text.replace(/[a-z]/g, (letter) => letter.toUpperCase())

function runs(schedule: Schedule, clock: RefInput['clock']): boolean {
  const { daysOfMonth, daysOfWeek, fromTime, untilTime } = schedule
  if (daysOfMonth !== undefined && !daysOfMonth.includes(clock.dayOfMonth)) return false
  if (daysOfWeek !== undefined && !daysOfWeek.includes(clock.dayOfWeek)) return false
  return (fromTime === undefined || fromTime <= clock.hhmm) && (untilTime === undefined || clock.hhmm < untilTime)
}
