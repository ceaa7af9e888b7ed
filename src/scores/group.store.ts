import type { PageRequest } from '../kernel/page.ts'
import type { Day } from '../kernel/zone.ts'
import { asJson, asUuids, atInstant, rowOf, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { GroupAlarm, GroupKind, GroupSize, GroupTarget } from './group.model.ts'
import { type AlarmFigures, toAlarm } from './group.row.ts'

/** Notes how large each group of the scores is on a day: what was noted of that day before is gone. One pass over the scores. */
export async function noteScoreGroups({ em, shopId }: World, day: Day): Promise<void> {
  await rowsOf(
    em,
    sql`with prospect as (
          select count(*) as n from customer c where c.shop_id = ${shopId} and c.merged_into is null
            and not exists (select 1 from customer_statistics s where s.shop_id = c.shop_id and s.customer_id = c.id)
        ), counted as (
          select lifecycle, rfm_group, abc_class, predicted_spend_tier, count(*) as n from customer_score where shop_id = ${shopId} group by 1, 2, 3, 4
        ), size as (
          select kind, code, sum(n)::integer as n from (
            select t.kind, t.code, n from counted cross join lateral
              (values ('LIFECYCLE', lifecycle), ('RFM', rfm_group), ('ABC', abc_class), ('SPEND_TIER', predicted_spend_tier)) t (kind, code)
            union all select t.kind, t.code, n from prospect cross join (values ('LIFECYCLE', 'PROSPECT'), ('RFM', 'PROSPECTS')) t (kind, code)
          ) each group by kind, code
        ), gone as (
          delete from group_size g where g.shop_id = ${shopId} and g.day = ${day}::date and g.kind <> 'TIER'
            and not exists (select 1 from size where size.kind = g.kind and size.code = g.group_code)
        )
        insert into group_size (shop_id, kind, group_code, day, customers)
        select ${shopId}::integer, kind, code, ${day}::date, n from size where n > 0
        on conflict (shop_id, kind, day, group_code) do update set customers = excluded.customers`,
  )
}

/** The same of groups that another counted. */
export async function noteGroups({ em, shopId }: World, kind: GroupKind, day: Day, sizes: ReadonlyMap<string, number>): Promise<void> {
  await rowsOf(
    em,
    sql`with size as (
          select * from jsonb_to_recordset(${asJson([...sizes].map(([code, customers]) => ({ code, customers })))}) as g (code text, customers integer)
        ), gone as (
          delete from group_size g where g.shop_id = ${shopId} and g.day = ${day}::date and g.kind = ${kind}
            and not exists (select 1 from size where size.code = g.group_code)
        )
        insert into group_size (shop_id, kind, group_code, day, customers)
        select ${shopId}::integer, ${kind}::text, code, ${day}::date, customers from size
        on conflict (shop_id, kind, day, group_code) do update set customers = excluded.customers`,
  )
}

/** By day, then by the bytes of the groups' names. */
export async function readSizes({ em, shopId }: World, kind: GroupKind, from: Day, to: Day): Promise<GroupSize[]> {
  const rows = await rowsOf<{ day: Day; group: string; customers: number; of_customers: string }>(
    em,
    sql`select day::text as day, group_code as "group", customers, sum(customers) over (partition by day) as of_customers
        from group_size where shop_id = ${shopId} and kind = ${kind} and day between ${from}::date and ${to}::date
        order by group_size.day, group_code collate "C"`,
  )
  return rows.map(({ of_customers, ...row }) => ({ ...row, ofCustomers: Number(of_customers) }))
}

export async function readTargets({ em, shopId }: World): Promise<GroupTarget[]> {
  return rowsOf<GroupTarget>(
    em,
    sql`select kind, group_code as "group", share_bp as "shareBp", direction from group_target where shop_id = ${shopId}
        order by kind, group_code collate "C"`,
  )
}

export async function writeTarget({ em, shopId }: World, { kind, group, shareBp, direction }: GroupTarget): Promise<void> {
  await rowsOf(
    em,
    sql`insert into group_target (shop_id, kind, group_code, share_bp, direction) values (${shopId}, ${kind}, ${group}, ${shareBp}, ${direction})
        on conflict (shop_id, kind, group_code) do update set share_bp = excluded.share_bp, direction = excluded.direction`,
  )
}

/** Takes the target away, and with it what it alarms of. Answers whether there was one. */
export async function removeTarget({ em, shopId, now }: World, kind: GroupKind, group: string): Promise<boolean> {
  const gone = await rowOf(
    em,
    sql`delete from group_target where shop_id = ${shopId} and kind = ${kind} and group_code = ${group} returning 1 as gone`,
  )
  await rowsOf(
    em,
    sql`update group_alarm set cleared_at = greatest(${atInstant(now)}, raised_at)
        where shop_id = ${shopId} and kind = ${kind} and group_code = ${group} and cleared_at is null`,
  )
  return gone !== null
}

export async function openAlarms({ em, shopId }: World): Promise<GroupAlarm[]> {
  const rows = await rowsOf<AlarmFigures>(em, sql`select * from group_alarm where shop_id = ${shopId} and cleared_at is null`)
  return rows.map(toAlarm)
}

export async function raiseAlarms(
  { em, shopId, now }: World,
  alarms: readonly Omit<GroupAlarm, 'raisedAt' | 'clearedAt'>[],
): Promise<void> {
  const given = alarms.map(({ group, targetBp, ofCustomers, ...alarm }) => ({
    ...alarm,
    group_code: group,
    target_bp: targetBp,
    of_customers: ofCustomers,
  }))
  await rowsOf(
    em,
    sql`insert into group_alarm (shop_id, id, kind, group_code, target_bp, direction, customers, of_customers, raised_at)
        select ${shopId}::integer, g.id, g.kind, g.group_code, g.target_bp, g.direction, g.customers, g.of_customers, ${atInstant(now)}
        from jsonb_to_recordset(${asJson(given)}) as g
          (id uuid, kind text, group_code text, target_bp integer, direction text, customers integer, of_customers integer)`,
  )
}

export async function clearAlarms({ em, shopId, now }: World, ids: readonly string[]): Promise<void> {
  await rowsOf(
    em,
    sql`update group_alarm set cleared_at = greatest(${atInstant(now)}, raised_at) where shop_id = ${shopId} and id = any(${asUuids(ids)})`,
  )
}

/** The newest first: ids are made in the order of time. */
export async function listAlarms({ em, shopId }: World, onlyOpen: boolean, request: PageRequest): Promise<GroupAlarm[]> {
  const rows = await rowsOf<AlarmFigures>(
    em,
    sql`select * from group_alarm where shop_id = ${shopId} and (not ${onlyOpen} or cleared_at is null)
          and (${request.after}::uuid is null or id < ${request.after}::uuid)
        order by id desc limit ${request.first + 1}`,
  )
  return rows.map(toAlarm)
}

export async function countAlarms({ em, shopId }: World, onlyOpen: boolean): Promise<number> {
  const row = await rowOf<{ n: string }>(
    em,
    sql`select count(*) as n from group_alarm where shop_id = ${shopId} and (not ${onlyOpen} or cleared_at is null)`,
  )
  return Number(row?.n ?? 0)
}
