import type { Instant } from '../kernel/clock.ts'
import { oneOf, type TextColumn } from './column.ts'
import { raw, type SqlFragment, sql } from './fragment.ts'

/** Taking part, by these names: m somebody who does and is not in the control group, k the campaign. */
const AMONG = raw(
  'campaign_member m join campaign k on k.shop_id = m.shop_id and k.id = m.campaign_id where m.shop_id = c.shop_id and m.customer_id = c.id and m.treated',
)

/**
 * Who takes part now: they have not left, and the campaign runs or is paused. One that is over by its own clock is over, whether anybody
 * has written so yet or not.
 */
export const takesPart = (at: SqlFragment): SqlFragment =>
  sql`(m.left_at is null and k.status in ('RUNNING', 'PAUSED') and (k.ends_at is null or k.ends_at > ${at}))`

/** Who takes part or took part: whatever they left for, in a campaign that was not called off. */
export const tookPart: SqlFragment = raw("k.status in ('RUNNING', 'PAUSED', 'FINISHED')")

const codes = (which: SqlFragment): Pick<TextColumn, 'holds' | 'missing'> => ({
  holds: (wanted) => sql`exists (select 1 from ${AMONG} and ${which} and ${oneOf(raw('k.code'), wanted)})`,
  missing: sql`not exists (select 1 from ${AMONG} and ${which})`,
})

export const takingPartAt = (at?: Instant): Pick<TextColumn, 'holds' | 'missing'> =>
  codes(takesPart(at === undefined ? raw('statement_timestamp()') : sql`${new Date(at).toISOString()}::timestamptz`))

export const everTakenPart = codes(tookPart)
