import { instant } from '../kernel/clock.ts'
import type { Asked } from './measured.model.ts'

export const QUERY = 'Whose orders: a customer query; absent: every customer. A wrong one is BAD_QUERY.'
export const FROM = 'Orders placed from then on; absent: from the first.'
export const TO = 'Orders placed before then; absent: up to the last.'
export const BY =
  'What tells customers apart: tier, kind, role, industry, purpose, gender, age_band, language, country, region, city, source, company, tag, or attributes.<name>. A customer with several tags is in each. Absent: all together.'

export const asked = (query: string | null, from: Date | null, to: Date | null): Asked => ({
  query,
  from: from === null ? null : instant(from),
  to: to === null ? null : instant(to),
})
