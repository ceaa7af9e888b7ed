import request from 'supertest'
import { rowsOf, sql } from '../../src/shell/sql.ts'
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

/**
 * Links whose counters are not what reservations and orders come to: uses of what is held or sold, orders, and what was paid
 * in those that count.
 */
export async function linksAstray(shop: TestShop): Promise<object[]> {
  const { em, shopId } = shop.world()
  const expected = await rowsOf<{ id: string; counted: number; uses: number; orders: number; revenue: string }>(
    em,
    sql`select l.id, l.uses as counted, count(h.id) filter (where h.status in ('HELD', 'COMMITTED'))::integer as uses,
          count(o.id)::integer as orders, coalesce(sum(o.total) filter (where o.counted), 0) as revenue
        from private_link l
        left join (reservation h cross join lateral jsonb_array_elements(h.quote -> 'uses') p (use))
          on h.shop_id = l.shop_id and p.use ->> 'kind' = 'PRIVATE_LINK' and p.use ->> 'code' = l.id::text
        left join shop_order o on o.shop_id = h.shop_id and o.id = h.order_id
        where l.shop_id = ${shopId} group by l.id, l.uses`,
  )
  const astray: object[] = []
  for (const { id, counted, uses, orders, revenue } of expected) {
    const { orders: told, revenue: paid } = await link(shop, id)
    if (counted !== uses || told !== orders || paid !== Number(revenue)) astray.push({ id, counted, uses, told, orders, paid, revenue })
  }
  return astray
}
