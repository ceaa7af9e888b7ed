import type { Id } from '../kernel/id.ts'
import type { Minor } from '../kernel/money.ts'
import { codeKey } from '../pricebook/rule.model.ts'
import { preparedRowsOf } from '../shell/prepared.ts'
import { asJson, asUuids, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { OfferUse, TakenUse } from './usage.model.ts'

// Uses of offers, and the counters that follow from them. Who writes here holds what the offers have given (holdUsage).

/** Takes these uses, one an offer, for a reservation of a customer (null: of nobody known). */
export async function takeUses(
  { em, shopId }: World,
  { id, customerId }: { readonly id: string; readonly customerId: string | null },
  uses: readonly OfferUse[],
): Promise<void> {
  await preparedRowsOf(
    em,
    sql`with given as (
          select * from jsonb_to_recordset(${asJson(uses.map(toGiven))}) as g
            (rule_id uuid, taken bigint, units jsonb, line_ids text[], returns_restore boolean, coupon_id uuid)
        ), kept as (
          insert into offer_use (shop_id, reservation_id, rule_id, taken, units, line_ids, returns_restore, coupon_id)
          select ${shopId}::integer, ${id}::uuid, g.rule_id, g.taken, g.units, g.line_ids, g.returns_restore, g.coupon_id from given g
        ), totals as (
          update rule_usage u set uses = u.uses + 1, taken = u.taken + g.taken
          from given g where u.shop_id = ${shopId} and u.rule_id = g.rule_id
        ), customers as (
          insert into customer_rule_usage as u (shop_id, customer_id, rule_id, uses)
          select ${shopId}::integer, ${customerId}::uuid, g.rule_id, 1 from given g where ${customerId}::uuid is not null
          on conflict (shop_id, customer_id, rule_id) do update set uses = u.uses + 1
        )
        insert into customer_rule_units as u (shop_id, customer_id, rule_id, sku, units)
        select ${shopId}::integer, ${customerId}::uuid, g.rule_id, n.key, n.value::bigint
        from given g cross join lateral jsonb_each_text(g.units) n where ${customerId}::uuid is not null
        on conflict (shop_id, customer_id, rule_id, sku) do update set units = u.units + excluded.units`,
  )
}

const toGiven = ({ ruleId, taken, units, lineIds, returnsRestore, couponId }: OfferUse) => ({
  rule_id: ruleId,
  taken,
  units,
  line_ids: lineIds,
  returns_restore: returnsRestore,
  coupon_id: couponId,
})

/** Gives these uses back, each once and no more: what came back before is passed over. */
export async function giveBack({ em, shopId }: World, uses: readonly Pick<TakenUse, 'reservationId' | 'ruleId'>[]): Promise<void> {
  if (uses.length === 0) return
  await rowsOf(
    em,
    sql`with back as (
          update offer_use x set given_back_at = clock_timestamp()
          from jsonb_to_recordset(${asJson(uses.map((use) => ({ reservation_id: use.reservationId, rule_id: use.ruleId })))}) as g
            (reservation_id uuid, rule_id uuid)
          where x.shop_id = ${shopId} and x.reservation_id = g.reservation_id and x.rule_id = g.rule_id and x.given_back_at is null
          returning x.reservation_id, x.rule_id, x.taken, x.units
        ), whose as (
          select b.*, h.customer_id from back b join reservation h on h.shop_id = ${shopId} and h.id = b.reservation_id
        ), totals as (
          update rule_usage u set uses = u.uses - b.uses, taken = u.taken - b.taken
          from (select rule_id, count(*) as uses, sum(taken) as taken from back group by rule_id) b
          where u.shop_id = ${shopId} and u.rule_id = b.rule_id
        ), customers as (
          update customer_rule_usage u set uses = u.uses - b.uses
          from (select customer_id, rule_id, count(*) as uses from whose group by customer_id, rule_id) b
          where u.shop_id = ${shopId} and u.customer_id = b.customer_id and u.rule_id = b.rule_id
        )
        update customer_rule_units u set units = u.units - b.units
        from (select w.customer_id, w.rule_id, n.key as sku, sum(n.value::bigint) as units
              from whose w cross join lateral jsonb_each_text(w.units) n group by w.customer_id, w.rule_id, n.key) b
        where u.shop_id = ${shopId} and u.customer_id = b.customer_id and u.rule_id = b.rule_id and u.sku = b.sku`,
  )
}

/** Takes from uses of a reservation, each named by its offer's code, what they do not come to. */
export async function bringDownUses(
  { em, shopId }: World,
  reservationId: string,
  uses: readonly { readonly code: string; readonly less: Minor }[],
): Promise<void> {
  await rowsOf(
    em,
    sql`with down as (
          update offer_use x set taken = x.taken - g.less
          from jsonb_to_recordset(${asJson(uses.map(({ code, less }) => ({ code_key: codeKey(code), less })))}) as g (code_key text, less bigint)
          join rule r on r.shop_id = ${shopId} and r.code_key = g.code_key
          where x.shop_id = ${shopId} and x.reservation_id = ${reservationId}::uuid and x.rule_id = r.id and x.given_back_at is null
          returning x.rule_id, g.less
        )
        update rule_usage u set taken = u.taken - d.less from down d where u.shop_id = ${shopId} and u.rule_id = d.rule_id`,
  )
}

/** The uses of these reservations that were not given back. */
export async function findUses({ em, shopId }: World, reservationIds: readonly string[]): Promise<TakenUse[]> {
  const rows = await rowsOf<Row>(
    em,
    sql`select x.reservation_id, h.customer_id, x.rule_id, x.taken, x.units, x.line_ids, x.returns_restore, x.coupon_id
        from offer_use x join reservation h on h.shop_id = x.shop_id and h.id = x.reservation_id
        where x.shop_id = ${shopId} and x.reservation_id = any(${asUuids(reservationIds)}) and x.given_back_at is null`,
  )
  return rows.map(toTakenUse)
}

/** The offers of which these customers ever had a use. */
export async function offersUsedBy({ em, shopId }: World, customerIds: readonly string[]): Promise<string[]> {
  const rows = await rowsOf<{ rule_id: string }>(
    em,
    sql`select u.rule_id from customer_rule_usage u where u.shop_id = ${shopId} and u.customer_id = any(${asUuids(customerIds)})
        union
        select x.rule_id from reservation h join offer_use x on x.shop_id = h.shop_id and x.reservation_id = h.id
        where h.shop_id = ${shopId} and h.customer_id = any(${asUuids(customerIds)})`,
  )
  return rows.map((row) => row.rule_id)
}

/** Counts anew what these customers had, from the uses of their reservations. */
export async function recountCustomers({ em, shopId }: World, customerIds: readonly string[]): Promise<void> {
  const ids = asUuids(customerIds)
  const uses = sql`reservation h join offer_use x on x.shop_id = h.shop_id and x.reservation_id = h.id and x.given_back_at is null`
  await rowsOf(em, sql`delete from customer_rule_units where shop_id = ${shopId} and customer_id = any(${ids})`)
  await rowsOf(em, sql`delete from customer_rule_usage where shop_id = ${shopId} and customer_id = any(${ids})`)
  await rowsOf(
    em,
    sql`insert into customer_rule_usage (shop_id, customer_id, rule_id, uses)
        select h.shop_id, h.customer_id, x.rule_id, count(*) from ${uses}
        where h.shop_id = ${shopId} and h.customer_id = any(${ids}) group by 1, 2, 3`,
  )
  await rowsOf(
    em,
    sql`insert into customer_rule_units (shop_id, customer_id, rule_id, sku, units)
        select h.shop_id, h.customer_id, x.rule_id, n.key, sum(n.value::bigint) from ${uses} cross join lateral jsonb_each_text(x.units) n
        where h.shop_id = ${shopId} and h.customer_id = any(${ids}) group by 1, 2, 3, 4`,
  )
}

type Row = {
  reservation_id: string
  customer_id: string | null
  rule_id: string
  taken: string
  units: Record<string, number>
  line_ids: string[]
  returns_restore: boolean
  coupon_id: string | null
}

const toTakenUse = (row: Row): TakenUse => ({
  reservationId: row.reservation_id as Id<'Reservation'>,
  customerId: row.customer_id as Id<'Customer'> | null,
  ruleId: row.rule_id as Id<'Rule'>,
  taken: Number(row.taken) as Minor,
  units: row.units,
  lineIds: row.line_ids,
  returnsRestore: row.returns_restore,
  couponId: row.coupon_id as Id<'Coupon'> | null,
})
