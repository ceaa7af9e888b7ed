import type { RawBuilder } from 'kysely'
import type { PageRequest } from '../kernel/page.ts'
import { asJson, asUuids, atInstant, newIds, rowOf, rowsOf, sql, toInstant } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import { moved } from './moved.sql.ts'
import type { Move, Place, Segment, SegmentEvent } from './segment.model.ts'
import { customerSource } from './source.sql.ts'

/** Tags by rule and members of one shop are written down by one at a time. */
const SETTLING_LOCK = 7_281_449

export async function holdSettling({ em, shopId }: World): Promise<void> {
  await rowsOf(em, sql`select pg_advisory_xact_lock(${SETTLING_LOCK}::integer, ${shopId}::integer)`)
}

/** Whether a customer changed, a segment or a rule for a tag was saved, and nobody has followed yet. */
export async function isUnsettled({ em, shopId }: World): Promise<boolean> {
  const row = await rowOf<{ due: boolean }>(
    em,
    sql`select exists (select 1 from customer_change where shop_id = ${shopId})
          or exists (select 1 from segment where shop_id = ${shopId} and refreshed_at is null)
          or exists (select 1 from tag_rule where shop_id = ${shopId} and applied_at is null) as due`,
  )
  return row?.due ?? false
}

/**
 * Writes down who is in the segment, by one statement for however many. Who came and who went is history only if customers
 * did it: not where the segment is new, or means something else than before.
 */
export async function writeMembers({ em, shopId, now }: World, segment: Segment, condition: RawBuilder<unknown>): Promise<void> {
  await rowsOf(
    em,
    sql`with held as materialized (
          select c.id from ${customerSource(now)} where c.shop_id = ${shopId} and c.merged_into is null and ${condition}),
        ${moved(sql`select m.customer_id as id from segment_member m where m.shop_id = ${shopId} and m.segment_id = ${segment.id}`)},
        gone as (
          delete from segment_member m using moved v
          where m.shop_id = ${shopId} and m.segment_id = ${segment.id} and v.id = m.customer_id and not v.is_held
          returning m.customer_id),
        come as (
          insert into segment_member (shop_id, segment_id, customer_id, since)
          select ${shopId}::integer, ${segment.id}, v.id, ${atInstant(now)} from moved v where v.is_held order by v.id
          on conflict do nothing returning customer_id),
        moves as (select customer_id, 'LEFT' as kind from gone union all select customer_id, 'ENTERED' from come)
        insert into segment_event (shop_id, segment_id, id, customer_id, kind, at)
        select ${shopId}::integer, ${segment.id}, ${newIds(now)}, customer_id, kind, ${atInstant(now)}
        from moves where ${segment.refreshedAt !== null}::boolean`,
  )
}

const AT_ONCE = 50

/** In which of these segments each of some customers is; so many segments a statement. */
export async function placesOf(
  { em, shopId, now }: World,
  segments: readonly { readonly id: string; readonly condition: RawBuilder<unknown> }[],
  customerIds: readonly string[],
): Promise<Place[]> {
  const places: Place[] = []
  for (let from = 0; from < segments.length; from += AT_ONCE) {
    const asked = segments.slice(from, from + AT_ONCE).map(({ id, condition }) => sql`case when ${condition} then ${id}::text end`)
    const rows = await rowsOf<{ id: string; held: string[] }>(
      em,
      sql`select c.id, array_remove(array[${sql.join(asked)}], null) as held from ${customerSource(now)}
          where c.shop_id = ${shopId} and c.merged_into is null and c.id = any(${asUuids(customerIds)})`,
    )
    places.push(...rows.flatMap(({ id, held }) => held.map((segmentId) => ({ segmentId, customerId: id }))))
  }
  return places
}

/** Where these customers were when it was last written down. */
export async function placesWritten({ em, shopId }: World, customerIds: readonly string[]): Promise<Place[]> {
  return rowsOf<Place>(
    em,
    sql`select segment_id as "segmentId", customer_id as "customerId" from segment_member
        where shop_id = ${shopId} and customer_id = any(${asUuids(customerIds)})`,
  )
}

export async function writeMoves({ em, shopId, now }: World, moves: readonly Move[]): Promise<void> {
  if (moves.length === 0) return
  await rowsOf(
    em,
    sql`with moves as materialized (
          select * from jsonb_to_recordset(${asJson(moves)}) as w ("segmentId" uuid, "customerId" uuid, kind text, "isHistory" boolean)),
        gone as (
          delete from segment_member m using moves v
          where m.shop_id = ${shopId} and m.segment_id = v."segmentId" and m.customer_id = v."customerId" and v.kind = 'LEFT'),
        come as (
          insert into segment_member (shop_id, segment_id, customer_id, since)
          select ${shopId}::integer, v."segmentId", v."customerId", ${atInstant(now)} from moves v where v.kind = 'ENTERED'
          order by v."segmentId", v."customerId" on conflict do nothing)
        insert into segment_event (shop_id, segment_id, id, customer_id, kind, at)
        select ${shopId}::integer, "segmentId", ${newIds(now)}, "customerId", kind, ${atInstant(now)} from moves where "isHistory"`,
  )
}

export async function markRefreshed({ em, shopId, now }: World, ids: readonly string[]): Promise<void> {
  await rowsOf(em, sql`update segment set refreshed_at = ${atInstant(now)} where shop_id = ${shopId} and id = any(${asUuids(ids)})`)
}

/** How many each condition holds now, in their order; in one statement, each counted for itself. */
export async function countEach({ em, shopId, now }: World, conditions: readonly RawBuilder<unknown>[]): Promise<number[]> {
  if (conditions.length === 0) return []
  const counts = conditions.map(
    (condition, i) => sql`select ${i}::integer as i, count(*) as n from ${customerSource(now)}
        where c.shop_id = ${shopId} and c.merged_into is null and ${condition}`,
  )
  const rows = await rowsOf<{ i: number; n: string }>(em, sql`${sql.join(counts, sql` union all `)} order by i`)
  return rows.map((row) => Number(row.n))
}

/** The newest first. */
export async function listEvents({ em, shopId }: World, segmentId: string, request: PageRequest): Promise<SegmentEvent[]> {
  const rows = await rowsOf<{ id: string; customer_id: SegmentEvent['customerId']; kind: SegmentEvent['kind']; at: string }>(
    em,
    sql`select id, customer_id, kind, at from segment_event
        where shop_id = ${shopId} and segment_id = ${segmentId} and (${request.after}::uuid is null or id < ${request.after}::uuid)
        order by id desc limit ${request.first + 1}`,
  )
  return rows.map(({ customer_id, at, ...row }) => ({ ...row, customerId: customer_id, at: toInstant(at) }))
}

export async function countEvents({ em, shopId }: World, segmentId: string): Promise<number> {
  const row = await rowOf<{ n: string }>(
    em,
    sql`select count(*) as n from segment_event where shop_id = ${shopId} and segment_id = ${segmentId}`,
  )
  return Number(row?.n ?? 0)
}

export type MembershipRow = { readonly customer_id: string; readonly code: string; readonly since: string }

/** The segments that each of these customers was in when it was last written down. */
export async function findMemberships({ em, shopId }: World, customerIds: readonly string[]): Promise<MembershipRow[]> {
  return rowsOf<MembershipRow>(
    em,
    sql`select m.customer_id, s.code, m.since from segment_member m
        join segment s on s.shop_id = m.shop_id and s.id = m.segment_id
        where m.shop_id = ${shopId} and m.customer_id = any(${asUuids(customerIds)}) order by s.code`,
  )
}
