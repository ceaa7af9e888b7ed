import { customers, products, publish, saveLadder, saveOffer, tiers } from './acts.ts'
import { openTestShop, type TestShop } from './shop.ts'

// A cart priced from outside: a shop with some rules, a cart, and what its quote says in few words.

type Rule = { readonly code: string } & Readonly<Record<string, unknown>>
type Line = readonly [sku: string, quantity: number, listPrice?: number]

export type Priced = {
  readonly why: string
  readonly shop?: { readonly currency?: string; readonly timeZone?: string; readonly rounding?: string; readonly maxDiscount?: number }
  /** By sku; default: A at 100.00, B at 50.00, C at 25.00. */
  readonly products?: Readonly<Record<string, number | object>>
  readonly ladders?: readonly Rule[]
  readonly offers?: readonly Rule[]
  /** A tier, `plain` (a customer without one), or absent: nobody identified. */
  readonly as?: 'silver' | 'gold' | 'plain'
  readonly cart: readonly Line[]
  readonly codes?: readonly string[]
  /** Any of what `said` gives. */
  readonly says: Readonly<Record<string, unknown>>
}

export const percentOff = (percent: number): object => ({ adjustment: { percentOff: percent } })
export const productOffer = (code: string, adjustment: object, more: object = {}, product: object = {}): Rule => ({
  code,
  level: 'PRODUCT',
  product: { adjustment, ...product },
  ...more,
})
export const threshold = (code: string, steps: readonly object[], more: object = {}, order: object = {}): Rule => ({
  code,
  level: 'ORDER',
  order: { steps, ...order },
  ...more,
})

export async function openPriced(of: Pick<Priced, 'shop' | 'products' | 'ladders' | 'offers' | 'as'>): Promise<TestShop> {
  const { rounding, maxDiscount, ...place } = of.shop ?? {}
  const shop = await openTestShop(place)
  if (rounding !== undefined || maxDiscount !== undefined)
    await shop.admin('mutation ($input: ShopInput!) { updateShop(input: $input) { code } }', { input: { rounding, maxDiscount } })
  // Most carts name no tier, and a shop without any is sooner made.
  if (/silver|gold/.test(JSON.stringify(of))) await tiers(shop, 'silver', 'gold')
  await products(shop, of.products ?? { A: 10_000, B: 5_000, C: 2_500 })
  if (of.as !== undefined) await customers(shop, { [of.as]: of.as === 'plain' ? null : of.as })
  for (const ladder of of.ladders ?? []) await saveLadder(shop, ladder)
  for (const offer of of.offers ?? []) await saveOffer(shop, offer)
  const codes = [...(of.ladders ?? []), ...(of.offers ?? [])].map((rule) => rule.code)
  if (codes.length > 0) await publish(shop, ...codes)
  return shop
}

export const QUOTE_FIELDS = `lines { id sku quantity listPrice unitPrice total rules { kind code amount } orderShares { code amount } trace { kind code outcome price } }
  orderRules { kind code amount } gifts { sku quantity offerCode } freeShipping subtotal discountTotal total
  refusedCodes { code outcome } refusedLink nextSteps { offerName missing missingQuantity amount } bookVersion at`

// biome-ignore lint/suspicious/noExplicitAny: answers are looked at by tests, field by field
type Answer = any

export async function quoteOf(
  shop: TestShop,
  of: Pick<Priced, 'cart' | 'codes'> & { readonly as?: string },
  explain = false,
): Promise<Answer> {
  const answer = await shop.storefront(
    `query ($cart: CartInput!, $customer: CustomerRef, $explain: Boolean) { quote(cart: $cart, customer: $customer, explain: $explain) { ${QUOTE_FIELDS} } }`,
    {
      cart: { lines: of.cart.map(([sku, quantity, listPrice]) => ({ sku, quantity, listPrice })), codes: of.codes },
      customer: of.as === undefined ? undefined : { externalId: of.as },
      explain,
    },
  )
  return answer.quote
}

const amounts = (rules: readonly { code: string; amount: number }[]) => rules.map(({ code, amount }) => [code, amount])

export function said(quote: Answer): Record<string, unknown> {
  const lines: readonly Answer[] = quote.lines
  return {
    units: lines.map((line) => line.unitPrice),
    totals: lines.map((line) => line.total),
    rules: lines.map((line) => amounts(line.rules)),
    shares: lines.map((line) => amounts(line.orderShares)),
    order: amounts(quote.orderRules),
    gifts: quote.gifts.map((gift: Answer) => [gift.sku, gift.quantity, gift.offerCode]),
    freeShipping: quote.freeShipping,
    subtotal: quote.subtotal,
    discount: quote.discountTotal,
    total: quote.total,
    refused: quote.refusedCodes.map((refused: Answer) => [refused.code, refused.outcome]),
    next: quote.nextSteps.map((step: Answer) => [step.offerName, step.missing, step.missingQuantity, step.amount]),
    trace: lines.map((line) => line.trace?.map((rule: Answer) => [rule.code, rule.outcome, rule.price])),
  }
}
