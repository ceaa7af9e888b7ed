import type { Id } from '../kernel/id.ts'
import { asUuids, rowOf, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'

type Person = Id<'Customer'>

/** In which segments these customers are, and when they entered and left which, as plain data. */
export async function tellMemberships({ em, shopId }: World, customerIds: readonly Person[]): Promise<object> {
  const row = await rowOf<{ current: object[]; history: object[] }>(
    em,
    sql`select (select coalesce(jsonb_agg(jsonb_build_object('customerId', m.customer_id, 'segment', s.code, 'since', m.since) order by m.since, s.code), '[]')
                from segment_member m join segment s on s.shop_id = m.shop_id and s.id = m.segment_id
                where m.shop_id = ${shopId} and m.customer_id = any(${asUuids(customerIds)})) as current,
               (select coalesce(jsonb_agg(jsonb_build_object('customerId', e.customer_id, 'segment', s.code, 'kind', e.kind, 'at', e.at) order by e.id), '[]')
                from segment_event e join segment s on s.shop_id = e.shop_id and s.id = e.segment_id
                where e.shop_id = ${shopId} and e.customer_id = any(${asUuids(customerIds)})) as history`,
  )
  return { current: row?.current ?? [], history: row?.history ?? [] }
}

export async function forgetMemberships({ em, shopId }: World, customerIds: readonly Person[]): Promise<void> {
  await rowsOf(em, sql`delete from segment_member where shop_id = ${shopId} and customer_id = any(${asUuids(customerIds)})`)
  await rowsOf(em, sql`delete from segment_event where shop_id = ${shopId} and customer_id = any(${asUuids(customerIds)})`)
}
