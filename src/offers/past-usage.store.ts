import type { Instant } from '../kernel/clock.ts'
import type { Minor } from '../kernel/money.ts'
import { codeKey } from '../pricebook/rule.model.ts'
import type { ShopperUsage, Usage } from '../pricing/shopper.ts'
import { asTexts, atInstant, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'

// Counters say what offers have given by now. What they had given by an instant follows from the uses themselves.

/** The uses of these offers that counted at an instant: taken by then, and neither given back nor over. */
const usesAt = (shopId: number, codes: readonly string[], at: Instant) => sql`offer_use x
  join rule r on r.shop_id = x.shop_id and r.id = x.rule_id and r.code_key = any(${asTexts(codes.map(codeKey))})
  join reservation h on h.shop_id = x.shop_id and h.id = x.reservation_id and h.reserved_at <= ${atInstant(at)}
    and not (h.status in ('HELD', 'EXPIRED') and h.expires_at <= ${atInstant(at)})
  where x.shop_id = ${shopId} and (x.given_back_at is null or x.given_back_at > ${atInstant(at)})`

export async function readUsageAt({ em, shopId }: World, codes: readonly string[], at: Instant): Promise<Usage> {
  const rows = await rowsOf<{ code: string; uses: string; taken: string }>(
    em,
    sql`select r.code, count(*) as uses, sum(x.taken) as taken from ${usesAt(shopId, codes, at)} group by r.code`,
  )
  return new Map(rows.map(({ code, uses, taken }) => [code, { uses: Number(uses), taken: Number(taken) as Minor }]))
}

/** What one customer had of these offers by then, by code. */
export async function readCustomerUsageAt(
  { em, shopId }: World,
  customerId: string,
  codes: readonly string[],
  at: Instant,
): Promise<ReadonlyMap<string, ShopperUsage>> {
  const rows = await rowsOf<{ code: string; units: Record<string, number> }>(
    em,
    sql`select r.code, x.units from ${usesAt(shopId, codes, at)} and h.customer_id = ${customerId}::uuid`,
  )
  return new Map(
    Array.from(
      Map.groupBy(rows, (row) => row.code),
      ([code, own]) => [code, { uses: own.length, units: sumOf(own.map(({ units }) => units)) }],
    ),
  )
}

function sumOf(all: readonly Readonly<Record<string, number>>[]): ReadonlyMap<string, number> {
  const sum = new Map<string, number>()
  for (const units of all) for (const [sku, count] of Object.entries(units)) sum.set(sku, (sum.get(sku) ?? 0) + count)
  return sum
}
