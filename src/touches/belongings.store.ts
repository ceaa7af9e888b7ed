import type { Id } from '../kernel/id.ts'
import { asUuids, rowOf, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'

type Person = Id<'Customer'>

/** Tables whose rows follow a customer as they are. */
const FOLLOWING = ['touch', 'touch_refusal', 'objection', 'customer_event'] as const
export type Followed = Readonly<Record<(typeof FOLLOWING)[number], readonly string[]>>

/** Everything of `from` becomes that of `into`; which rows those are is the answer. */
export async function moveTouches({ em, shopId }: World, from: Person, into: Person): Promise<Followed> {
  const moved: Partial<Record<keyof Followed, string[]>> = {}
  for (const table of FOLLOWING) {
    const rows = await rowsOf<{ id: string }>(
      em,
      sql`update ${sql.table(table)} set customer_id = ${into} where shop_id = ${shopId} and customer_id = ${from} returning id`,
    )
    moved[table] = rows.map(({ id }) => id)
  }
  // At an address nobody is, whoever had it: both know, and stay knowing.
  await rowsOf(
    em,
    sql`insert into dead_address (shop_id, customer_id, channel, address, since, why)
        select shop_id, ${into}::uuid, channel, address, since, why from dead_address where shop_id = ${shopId} and customer_id = ${from}
        on conflict do nothing`,
  )
  return moved as Followed
}

export async function returnTouches({ em, shopId }: World, from: Person, into: Person, moved: Partial<Followed>): Promise<void> {
  for (const table of FOLLOWING)
    await rowsOf(
      em,
      sql`update ${sql.table(table)} set customer_id = ${from}
          where shop_id = ${shopId} and customer_id = ${into} and id = any(${asUuids(moved[table] ?? [])})`,
    )
}

export async function tellTouches({ em, shopId }: World, ids: readonly Person[]): Promise<object> {
  const all = (table: string, order: string) => sql`(
    select coalesce(jsonb_agg(to_jsonb(t) - 'shop_id' order by t.${sql.ref(order)}), '[]') from ${sql.table(table)} t
    where t.shop_id = ${shopId} and t.customer_id = any(${asUuids(ids)}))`
  const row = await rowOf<Record<string, object[]>>(
    em,
    sql`select ${all('touch', 'decided_at')} as made, ${all('touch_refusal', 'first_at')} as "notMade", ${all('objection', 'at')} as objections,
               ${all('customer_event', 'at')} as events, ${all('dead_address', 'since')} as "deadAddresses"`,
  )
  return row ?? {}
}

/** That they were spoken to, and that they objected, stays; what was noted of it, what happened to them and where they were is forgotten. */
export async function forgetTouches({ em, shopId }: World, ids: readonly Person[]): Promise<void> {
  const of = sql`where shop_id = ${shopId} and customer_id = any(${asUuids(ids)})`
  await rowsOf(em, sql`update touch set note = null ${of} and note is not null`)
  await rowsOf(em, sql`delete from touch_refusal ${of}`)
  await rowsOf(em, sql`delete from customer_event ${of}`)
  await rowsOf(em, sql`delete from dead_address ${of}`)
}
