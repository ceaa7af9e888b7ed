import type { RawBuilder } from 'kysely'
import type { Instant } from '../kernel/clock.ts'
import { localTime } from '../kernel/zone.ts'
import { tierCode } from '../segments/source.sql.ts'
import { sql } from '../shell/sql.ts'

/** What customers are told apart by. `select` gives, for the row of a customer, each part they are in. */
export type Dimension = { readonly name: string; readonly parts: RawBuilder<unknown> }

const one = (value: RawBuilder<unknown>): RawBuilder<unknown> => sql`select ${value} as part`

/** The tens of years of somebody's age on the shop's day. */
const AGE = (today: string) => sql`extract(year from age(${today}::date, c.birth_date))::integer`
const ageBand = (today: string) => sql`case
  when c.birth_date is null then null
  when ${AGE(today)} < 18 then 'under 18'
  when ${AGE(today)} >= 65 then '65 and over'
  when ${AGE(today)} < 25 then '18 to 24'
  else (select concat(lo, ' to ', lo + 9) from (select 25 + 10 * ((${AGE(today)} - 25) / 10) as lo) as band) end`

const PLAIN: Readonly<Record<string, RawBuilder<unknown>>> = {
  tier: one(tierCode),
  kind: one(sql`c.kind`),
  role: one(sql`c.role`),
  industry: one(sql`coalesce(c.industry, co.industry)`),
  purpose: one(sql`c.purpose`),
  gender: one(sql`c.gender`),
  language: one(sql`c.language`),
  country: one(sql`c.country`),
  region: one(sql`c.region`),
  city: one(sql`c.city`),
  source: one(sql`c.source`),
  company: one(sql`co.name`),
  lifecycle: one(sql`coalesce(sc.lifecycle, 'PROSPECT')`),
  rfm_group: one(sql`coalesce(sc.rfm_group, 'PROSPECTS')`),
  abc_class: one(sql`sc.abc_class`),
  buyer_kind: one(sql`sc.buyer_kind`),
  segment: sql`select g.code as part from segment_member m join segment g on g.shop_id = m.shop_id and g.id = m.segment_id
               where m.shop_id = c.shop_id and m.customer_id = c.id`,
  tag: sql`select g.tag as part from customer_tag g where g.shop_id = c.shop_id and g.customer_id = c.id`,
}

export const DIMENSIONS: readonly string[] = [...Object.keys(PLAIN), 'age_band']

/** The dimension of a name: one of DIMENSIONS, or `attributes.` and the name of an attribute of the shop's own; null when there is none. */
export function dimensionOf(name: string, { at, timeZone }: { at: Instant; timeZone: string }): Dimension | null {
  const plain = Object.hasOwn(PLAIN, name) ? PLAIN[name] : undefined
  if (plain !== undefined) return { name, parts: plain }
  if (name === 'age_band') return { name, parts: one(ageBand(localTime(at, timeZone).day)) }
  const own = /^attributes\.([\w.]{1,200})$/.exec(name)?.[1]
  return own === undefined ? null : { name, parts: one(sql`c.attributes ->> ${own}::text`) }
}
