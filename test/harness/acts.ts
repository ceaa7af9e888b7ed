import type { TestShop } from './shop.ts'

// What staff and plugins do, in a line each: the world of a test is made through the APIs, never behind their backs.

/** Tiers from the lowest up. */
export async function tiers(shop: TestShop, ...codes: readonly string[]): Promise<void> {
  for (const [i, code] of codes.entries())
    await shop.admin('mutation ($input: TierInput!) { saveTier(input: $input) { id } }', { input: { code, name: code, rank: i + 1 } })
}

/** Products by sku: a list price, or all that is known of one. */
export async function products(shop: TestShop, all: Readonly<Record<string, number | object>>): Promise<void> {
  await shop.storefront('mutation ($products: [ProductInput!]!) { upsertProducts(products: $products) }', {
    products: Object.entries(all).map(([sku, facts]) => ({
      sku,
      name: sku,
      ...(typeof facts === 'number' ? { listPrice: facts } : facts),
    })),
  })
}

/** Customers by external id, with the tier that each is given by hand (null: none) or with facts of theirs. */
export async function customers(shop: TestShop, all: Readonly<Record<string, string | null | object>>): Promise<void> {
  await shop.storefront('mutation ($customers: [CustomerInput!]!) { upsertCustomers(customers: $customers) { id } }', {
    customers: Object.entries(all).map(([externalId, facts]) => ({
      externalId,
      ...(facts !== null && typeof facts === 'object' ? facts : {}),
    })),
  })
  for (const [externalId, tierCode] of Object.entries(all)) if (typeof tierCode === 'string') await pin(shop, externalId, tierCode)
}

export async function pin(shop: TestShop, externalId: string, tierCode: string, until?: string): Promise<void> {
  await shop.admin(
    'mutation ($customer: CustomerRef!, $tierCode: String!, $until: DateTime) { pinTier(customer: $customer, tierCode: $tierCode, until: $until, reason: "test") { id } }',
    { customer: { externalId }, tierCode, until },
  )
}

/** Paid orders, each of one line, as [customer, sku, unit price, quantity, placed at]. */
export async function orders(shop: TestShop, ...all: readonly (readonly [string, string, number, number, string])[]): Promise<void> {
  await shop.storefront('mutation ($orders: [OrderInput!]!) { recordOrders(orders: $orders) { id } }', {
    orders: all.map(([externalId, sku, unitPrice, quantity, placedAt], i) => ({
      externalId: `${externalId}-${placedAt}-${i}`,
      customer: { externalId },
      placedAt,
      lines: [{ sku, quantity, unitPrice }],
    })),
  })
}

type RuleInput = { readonly code: string } & Readonly<Record<string, unknown>>

export async function saveLadder(shop: TestShop, input: RuleInput): Promise<void> {
  await shop.admin('mutation ($input: LadderInput!) { saveLadder(input: $input) { id } }', { input: { name: input.code, ...input } })
}

export async function saveOffer(shop: TestShop, input: RuleInput): Promise<void> {
  await shop.admin('mutation ($input: OfferInput!) { saveOffer(input: $input) { id } }', { input: { name: input.code, ...input } })
}

export async function publish(shop: TestShop, ...codes: readonly string[]): Promise<number> {
  const { publish } = await shop.admin('mutation ($codes: [String!]!) { publish(codes: $codes) { bookVersion } }', { codes })
  return publish.bookVersion
}

/** A ladder of one rung a tier, published at once. */
export async function publishLadder(
  shop: TestShop,
  code: string,
  percentOff: Readonly<Record<string, number>>,
  more: object = {},
): Promise<void> {
  const rungs = Object.entries(percentOff).map(([tierCode, percent]) => ({ tierCode, adjustment: { percentOff: percent } }))
  await saveLadder(shop, { code, rungs, ...more })
  await publish(shop, code)
}

export async function publishOffer(shop: TestShop, input: RuleInput): Promise<void> {
  await saveOffer(shop, input)
  await publish(shop, input.code)
}

/** What one unit costs a customer (null: nobody identified). */
export async function memberPrice(shop: TestShop, externalId: string | null, sku: string, quantity = 1): Promise<number> {
  const { memberPrices } = await shop.storefront(
    'query ($items: [PriceItemInput!]!, $customer: CustomerRef) { memberPrices(items: $items, customer: $customer) { memberPrice } }',
    { items: [{ sku, quantity }], customer: externalId === null ? null : { externalId } },
  )
  return memberPrices[0].memberPrice
}

const QUOTE = `query ($cart: CartInput!, $customer: CustomerRef, $explain: Boolean) { quote(cart: $cart, customer: $customer, explain: $explain) {
  lines { id sku quantity listPrice unitPrice total rules { kind code amount } orderShares { code amount } trace { code outcome price } }
  orderRules { kind code name amount } gifts { sku quantity offerCode } freeShipping subtotal discountTotal total
  refusedCodes { code outcome } nextSteps { offerName missing missingQuantity amount } bookVersion at } }`

/** A cart of quantities by sku, priced for a customer (null: nobody identified). */
// biome-ignore lint/suspicious/noExplicitAny: answers are looked at by tests, field by field
export async function quote(
  shop: TestShop,
  externalId: string | null,
  cart: Readonly<Record<string, number>>,
  codes: readonly string[] = [],
  explain = false,
): Promise<any> {
  const lines = Object.entries(cart).map(([sku, quantity]) => ({ sku, quantity }))
  const answer = await shop.storefront(QUOTE, { cart: { lines, codes }, customer: externalId === null ? null : { externalId }, explain })
  return answer.quote
}
