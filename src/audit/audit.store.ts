import type { Id } from '../kernel/id.ts'
import type { PageRequest } from '../kernel/page.ts'
import { asJson, asTexts, atInstant, rowOf, rowsOf, sql, toInstant } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { AuditEntry, Change } from './audit.model.ts'

/** Any number of changes of one act in one statement. */
export async function insertEntries(
  { em, shopId, actor, now }: World,
  entries: readonly (Change & { readonly id: string })[],
): Promise<void> {
  await rowsOf(
    em,
    sql`insert into audit_entry (shop_id, id, at, actor_kind, actor_id, actor_name, action, target, before, after)
        select ${shopId}, e.id, ${atInstant(now)}, ${actor.kind}, ${actor.id}, ${actor.name}, e.action, e.target, e.before, e.after
        from jsonb_to_recordset(${asJson(entries)}) as e (id uuid, action text, target text, before jsonb, after jsonb)`,
  )
}

export async function listEntries({ em, shopId }: World, target: string | null, page: PageRequest): Promise<AuditEntry[]> {
  const rows = await rowsOf<Row>(
    em,
    sql`select id, at, actor_kind, actor_id, actor_name, action, target, before, after from audit_entry
        where shop_id = ${shopId} and (${target}::text is null or target = ${target}) and (${page.after}::uuid is null or id < ${page.after}::uuid)
        order by id desc limit ${page.first + 1}`,
  )
  return rows.map(toEntry)
}

export async function countEntries({ em, shopId }: World, target: string | null): Promise<number> {
  const row = await rowOf<{ n: string }>(
    em,
    sql`select count(*) as n from audit_entry where shop_id = ${shopId} and (${target}::text is null or target = ${target})`,
  )
  return Number(row?.n ?? 0)
}

/** All that was done to these things, the oldest first. */
export async function findEntries({ em, shopId }: World, targets: readonly string[]): Promise<AuditEntry[]> {
  const rows = await rowsOf<Row>(
    em,
    sql`select id, at, actor_kind, actor_id, actor_name, action, target, before, after from audit_entry
        where shop_id = ${shopId} and target = any(${asTexts(targets)}) order by id`,
  )
  return rows.map(toEntry)
}

/** How these things looked is forgotten; who did what, and when, is not. */
export async function eraseLooks({ em, shopId }: World, targets: readonly string[]): Promise<void> {
  await rowsOf(
    em,
    sql`update audit_entry set before = case when before is null then null else '"erased"'::jsonb end,
          after = case when after is null then null else '"erased"'::jsonb end
        where shop_id = ${shopId} and target = any(${asTexts(targets)})`,
  )
}

type Row = {
  id: string
  at: string
  actor_kind: string
  actor_id: string | null
  actor_name: string
  action: string
  target: string | null
  before: unknown
  after: unknown
}

const toEntry = (row: Row): AuditEntry => ({
  id: row.id as Id<'AuditEntry'>,
  at: toInstant(row.at),
  actorKind: row.actor_kind,
  actorId: row.actor_id,
  actorName: row.actor_name,
  action: row.action,
  target: row.target,
  before: row.before,
  after: row.after,
})
