import { rowsOf, sql } from '../../src/shell/sql.ts'
import type { TestShop } from './shop.ts'

// What a plugin does at checkout, in a line each.

// biome-ignore lint/suspicious/noExplicitAny: answers are looked at by tests, field by field
type Answer = any

export type Cart = Readonly<Record<string, number>>
export type Wanted = {
  readonly cart: Cart
  readonly as?: string | null
  readonly codes?: readonly string[]
  /** Of a private link. */
  readonly token?: string
  /** Absent: what a quote says. */
  readonly total?: number
  readonly ttl?: number
  readonly key?: string
  /** Of every line; absent: `line-` and the sku. */
  readonly lineId?: string
}

const QUOTE = `{ total subtotal discountTotal bookVersion lines { id sku quantity unitPrice total rules { code amount } orderShares { code amount } }
  orderRules { code amount } gifts { sku quantity offerCode } freeShipping refusedCodes { code outcome } refusedLink }`
export const RESERVATION = `{ id status expiresAt quote ${QUOTE} }`
export const ORDER = '{ id externalId placedAt status customerId total lines { id sku quantity returnedQuantity unitPrice total } }'
const ENDED = `... on ReservationEnded { reservation ${RESERVATION} }`

export const RESERVE = `mutation ($input: ReserveInput!) { reserve(input: $input) { __typename ... on Reservation ${RESERVATION}
  ... on PriceChanged { expectedTotal quote ${QUOTE} } ... on OfferUnavailable { code reason } } }`
export const COMMIT = `mutation ($input: CommitInput!) { commit(input: $input) { __typename ... on Order ${ORDER} ${ENDED} } }`
export const RELEASE = `mutation ($input: ReleaseInput!) { release(input: $input) ${RESERVATION} }`
export const EXTEND = `mutation ($id: ID!, $ttl: Int!) { extendReservation(id: $id, ttlSeconds: $ttl) { __typename ... on Reservation ${RESERVATION} ${ENDED} } }`
export const RETURN = `mutation ($input: ReturnLinesInput!) { returnLines(input: $input) { externalId amount lines { id quantity amount } giftsDue { sku quantity } order ${ORDER} } }`

let keys = 0
/** A key that nobody had before. */
export const newKey = (): string => `key-of-a-test-${process.pid}-${keys++}`

const linesOf = ({ cart, lineId }: Pick<Wanted, 'cart' | 'lineId'>) =>
  Object.entries(cart).map(([sku, quantity]) => ({ id: lineId ?? `line-${sku}`, sku, quantity }))
const refOf = (as: string | null | undefined) => (as == null ? undefined : { externalId: as })

export async function totalOf(shop: TestShop, { cart, as, codes, token }: Wanted): Promise<number> {
  const answer = await shop.storefront(
    'query ($cart: CartInput!, $customer: CustomerRef) { quote(cart: $cart, customer: $customer) { total } }',
    {
      cart: { lines: linesOf({ cart }), codes, privateLinkToken: token },
      customer: refOf(as),
    },
  )
  return answer.quote.total
}

export async function reserveInput(shop: TestShop, wanted: Wanted): Promise<object> {
  return {
    cart: { lines: linesOf(wanted), codes: wanted.codes, privateLinkToken: wanted.token },
    customer: refOf(wanted.as),
    idempotencyKey: wanted.key ?? newKey(),
    ttlSeconds: wanted.ttl,
    expectedTotal: wanted.total ?? (await totalOf(shop, wanted)),
  }
}

export const reserve = async (shop: TestShop, wanted: Wanted): Promise<Answer> =>
  (await shop.storefront(RESERVE, { input: await reserveInput(shop, wanted) })).reserve

/** A reservation that must be had. */
export async function held(shop: TestShop, wanted: Wanted): Promise<Answer> {
  const answer = await reserve(shop, wanted)
  if (answer.__typename !== 'Reservation') throw new Error(`not reserved: ${JSON.stringify(answer)}`)
  return answer
}

export const commit = async (shop: TestShop, reservationId: string, orderExternalId: string, more: object = {}): Promise<Answer> =>
  (await shop.storefront(COMMIT, { input: { reservationId, orderExternalId, idempotencyKey: newKey(), ...more } })).commit
export const release = async (shop: TestShop, reservationId: string, key = newKey()): Promise<Answer> =>
  (await shop.storefront(RELEASE, { input: { reservationId, idempotencyKey: key } })).release
export const extend = async (shop: TestShop, id: string, ttl: number): Promise<Answer> =>
  (await shop.storefront(EXTEND, { id, ttl })).extendReservation
export const returnLines = async (shop: TestShop, order: string, returned: string, cart: Cart): Promise<Answer> =>
  (
    await shop.storefront(RETURN, {
      input: {
        orderExternalId: order,
        returnExternalId: returned,
        lines: Object.entries(cart).map(([sku, quantity]) => ({ id: `line-${sku}`, quantity })),
      },
    })
  ).returnLines
export const reservation = async (shop: TestShop, id: string): Promise<Answer> =>
  (await shop.storefront(`query ($id: ID!) { reservation(id: $id) ${RESERVATION} }`, { id })).reservation
export const order = async (shop: TestShop, externalId: string): Promise<Answer> =>
  (await shop.storefront(`query ($id: String!) { order(externalId: $id) ${ORDER} }`, { id: externalId })).order

/** [orders that use it, what it took in them]. */
export async function usage(shop: TestShop, code: string): Promise<[number, number]> {
  const { offer } = await shop.admin('query ($code: String!) { offer(code: $code) { usedCount takenTotal } }', { code })
  return [offer.usedCount, offer.takenTotal]
}

/** The time of these holds is over: no clock is waited for. */
export async function letExpire(shop: TestShop, ...ids: readonly string[]): Promise<void> {
  const { em, shopId } = shop.world()
  await rowsOf(
    em,
    sql`update reservation set expires_at = reserved_at where shop_id = ${shopId} and status = 'HELD' and id = any(${ids as string[]}::uuid[])`,
  )
}

/** Orders whose units and skus are not what their lines say was kept. */
export const keptOtherwise = (shop: TestShop) => sql`
  select o.external_id as id, o.units as said, coalesce(k.units, 0) as really
  from shop_order o left join (
    select order_id, sum(quantity - returned_quantity) as units, count(distinct sku) as skus
    from order_line where shop_id = ${shop.world().shopId} and quantity > returned_quantity group by order_id
  ) k on k.order_id = o.id
  where o.shop_id = ${shop.world().shopId} and (o.units, o.skus) is distinct from (coalesce(k.units, 0), coalesce(k.skus, 0))`

/** Every counter beside what the uses of reservations come to; empty when all agree. */
export async function miscounted(shop: TestShop): Promise<object[]> {
  const { em, shopId } = shop.world()
  const uses = sql`(select x.*, h.customer_id, h.status from offer_use x
    join reservation h on h.shop_id = x.shop_id and h.id = x.reservation_id where x.shop_id = ${shopId}) x`
  return rowsOf(
    em,
    sql`select 'total' as what, u.rule_id::text as of, u.uses::bigint as counted, count(x.rule_id) filter (where x.given_back_at is null) as really
        from rule_usage u left join ${uses} on x.rule_id = u.rule_id where u.shop_id = ${shopId} group by u.rule_id, u.uses
        having u.uses <> count(x.rule_id) filter (where x.given_back_at is null)
        union all
        select 'taken', u.rule_id::text, u.taken, coalesce(sum(x.taken) filter (where x.given_back_at is null), 0)
        from rule_usage u left join ${uses} on x.rule_id = u.rule_id where u.shop_id = ${shopId} group by u.rule_id, u.taken
        having u.taken <> coalesce(sum(x.taken) filter (where x.given_back_at is null), 0)
        union all
        select 'customer', u.customer_id || ' ' || u.rule_id, u.uses, count(x.rule_id) filter (where x.given_back_at is null)
        from customer_rule_usage u left join ${uses} on x.rule_id = u.rule_id and x.customer_id = u.customer_id
        where u.shop_id = ${shopId} group by u.customer_id, u.rule_id, u.uses
        having u.uses <> count(x.rule_id) filter (where x.given_back_at is null)
        union all
        select 'units', n.customer_id || ' ' || n.rule_id || ' ' || n.sku, n.units, coalesce(sum((x.units ->> n.sku)::bigint) filter (where x.given_back_at is null), 0)
        from customer_rule_units n left join ${uses} on x.rule_id = n.rule_id and x.customer_id = n.customer_id
        where n.shop_id = ${shopId} group by n.customer_id, n.rule_id, n.sku, n.units
        having n.units <> coalesce(sum((x.units ->> n.sku)::bigint) filter (where x.given_back_at is null), 0)
        union all
        select 'link', l.id::text, l.uses, count(x.link_id) filter (where x.state <> 'GIVEN_BACK')
        from private_link l left join link_use x on x.shop_id = l.shop_id and x.link_id = l.id where l.shop_id = ${shopId}
        group by l.id, l.uses having l.uses <> count(x.link_id) filter (where x.state <> 'GIVEN_BACK')
        union all
        select 'use of a link', x.reservation_id::text, 0, 1
        from link_use x join reservation h on h.shop_id = x.shop_id and h.id = x.reservation_id
        where x.shop_id = ${shopId} and x.state <> case h.status when 'HELD' then 'HELD' when 'COMMITTED' then 'USED' else 'GIVEN_BACK' end
        union all
        select 'order', id, said, really from (${keptOtherwise(shop)}) as k
        union all
        select 'given back', x.reservation_id::text, 0, 1 from ${uses}
        where (x.status in ('RELEASED', 'EXPIRED')) <> (x.given_back_at is not null) and x.status <> 'COMMITTED'`,
  )
}
