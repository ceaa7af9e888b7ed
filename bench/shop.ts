/** A shop filled through its APIs, and the requests that are measured on it. */
export type BenchShop = { readonly key: string; readonly requests: Readonly<Record<'memberPrices' | 'quote', string>> }

const SKUS = Array.from({ length: 20 }, (_, i) => `SKU-${String(i).padStart(2, '0')}`)

/** 20 products, a gold customer, 5 ladders and 20 offers of all forms in force. */
export async function fillShop(base: string, owner: string): Promise<BenchShop> {
  const admin = (query: string, variables: object = {}) => ask(`${base}/admin/graphql`, owner, query, variables)
  const { createKey } = await admin('mutation { createKey(input: { kind: PLUGIN, name: "bench" }) { secret } }')
  const key = createKey.secret as string
  const plugin = (query: string, variables: object = {}) => ask(`${base}/storefront/graphql`, key, query, variables)

  for (const [code, rank] of [
    ['silver', 1],
    ['gold', 2],
    ['platinum', 3],
  ] as const)
    await admin('mutation ($input: TierInput!) { saveTier(input: $input) { id } }', { input: { code, name: code, rank } })
  await plugin('mutation ($products: [ProductInput!]!) { upsertProducts(products: $products) }', {
    products: SKUS.map((sku, i) => ({
      sku,
      name: sku,
      listPrice: 1_000 + 137 * i,
      categoryPaths: [['goods', `shelf-${i % 4}`]],
      brand: `brand-${i % 3}`,
      tags: ['bench'],
    })),
  })
  await plugin('mutation ($customers: [CustomerInput!]!) { upsertCustomers(customers: $customers) { id } }', {
    customers: [{ externalId: 'mei' }],
  })
  await admin('mutation { pinTier(customer: { externalId: "mei" }, tierCode: "gold", reason: "bench") { id } }')

  for (const input of ladders()) await admin('mutation ($input: LadderInput!) { saveLadder(input: $input) { id } }', { input })
  for (const input of offers()) await admin('mutation ($input: OfferInput!) { saveOffer(input: $input) { id } }', { input })
  await admin('mutation ($codes: [String!]!) { publish(codes: $codes) { bookVersion } }', {
    codes: [...ladders(), ...offers()].map((rule) => rule.code),
  })
  return { key, requests: requests() }
}

const ladders = () =>
  Array.from({ length: 5 }, (_, i) => ({
    code: `ladder-${i}`,
    name: `Ladder ${i}`,
    ...(i === 0 ? {} : { scope: { categories: [`goods/shelf-${i - 1}`] } }),
    rungs: [
      { tierCode: 'silver', adjustment: { percentOff: 3 + i } },
      { tierCode: 'gold', adjustment: { percentOff: 6 + i } },
      { tierCode: 'platinum', minQuantity: 3, adjustment: { percentOff: 9 + i } },
    ],
  }))

const offers = () =>
  Array.from({ length: 20 }, (_, i) => {
    const common = { code: `offer-${i}`, name: `Offer ${i}`, priority: i }
    if (i < 10)
      return {
        ...common,
        level: 'PRODUCT',
        combination: i % 2 === 0 ? 'EXCLUSIVE' : 'STACKABLE',
        scope: { brands: [`brand-${i % 3}`] },
        ...(i % 3 === 0 ? { audience: "customer_tier = 'gold' AND number_of_orders = 0" } : {}),
        product: { adjustment: { percentOff: 1 + (i % 4) }, minQuantity: 1 + (i % 2) },
      }
    if (i < 16)
      return {
        ...common,
        level: 'ORDER',
        combination: i % 2 === 0 ? 'EXCLUSIVE' : 'STACKABLE',
        order: {
          form: 'THRESHOLD',
          steps: [
            { minSubtotal: 5_000 * (i - 9), amountOff: 100 * (i - 9) },
            { minSubtotal: 900_000, percentOff: 10 },
          ],
        },
      }
    if (i < 18)
      return {
        ...common,
        level: 'ORDER',
        scope: { categories: [`goods/shelf-${i - 16}`] },
        order: { form: 'MULTI_BUY', multiBuy: { every: 2, units: 1, percentOff: 50 } },
      }
    return {
      ...common,
      level: 'ORDER',
      combination: 'STACKABLE',
      order: {
        form: 'BUNDLE',
        bundle: {
          items: [
            { sku: SKUS[i - 18], quantity: 1 },
            { sku: SKUS[i - 10], quantity: 1 },
          ],
          price: 2_000,
        },
      },
    }
  })

const requests = () => ({
  memberPrices: JSON.stringify({
    query: `query ($items: [PriceItemInput!]!, $customer: CustomerRef) { memberPrices(items: $items, customer: $customer) {
      sku quantity listPrice memberPrice saving rules { kind code name amount } nextTierPrice { tier { code } price } quantityBreaks { minQuantity price } } }`,
    variables: { items: SKUS.map((sku) => ({ sku })), customer: { externalId: 'mei' } },
  }),
  quote: JSON.stringify({
    query: `query ($cart: CartInput!, $customer: CustomerRef) { quote(cart: $cart, customer: $customer) {
      lines { id sku quantity listPrice unitPrice total rules { kind code name amount } orderShares { kind code name amount } }
      orderRules { kind code name amount } freeShipping subtotal discountTotal total refusedCodes { code outcome }
      nextSteps { offerName missing missingQuantity amount } bookVersion } }`,
    variables: { cart: { lines: SKUS.map((sku, i) => ({ sku, quantity: 1 + (i % 3) })) }, customer: { externalId: 'mei' } },
  }),
})

// biome-ignore lint/suspicious/noExplicitAny: what comes back is looked at field by field
export async function ask(url: string, key: string, query: string, variables: object): Promise<any> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` }
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) })
  const body = (await response.json()) as { data: unknown; errors?: unknown }
  if (body.errors) throw new Error(JSON.stringify(body.errors))
  return body.data
}
