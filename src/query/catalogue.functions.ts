import { mailFunctions } from './catalogue.mail.ts'
import { anyText, texts } from './column.ts'
import { couponSource, couponStatus, couponUntil, THIS_MOMENT } from './coupons.ts'
import { tagKey } from './facts.ts'
import { joined, raw, sql } from './fragment.ts'
import type { FunctionParameter, QueryFunction } from './function.ts'

const count: FunctionParameter = { type: 'integer', sql: raw('count(*)'), absent: 'NEVER', total: true }
const date: FunctionParameter = { type: 'date', sql: raw('o.placed_at'), absent: 'NEVER' }
const order = { shop: raw('o.shop_id'), customer: raw('o.customer_id') }

/** Codes of offers are one whatever the case of A to Z. */
const codeKey = (code: string): string => code.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())

/** Overlap of lists, which a GIN index serves. */
const tag: FunctionParameter = {
  type: 'member',
  holds: (wanted) =>
    sql`(p.tag_keys is not null and p.tag_keys && array[${joined(
      wanted.map((text) => sql`${text}`),
      ', ',
    )}]::text[])`,
  missing: raw('coalesce(cardinality(p.tag_keys), 0) = 0'),
  key: tagKey,
}

/** A category holds all below it: what begins with its path and a slash. */
const category: FunctionParameter = {
  type: 'member',
  holds: (wanted) =>
    sql`exists (select 1 from unnest(p.categories) as path where ${anyText(wanted, (path) => sql`(path = ${path} or starts_with(path, ${`${path}/`}))`)})`,
  missing: raw('coalesce(cardinality(p.categories), 0) = 0'),
}

const campaign: FunctionParameter = { type: 'text', ...texts('k.code') }
const CHANNELS = ['EMAIL', 'SMS', 'PUSH', 'WECHAT', 'WECOM', 'PHONE', 'POST', 'PARCEL', 'ON_SITE']

export const functions: readonly QueryFunction[] = [
  {
    // A row is an order line of which something was kept; so `count` counts lines, as in "bought it on three occasions".
    name: 'products_purchased',
    from: raw(
      `order_line l join shop_order o on o.shop_id = l.shop_id and o.id = l.order_id
      left join product p on p.shop_id = l.shop_id and p.sku = l.sku`,
    ),
    where: raw('o.counted and l.quantity > l.returned_quantity'),
    ...order,
    parameters: {
      id: { type: 'id', ...texts('l.sku') },
      sku: { type: 'text', ...texts('l.sku') },
      tag,
      category,
      brand: { type: 'text', ...texts('p.brand') },
      date,
      quantity: { type: 'integer', sql: raw('(l.quantity - l.returned_quantity)'), absent: 'NEVER' },
      sum_quantity: { type: 'integer', sql: raw('sum(l.quantity - l.returned_quantity)'), absent: 'NEVER', total: true },
      count,
    },
  },
  {
    name: 'orders_placed',
    from: raw('shop_order o'),
    where: raw('o.counted'),
    ...order,
    parameters: {
      date,
      amount: { type: 'amount', sql: raw('o.total'), absent: 'NEVER' },
      count,
      sum_amount: { type: 'amount', sql: raw('sum(o.total)'), absent: 'NEVER', total: true },
    },
  },
  {
    // A row is a coupon, whatever has become of it; what has is as it is at the moment, whatever day is asked about.
    name: 'coupons_owned',
    from: couponSource,
    where: raw('true'),
    shop: raw('k.shop_id'),
    customer: raw('k.customer_id'),
    parameters: {
      offer: { type: 'text', ...texts('r.code_key'), key: codeKey },
      status: { type: 'enum', values: ['AVAILABLE', 'HELD', 'USED', 'EXPIRED', 'REVOKED'], ...texts(couponStatus(THIS_MOMENT)) },
      issued: { type: 'date', sql: raw('k.issued_at'), absent: 'NEVER' },
      expires: { type: 'date', sql: couponUntil, absent: null },
      count,
    },
  },
  {
    // A row is a sending of a campaign that went out, or a day on which the shopper saw it on site.
    name: 'campaign_exposure',
    from: raw(
      `(select e.shop_id, e.campaign_id, e.customer_id, coalesce(e.decided_at, e.due_at) as at, e.channel from exposure e where e.status = 'SENT'
      union all
      select s.shop_id, s.campaign_id, s.customer_id, s.at, 'ON_SITE' from campaign_event s where s.kind = 'SEEN') e
      join campaign k on k.shop_id = e.shop_id and k.id = e.campaign_id`,
    ),
    where: raw('true'),
    shop: raw('e.shop_id'),
    customer: raw('e.customer_id'),
    parameters: {
      campaign,
      channel: { type: 'enum', values: CHANNELS, ...texts('e.channel') },
      date: { type: 'date', sql: raw('e.at'), absent: 'NEVER' },
      count,
    },
  },
  {
    // A row is an order that counts, placed by somebody who takes part and is not in the control group while it counts for the campaign.
    name: 'campaign_conversion',
    from: raw(
      `campaign_member m join campaign k on k.shop_id = m.shop_id and k.id = m.campaign_id
      join shop_order o on o.shop_id = m.shop_id and o.customer_id = m.customer_id and o.placed_at >= m.joined_at
        and o.placed_at < m.joined_at + make_interval(hours => 24 * k.attribution_days)`,
    ),
    where: raw('m.treated and o.counted'),
    shop: raw('m.shop_id'),
    customer: raw('m.customer_id'),
    parameters: { campaign, date, count },
  },
  ...mailFunctions,
]

const byName: ReadonlyMap<string, QueryFunction> = new Map(functions.map((fn) => [fn.name, fn]))
export const findFunction = (name: string): QueryFunction | undefined => byName.get(name)
/** Own properties only: nothing is called `constructor` here. */
export const findParameter = (fn: QueryFunction, name: string): FunctionParameter | undefined =>
  Object.hasOwn(fn.parameters, name) ? fn.parameters[name] : undefined
