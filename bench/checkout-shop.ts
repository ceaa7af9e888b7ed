import { ask } from './shop.ts'

/** A shop at checkout: 1,000 customers, a cart of three lines, an offer that every cart uses, and 50 limited ones by code. */
export type CheckoutShop = {
  readonly key: string
  readonly total: number
  readonly admin: (query: string, variables?: object) => Promise<Answer>
}
// biome-ignore lint/suspicious/noExplicitAny: what comes back is looked at field by field
type Answer = any

export const CUSTOMERS = 1_000
export const CODES = 50
export const LIMIT = 2_000
const LINES = ['A', 'B', 'C'].map((sku, i) => ({ id: `line-${sku}`, sku, quantity: 1 + i }))

export const RESERVE = `mutation ($input: ReserveInput!) { reserve(input: $input) { __typename ... on Reservation { id status expiresAt quote { total } }
  ... on PriceChanged { expectedTotal } ... on OfferUnavailable { code reason } } }`
export const COMMIT = `mutation ($input: CommitInput!) { commit(input: $input) { __typename ... on Order { id externalId total status } ... on ReservationEnded { reservation { id status } } } }`

/** The cart of the n-th checkout, and whose it is. */
export const cartOf = (n: number) => ({
  cart: { lines: LINES, codes: [`code-${n % CODES}`] },
  customer: { externalId: `customer-${n % CUSTOMERS}` },
})
export const LIMITED_CART = { lines: [LINES[0]], codes: ['last-ones'] }

export async function fillCheckout(base: string, owner: string): Promise<CheckoutShop> {
  const admin = (query: string, variables: object = {}): Promise<Answer> => ask(`${base}/admin/graphql`, owner, query, variables)
  const { createKey } = await admin('mutation { createKey(input: { kind: PLUGIN, name: "bench" }) { secret } }')
  const key = createKey.secret as string
  const plugin = (query: string, variables: object = {}): Promise<Answer> => ask(`${base}/storefront/graphql`, key, query, variables)

  await plugin('mutation ($products: [ProductInput!]!) { upsertProducts(products: $products) }', {
    products: LINES.map(({ sku }, i) => ({ sku, name: sku, listPrice: 10_000 + 1_500 * i })),
  })
  // Two sides take turns, each with customers of its own.
  for (const side of ['customer', 'floor'])
    for (let from = 0; from < CUSTOMERS; from += 100)
      await plugin('mutation ($customers: [CustomerInput!]!) { upsertCustomers(customers: $customers) { id } }', {
        customers: Array.from({ length: 100 }, (_, i) => ({ externalId: `${side}-${from + i}` })),
      })
  const offers = [
    {
      code: 'everybody',
      name: 'Everybody',
      level: 'ORDER',
      combination: 'STACKABLE',
      order: { steps: [{ minSubtotal: 20_000, amountOff: 1_000 }] },
    },
    ...Array.from({ length: CODES }, (_, i) => limited(`code-${i}`, 10_000_000)),
    limited('last-ones', LIMIT),
  ]
  for (const input of offers) await admin('mutation ($input: OfferInput!) { saveOffer(input: $input) { id } }', { input })
  await admin('mutation ($codes: [String!]!) { publish(codes: $codes) { bookVersion } }', { codes: offers.map(({ code }) => code) })
  const { quote } = await plugin(
    'query ($cart: CartInput!, $customer: CustomerRef) { quote(cart: $cart, customer: $customer) { total } }',
    cartOf(0),
  )
  return { key, total: quote.total, admin }
}

const limited = (code: string, totalLimit: number) => ({
  code,
  name: code,
  level: 'PRODUCT',
  trigger: 'CODE',
  combination: 'STACKABLE',
  totalLimit,
  scope: { skus: ['A'] },
  product: { adjustment: { percentOff: 10 } },
})
