import type { RawBuilder } from 'kysely'
import type { PageRequest } from '../kernel/page.ts'
import { asJson, asUuids, atInstant, newIds, rowOf, rowsOf, sql, toInstant } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import { moved } from './moved.sql.ts'
import type { Move, Place, Segment, SegmentEvent } from './segment.model.ts'
import { customerSource } from './source.sql.ts'

/** Tags by rule and members of one shop are written down by one at a time, and no segment or rule changes meanwhile. */
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

/** In which of these segments each of some customers is. */
export async function placesOf(
  { em, shopId, now }: World,
  segments: readonly { readonly id: string; readonly condition: RawBuilder<unknown> }[],
  customerIds: readonly string[],
): Promise<Place[]> {
  const asked = segments.map(({ id, condition }) => sql`case when ${condition} then ${id}::text end`)
  const rows = await rowsOf<{ id: string; held: string[] }>(
    em,
    sql`select c.id, array_remove(array[${sql.join(asked)}], null) as held from ${customerSource(now)}
        where c.shop_id = ${shopId} and c.merged_into is null and c.id = any(${asUuids(customerIds)})`,
  )
  return rows.flatMap(({ id, held }) => held.map((segmentId) => ({ segmentId, customerId: id })))
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

/** The ids of those whom each condition holds, one more than asked for, in their order; in one statement. */
export async function listEach(
  { em, shopId, now }: World,
  conditions: readonly RawBuilder<unknown>[],
  request: PageRequest,
): Promise<string[][]> {
  if (conditions.length === 0) return []
  const lists = conditions.map(
    (condition, i) => sql`(select ${i}::integer as i, c.id from ${customerSource(now)}
        where c.shop_id = ${shopId} and c.merged_into is null and ${condition}
          and (${request.after}::uuid is null or c.id > ${request.after}::uuid)
        order by c.id limit ${request.first + 1})`,
  )
  const rows = await rowsOf<{ i: number; id: string }>(
    em,
    sql`select i, id from (${sql.join(lists, sql` union all `)}) as lists order by i, id`,
  )
  return conditions.map((_, i) => rows.flatMap((row) => (row.i === i ? [row.id] : [])))
}

/** A page of each segment's history, one more than asked for; the newest first. */
export async function listEvents({ em, shopId }: World, segmentIds: readonly string[], request: PageRequest): Promise<SegmentEvent[]> {
  const rows = await rowsOf<Omit<SegmentEvent, 'at'> & { readonly at: string }>(
    em,
    sql`select e.* from unnest(${asUuids(segmentIds)}) as w (id)
        cross join lateral (
          select segment_id as "segmentId", id, customer_id as "customerId", kind, at from segment_event
          where shop_id = ${shopId} and segment_id = w.id and (${request.after}::uuid is null or id < ${request.after}::uuid)
          order by id desc limit ${request.first + 1}) e
        order by e.id desc`,
  )
  return rows.map((row) => ({ ...row, at: toInstant(row.at) }))
}

export async function countEvents({ em, shopId }: World, segmentIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const rows = await rowsOf<{ segment_id: string; n: string }>(
    em,
    sql`select segment_id, count(*) as n from segment_event
        where shop_id = ${shopId} and segment_id = any(${asUuids(segmentIds)}) group by segment_id`,
  )
  return new Map(rows.map((row) => [row.segment_id, Number(row.n)]))
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
