import { instant } from '../kernel/clock.ts'
import type { Asked } from './measured.model.ts'

export const QUERY = 'Whose orders: a customer query; absent: every customer. A wrong one is BAD_QUERY.'
export const FROM = 'Orders placed from then on; absent: from the first.'
export const TO = 'Orders placed before then; absent: up to the last.'
export const BY =
  'What tells customers apart: tier, kind, role, industry, purpose, gender, age_band, language, country, region, city, source, company, lifecycle, rfm_group, abc_class, buyer_kind, segment, tag, or attributes.<name>. A customer with several tags or segments is in each. Absent: all together.'

/** What is left out comes as undefined, what is given as null as null: both are absent. */
export const asked = (query: string | null | undefined, from: Date | null | undefined, to: Date | null | undefined): Asked => ({
  query: query ?? null,
  from: from ? instant(from) : null,
  to: to ? instant(to) : null,
})
