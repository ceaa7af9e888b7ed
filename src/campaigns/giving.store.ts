import { asJson, asTexts, asUuids, atInstant, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'

/** Of `campaign_member m`: takes part, is not in the control group, and joined with one of these tiers (none named: with any). */
const mayHave = (tierCodes: readonly string[]) =>
  sql`m.treated and m.left_at is null and (${tierCodes.length === 0} or m.tier_code = any(${asTexts(tierCodes)}))`

/**
 * Writes that these customers were given something of a campaign, those who may have it and have it not; who they are is the answer.
 * Who gives beside it waits, and finds it given. Rows are made in one order.
 */
export async function noteGiven(
  { em, shopId, now }: World,
  campaignId: string,
  give: number,
  tierCodes: readonly string[],
  customerIds: readonly string[],
): Promise<string[]> {
  const rows = await rowsOf<{ customer_id: string }>(
    em,
    sql`insert into campaign_given (shop_id, campaign_id, give, customer_id, given_at)
        select ${shopId}::integer, ${campaignId}::uuid, ${give}::smallint, m.customer_id, ${atInstant(now)}
        from campaign_member m
        where m.shop_id = ${shopId} and m.campaign_id = ${campaignId}::uuid and m.customer_id = any(${asUuids(customerIds)}) and ${mayHave(tierCodes)}
        order by m.customer_id on conflict do nothing returning customer_id`,
  )
  return rows.map(({ customer_id }) => customer_id)
}

/** Which coupons those were: `each` for every customer, in the order of the customers. */
export async function noteCoupons(
  { em, shopId }: World,
  campaignId: string,
  give: number,
  customerIds: readonly string[],
  couponIds: readonly string[],
): Promise<void> {
  const each = couponIds.length / customerIds.length
  const rows = customerIds.map((id, i) => ({ id, coupons: couponIds.slice(i * each, (i + 1) * each) }))
  await rowsOf(
    em,
    sql`update campaign_given g set coupon_ids = n.coupons
        from jsonb_to_recordset(${asJson(rows)}) as n (id uuid, coupons uuid[])
        where g.shop_id = ${shopId} and g.campaign_id = ${campaignId}::uuid and g.give = ${give}::smallint and g.customer_id = n.id`,
  )
}

/** Which link each one got, with its token sealed. */
export async function noteLinks(
  { em, shopId }: World,
  campaignId: string,
  give: number,
  links: readonly { readonly customerId: string; readonly linkId: string; readonly sealed: Buffer }[],
): Promise<void> {
  const rows = links.map(({ customerId, linkId, sealed }) => ({ id: customerId, link: linkId, sealed: sealed.toString('hex') }))
  await rowsOf(
    em,
    sql`update campaign_given g set link_id = n.link, sealed = decode(n.sealed, 'hex')
        from jsonb_to_recordset(${asJson(rows)}) as n (id uuid, link uuid, sealed text)
        where g.shop_id = ${shopId} and g.campaign_id = ${campaignId}::uuid and g.give = ${give}::smallint and g.customer_id = n.id`,
  )
}

/** Who of these joined with one of these tiers. */
export async function joinedWith(
  { em, shopId }: World,
  campaignId: string,
  tierCodes: readonly string[],
  customerIds: readonly string[],
): Promise<string[]> {
  const rows = await rowsOf<{ customer_id: string }>(
    em,
    sql`select customer_id from campaign_member where shop_id = ${shopId} and campaign_id = ${campaignId}::uuid
          and customer_id = any(${asUuids(customerIds)}) and tier_code = any(${asTexts(tierCodes)})`,
  )
  return rows.map(({ customer_id }) => customer_id)
}

export type Given = {
  readonly give: number
  readonly customerId: string
  readonly couponIds: readonly string[]
  readonly linkId: string | null
  /** In hex. */
  readonly sealed: string | null
}

/** What these customers were given of a campaign, in the order in which the campaign says it. */
export async function readGiven(
  { em, shopId }: World,
  campaignIds: readonly string[],
  customerIds: readonly string[],
): Promise<(Given & { campaignId: string })[]> {
  return rowsOf(
    em,
    sql`select campaign_id as "campaignId", give, customer_id as "customerId", array_to_json(coupon_ids) as "couponIds", link_id as "linkId", encode(sealed, 'hex') as sealed
        from campaign_given
        where shop_id = ${shopId} and campaign_id = any(${asUuids(campaignIds)}) and customer_id = any(${asUuids(customerIds)}) order by give`,
  )
}

/** Those after a customer who may have something and have it not, in the order of their ids. */
export async function listUngiven(
  { em, shopId }: World,
  campaignId: string,
  give: number,
  tierCodes: readonly string[],
  after: string | null,
  most: number,
): Promise<string[]> {
  const rows = await rowsOf<{ customer_id: string }>(
    em,
    sql`select m.customer_id from campaign_member m
        where m.shop_id = ${shopId} and m.campaign_id = ${campaignId}::uuid and ${mayHave(tierCodes)}
          and (${after}::uuid is null or m.customer_id > ${after}::uuid)
          and not exists (select 1 from campaign_given g where g.shop_id = m.shop_id and g.campaign_id = m.campaign_id
            and g.give = ${give}::smallint and g.customer_id = m.customer_id)
        order by m.customer_id limit ${most}`,
  )
  return rows.map(({ customer_id }) => customer_id)
}

/** The codes of running campaigns whom somebody joined to whom it was not all given yet. */
export async function listOwing({ em, shopId, now }: World): Promise<string[]> {
  const rows = await rowsOf<{ code: string }>(
    em,
    sql`select code from campaign where shop_id = ${shopId} and status = 'RUNNING' and owes_gifts and (ends_at is null or ends_at > ${atInstant(now)})
        order by priority desc, code`,
  )
  return rows.map(({ code }) => code)
}

/** Whether somebody is still to be given something; who joins says so in the transaction in which they join. */
export async function writeOwing({ em, shopId }: World, campaignId: string, owes: boolean): Promise<void> {
  await rowsOf(
    em,
    sql`update campaign set owes_gifts = ${owes} where shop_id = ${shopId} and id = ${campaignId}::uuid and owes_gifts <> ${owes}`,
  )
}
