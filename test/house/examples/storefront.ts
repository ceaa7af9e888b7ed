import type { Example } from './example.ts'

/** Every field of the storefront API, asked so that it answers in a furnished shop. */
export const STOREFRONT_EXAMPLES: Readonly<Record<string, Example>> = {
  'Query.shop': { needs: 'STOREFRONT', query: '{ shop { code name tiers { name } } }' },
  'Query.shopper': {
    needs: 'STOREFRONT',
    query: 'query ($customer: CustomerRef) { shopper(customer: $customer) { id tier { name } } }',
    trusted: { customer: ({ mei }) => ({ customer: { id: mei } }) },
  },
  'Query.memberPrices': {
    needs: 'STOREFRONT',
    query:
      'query ($customer: CustomerRef, $listPrice: Money) { memberPrices(items: [{ sku: "A", listPrice: $listPrice }], customer: $customer) { memberPrice rules { name } } }',
    trusted: { customer: ({ mei }) => ({ customer: { id: mei } }), listPrice: () => ({ listPrice: 100 }) },
  },
  'Query.quote': {
    needs: 'STOREFRONT',
    query:
      'query ($customer: CustomerRef, $listPrice: Money, $explain: Boolean) { quote(cart: { lines: [{ sku: "A", quantity: 1, listPrice: $listPrice }] }, customer: $customer, explain: $explain) { total lines { rules { name } trace { code } } } }',
    trusted: {
      customer: ({ mei }) => ({ customer: { id: mei } }),
      listPrice: () => ({ listPrice: 100 }),
      explain: () => ({ explain: true }),
    },
  },
  'Query.privateLink': {
    needs: 'STOREFRONT',
    query:
      'query ($token: String!, $customer: CustomerRef) { privateLink(token: $token, customer: $customer) { eligible message items { price } } }',
    variables: ({ token }) => ({ token }),
    trusted: { customer: ({ mei, token }) => ({ token, customer: { id: mei } }) },
  },
  'Query.reservation': {
    needs: 'PLUGIN',
    query: 'query ($id: ID!) { reservation(id: $id) { id status expiresAt quote { total lines { id } } } }',
    variables: ({ held }) => ({ id: held }),
  },
  'Query.order': { needs: 'PLUGIN', query: '{ order(externalId: "o1") { id customerId lines { id } } }' },

  'Mutation.reserve': {
    needs: 'PLUGIN',
    query:
      'mutation ($customer: CustomerRef) { reserve(input: { cart: { lines: [{ sku: "A", quantity: 1 }] }, customer: $customer, idempotencyKey: "reserve-example", expectedTotal: 1 }) { __typename ... on PriceChanged { quote { total } } } }',
    variables: ({ mei }) => ({ customer: { id: mei } }),
  },
  'Mutation.claimCoupon': {
    needs: 'STOREFRONT',
    query:
      'mutation ($customer: CustomerRef) { claimCoupon(claimCode: "thanks", idempotencyKey: "claim-example", customer: $customer) { __typename ... on Coupon { code offerName } ... on OfferUnavailable { reason } } }',
    trusted: { customer: ({ mei }) => ({ customer: { id: mei } }) },
  },
  'Mutation.recordCampaignEvents': {
    figures: true,
    needs: 'STOREFRONT',
    query: 'mutation ($customer: CustomerRef) { recordCampaignEvents(events: [{ campaign: "recall", kind: SEEN }], customer: $customer) }',
    trusted: { customer: ({ mei }) => ({ customer: { id: mei } }) },
  },
  'Mutation.extendReservation': {
    needs: 'PLUGIN',
    query: 'mutation ($id: ID!) { extendReservation(id: $id, ttlSeconds: 600) { __typename ... on Reservation { expiresAt } } }',
    variables: ({ held }) => ({ id: held }),
  },
  'Mutation.commit': {
    needs: 'PLUGIN',
    query:
      'mutation ($id: ID!) { commit(input: { reservationId: $id, orderExternalId: "o9", idempotencyKey: "commit-example" }) { __typename ... on Order { total } } }',
    variables: ({ toCommit }) => ({ id: toCommit }),
  },
  'Mutation.release': {
    needs: 'PLUGIN',
    query: 'mutation ($id: ID!) { release(input: { reservationId: $id, idempotencyKey: "release-example" }) { status } }',
    variables: ({ toRelease }) => ({ id: toRelease }),
  },
  'Mutation.returnLines': {
    needs: 'PLUGIN',
    query:
      'mutation { returnLines(input: { orderExternalId: "o2", returnExternalId: "r1", lines: [{ id: "0", quantity: 1 }] }) { amount } }',
  },

  'Mutation.upsertProducts': {
    needs: 'PLUGIN',
    query: 'mutation { upsertProducts(products: [{ sku: "A", name: "Another", listPrice: 1 }]) }',
  },
  'Mutation.upsertCompanies': {
    needs: 'PLUGIN',
    query: 'mutation { upsertCompanies(companies: [{ externalId: "acme", name: "Another" }]) }',
  },
  'Mutation.upsertCustomers': {
    needs: 'PLUGIN',
    query: 'mutation { upsertCustomers(customers: [{ externalId: "mei", tags: ["new"] }]) { id tags tier { name } } }',
  },
  'Mutation.recordOrders': {
    needs: 'PLUGIN',
    query:
      'mutation ($customer: CustomerRef) { recordOrders(orders: [{ externalId: "o1", customer: $customer, placedAt: "2026-02-05T03:00:00Z", lines: [{ sku: "A", quantity: 2, unitPrice: 1 }] }]) { id total } }',
    variables: ({ mei }) => ({ customer: { id: mei } }),
  },
  'Mutation.savePreferences': {
    needs: 'STOREFRONT',
    query:
      'mutation ($customer: CustomerRef) { savePreferences(input: { channels: [{ channel: SMS, granted: true }], wording: "Write to me" }, customer: $customer) { channels { channel granted } personalMarketing } }',
    trusted: { customer: ({ mei }) => ({ customer: { id: mei } }) },
  },
  'Mutation.recordCustomerEvents': {
    needs: 'PLUGIN',
    query:
      'mutation ($customer: CustomerRef!) { recordCustomerEvents(events: [{ externalId: "e1", customer: $customer, kind: ORDER_DISPATCHED, subject: "o1" }]) }',
    variables: ({ mei }) => ({ customer: { id: mei } }),
  },
  'Mutation.issueShopperToken': {
    needs: 'PLUGIN',
    query: 'mutation ($customer: CustomerRef!) { issueShopperToken(customer: $customer) { token } }',
    variables: ({ mei }) => ({ customer: { id: mei } }),
  },
}
