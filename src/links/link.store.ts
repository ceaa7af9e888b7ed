import type { EntityManager } from '@mikro-orm/postgresql'
import type { RawBuilder } from 'kysely'
import type { Instant } from '../kernel/clock.ts'
import type { PageRequest } from '../kernel/page.ts'
import { asJson, asUuids, atInstant, atInstantOrNull, rowOf, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { EndedBy, LinkFilter, LinkTerms, PrivateLink } from './link.model.ts'
import { isOver, LINK, type LinkColumns, toLink } from './link.row.ts'

/**
 * Holds of `private_link l` that are over and not written so: `e.over`. `endedBy` null: by the database's clock. A
 * reservation is looked for even where nothing is held (under the link's own id, which is none's), so that both cost alike.
 */
const endedOf = (endedBy: EndedBy): RawBuilder<unknown> => sql`lateral (
  select count(h.id)::integer as over
  from (select x.reservation_id as id from link_use x where x.shop_id = l.shop_id and x.link_id = l.id and x.state = 'HELD'
        union all select l.id) y
  left join reservation h on h.shop_id = l.shop_id and h.id = y.id and ${isOver(endedBy)}) e`

const statusAt = (at: Instant): RawBuilder<unknown> => sql`case when l.revoked_at is not null then 'REVOKED'
  when l.valid_until <= ${atInstant(at)} then 'EXPIRED' when l.uses - e.over >= l.max_uses then 'USED_UP' else 'ACTIVE' end`

const columnsAt = (at: Instant): RawBuilder<unknown> => sql`${LINK}, l.uses - e.over as uses, ${statusAt(at)} as status`

const asHash = (hash: Buffer): RawBuilder<unknown> => sql`decode(${hash.toString('hex')}, 'hex')`

/**
 * The row at which the index of hashes arrives, whether it is the one looked for or merely the next. So a token that names
 * nothing costs what one costs that was revoked: the same rows are read and the same is worked out, and whether it was
 * meant is asked last.
 */
const nearest = (shopId: RawBuilder<unknown>, hash: Buffer): RawBuilder<unknown> => sql`(
  (select * from private_link where shop_id = ${shopId} and token_hash >= ${asHash(hash)} order by token_hash limit 1)
  union all
  (select * from private_link where shop_id = ${shopId} order by token_hash limit 1)
  limit 1) l`

/** The link of a token, as it stands at an instant; `isMeant` false: another one, looked at in its place. */
export async function findNearest(
  { em, shopId }: World,
  hash: Buffer,
  at: Instant,
  endedBy: EndedBy,
): Promise<{ readonly link: PrivateLink; readonly isMeant: boolean } | null> {
  const row = await rowOf<LinkColumns & { is_meant: boolean }>(
    em,
    sql`select ${columnsAt(at)}, l.token_hash = ${asHash(hash)} as is_meant from ${nearest(sql`${shopId}::integer`, hash)} cross join ${endedOf(endedBy)}`,
  )
  return row && { link: toLink(row), isMeant: row.is_meant }
}

export type Door = { readonly privateLinkUrl: string | null; readonly privateLinkPage: string | null }

/**
 * What the shop named by a token says of where its links lead, if the token's link is open; `counts`: that it was opened is
 * counted. One statement, which for a token of no shop looks into the first one.
 */
export async function openAtDoor(
  em: EntityManager,
  { shopCode, hash, at, counts }: { readonly shopCode: string; readonly hash: Buffer; readonly at: Instant; readonly counts: boolean },
): Promise<Door | null> {
  const row = await rowOf<{ is_open: boolean; url: string | null; page: string | null }>(
    em,
    sql`with asked as materialized (
          select s.private_link_url as url, s.private_link_page as page, l.shop_id, l.id,
            ${statusAt(at)} = 'ACTIVE' and coalesce(l.valid_from <= ${atInstant(at)}, true)
              and l.token_hash = ${asHash(hash)} and s.code = ${shopCode} as is_open
          from shop s cross join lateral ${nearest(sql`s.id`, hash)} cross join ${endedOf(null)}
          where s.id = coalesce((select id from shop where code = ${shopCode}), (select min(id) from shop))
        ), counted as (
          update private_link p set opens = least(p.opens, 2147483646) + 1
          from asked a where a.is_open and ${counts} and p.shop_id = a.shop_id and p.id = a.id
        )
        select is_open, url, page from asked`,
  )
  return row?.is_open ? { privateLinkUrl: row.url, privateLinkPage: row.page } : null
}

/** The link of a token held until the transaction ends; which it is, or null. */
export async function holdByHash({ em, shopId }: World, hash: Buffer): Promise<string | null> {
  const row = await rowOf<{ id: string }>(
    em,
    sql`select id from private_link where shop_id = ${shopId} and token_hash = ${asHash(hash)} for update`,
  )
  return row?.id ?? null
}

/** In any order; what is not there is left out. */
export async function findLinks({ em, shopId, now }: World, ids: readonly string[]): Promise<PrivateLink[]> {
  const rows = await rowsOf<LinkColumns>(
    em,
    sql`select ${columnsAt(now)} from private_link l cross join ${endedOf(null)} where l.shop_id = ${shopId} and l.id = any(${asUuids(ids)})`,
  )
  return rows.map(toLink)
}

const among = ({ status, batchId }: LinkFilter, at: Instant): RawBuilder<unknown> => sql`
  ${status === null ? sql`true` : sql`${statusAt(at)} = ${status}`} and ${batchId === null ? sql`true` : sql`l.batch_id = ${batchId}::uuid`}`

/** The newest first, one more than asked for. */
export async function listLinkRows({ em, shopId, now }: World, filter: LinkFilter, request: PageRequest): Promise<PrivateLink[]> {
  const rows = await rowsOf<LinkColumns>(
    em,
    sql`select ${columnsAt(now)} from private_link l cross join ${endedOf(null)}
        where l.shop_id = ${shopId} and ${among(filter, now)} and (${request.after}::uuid is null or l.id < ${request.after}::uuid)
        order by l.id desc limit ${request.first + 1}`,
  )
  return rows.map(toLink)
}

export async function countLinkRows({ em, shopId, now }: World, filter: LinkFilter): Promise<number> {
  const row = await rowOf<{ n: string }>(
    em,
    sql`select count(*) as n from private_link l cross join ${endedOf(null)} where l.shop_id = ${shopId} and ${among(filter, now)}`,
  )
  return Number(row?.n ?? 0)
}

export type NewLink = { readonly id: string; readonly hash: Buffer; readonly customerIds: readonly string[] }

/** Makes links that say the same, each with a token and people of its own. */
export async function insertLinks(
  { em, shopId, now }: World,
  terms: LinkTerms,
  links: readonly NewLink[],
  batchId: string | null,
): Promise<void> {
  const rows = links.map(({ id, hash, customerIds }) => ({ id, hash: hash.toString('hex'), people: customerIds }))
  await rowsOf(
    em,
    sql`with made as materialized (select * from jsonb_to_recordset(${asJson(rows)}) as m (id uuid, hash text, people uuid[])),
        kept as (
          insert into private_link (shop_id, id, token_hash, name, note, message, names_people, audience, items, valid_from, valid_until,
            max_uses, max_uses_per_customer, batch_id, created_at)
          select ${shopId}::integer, m.id, decode(m.hash, 'hex'), ${terms.name}, ${terms.note}::text, ${terms.message}::text,
            cardinality(m.people) > 0, ${terms.audience}::text, ${asJson(terms.items)}, ${atInstantOrNull(terms.validFrom)},
            ${atInstantOrNull(terms.validUntil)}, ${terms.maxUses}::integer, ${terms.maxUsesPerCustomer}::integer, ${batchId}::uuid,
            ${atInstant(now)}
          from made m)
        insert into private_link_customer (shop_id, link_id, customer_id)
        select distinct ${shopId}::integer, m.id, person from made m cross join unnest(m.people) as person`,
  )
}

/** Calls a link back, once; when it was before, it stays as it is. */
export async function markRevoked({ em, shopId, now }: World, id: string): Promise<boolean> {
  const rows = await rowsOf(
    em,
    sql`update private_link set revoked_at = ${atInstant(now)} where shop_id = ${shopId} and id = ${id}::uuid and revoked_at is null returning id`,
  )
  return rows.length > 0
}

/** The same of all links of a batch, held in the order of their ids; how many were not before, and one of the batch, null when it has none. */
export async function markBatchRevoked({ em, shopId, now }: World, batchId: string): Promise<{ first: string | null; revoked: number }> {
  const row = await rowOf<{ first: string | null; revoked: string }>(
    em,
    sql`with held as materialized (
          select id, revoked_at from private_link where shop_id = ${shopId} and batch_id = ${batchId}::uuid order by id for update
        ), marked as (
          update private_link l set revoked_at = ${atInstant(now)} from held h
          where l.shop_id = ${shopId} and l.id = h.id and h.revoked_at is null returning l.id)
        select (select id from held order by id limit 1) as first, (select count(*) from marked) as revoked`,
  )
  return { first: row?.first ?? null, revoked: Number(row?.revoked ?? 0) }
}

/** The audiences in which a word is written, in any case, of links that are neither called back nor over. */
export async function findLinkAudiences({ em, shopId, now }: World, word: string): Promise<{ name: string; audience: string }[]> {
  return rowsOf<{ name: string; audience: string }>(
    em,
    sql`select min(name) as name, audience from private_link
        where shop_id = ${shopId} and revoked_at is null and (valid_until is null or valid_until > ${atInstant(now)})
          and strpos(lower(audience), ${word}) > 0 group by audience order by 1`,
  )
}
