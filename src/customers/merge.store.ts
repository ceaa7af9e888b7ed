import type { Id } from '../kernel/id.ts'
import { newId } from '../shell/ids.ts'
import { asJson, asUuids, atInstant, rowOf, rowsOf, sql, toInstant } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { Merge, Taken } from './merge.model.ts'

type Person = Id<'Customer'>

/** All that somebody said becomes somebody else's; which words those are is the answer. */
export async function moveConsents({ em, shopId }: World, from: Person, into: Person): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    em,
    sql`update customer_consent set customer_id = ${into} where shop_id = ${shopId} and customer_id = ${from} returning id`,
  )
  return rows.map((row) => row.id)
}

export async function returnConsents({ em, shopId }: World, from: Person, into: Person, ids: readonly string[]): Promise<void> {
  await rowsOf(
    em,
    sql`update customer_consent set customer_id = ${from} where shop_id = ${shopId} and customer_id = ${into} and id = any(${asUuids(ids)})`,
  )
}

/** Makes `from` lead to `into`, and with it everybody who led to `from`; those are the answer. */
export async function lead({ em, shopId }: World, from: Person, into: Person): Promise<Person[]> {
  const followers = await rowsOf<{ id: Person }>(
    em,
    sql`update customer set merged_into = ${into} where shop_id = ${shopId} and merged_into = ${from} returning id`,
  )
  await rowsOf(em, sql`update customer set merged_into = ${into} where shop_id = ${shopId} and id = ${from}`)
  return followers.map((row) => row.id)
}

/** Makes `from` themselves again, and those who led to them lead there. */
export async function unlead({ em, shopId }: World, from: Person, into: Person, followers: readonly Person[]): Promise<void> {
  await rowsOf(
    em,
    sql`update customer set merged_into = case when id = ${from} then null else ${from}::uuid end
        where shop_id = ${shopId} and merged_into = ${into} and id = any(${asUuids([from, ...followers])})`,
  )
}

export async function insertMerge({ em, shopId, now }: World, from: Person, into: Person, reason: string, taken: Taken): Promise<void> {
  await rowsOf(
    em,
    sql`insert into customer_merge (shop_id, id, from_id, into_id, reason, at, taken)
        values (${shopId}, ${newId()}, ${from}, ${into}, ${reason}, ${atInstant(now)}, ${asJson(taken)})`,
  )
}

/** The merge of this customer that is not undone, held. */
export async function holdMerge({ em, shopId }: World, from: string): Promise<Merge | null> {
  const row = await rowOf<MergeColumns>(
    em,
    sql`select id, from_id, into_id, reason, at, taken from customer_merge
        where shop_id = ${shopId} and from_id = ${from} and undone_at is null for update`,
  )
  return row && toMerge(row)
}

export async function markUndone({ em, shopId, now }: World, merge: Merge): Promise<void> {
  await rowsOf(em, sql`update customer_merge set undone_at = ${atInstant(now)} where shop_id = ${shopId} and id = ${merge.id}`)
}

/** Every merge that these customers were part of, undone ones too; the oldest first. */
export async function findMerges({ em, shopId }: World, ids: readonly Person[]): Promise<Merge[]> {
  const rows = await rowsOf<MergeColumns>(
    em,
    sql`select id, from_id, into_id, reason, at, taken from customer_merge
        where shop_id = ${shopId} and (from_id = any(${asUuids(ids)}) or into_id = any(${asUuids(ids)})) order by id`,
  )
  return rows.map(toMerge)
}

/** The merges into these customers that are not undone. Those of somebody further on are theirs until that one is undone. */
export async function findOpenMerges({ em, shopId }: World, intoIds: readonly string[]): Promise<Merge[]> {
  const rows = await rowsOf<MergeColumns>(
    em,
    sql`select id, from_id, into_id, reason, at, null::jsonb as taken from customer_merge
        where shop_id = ${shopId} and into_id = any(${asUuids(intoIds)}) and undone_at is null order by id`,
  )
  return rows.map(toMerge)
}

/** What merges of these customers took, and why, is forgotten; that they were is not. */
export async function eraseMerges({ em, shopId }: World, ids: readonly Person[]): Promise<void> {
  await rowsOf(
    em,
    sql`update customer_merge set taken = 'null', reason = 'erased'
        where shop_id = ${shopId} and (from_id = any(${asUuids(ids)}) or into_id = any(${asUuids(ids)}))`,
  )
}

type MergeColumns = {
  readonly id: string
  readonly from_id: string
  readonly into_id: string
  readonly reason: string
  readonly at: string
  readonly taken: Taken | null
}

const toMerge = (row: MergeColumns): Merge => ({
  id: row.id as Id<'Merge'>,
  fromId: row.from_id as Person,
  intoId: row.into_id as Person,
  reason: row.reason,
  at: toInstant(row.at),
  taken: row.taken,
})
