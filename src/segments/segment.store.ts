import type { PageRequest } from '../kernel/page.ts'
import { asTexts, atInstant, rowOf, rowsOf, sql, toInstant, toInstantOrNull } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { Segment } from './segment.model.ts'

type Row = {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly query: string
  readonly updated_at: string
  readonly refreshed_at: string | null
}

const COLUMNS = sql`id, code, name, query, updated_at, refreshed_at`

const toSegment = ({ updated_at, refreshed_at, ...row }: Row): Segment => ({
  ...row,
  id: row.id as Segment['id'],
  updatedAt: toInstant(updated_at),
  refreshedAt: toInstantOrNull(refreshed_at),
})

/** In the order of their codes, as all of these. */
export async function allSegments({ em, shopId }: World): Promise<Segment[]> {
  return (await rowsOf<Row>(em, sql`select ${COLUMNS} from segment where shop_id = ${shopId} order by code`)).map(toSegment)
}

export async function findSegments({ em, shopId }: World, codes: readonly string[]): Promise<Segment[]> {
  const rows = await rowsOf<Row>(
    em,
    sql`select ${COLUMNS} from segment where shop_id = ${shopId} and code = any(${asTexts(codes)}) order by code`,
  )
  return rows.map(toSegment)
}

export async function listSegments({ em, shopId }: World, request: PageRequest): Promise<Segment[]> {
  const rows = await rowsOf<Row>(
    em,
    sql`select ${COLUMNS} from segment where shop_id = ${shopId} and (${request.after}::text is null or code > ${request.after})
        order by code limit ${request.first + 1}`,
  )
  return rows.map(toSegment)
}

export async function countSegments({ em, shopId }: World): Promise<number> {
  return Number((await rowOf<{ n: string }>(em, sql`select count(*) as n from segment where shop_id = ${shopId}`))?.n ?? 0)
}

export async function writeSegments({ em, shopId }: World, segments: readonly Segment[]): Promise<void> {
  for (const { id, code, name, query, updatedAt } of segments)
    await rowsOf(
      em,
      sql`insert into segment (shop_id, id, code, name, query, updated_at)
          values (${shopId}, ${id}, ${code}, ${name}, ${query}, ${atInstant(updatedAt)})
          on conflict (shop_id, id) do update set name = excluded.name, query = excluded.query, updated_at = excluded.updated_at`,
    )
}

export async function removeSegment({ em, shopId }: World, id: string): Promise<void> {
  await rowsOf(em, sql`delete from segment where shop_id = ${shopId} and id = ${id}`)
}

/** Who is in these is to be written down anew. */
export async function markUnrefreshed({ em, shopId }: World, codes: readonly string[]): Promise<void> {
  await rowsOf(em, sql`update segment set refreshed_at = null where shop_id = ${shopId} and code = any(${asTexts(codes)})`)
}

/** What a segment says since a version of the book; null: it is gone. */
export async function noteSegment({ em, shopId }: World, code: string, bookVersion: number, query: string | null): Promise<void> {
  await rowsOf(
    em,
    sql`insert into segment_version (shop_id, code, book_version, query) values (${shopId}, ${code}, ${bookVersion}, ${query})`,
  )
}

/** What each segment said in a version of the book. */
export async function findSegmentsOfVersion({ em, shopId }: World, bookVersion: number): Promise<{ code: string; query: string }[]> {
  return rowsOf<{ code: string; query: string }>(
    em,
    sql`select code, query from (
          select distinct on (code) code, query from segment_version
          where shop_id = ${shopId} and book_version <= ${bookVersion} order by code, book_version desc) as said
        where query is not null order by code`,
  )
}
