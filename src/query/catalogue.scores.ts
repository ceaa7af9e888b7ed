import { type EnumColumn, oneOf, texts } from './column.ts'
import { any, raw, type SqlFragment, sql } from './fragment.ts'

/** Words of groups by scores, as they are kept; `PROSPECTS` and `PROSPECT` are whoever has no order and so no scores. */
const LIFECYCLES = ['PROSPECT', 'NEW', 'ACTIVE', 'AT_RISK', 'DORMANT', 'CHURNED']
const RFM_GROUPS = ['CHAMPIONS', 'LOYAL', 'ACTIVE', 'NEW', 'PROMISING', 'NEEDS_ATTENTION', 'AT_RISK', 'ALMOST_LOST', 'PREVIOUSLY_LOYAL']
/** Of the ready-made second map. */
const EIGHT_CLASSES = ['重要价值', '重要发展', '重要保持', '重要挽留', '一般价值', '一般发展', '一般保持', '一般挽留']

const isProspect = raw('coalesce(s.number_of_orders, 0) = 0')

/** A word of the scores, where whoever has no order has one too. */
function orProspect(column: SqlFragment, prospect: string, values: readonly string[]): EnumColumn {
  return {
    type: 'enum',
    values,
    holds: (wanted) => {
      const scored = wanted.filter((word) => word !== prospect)
      return any([
        ...(scored.length === 0 ? [] : [sql`(${column} is not null and ${oneOf(column, scored)})`]),
        ...(scored.length === wanted.length ? [] : [isProspect]),
      ])
    },
    // Somebody who bought in a shop that was never evaluated.
    missing: sql`(${raw('coalesce(s.number_of_orders, 0) > 0')} and ${column} is null)`,
  }
}

export const lifecycle = orProspect(raw('sc.lifecycle'), 'PROSPECT', LIFECYCLES)
export const rfmGroup = orProspect(raw('sc.rfm_group'), 'PROSPECTS', [...RFM_GROUPS, 'DORMANT', 'PROSPECTS', ...EIGHT_CLASSES])
export const abcClass: EnumColumn = { type: 'enum', values: ['A', 'B', 'C'], ...texts('sc.abc_class') }
export const spendTier: EnumColumn = { type: 'enum', values: ['HIGH', 'MEDIUM', 'LOW'], ...texts('sc.predicted_spend_tier') }
export const buyerKind: EnumColumn = { type: 'enum', values: ['SINGLE_CATEGORY', 'CROSS_CATEGORY'], ...texts('sc.buyer_kind') }
