import type { Instant } from '../kernel/clock.ts'
import { preparedRowOf } from '../shell/prepared.ts'
import { asJson, atInstant, atInstantOrNull, rowOf, rowsOf, sql, toInstant, toInstantOrNull } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { BookEdition, BookSettings, BookVersion, PastEdition, TierThen } from './shop.model.ts'

type EditionRow = { version: number; until: string | null }
const EDITION = sql`version, next_publication_at as until`
const toEdition = (row: EditionRow): BookEdition => ({ version: row.version, until: toInstantOrNull(row.until) })

export async function findEdition({ em, shopId }: World): Promise<BookEdition | null> {
  const row = await rowOf<EditionRow>(em, sql`select ${EDITION} from price_book where shop_id = ${shopId}`)
  return row && toEdition(row)
}

/**
 * The update holds the row until the transaction ends: changes of one shop's book follow one another. `since`: when the
 * version was to begin; null: now, by the database's clock once the row is held.
 */
export async function bumpBookVersion({ em, shopId }: World, since: Instant | null): Promise<BookVersion> {
  const bumped = await rowOf<{ version: number }>(
    em,
    sql`update price_book set version = version + 1 where shop_id = ${shopId} returning version`,
  )
  if (bumped === null) throw new Error(`shop ${shopId} has no price book`)
  const row = await rowOf<{ since: string }>(
    em,
    sql`insert into price_book_version (shop_id, version, since, scheduled)
        values (${shopId}, ${bumped.version}, coalesce(${atInstantOrNull(since)}, date_trunc('milliseconds', clock_timestamp())), ${since !== null})
        returning since`,
  )
  if (row === null) throw new Error('a version of the book was not kept')
  return { version: bumped.version, since: toInstant(row.since) }
}

/** What of settings and tiers is otherwise from this version on. */
export async function noteInVersion(
  { em, shopId }: World,
  version: number,
  { settings, tiers }: { readonly settings?: BookSettings; readonly tiers?: readonly TierThen[] },
): Promise<void> {
  await rowsOf(
    em,
    sql`update price_book_version set
          settings = coalesce(${settings === undefined ? null : asJson(settings)}, settings),
          tiers = coalesce(${tiers === undefined ? null : asJson(tiers)}, tiers)
        where shop_id = ${shopId} and version = ${version}`,
  )
}

/** Holds the book's version until the transaction ends: many may at once, and nobody publishes meanwhile. */
export async function shareBook({ em, shopId }: World): Promise<BookEdition> {
  const row = await preparedRowOf<EditionRow>(em, sql`select ${EDITION} from price_book where shop_id = ${shopId} for share`)
  if (row === null) throw new Error(`shop ${shopId} has no price book`)
  return toEdition(row)
}

/** Holds the book as it is until the transaction ends, so that edits of one shop's rules follow one another. */
export async function lockBook({ em, shopId }: World): Promise<number> {
  const row = await rowOf<{ version: number }>(em, sql`select version from price_book where shop_id = ${shopId} for update`)
  if (row === null) throw new Error(`shop ${shopId} has no price book`)
  return row.version
}

/** When the next publication is due. Who calls it holds the book. */
export async function setUntil({ em, shopId }: World, until: Instant | null): Promise<void> {
  await rowsOf(em, sql`update price_book set next_publication_at = ${atInstantOrNull(until)} where shop_id = ${shopId}`)
}

/** The version that was the newest at an instant; null before the first that is kept. */
export async function findVersionAt({ em, shopId }: World, at: Instant): Promise<number | null> {
  const row = await rowOf<{ version: number }>(
    em,
    sql`select version from price_book_version where shop_id = ${shopId} and since <= ${atInstant(at)} order by version desc limit 1`,
  )
  return row?.version ?? null
}

/** What this version was made of but for its rules; null when it is not kept. */
export async function findPastEdition({ em, shopId }: World, version: number): Promise<PastEdition | null> {
  const row = await rowOf<{ since: string; settings: BookSettings | null; tiers: TierThen[] | null }>(
    em,
    sql`select v.since,
          (select s.settings from price_book_version s where s.shop_id = v.shop_id and s.version <= v.version and s.settings is not null
           order by s.version desc limit 1) as settings,
          (select t.tiers from price_book_version t where t.shop_id = v.shop_id and t.version <= v.version and t.tiers is not null
           order by t.version desc limit 1) as tiers
        from price_book_version v where v.shop_id = ${shopId} and v.version = ${version}`,
  )
  return row?.settings ? { version, since: toInstant(row.since), settings: row.settings, tiers: row.tiers ?? [] } : null
}

/** The versions that began in a span of time, its beginning excluded, the newest first. */
export async function listVersions({ em, shopId }: World, from: Instant, to: Instant, most: number): Promise<BookVersion[]> {
  const rows = await rowsOf<{ version: number; since: string }>(
    em,
    sql`select version, since from price_book_version
        where shop_id = ${shopId} and since > ${atInstant(from)} and since <= ${atInstant(to)} order by since desc, version desc limit ${most}`,
  )
  return rows.map((row) => ({ version: row.version, since: toInstant(row.since) }))
}
