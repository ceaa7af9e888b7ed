import type { Instant } from '../kernel/clock.ts'
import type { PageRequest } from '../kernel/page.ts'
import { asTexts, asUuids, atInstant, rowOf, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { CouponBatch } from './coupon.model.ts'
import { type BatchFigures, toBatch } from './coupon.row.ts'
import { offerName } from './coupon.store.ts'

const BATCH = sql`
  select b.id, r.code as offer_code, ${offerName} as offer_name, b.codes, b.valid_until, b.created_at
  from coupon_batch b
  join rule r on r.shop_id = b.shop_id and r.id = b.rule_id
  left join rule_version v on v.shop_id = b.shop_id and v.rule_id = b.rule_id and v.state = 'PUBLISHED'`

export type NewBatch = { readonly id: string; readonly ruleId: string; readonly codes: number; readonly validUntil: Instant | null }

export async function insertBatch({ em, shopId, now }: World, { id, ruleId, codes, validUntil }: NewBatch): Promise<void> {
  await rowsOf(
    em,
    sql`insert into coupon_batch (shop_id, id, rule_id, codes, valid_until, created_at)
        values (${shopId}, ${id}, ${ruleId}, ${codes}, ${validUntil === null ? null : new Date(validUntil).toISOString()}::timestamptz, ${atInstant(now)})`,
  )
}

export async function findBatch({ em, shopId }: World, id: string): Promise<CouponBatch | null> {
  const row = await rowOf<BatchFigures>(em, sql`${BATCH} where b.shop_id = ${shopId} and b.id = ${id}::uuid`)
  return row && toBatch(row)
}

/** The newest first; `ruleId` null: of every offer. */
export async function listBatches({ em, shopId }: World, ruleId: string | null, request: PageRequest): Promise<CouponBatch[]> {
  const rows = await rowsOf<BatchFigures>(
    em,
    sql`${BATCH} where b.shop_id = ${shopId} and (${ruleId}::uuid is null or b.rule_id = ${ruleId}::uuid)
          and (${request.after}::uuid is null or b.id < ${request.after}::uuid)
        order by b.id desc limit ${request.first + 1}`,
  )
  return rows.map(toBatch)
}

export async function countBatches({ em, shopId }: World, ruleId: string | null): Promise<number> {
  const row = await rowOf<{ n: string }>(
    em,
    sql`select count(*) as n from coupon_batch where shop_id = ${shopId} and (${ruleId}::uuid is null or rule_id = ${ruleId}::uuid)`,
  )
  return Number(row?.n ?? 0)
}

/** How many codes of each batch somebody has taken. */
export async function countTaken({ em, shopId }: World, ids: readonly string[]): Promise<Map<string, number>> {
  const rows = await rowsOf<{ batch_id: string; n: string }>(
    em,
    sql`select batch_id, count(*) as n from coupon
        where shop_id = ${shopId} and batch_id = any(${asUuids(ids)}) and customer_id is not null group by batch_id`,
  )
  return new Map(rows.map(({ batch_id, n }) => [batch_id, Number(n)]))
}

/** The codes of each batch, one a line, in the order in which they were made. */
export async function readCodes({ em, shopId }: World, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await rowsOf<{ batch_id: string; codes: string }>(
    em,
    sql`select batch_id, string_agg(code, E'\\r\\n' order by id) as codes from coupon
        where shop_id = ${shopId} and batch_id = any(${asUuids(ids)}) group by batch_id`,
  )
  return new Map(rows.map(({ batch_id, codes }) => [batch_id, codes]))
}

/** Calls back what nobody has taken yet of a batch: these codes, or all (null). How many those were is the answer. */
export async function revokeUntaken({ em, shopId, now }: World, id: string, keys: readonly string[] | null): Promise<number> {
  const rows = await rowsOf(
    em,
    sql`update coupon set revoked_at = ${atInstant(now)}
        where shop_id = ${shopId} and batch_id = ${id}::uuid and customer_id is null and revoked_at is null
          and ${keys === null ? sql`true` : sql`code_key = any(${asTexts(keys)})`}
        returning id`,
  )
  return rows.length
}
