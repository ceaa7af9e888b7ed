import type { RawBuilder } from 'kysely'
import type { PageRequest } from '../kernel/page.ts'
import { customerSource } from '../segments/source.sql.ts'
import { rowOf, rowsOf, sql } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { Campaign } from './campaign.model.ts'
import { drawOf } from './joining.store.ts'

export type Reach = {
  readonly audience: number
  readonly excluded: number
  readonly takenPart: number
  readonly joining: number
  readonly control: number
}

const tookPart = (shopId: number, id: string) =>
  sql`exists (select 1 from campaign_member m where m.shop_id = ${shopId} and m.campaign_id = ${id}::uuid and m.customer_id = c.id)`

/** Whom a campaign would have if it let in now, by one statement. */
export async function readReach(
  { em, shopId, now }: World,
  { id, controlBp }: Campaign,
  audience: RawBuilder<unknown>,
  excluded: RawBuilder<unknown>,
): Promise<Reach> {
  const row = await rowOf<Record<keyof Reach, string>>(
    em,
    sql`select count(*) as audience, count(*) filter (where is_excluded) as excluded,
          count(*) filter (where not is_excluded and took_part) as "takenPart",
          count(*) filter (where not is_excluded and not took_part) as joining,
          count(*) filter (where not is_excluded and not took_part and draw < ${controlBp}::integer) as control
        from (select ${excluded} as is_excluded, ${tookPart(shopId, id)} as took_part, ${drawOf(id, sql`c.id`)} as draw
              from ${customerSource(now)} where c.shop_id = ${shopId} and c.merged_into is null and ${audience}) looked`,
  )
  const { audience: held = 0, excluded: out = 0, takenPart = 0, joining = 0, control = 0 } = row ?? {}
  return {
    audience: Number(held),
    excluded: Number(out),
    takenPart: Number(takenPart),
    joining: Number(joining),
    control: Number(control),
  }
}

/** One in so many of those who would be treated, the same each time, at most so many. */
export async function sampleTreated(
  { em, shopId, now }: World,
  { id, controlBp }: Campaign,
  condition: RawBuilder<unknown>,
  oneIn: number,
  most: number,
): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    em,
    sql`select c.id from ${customerSource(now)}
        where c.shop_id = ${shopId} and c.merged_into is null and ${condition} and not ${tookPart(shopId, id)}
          and ${drawOf(id, sql`c.id`)} >= ${controlBp}::integer
          and ('x' || left(md5(c.id::text), 8))::bit(32)::bigint % ${oneIn}::bigint = 0
        limit ${most}`,
  )
  return rows.map((row) => row.id)
}

/** Who would join, in the order of their ids, one more than asked for. */
export async function listJoining(
  { em, shopId, now }: World,
  { id }: Campaign,
  condition: RawBuilder<unknown>,
  request: PageRequest,
): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    em,
    sql`select c.id from ${customerSource(now)}
        where c.shop_id = ${shopId} and c.merged_into is null and ${condition} and not ${tookPart(shopId, id)}
          and (${request.after}::uuid is null or c.id > ${request.after}::uuid)
        order by c.id limit ${request.first + 1}`,
  )
  return rows.map((row) => row.id)
}
