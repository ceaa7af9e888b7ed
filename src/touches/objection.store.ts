import { asJson, asUuids, atInstant, rowsOf, sql, toInstant, toInstantOrNull } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { Objection, ObjectionScope, Proof } from './objection.model.ts'

type ObjectionColumns = {
  readonly id: string
  readonly customer_id: string
  readonly scope: ObjectionScope
  readonly at: string
  readonly source: string | null
  readonly wording: string | null
  readonly noted_by: string
  readonly noted_at: string
  readonly withdrawn_at: string | null
  readonly withdrawn_source: string | null
  readonly withdrawn_wording: string | null
}
const OBJECTION = sql`id, customer_id, scope, at, source, wording, noted_by, noted_at, withdrawn_at, withdrawn_source, withdrawn_wording`

const toObjection = (row: ObjectionColumns): Objection => ({
  id: row.id,
  customerId: row.customer_id,
  scope: row.scope,
  at: toInstant(row.at),
  source: row.source,
  wording: row.wording,
  notedBy: row.noted_by,
  notedAt: toInstant(row.noted_at),
  withdrawnAt: toInstantOrNull(row.withdrawn_at),
  withdrawnSource: row.withdrawn_source,
  withdrawnWording: row.withdrawn_wording,
})

/** All that these customers ever objected to, the newest first. */
export async function findObjections({ em, shopId }: World, customerIds: readonly string[]): Promise<Objection[]> {
  const rows = await rowsOf<ObjectionColumns>(
    em,
    sql`select ${OBJECTION} from objection where shop_id = ${shopId} and customer_id = any(${asUuids(customerIds)}) order by at desc, id desc`,
  )
  return rows.map(toObjection)
}

export type NewObjection = {
  readonly id: string
  readonly customerId: string
  readonly scope: ObjectionScope
  readonly at: string
} & Omit<Proof, 'at'>

export async function insertObjections({ em, shopId, now, actor }: World, objections: readonly NewObjection[]): Promise<void> {
  if (objections.length === 0) return
  await rowsOf(
    em,
    sql`insert into objection (shop_id, id, customer_id, scope, at, source, wording, noted_by, noted_at)
        select ${shopId}::integer, id, "customerId", scope, at, source, wording, ${actor.name}, ${atInstant(now)}
        from jsonb_to_recordset(${asJson(objections)}) as w (id uuid, "customerId" uuid, scope text, at timestamptz, source text, wording text)`,
  )
}

export async function withdrawObjections(
  { em, shopId }: World,
  ids: readonly string[],
  at: string,
  proof: Omit<Proof, 'at'>,
): Promise<void> {
  if (ids.length === 0) return
  await rowsOf(
    em,
    sql`update objection set withdrawn_at = ${at}::timestamptz, withdrawn_source = ${proof.source}, withdrawn_wording = ${proof.wording}
        where shop_id = ${shopId} and id = any(${asUuids(ids)})`,
  )
}
