import type { EntityManager } from '@mikro-orm/postgresql'
import type { RawBuilder } from 'kysely'
import type { Instant } from '../kernel/clock.ts'
import { customerSource, tierCode } from '../segments/source.sql.ts'
import { giveRoom } from '../shell/room.ts'
import { atInstant, atInstantOrNull, rowOf, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { Campaign } from './campaign.model.ts'

/**
 * A number from 0 to 9999 that follows from a campaign and a customer, and from nothing else: the first 8 hex digits of
 * sha256('<campaign id>:<customer id>'), modulo 10,000. Who draws again draws the same.
 */
export const drawOf = (campaignId: string, customerId: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`(('x' || left(encode(sha256(convert_to(${`${campaignId}:`}::text || ${customerId}::text, 'UTF8')), 'hex'), 8))::bit(32)::bigint % 10000)`

/**
 * Everybody for whom the condition holds and who never took part joins now, by one statement: in the control group or not as their
 * draw says, under the tier that they have.
 */
export async function insertMembers(world: World, { id, controlBp }: Campaign, condition: RawBuilder<unknown>): Promise<void> {
  const { em, shopId, now } = world
  await giveRoom(world)
  await rowsOf(
    em,
    sql`insert into campaign_member (shop_id, campaign_id, customer_id, treated, joined_at, tier_code)
        select ${shopId}::integer, ${id}::uuid, c.id, ${drawOf(id, sql`c.id`)} >= ${controlBp}::integer, ${atInstant(now)}, ${tierCode}
        from ${customerSource(now)}
        where c.shop_id = ${shopId} and c.merged_into is null and ${condition}
          and not exists (select 1 from campaign_member m where m.shop_id = ${shopId} and m.campaign_id = ${id}::uuid and m.customer_id = c.id)
        on conflict do nothing`,
  )
}

const FEW = 1_000

/** Who joined a campaign at this instant; 'ALL' when they are too many to name. */
export async function whoJustJoined({ em, shopId, now }: World, campaignId: string): Promise<readonly string[] | 'ALL'> {
  const rows = await rowsOf<{ customer_id: string }>(
    em,
    sql`select customer_id from campaign_member
        where shop_id = ${shopId} and campaign_id = ${campaignId}::uuid and joined_at = ${atInstant(now)} limit ${FEW + 1}`,
  )
  return rows.length > FEW ? 'ALL' : rows.map(({ customer_id }) => customer_id)
}

/** Nobody else lets customers into this campaign until the transaction ends. Its row stays free: a pause waits for nobody. */
export async function holdJoining({ em, shopId }: World, campaignId: string): Promise<void> {
  await rowsOf(em, sql`select pg_advisory_xact_lock(hashtextextended('campaign/' || ${shopId}::text || '/' || ${campaignId}::text, 0))`)
}

/** Says when customers are next let in; false: the campaign ended meanwhile. */
export async function writeNextJoin({ em, shopId }: World, campaignId: string, next: Instant | null): Promise<boolean> {
  const row = await rowOf(
    em,
    sql`update campaign set next_join_at = ${atInstantOrNull(next)}
        where shop_id = ${shopId} and id = ${campaignId}::uuid and status in ('RUNNING', 'PAUSED') returning id`,
  )
  return row !== null
}

/**
 * What is due of `campaign k`: to begin, to let customers in, to end. One without an end is over when nobody more joins, nothing is due,
 * and the last who joined had the whole of the time in which their orders count.
 */
const turnAt = (at: Instant) => sql`case
  when k.status = 'SCHEDULED' and k.start_at <= ${atInstant(at)} then 'START'
  when k.status in ('RUNNING', 'PAUSED') and k.ends_at <= ${atInstant(at)} then 'END'
  when k.status = 'RUNNING' and k.next_join_at <= ${atInstant(at)} then 'JOIN'
  when k.status = 'RUNNING' and k.next_join_at is null and k.ends_at is null
    and coalesce(k.join_until, k.started_at) + make_interval(days => k.attribution_days) <= ${atInstant(at)}
    and not exists (select 1 from exposure e where e.shop_id = k.shop_id and e.campaign_id = k.id and e.status in ('DUE', 'HELD')) then 'END'
  end`

const ALIVE = sql`k.status in ('SCHEDULED', 'RUNNING', 'PAUSED')`

export async function listTurns({ em, shopId, now }: World): Promise<{ code: string; turn: 'START' | 'END' | 'JOIN' }[]> {
  return rowsOf(
    em,
    sql`select code, turn from (select k.code, k.priority, ${turnAt(now)} as turn from campaign k where k.shop_id = ${shopId} and ${ALIVE}) turns
        where turn is not null order by priority desc, code`,
  )
}

/** Shops in which a campaign has its turn, or an exposure is due; over all of them, and by what is alive alone. */
export async function findShopsWithTurns(em: EntityManager, now: Instant): Promise<number[]> {
  const rows = await rowsOf<{ id: number }>(
    em,
    sql`select distinct k.shop_id as id from campaign k where ${ALIVE} and (${turnAt(now)} is not null or (
          k.status = 'RUNNING' and exists (
            select 1 from exposure e
            where e.shop_id = k.shop_id and e.campaign_id = k.id and e.status in ('DUE', 'HELD') and e.due_at <= ${atInstant(now)})))`,
  )
  return rows.map(({ id }) => id)
}
