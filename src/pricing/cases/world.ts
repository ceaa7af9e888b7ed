import { type Instant, instant } from '../../kernel/clock.ts'
import { type BasisPoints, basisPoints, type Minor, minor, type Rounding } from '../../kernel/money.ts'
import { type BookInput, buildBook, type PriceBook } from '../book.ts'
import type { CartLine, CartLink, ProductFacts } from '../cart.ts'
import type { Adjustment, Ladder, Offer, OrderTerms, Prize, ProductTerms, RuleTerms, Schedule, Scope, Step } from '../rule.ts'
import type { CouponStatus, OwnedCoupon, Shopper, Usage } from '../shopper.ts'

// The shorthand in which the golden tables are written: what is left out is the plainest thing that it could be.

export type Off = { readonly percentOff?: number; readonly amountOff?: number; readonly fixedPrice?: number }
type TermsText = {
  readonly code: string
  readonly name?: string
  readonly priority?: number
  readonly audience?: string
  readonly scope?: Scope
  readonly schedule?: Schedule
  readonly from?: string
  readonly until?: string
}
export type LadderText = TermsText & { readonly rungs: readonly (Off & { readonly tier?: string; readonly min?: number })[] }
type StepText = Off & {
  readonly minSubtotal?: number
  readonly minQuantity?: number
  readonly minTier?: string
  readonly maxAmount?: number
  readonly freeShipping?: boolean
  readonly gifts?: readonly { readonly sku: string; readonly quantity?: number; readonly minTier?: string }[]
  readonly surprise?: readonly PrizeText[]
}
/** A gift of one unit, or an amount, with its odds in percent. */
export type PrizeText = { readonly odds: number; readonly sku?: string; readonly amount?: number }
export type OfferText = TermsText & {
  /** PRODUCT: the adjustment and its conditions. */
  readonly product?: Off & Partial<Omit<ProductTerms, 'adjustment'>>
  readonly steps?: readonly StepText[]
  readonly repeat?: boolean
  readonly multiBuy?: { readonly every: number; readonly units: number; readonly percentOff: number }
  readonly bundle?: { readonly items: Readonly<Record<string, number>>; readonly price: number }
  readonly stackable?: boolean
  readonly byCode?: boolean
  readonly byCoupon?: boolean
  readonly claimable?: boolean
  readonly firstOrderOnly?: boolean
  readonly onlyUndiscounted?: boolean
  readonly totalLimit?: number
  readonly perCustomerLimit?: number
  readonly budget?: number
}
export type BookText = {
  readonly rounding?: Rounding
  readonly timeZone?: string
  readonly maxDiscount?: number
  readonly tiers?: readonly string[]
  readonly ladders?: readonly LadderText[]
  readonly offers?: readonly OfferText[]
}
type ProductText = {
  readonly list: number
  readonly floor?: number
  readonly brand?: string
  readonly categories?: readonly string[]
  readonly tags?: readonly string[]
  readonly launchedAt?: string
}
export type ProductsText = Readonly<Record<string, ProductText>>
/** `A`, `A x 3`, or with a list price of its own `A x 3 @ 950`. */
export type LineText = string
type CouponText = { readonly code: string; readonly offer: string; readonly status?: CouponStatus; readonly until?: string }
export type ShopperText = {
  readonly tier?: string
  /** The audiences that hold the shopper; `tier:gold` holds whoever has that tier. */
  readonly in?: readonly string[]
  readonly hasOrdered?: boolean
  readonly usage?: Readonly<Record<string, { readonly uses?: number; readonly units?: Readonly<Record<string, number>> }>>
  readonly coupons?: readonly CouponText[]
}
export type LinkText =
  | {
      readonly id: string
      readonly items: readonly (Off & { readonly sku: string; readonly quantity?: number; readonly maxQuantity?: number })[]
    }
  | { readonly id: string | null; readonly closed: 'UNKNOWN_CODE' | 'NOT_LIVE' | 'NOT_IN_AUDIENCE' | 'LIMIT_REACHED' }

const BP_A_PERCENT = 100
export const bp = (percent: number): BasisPoints => basisPoints(Math.round(percent * BP_A_PERCENT))
export const at = (text: string): Instant => instant(new Date(text))
/** A Tuesday. */
export const NOON = at('2026-03-10T12:00:00Z')

export function adjustment({ percentOff, amountOff, fixedPrice }: Off): Adjustment {
  if (percentOff !== undefined) return { kind: 'PERCENT_OFF', bp: bp(percentOff) }
  if (amountOff !== undefined) return { kind: 'AMOUNT_OFF', amount: minor(amountOff) }
  return { kind: 'FIXED_PRICE', price: minor(fixedPrice ?? 0) }
}

const terms = (text: TermsText): RuleTerms => ({
  code: text.code,
  name: text.name ?? text.code,
  priority: text.priority ?? 0,
  audience: text.audience ?? null,
  scope: text.scope ?? null,
  schedule: text.schedule ?? null,
  validFrom: text.from === undefined ? null : at(text.from),
  validUntil: text.until === undefined ? null : at(text.until),
})

export const ladder = (text: LadderText): Ladder => ({
  kind: 'LADDER',
  ...terms(text),
  rungs: text.rungs.map((rung) => ({ tierCode: rung.tier ?? null, minQuantity: rung.min ?? 1, adjustment: adjustment(rung) })),
})

function step(text: StepText): Step {
  const isOff = text.percentOff !== undefined || text.amountOff !== undefined
  const off = isOff ? adjustment(text) : null
  return {
    minSubtotal: minor(text.minSubtotal ?? 0),
    minQuantity: text.minQuantity ?? null,
    minTier: text.minTier ?? null,
    off: off !== null && off.kind !== 'FIXED_PRICE' ? off : null,
    maxAmount: text.maxAmount === undefined ? null : minor(text.maxAmount),
    freeShipping: text.freeShipping ?? false,
    gifts: (text.gifts ?? []).map((gift) => ({ sku: gift.sku, quantity: gift.quantity ?? 1, minTier: gift.minTier ?? null })),
    ...(text.surprise === undefined ? {} : { surprise: text.surprise.map(prize) }),
  }
}

const prize = ({ odds, sku, amount }: PrizeText): Prize =>
  sku === undefined
    ? { name: String(amount), odds: bp(odds), gift: null, amount: minor(amount ?? 0) }
    : { name: sku, odds: bp(odds), gift: { sku, quantity: 1 }, amount: null }

function orderTerms({ steps, repeat, multiBuy, bundle }: OfferText): OrderTerms | null {
  if (steps !== undefined) return { form: 'THRESHOLD', steps: steps.map(step), repeat: repeat ?? false }
  if (multiBuy !== undefined) return { form: 'MULTI_BUY', every: multiBuy.every, units: multiBuy.units, bp: bp(multiBuy.percentOff) }
  if (bundle === undefined) return null
  const items = Object.entries(bundle.items).map(([sku, quantity]) => ({ sku, quantity }))
  return { form: 'BUNDLE', items, price: minor(bundle.price) }
}

const productTerms = (text: NonNullable<OfferText['product']>): ProductTerms => ({
  adjustment: adjustment(text),
  minSubtotal: text.minSubtotal ?? null,
  minQuantity: text.minQuantity ?? null,
  maxUnitsPerOrder: text.maxUnitsPerOrder ?? null,
  maxUnitsPerCustomer: text.maxUnitsPerCustomer ?? null,
})

export const offer = (text: OfferText): Offer => ({
  kind: 'OFFER',
  ...terms(text),
  description: null,
  level: text.product === undefined ? 'ORDER' : 'PRODUCT',
  trigger: text.byCode || text.byCoupon ? 'CODE' : 'AUTOMATIC',
  combination: text.stackable ? 'STACKABLE' : 'EXCLUSIVE',
  firstOrderOnly: text.firstOrderOnly ?? false,
  onlyUndiscounted: text.onlyUndiscounted ?? false,
  product: text.product === undefined ? null : productTerms(text.product),
  order: orderTerms(text),
  totalLimit: text.totalLimit ?? null,
  perCustomerLimit: text.perCustomerLimit ?? null,
  budget: text.budget === undefined ? null : minor(text.budget),
  coupons: text.byCoupon ? { claimable: text.claimable ?? false, stock: null, perCustomer: 1, validDays: null } : null,
  returnsRestoreUse: false,
})

export const bookInput = (text: BookText): BookInput => ({
  version: 7,
  timeZone: text.timeZone ?? 'Asia/Shanghai',
  rounding: text.rounding ?? 'HALF_UP',
  maxDiscountBp: text.maxDiscount === undefined ? 10_000 : bp(text.maxDiscount),
  tiers: (text.tiers ?? []).map((code, i) => ({ id: `tier-${code}`, code, name: code, rank: (i + 1) * 10 })),
  ladders: (text.ladders ?? []).map(ladder),
  offers: (text.offers ?? []).map(offer),
})

export const book = (text: BookText): PriceBook => buildBook(bookInput(text))

export function product(sku: string, text: ProductText): ProductFacts {
  return {
    sku,
    listPrice: minor(text.list),
    floorPrice: text.floor === undefined ? null : minor(text.floor),
    brand: text.brand ?? null,
    categories: text.categories ?? [],
    tags: text.tags ?? [],
    launchedAt: text.launchedAt === undefined ? null : at(text.launchedAt),
  }
}

/** Lines are named by their place: `0`, `1`, ... A sku that is not among the products comes with a list price, and has no facts. */
export function lines(products: ProductsText, texts: readonly LineText[]): CartLine[] {
  return texts.map((text, place) => {
    const [, sku = '', quantity = '1', listPrice] = /^(\S+)(?: x (\d+))?(?: @ (\d+))?$/.exec(text) ?? []
    const known = products[sku]
    return {
      id: String(place),
      sku,
      quantity: Number(quantity),
      listPrice: (listPrice === undefined ? (known?.list ?? 0) : Number(listPrice)) as Minor,
      product: known === undefined ? null : product(sku, known),
    }
  })
}

export function shopper(text: ShopperText, asked: string[] = []): Shopper {
  const tier = text.tier ?? null
  return {
    tierCode: tier,
    hasCountedOrder: text.hasOrdered ?? false,
    isIn: (audience) => {
      asked.push(audience)
      return audience.startsWith('tier:') ? audience === `tier:${tier}` : (text.in ?? []).includes(audience)
    },
    withTier: (code) => shopper({ ...text, tier: code }, asked),
    usage: new Map(
      Object.entries(text.usage ?? {}).map(([code, { uses, units }]) => [
        code,
        { uses: uses ?? 0, units: new Map(Object.entries(units ?? {})) },
      ]),
    ),
    coupons: (text.coupons ?? []).map(coupon),
  }
}

export const coupon = (text: CouponText): OwnedCoupon => ({
  code: text.code,
  offerCode: text.offer,
  status: text.status ?? 'AVAILABLE',
  validUntil: text.until === undefined ? null : at(text.until),
})

export type UsageText = Readonly<Record<string, { readonly uses?: number; readonly taken?: number }>>
export const usage = (text: UsageText): Usage =>
  new Map(Object.entries(text).map(([code, { uses, taken }]) => [code, { uses: uses ?? 0, taken: minor(taken ?? 0) }]))

export function link(text: LinkText): CartLink {
  if ('closed' in text) return { kind: 'CLOSED', id: text.id, outcome: text.closed }
  const items = text.items.map(({ sku, quantity = 1, maxQuantity = quantity, ...off }) => ({
    sku,
    quantity,
    maxQuantity,
    adjustment: adjustment(off),
  }))
  return { kind: 'OPEN', id: text.id, name: text.id, items }
}

/** A random or written shop, made. */
export type WorldText = {
  readonly book: BookText
  readonly products: ProductsText
  readonly lines: readonly LineText[]
  readonly codes: readonly string[]
  readonly link: LinkText | undefined
  readonly shopper: ShopperText | null
  readonly usage: UsageText
}

export function world(text: WorldText) {
  const input = bookInput(text.book)
  return {
    input,
    book: buildBook(input),
    cart: { lines: lines(text.products, text.lines), codes: text.codes, link: text.link === undefined ? null : link(text.link) },
    shopper: text.shopper === null ? null : shopper(text.shopper),
    usage: usage(text.usage),
  }
}
