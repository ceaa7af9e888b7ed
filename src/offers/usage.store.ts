import type { RawBuilder } from 'kysely'
import type { Id } from '../kernel/id.ts'
import type { Minor } from '../kernel/money.ts'
import { codeKey } from '../pricebook/rule.model.ts'
import type { ShopperUsage } from '../pricing/shopper.ts'
import { preparedRowsOf } from '../shell/prepared.ts'
import { asTexts, asUuids, atInstant, CLOCK, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import { type EndedBy, type RuleUsage, withoutEnded } from './usage.model.ts'

/** An offer is counted from its first draft on, whether it is limited or not: its limits may come later. */
export async function beginCounting({ em, shopId }: World, ruleId: string): Promise<void> {
  await rowsOf(em, sql`insert into rule_usage (shop_id, rule_id) values (${shopId}, ${ruleId}) on conflict do nothing`)
}

const LIMITED = sql`coalesce(v.terms ->> 'totalLimit', v.terms ->> 'perCustomerLimit', v.terms ->> 'budget',
                             v.terms #>> '{product,maxUnitsPerCustomer}') is not null`

/**
 * Holds what these offers have given until the transaction ends: those with limits first, then the others, each in byte
 * order of their codes. Who calls it holds the book, so everybody agrees on which are which, and nobody waits in a circle.
 */
export async function holdUsage({ em, shopId }: World, offers: Which): Promise<RuleUsage[]> {
  const rows = await preparedRowsOf<Row>(
    em,
    sql`select u.rule_id, r.code, u.uses, u.taken
        from rule_usage u
        join rule r on r.shop_id = u.shop_id and r.id = u.rule_id
        left join rule_version v on v.shop_id = u.shop_id and v.rule_id = u.rule_id and v.state = 'PUBLISHED'
        where u.shop_id = ${shopId} and ${among(offers)}
        order by not coalesce(${LIMITED}, false), r.code_key
        for update of u`,
  )
  return rows.map(toUsage)
}

/** What these offers have given, less what ended holds have not given back yet; those without a use are left out. */
export async function readUsage({ em, shopId }: World, offers: Which): Promise<RuleUsage[]> {
  const rows = await rowsOf<Row>(
    em,
    sql`with ended as (
          select x.rule_id, count(*) as uses, sum(x.taken) as taken
          from reservation h join offer_use x on x.shop_id = h.shop_id and x.reservation_id = h.id and x.given_back_at is null
          where h.shop_id = ${shopId} and h.status = 'HELD' and h.expires_at <= ${CLOCK}
          group by x.rule_id)
        select u.rule_id, r.code, u.uses - coalesce(e.uses, 0) as uses, u.taken - coalesce(e.taken, 0) as taken
        from rule_usage u
        join rule r on r.shop_id = u.shop_id and r.id = u.rule_id
        left join ended e on e.rule_id = u.rule_id
        where u.shop_id = ${shopId} and (u.uses > 0 or u.taken > 0) and ${among(offers)}`,
  )
  return rows.map(toUsage)
}

type CustomerRow = {
  customer_id: string
  code: string
  uses: number
  units: Record<string, number>
  /** The units of each hold that has ended and is not written so. */
  ended: Record<string, number>[]
}

/** What each customer had of these offers, by code. */
export async function readCustomerUsage(
  { em, shopId }: World,
  customerIds: readonly string[],
  codes: readonly string[],
  endedBy: EndedBy,
): Promise<Map<string, Map<string, ShopperUsage>>> {
  const rows = await rowsOf<CustomerRow>(
    em,
    sql`select u.customer_id, r.code, u.uses,
          (select coalesce(jsonb_object_agg(n.sku, n.units), '{}') from customer_rule_units n
           where n.shop_id = u.shop_id and n.customer_id = u.customer_id and n.rule_id = u.rule_id and n.units > 0) as units,
          (select coalesce(jsonb_agg(x.units), '[]') from reservation h
           join offer_use x on x.shop_id = h.shop_id and x.reservation_id = h.id and x.rule_id = u.rule_id and x.given_back_at is null
           where h.shop_id = u.shop_id and h.customer_id = u.customer_id and h.status = 'HELD'
             and h.expires_at <= ${endedBy === null ? CLOCK : atInstant(endedBy)}) as ended
        from customer_rule_usage u join rule r on r.shop_id = u.shop_id and r.id = u.rule_id
        where u.shop_id = ${shopId} and u.customer_id = any(${asUuids(customerIds)}) and u.uses > 0 and ${among({ codes })}`,
  )
  return new Map(
    Array.from(
      Map.groupBy(rows, (row) => row.customer_id),
      ([id, own]) => [id, new Map(own.map(({ code, ended, ...had }) => [code, withoutEnded(had, ended)]))],
    ),
  )
}

/** Offers by code, or by id. */
type Which = { readonly codes: readonly string[] } | { readonly ids: readonly string[] }

const among = (offers: Which): RawBuilder<unknown> =>
  'codes' in offers ? sql`r.code_key = any(${asTexts(offers.codes.map(codeKey))})` : sql`r.id = any(${asUuids(offers.ids)})`

type Row = { rule_id: string; code: string; uses: number | string; taken: string }

const toUsage = (row: Row): RuleUsage => ({
  ruleId: row.rule_id as Id<'Rule'>,
  code: row.code,
  uses: Number(row.uses),
  taken: Number(row.taken) as Minor,
})
