import type { Instant } from '../kernel/clock.ts'
import type { Id } from '../kernel/id.ts'
import type { PageRequest } from '../kernel/page.ts'
import { asJson, asUuids, atInstant, rowOf, rowsOf, sql, toInstant, toInstantOrNull } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { BookVersion } from '../shops/shop.model.ts'
import type { PublicationState, ScheduledPublication, WaitingRule } from './publication.model.ts'
import type { RuleKind, Terms } from './rule.model.ts'
import { endPublished, settleStatus } from './rule.store.ts'

type Row = {
  id: string
  effective_at: string
  state: PublicationState
  rules: { code: string; version: number }[]
  scheduled_at: string
  scheduled_in: number
  settled_at: string | null
  book_version: number | null
  problem: string | null
}
const PUBLICATION = sql`p.id, p.effective_at, p.state, p.rules, p.scheduled_at, p.scheduled_in, p.settled_at, p.book_version, p.problem`

const toPublication = (row: Row): ScheduledPublication => ({
  id: row.id as Id<'Publication'>,
  at: toInstant(row.effective_at),
  state: row.state,
  rules: row.rules,
  scheduledAt: toInstant(row.scheduled_at),
  scheduledIn: row.scheduled_in,
  settledAt: toInstantOrNull(row.settled_at),
  bookVersion: row.book_version,
  problem: row.problem,
})

export async function findPublication({ em, shopId }: World, id: string): Promise<ScheduledPublication | null> {
  const row = await rowOf<Row>(
    em,
    sql`select ${PUBLICATION} from scheduled_publication p where p.shop_id = ${shopId} and p.id = ${id}::uuid`,
  )
  return row && toPublication(row)
}

/** The newest first. */
export async function listPublicationRows(
  { em, shopId }: World,
  state: PublicationState | null,
  request: PageRequest,
): Promise<ScheduledPublication[]> {
  const rows = await rowsOf<Row>(
    em,
    sql`select ${PUBLICATION} from scheduled_publication p
        where p.shop_id = ${shopId} and (${state}::text is null or p.state = ${state}) and (${request.after}::uuid is null or p.id < ${request.after}::uuid)
        order by p.id desc limit ${request.first + 1}`,
  )
  return rows.map(toPublication)
}

export async function countPublicationRows({ em, shopId }: World, state: PublicationState | null): Promise<number> {
  const row = await rowOf<{ n: string }>(
    em,
    sql`select count(*) as n from scheduled_publication where shop_id = ${shopId} and (${state}::text is null or state = ${state})`,
  )
  return Number(row?.n ?? 0)
}

/** Publications that wait, until an instant (null: until the database's clock), in the order in which they are due. */
export async function findWaiting({ em, shopId }: World, until: Instant | null): Promise<ScheduledPublication[]> {
  const rows = await rowsOf<Row>(
    em,
    sql`select ${PUBLICATION} from scheduled_publication p
        where p.shop_id = ${shopId} and p.state = 'SCHEDULED' and p.effective_at <= ${until === null ? sql`clock_timestamp()` : atInstant(until)}
        order by p.effective_at, p.id`,
  )
  return rows.map(toPublication)
}

/** How many wait, when the next is due, and the database's clock. */
export async function lookAtWaiting({ em, shopId }: World): Promise<{ waiting: number; next: Instant | null; now: Instant }> {
  const row = await rowOf<{ waiting: string; next: string | null; now: string }>(
    em,
    sql`select count(*) as waiting, min(effective_at) as next, date_trunc('milliseconds', clock_timestamp()) as now
        from scheduled_publication where shop_id = ${shopId} and state = 'SCHEDULED'`,
  )
  if (row === null) throw new Error('the clock gave no row')
  return { waiting: Number(row.waiting), next: toInstantOrNull(row.next), now: toInstant(row.now) }
}

export async function insertPublication({ em, shopId }: World, publication: ScheduledPublication): Promise<void> {
  const { id, at, rules, scheduledAt, scheduledIn } = publication
  await rowsOf(
    em,
    sql`insert into scheduled_publication (shop_id, id, effective_at, state, rules, scheduled_at, scheduled_in)
        values (${shopId}, ${id}, ${atInstant(at)}, 'SCHEDULED', ${asJson(rules)}, ${atInstant(scheduledAt)}, ${scheduledIn})`,
  )
}

/** The drafts of these rules wait for the publication: they are no drafts any more. */
export async function setAside(world: World, id: string, ruleIds: readonly string[]): Promise<void> {
  await rowsOf(
    world.em,
    sql`update rule_version set state = 'SCHEDULED', publication_id = ${id}
        where shop_id = ${world.shopId} and rule_id = any(${asUuids(ruleIds)}) and state = 'DRAFT'`,
  )
  await settleStatus(world, ruleIds)
}

type WaitingRow = {
  publication_id: string
  id: string
  code: string
  kind: RuleKind
  version: number
  terms: Terms
  in_force: Terms | null
  ended_in: number | null
}

/** What waits for each of these publications, by publication, in the order of the rules' codes. */
export async function findWaitingRules({ em, shopId }: World, ids: readonly string[]): Promise<Map<string, WaitingRule[]>> {
  const rows = await rowsOf<WaitingRow>(
    em,
    sql`select w.publication_id, r.id, r.code, r.kind, w.version, w.terms,
          p.terms as in_force,
          (select max(e.ended_in) from rule_version e where e.shop_id = r.shop_id and e.rule_id = r.id) as ended_in
        from rule_version w
        join rule r on r.shop_id = w.shop_id and r.id = w.rule_id
        left join rule_version p on p.shop_id = r.shop_id and p.rule_id = r.id and p.state = 'PUBLISHED'
        where w.shop_id = ${shopId} and w.publication_id = any(${asUuids(ids)}) and w.state = 'SCHEDULED'
        order by r.code_key`,
  )
  const byPublication = Map.groupBy(rows, (row) => row.publication_id)
  return new Map(Array.from(byPublication, ([id, waiting]) => [id, waiting.map(toWaitingRule)]))
}

const toWaitingRule = (row: WaitingRow): WaitingRule => ({
  id: row.id as Id<'Rule'>,
  code: row.code,
  kind: row.kind,
  waiting: { version: row.version, terms: row.terms },
  inForce: row.in_force,
  endedIn: row.ended_in,
})

/** What waited goes into force as a version of the book, and what it replaces out of it. */
export async function putWaitingInForce(world: World, id: string, ruleIds: readonly string[], book: BookVersion): Promise<void> {
  await endPublished(world, ruleIds, book)
  await rowsOf(
    world.em,
    sql`update rule_version set state = 'PUBLISHED', published_at = ${atInstant(book.since)}, published_in = ${book.version}
        where shop_id = ${world.shopId} and publication_id = ${id} and state = 'SCHEDULED'`,
  )
  await settleStatus(world, ruleIds)
}

/** What waited is a draft again; where another was begun meanwhile, that one stays and this one is gone. */
export async function giveBackDrafts(world: World, id: string): Promise<void> {
  const { em, shopId } = world
  const rows = await rowsOf<{ rule_id: string }>(
    em,
    sql`update rule_version w set state = 'DRAFT', publication_id = null
        where w.shop_id = ${shopId} and w.publication_id = ${id} and w.state = 'SCHEDULED'
          and not exists (select 1 from rule_version d where d.shop_id = w.shop_id and d.rule_id = w.rule_id and d.state = 'DRAFT')
        returning w.rule_id`,
  )
  const left = await rowsOf<{ rule_id: string }>(
    em,
    sql`delete from rule_version where shop_id = ${shopId} and publication_id = ${id} and state = 'SCHEDULED' returning rule_id`,
  )
  await settleStatus(
    world,
    [...rows, ...left].map((row) => row.rule_id),
  )
}

export async function settlePublication(
  { em, shopId }: World,
  id: string,
  settled: { readonly state: 'APPLIED' | 'FAILED' | 'CANCELLED'; readonly bookVersion?: number; readonly problem?: string },
): Promise<void> {
  await rowsOf(
    em,
    sql`update scheduled_publication set state = ${settled.state}, settled_at = clock_timestamp(),
          book_version = ${settled.bookVersion ?? null}::integer, problem = ${settled.problem ?? null}::text
        where shop_id = ${shopId} and id = ${id}::uuid and state = 'SCHEDULED'`,
  )
}
