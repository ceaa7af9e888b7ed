import { printQuery } from '../query/print.ts'
import type { Terms } from './rule.model.ts'

/** The code of a campaign: nothing in it that a query would have to escape. */
export const isCampaignCode = (code: string): boolean => /^[\p{L}\p{N}][\p{L}\p{M}\p{N}_-]{0,59}$/u.test(code)

/**
 * Everybody whom a rule is for, as one customer query; null: everyone. An offer of a campaign is for those of its audience who take part in
 * the campaign and are not in its control group. What comes by itself ends with the campaign; what is had with a code or a coupon stays
 * good in the hands of those who took part, until it ends itself.
 */
export function audienceOf(terms: Terms): string | null {
  const campaign = terms.kind === 'OFFER' ? (terms.campaign ?? null) : null
  if (terms.kind !== 'OFFER' || campaign === null) return terms.audience
  const attribute = terms.trigger === 'CODE' ? 'campaigns_ever' : 'campaigns'
  const takesPart = printQuery({ kind: 'attribute', attribute, test: { op: 'CONTAINS', value: { kind: 'text', text: campaign } } })
  return terms.audience === null ? takesPart : `(${terms.audience}) AND ${takesPart}`
}
