import type { RawBuilder } from 'kysely'
import type { PageRequest } from '../kernel/page.ts'
import { asTexts, asUuids, atInstant, rowOf, rowsOf, sql, toInstant, toInstantOrNull } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import { moved } from './moved.sql.ts'
import { customerSource } from './source.sql.ts'
import type { TagRule } from './tag-rule.model.ts'

type Row = {
  readonly tag_key: string
  readonly tag: string
  readonly query: string
  readonly updated_at: string
  readonly applied_at: string | null
}

const COLUMNS = sql`tag_key, tag, query, updated_at, applied_at`

const toTagRule = (row: Row): TagRule => ({
  key: row.tag_key,
  tag: row.tag,
  query: row.query,
  updatedAt: toInstant(row.updated_at),
  appliedAt: toInstantOrNull(row.applied_at),
})

export async function allTagRules({ em, shopId }: World): Promise<TagRule[]> {
  return (await rowsOf<Row>(em, sql`select ${COLUMNS} from tag_rule where shop_id = ${shopId} order by tag_key`)).map(toTagRule)
}

/** What the tiers of the shop's programme ask of customers. */
export async function tierConditions({ em, shopId }: World): Promise<string[]> {
  const rows = await rowsOf<{ condition: string }>(
    em,
    sql`select condition from tier cross join lateral (values (qualification), (retention)) as asked (condition)
        where shop_id = ${shopId} and condition is not null`,
  )
  return rows.map(({ condition }) => condition)
}

export async function listTagRules({ em, shopId }: World, request: PageRequest): Promise<TagRule[]> {
  const rows = await rowsOf<Row>(
    em,
    sql`select ${COLUMNS} from tag_rule where shop_id = ${shopId} and (${request.after}::text is null or tag_key > ${request.after})
        order by tag_key limit ${request.first + 1}`,
  )
  return rows.map(toTagRule)
}

export async function countTagRules({ em, shopId }: World): Promise<number> {
  return Number((await rowOf<{ n: string }>(em, sql`select count(*) as n from tag_rule where shop_id = ${shopId}`))?.n ?? 0)
}

export async function writeTagRule({ em, shopId }: World, { key, tag, query, updatedAt }: TagRule): Promise<void> {
  await rowsOf(
    em,
    sql`insert into tag_rule (shop_id, tag_key, tag, query, updated_at)
        values (${shopId}, ${key}, ${tag}, ${query}, ${atInstant(updatedAt)})
        on conflict (shop_id, tag_key) do update set query = excluded.query, updated_at = excluded.updated_at, applied_at = null`,
  )
}

export async function removeTagRule({ em, shopId }: World, key: string): Promise<void> {
  await rowsOf(em, sql`delete from tag_rule where shop_id = ${shopId} and tag_key = ${key}`)
}

/** These are to be applied to everybody anew. */
export async function markUnapplied({ em, shopId }: World, keys: readonly string[]): Promise<void> {
  if (keys.length > 0)
    await rowsOf(em, sql`update tag_rule set applied_at = null where shop_id = ${shopId} and tag_key = any(${asTexts(keys)})`)
}

export async function markApplied({ em, shopId, now }: World): Promise<void> {
  await rowsOf(em, sql`update tag_rule set applied_at = ${atInstant(now)} where shop_id = ${shopId}`)
}

/**
 * The tag is on those of `who` for whom the condition holds, and on no others unless by hand; who wears it now and did not,
 * or the other way round, is the answer. One statement for however many.
 */
export async function wearByRule(
  { em, shopId, now }: World,
  { key, tag }: Pick<TagRule, 'key' | 'tag'>,
  condition: RawBuilder<unknown>,
  who: readonly string[] | 'ALL',
): Promise<string[]> {
  const asked = (column: string) => (who === 'ALL' ? sql`true` : sql`${sql.raw(column)} = any(${asUuids(who)})`)
  const rows = await rowsOf<{ customer_id: string }>(
    em,
    sql`with held as materialized (
          select c.id from ${customerSource(now)}
          where c.shop_id = ${shopId} and c.merged_into is null and ${asked('c.id')} and ${condition}),
        ${moved(sql`select g.customer_id as id from customer_tag g
          where g.shop_id = ${shopId} and g.tag_key = ${key} and g.by_rule and ${asked('g.customer_id')}`)},
        ${letGo(shopId, key, sql`g.customer_id in (select v.id from moved v where not v.is_held)`)},
        come as (
          insert into customer_tag (shop_id, customer_id, tag_key, tag, by_hand, by_rule)
          select ${shopId}::integer, v.id, ${key}, coalesce(
            (select t.tag from customer_tag t where t.shop_id = ${shopId} and t.tag_key = ${key} limit 1), ${tag}), false, true
          from moved v where v.is_held order by v.id
          on conflict (shop_id, customer_id, tag_key) do update set by_rule = true where not customer_tag.by_rule
          returning customer_id, by_hand)
        select customer_id from gone union all select customer_id from come where not by_hand`,
  )
  return rows.map((row) => row.customer_id)
}

/** Nobody has the tag by a rule any more. */
export async function dropRuleTag({ em, shopId }: World, key: string): Promise<string[]> {
  const rows = await rowsOf<{ customer_id: string }>(em, sql`with ${letGo(shopId, key, sql`true`)} select customer_id from gone`)
  return rows.map((row) => row.customer_id)
}

/** Where somebody put the tag on too it stays, as theirs. */
const letGo = (shopId: number, key: string, whom: RawBuilder<unknown>) => sql`stay as (
          update customer_tag g set by_rule = false
          where g.shop_id = ${shopId} and g.tag_key = ${key} and g.by_rule and g.by_hand and ${whom}),
        gone as (
          delete from customer_tag g
          where g.shop_id = ${shopId} and g.tag_key = ${key} and g.by_rule and not g.by_hand and ${whom}
          returning g.customer_id)`

export async function countByRule({ em, shopId }: World, keys: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const rows = await rowsOf<{ tag_key: string; n: string }>(
    em,
    sql`select tag_key, count(*) as n from customer_tag
        where shop_id = ${shopId} and tag_key = any(${asTexts(keys)}) and by_rule group by tag_key`,
  )
  return new Map(rows.map((row) => [row.tag_key, Number(row.n)]))
}
