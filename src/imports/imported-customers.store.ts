import { atInstant, newIds, rowOf, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import { CUSTOMER_FACTS } from './mapping.model.ts'

/** Who the orders name, with the newest of what they say of them; since when and from where, by the first. */
export async function gatherCustomers({ em }: World): Promise<number> {
  const columns = CUSTOMER_FACTS.map((fact) => sql.ref(fact))
  const ofOrder = columns.map((column) => sql`max(l.${column}) as ${column}`)
  const newest = columns.map(
    (column) =>
      sql`(array_agg(said.${column} order by said.placed_at desc, said.order_key) filter (where said.${column} is not null))[1] as ${column}`,
  )
  await rowsOf(
    em,
    sql`create temp table import_customer on commit drop as
        with said as (
          select l.external_id, l.order_key, o.placed_at, max(l.key_kind) as key_kind, max(l.key_value) as key_value, ${sql.join(ofOrder)}
          from import_line l join import_order o on o.order_key = l.order_key and o.fault is null
          where l.external_id is not null group by l.external_id, l.order_key, o.placed_at),
        first as (
          select distinct on (external_id) external_id, placed_at, channel from import_order
          where fault is null order by external_id, placed_at, order_key)
        select said.external_id, max(said.key_kind) as key_kind, max(said.key_value) as key_value, ${sql.join(newest)},
               max(first.placed_at) as first_at, max(first.channel) as source, null::uuid as customer_id
        from said join first on first.external_id = said.external_id group by said.external_id`,
  )
  await rowsOf(em, sql`analyze import_customer`)
  const row = await rowOf<{ n: string }>(em, sql`select count(*) as n from import_customer`)
  return Number(row?.n ?? 0)
}

/** Finds them: by external id, else by an email or phone that was verified to be theirs. Whoever was merged is the other. */
export async function findImported({ em, shopId }: World): Promise<void> {
  await rowsOf(
    em,
    sql`update import_customer i set customer_id = coalesce(c.merged_into, c.id)
        from customer c where c.shop_id = ${shopId} and c.external_id = i.external_id`,
  )
  await rowsOf(
    em,
    sql`update import_customer i set customer_id = coalesce(c.merged_into, c.id)
        from customer_identity n join customer c on c.shop_id = n.shop_id and c.id = n.customer_id
        where i.customer_id is null and i.key_kind is not null and n.shop_id = ${shopId} and n.kind = i.key_kind and n.value = i.key_value and n.verified`,
  )
}

/** Creates those who are not there yet; answers with how many. They are known since their first order. */
export async function createImported({ em, shopId, now }: World): Promise<number> {
  const row = await rowOf<{ n: string }>(
    em,
    sql`with made as (
          insert into customer (shop_id, id, external_id, name, email, phone, country, region, city, source, registered_at, created_at)
          select ${shopId}::integer, ${newIds(now)}, i.external_id, i.name, i.email, i.phone, i.country, i.region, i.city,
                 i.source, i.first_at, ${atInstant(now)}
          from import_customer i
          where i.customer_id is null
          order by i.external_id
          on conflict (shop_id, external_id) do nothing
          returning 1)
        select count(*) as n from made`,
  )
  return Number(row?.n ?? 0)
}

/** Holds everybody whom the file's orders concern, those who had them before too, in the order of their ids. */
export async function holdImported({ em, shopId }: World): Promise<void> {
  await rowsOf(
    em,
    sql`select count(*) from (
          select 1 from customer where shop_id = ${shopId} and id in (
            select customer_id from import_customer
            union select o.customer_id from shop_order o join import_order i on i.order_key = o.external_id where o.shop_id = ${shopId})
          order by id for no key update) as held`,
  )
  // Merged while we looked: the other has the orders now.
  await rowsOf(
    em,
    sql`update import_customer i set customer_id = c.merged_into
        from customer c where c.shop_id = ${shopId} and c.id = i.customer_id and c.merged_into is not null`,
  )
}

/**
 * Fills what was not known of customers who were there before; what is known stays. One whom an earlier import made is
 * known since an order that is no longer their first. Answers with how many were changed.
 */
export async function fillGaps({ em, shopId }: World): Promise<number> {
  const columns = CUSTOMER_FACTS.map((fact) => sql.ref(fact))
  const first = columns.map(
    (column) => sql`(array_agg(i.${column} order by i.external_id) filter (where i.${column} is not null))[1] as ${column}`,
  )
  const fill = columns.map((column) => sql`${column} = coalesce(c.${column}, f.${column})`)
  const gap = columns.map((column) => sql`(c.${column} is null and f.${column} is not null)`)
  const row = await rowOf<{ n: string }>(
    em,
    sql`with filled as (
          update customer c set ${sql.join(fill)},
            registered_at = case when f.by_order then least(c.registered_at, f.first_at) else c.registered_at end
          from (select i.customer_id, min(i.first_at) as first_at, ${sql.join(first)},
                       exists (select 1 from shop_order o join customer k on k.shop_id = o.shop_id and k.id = o.customer_id
                               where o.shop_id = ${shopId} and o.customer_id = i.customer_id and o.placed_at = k.registered_at) as by_order
                from import_customer i group by i.customer_id) f
          where c.shop_id = ${shopId} and c.id = f.customer_id
            and (${sql.join(gap, sql` or `)} or (f.by_order and f.first_at < c.registered_at))
          returning 1)
        select count(*) as n from filled`,
  )
  return Number(row?.n ?? 0)
}

/** Their names in other systems stay with them. Emails and phones are fields of the customer; here they are not verified. */
export async function keepNames({ em, shopId }: World): Promise<void> {
  await rowsOf(
    em,
    sql`insert into customer_identity (shop_id, customer_id, kind, value, verified)
        select distinct ${shopId}::integer, customer_id, key_kind, key_value, false from import_customer
        where key_kind not in ('email', 'phone')
        on conflict (shop_id, customer_id, kind, value) do nothing`,
  )
}
