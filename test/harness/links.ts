import request from 'supertest'
import type { TestShop } from './shop.ts'

// What staff and shoppers do with private links, in a line each.

// biome-ignore lint/suspicious/noExplicitAny: answers are looked at by tests, field by field
type Answer = any

export const LINK = `{ id name note message status audience validFrom validUntil maxUses maxUsesPerCustomer opens uses revenue
  reservations heldReservations orders batchId revokedAt customers { externalId }
  items { sku quantity maxQuantity adjustment { percentOff amountOff fixedPrice } } }`
export const CREATE = `mutation ($input: PrivateLinkInput!) { createPrivateLink(input: $input) { url token link ${LINK} } }`
export const VIEW = `query ($token: String!, $customer: CustomerRef) { privateLink(token: $token, customer: $customer) {
  eligible message validUntil usesLeft items { sku quantity listPrice price } } }`
export const BATCH =
  'mutation ($input: PrivateLinkInput!, $query: String!) { createPrivateLinks(input: $input, query: $query) { batchId count csv } }'

/** Half price on A, once, for whoever holds it, unless more is said. */
export const wantedLink = (more: object = {}): object => ({
  name: 'For you',
  items: [{ sku: 'A', adjustment: { percentOff: 50 } }],
  ...more,
})

export const createLink = async (shop: TestShop, more: object = {}): Promise<Answer> =>
  (await shop.admin(CREATE, { input: wantedLink(more) })).createPrivateLink
export const revokeLink = async (shop: TestShop, id: string): Promise<Answer> =>
  (await shop.admin(`mutation ($id: ID!) { revokePrivateLink(id: $id) ${LINK} }`, { id })).revokePrivateLink
export const link = async (shop: TestShop, id: string): Promise<Answer> =>
  (await shop.admin(`query ($id: ID!) { privateLink(id: $id) ${LINK} }`, { id })).privateLink
export const view = async (shop: TestShop, token: string, as?: string): Promise<Answer> =>
  (await shop.storefront(VIEW, { token, customer: as === undefined ? undefined : { externalId: as } })).privateLink
/** Why a cart of A does not get the link's price; null when it does. */
export const refusedLink = async (
  shop: TestShop,
  token: string,
  as?: string,
  cart: Readonly<Record<string, number>> = { A: 1 },
): Promise<Answer> =>
  (
    await shop.storefront('query ($cart: CartInput!, $customer: CustomerRef) { quote(cart: $cart, customer: $customer) { refusedLink } }', {
      cart: { lines: Object.entries(cart).map(([sku, quantity]) => ({ sku, quantity })), privateLinkToken: token },
      customer: as === undefined ? undefined : { externalId: as },
    })
  ).quote.refusedLink

/** Opens a link as a browser does. */
export const open = (shop: TestShop, token: string, method: 'get' | 'head' = 'get') =>
  request(shop.app.fastify.server)[method](`/l/${token}`).redirects(0)
