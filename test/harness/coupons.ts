import { rowsOf, sql } from '../../src/shell/sql.ts'
import { publishOffer } from './acts.ts'
import { newKey } from './checkout.ts'
import { bearer, type GraphQLAnswer } from './client.ts'
import type { TestShop } from './shop.ts'

// What staff and shoppers do with coupons, in a line each.

// biome-ignore lint/suspicious/noExplicitAny: answers are looked at by tests, field by field
type Answer = any

const COUPON = '{ code offerName status validUntil }'
export const CLAIM = `mutation ($code: String!, $key: String!, $customer: CustomerRef) {
  claimCoupon(claimCode: $code, idempotencyKey: $key, customer: $customer) { __typename ... on Coupon ${COUPON} ... on OfferUnavailable { code reason } } }`
const ISSUE = `mutation ($offer: String!, $query: String, $customers: [CustomerRef!], $each: Int, $validUntil: DateTime) {
  issueCoupons(offerCode: $offer, query: $query, customers: $customers, each: $each, validUntil: $validUntil) }`
export const OWNED = '{ code offerCode status issuedAt validUntil customer { externalId } }'

/** An offer of 10 % that is had with coupons, in force. */
export async function couponOffer(shop: TestShop, code: string, coupons: object = {}, more: object = {}): Promise<void> {
  await publishOffer(shop, {
    code,
    level: 'PRODUCT',
    trigger: 'CODE',
    product: { adjustment: { percentOff: 10 } },
    coupons,
    ...more,
  })
}

export const issue = async (shop: TestShop, offer: string, more: object): Promise<number> =>
  (await shop.admin(ISSUE, { offer, ...more })).issueCoupons
export const tryIssue = (shop: TestShop, variables: object, key = shop.keys.owner): Promise<GraphQLAnswer> =>
  shop.ask('/admin/graphql', bearer(key), ISSUE, variables)

/** One coupon for each of these customers; the code of the last one's is the answer. */
export async function give(shop: TestShop, offer: string, ...customers: readonly string[]): Promise<string> {
  await issue(shop, offer, { customers: customers.map((externalId) => ({ externalId })) })
  return (await owned(shop, { customer: customers.at(-1) }))[0].code
}

/** What staff see, the newest first. */
export async function owned(shop: TestShop, { offer, customer }: { offer?: string; customer?: string | undefined }): Promise<Answer[]> {
  const { coupons } = await shop.admin(
    `query ($offer: String, $customer: CustomerRef) { coupons(offerCode: $offer, customer: $customer, first: 250) { totalCount nodes ${OWNED} } }`,
    { offer, customer: customer === undefined ? undefined : { externalId: customer } },
  )
  return coupons.nodes
}

export const wallet = async (shop: TestShop, externalId: string): Promise<Answer[]> =>
  (await shop.storefront(`query ($ref: CustomerRef!) { shopper(customer: $ref) { coupons ${COUPON} } }`, { ref: { externalId } })).shopper
    .coupons
export const statuses = async (shop: TestShop, externalId: string): Promise<string[]> =>
  (await wallet(shop, externalId)).map(({ status }) => status)

/** [name, claimCode] of the offers that a customer may have. */
export const offersOf = async (shop: TestShop, externalId: string): Promise<[string, string | null][]> =>
  (
    await shop.storefront('query ($ref: CustomerRef!) { shopper(customer: $ref) { offers { name claimCode } } }', { ref: { externalId } })
  ).shopper.offers.map(({ name, claimCode }: { name: string; claimCode: string | null }) => [name, claimCode])

/** The coupon's code, or the reason why there is none. */
export async function claim(shop: TestShop, externalId: string, code: string, key = newKey()): Promise<string> {
  const { claimCoupon } = await shop.storefront(CLAIM, { code, key, customer: { externalId } })
  return claimCoupon.reason ?? claimCoupon.code
}

export const revoke = async (shop: TestShop, code: string): Promise<Answer> =>
  (await shop.admin(`mutation ($code: String!) { revokeCoupon(code: $code) ${OWNED} }`, { code })).revokeCoupon

/** Single-use codes of an offer. */
export async function codes(shop: TestShop, offer: string, count: number, validUntil?: string): Promise<string[]> {
  const { createCouponCodes } = await shop.admin(
    'mutation ($offer: String!, $count: Int!, $validUntil: DateTime) { createCouponCodes(offerCode: $offer, count: $count, validUntil: $validUntil) { id count csv } }',
    { offer, count, validUntil },
  )
  const [header, ...lines] = createCouponCodes.csv.split('\r\n')
  if (header !== 'code' || lines.pop() !== '') throw new Error('no CSV of codes')
  return lines
}

/** Every coupon of an offer that somebody owns, its status by its code, as staff see them. */
export async function statusByCode(shop: TestShop, offer: string): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (let after: string | null = null; ; ) {
    const { coupons }: Answer = await shop.admin(
      `query ($offer: String!, $after: String) { coupons(offerCode: $offer, first: 250, after: $after) {
        nodes { code status } pageInfo { hasNextPage endCursor } } }`,
      { offer, after },
    )
    for (const { code, status } of coupons.nodes) found.set(code, status)
    if (!coupons.pageInfo.hasNextPage) return found
    after = coupons.pageInfo.endCursor
  }
}

/**
 * What does not follow from reservations and orders: coupons that more than one of them has, and those whose status is not
 * what the priced carts of orders (wholly returned ones give back) and holds come to. None of them is called back or over.
 */
export async function couponsAstray(shop: TestShop, offer: string): Promise<object[]> {
  const { em, shopId } = shop.world()
  const expected = await rowsOf<{ code: string; owned: boolean; held: number; used: number }>(
    em,
    sql`select k.code, k.customer_id is not null as owned,
          count(*) filter (where h.status = 'HELD' and h.expires_at > clock_timestamp())::integer as held,
          count(*) filter (where h.status = 'COMMITTED' and exists (
            select 1 from order_line l where l.shop_id = h.shop_id and l.order_id = h.order_id and l.returned_quantity < l.quantity))::integer as used
        from coupon k join rule r on r.shop_id = k.shop_id and r.id = k.rule_id
        left join (reservation h cross join lateral jsonb_array_elements(h.quote -> 'uses') p (use))
          on h.shop_id = k.shop_id and p.use ->> 'coupon' = k.code
        where k.shop_id = ${shopId} and r.code = ${offer} group by k.id, k.code, k.customer_id`,
  )
  const statuses = await statusByCode(shop, offer)
  return expected.flatMap(({ code, owned, held, used }) => {
    const should = used > 0 ? 'USED' : held > 0 ? 'HELD' : 'AVAILABLE'
    // A code that nobody has taken is in nobody's list, and in no cart either.
    const is = owned ? statuses.get(code) : 'AVAILABLE'
    return used + held > 1 || is !== should ? [{ code, is, held, used }] : []
  })
}
