import type { Id } from '../kernel/id.ts'
import { asUuids, atInstant, rowOf, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'

type Person = Id<'Customer'>

/** Whoever works campaigns of a shop shares this; whoever merges or forgets customers has it alone. */
export const CAMPAIGNS_LOCK = 7_281_450

export async function holdCampaigns({ em, shopId }: World): Promise<void> {
  await rowsOf(em, sql`select pg_advisory_xact_lock(${CAMPAIGNS_LOCK}::integer, ${shopId}::integer)`)
}

/**
 * Makes what `from` takes part in `into`'s. Where both take part in one campaign, `into` goes on as they were and `from` leaves: nobody is
 * in it twice. Which campaigns moved, and which were left, is the answer.
 */
export async function moveMembers({ em, shopId, now }: World, from: Person, into: Person): Promise<{ moved: string[]; left: string[] }> {
  const moved = await rowsOf<{ campaign_id: string }>(
    em,
    sql`insert into campaign_member (shop_id, campaign_id, customer_id, treated, joined_at, tier_code, left_at, left_reason)
        select shop_id, campaign_id, ${into}::uuid, treated, joined_at, tier_code, left_at, left_reason from campaign_member
        where shop_id = ${shopId} and customer_id = ${from}::uuid
        on conflict do nothing returning campaign_id`,
  )
  const ids = moved.map(({ campaign_id }) => campaign_id)
  await moveExposures({ em, shopId }, from, into, ids)
  const left = await rowsOf<{ campaign_id: string }>(
    em,
    sql`update campaign_member set left_at = ${atInstant(now)}, left_reason = 'MERGED'
        where shop_id = ${shopId} and customer_id = ${from}::uuid and left_at is null returning campaign_id`,
  )
  return { moved: ids, left: left.map(({ campaign_id }) => campaign_id) }
}

/** Gives back what was taken, as far as it is there: where `from` had left for the merge, they take part again. */
export async function returnMembers(
  { em, shopId }: World,
  from: Person,
  into: Person,
  { moved, left }: { readonly moved: readonly string[]; readonly left: readonly string[] },
): Promise<void> {
  await rowsOf(
    em,
    sql`insert into campaign_member (shop_id, campaign_id, customer_id, treated, joined_at, tier_code, left_at, left_reason)
        select shop_id, campaign_id, ${from}::uuid, treated, joined_at, tier_code, left_at, left_reason from campaign_member
        where shop_id = ${shopId} and customer_id = ${into}::uuid and campaign_id = any(${asUuids(moved)})
        on conflict do nothing`,
  )
  await moveExposures({ em, shopId }, into, from, moved)
  await rowsOf(
    em,
    sql`update campaign_member set left_at = null, left_reason = null
        where shop_id = ${shopId} and customer_id = ${from}::uuid and campaign_id = any(${asUuids(left)}) and left_reason = 'MERGED'`,
  )
}

/** The exposures of one become those of the other, who is a member of the same campaigns now; then the first is a member no more. */
async function moveExposures({ em, shopId }: Pick<World, 'em' | 'shopId'>, from: Person, into: Person, campaigns: readonly string[]) {
  await rowsOf(
    em,
    sql`update exposure set customer_id = ${into}::uuid
        where shop_id = ${shopId} and campaign_id = any(${asUuids(campaigns)}) and customer_id = ${from}::uuid`,
  )
  await rowsOf(
    em,
    sql`delete from campaign_member
        where shop_id = ${shopId} and campaign_id = any(${asUuids(campaigns)}) and customer_id = ${from}::uuid`,
  )
}

/** In which campaigns these customers take part and took part, and what each was to be sent, as plain data. */
export async function tellCampaigns({ em, shopId }: World, customerIds: readonly Person[]): Promise<object> {
  const row = await rowOf<{ told: object[] }>(
    em,
    sql`select coalesce(jsonb_agg(jsonb_build_object('customerId', m.customer_id, 'campaign', k.code, 'inControlGroup', not m.treated,
            'joinedAt', m.joined_at, 'tier', m.tier_code, 'leftAt', m.left_at, 'leftReason', m.left_reason,
            'exposures', (select coalesce(jsonb_agg(jsonb_build_object('step', e.step, 'status', e.status, 'dueAt', e.due_at,
                'decidedAt', e.decided_at, 'channel', e.channel, 'reason', e.reason) order by e.step), '[]')
              from exposure e where e.shop_id = m.shop_id and e.campaign_id = m.campaign_id and e.customer_id = m.customer_id)
          ) order by m.joined_at, k.code), '[]') as told
        from campaign_member m join campaign k on k.shop_id = m.shop_id and k.id = m.campaign_id
        where m.shop_id = ${shopId} and m.customer_id = any(${asUuids(customerIds)})`,
  )
  return row?.told ?? []
}

/** Somebody who is forgotten takes part in nothing more, and is sent nothing; that they did stays, as nobody's. */
export async function leaveForgotten({ em, shopId, now }: World, customerIds: readonly Person[]): Promise<void> {
  await rowsOf(
    em,
    sql`update exposure e set status = 'DROPPED', reason = 'FORGOTTEN', decided_at = ${atInstant(now)}
        from campaign_member m
        where m.shop_id = ${shopId} and m.customer_id = any(${asUuids(customerIds)})
          and e.shop_id = m.shop_id and e.campaign_id = m.campaign_id and e.customer_id = m.customer_id and e.status in ('DUE', 'HELD')`,
  )
  await rowsOf(
    em,
    sql`update campaign_member set left_at = coalesce(left_at, ${atInstant(now)}), left_reason = 'FORGOTTEN', tier_code = null
        where shop_id = ${shopId} and customer_id = any(${asUuids(customerIds)})`,
  )
}
