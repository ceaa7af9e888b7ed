import { type CsvCell, toCsv } from '../shell/csv.ts'
import type { Lift } from './lift.model.ts'
import type { Bought, Part, Reached, Report, TierPart } from './report.model.ts'

const PART = ['reached', 'sent', 'delivered', 'opened', 'clicked', 'bought', 'orders', 'units', 'revenue', 'margin'] as const
const GIVEN = ['messageCost', 'discounts', 'giftCost', 'unsubscribed', 'complained'] as const
const COLUMNS = [...PART, ...GIVEN]

/** The report as a table: everybody, then each part. Amounts in minor units. */
export function reportCsv(report: Report): string {
  const row = (part: string, key: string | null, figures: Reached & Bought): CsvCell[] => [
    part,
    key,
    ...COLUMNS.map((column) => figures[column]),
  ]
  const all = (part: string, parts: readonly (Part | TierPart)[]) => parts.map((figures) => row(part, figures.key, figures))
  return toCsv(
    ['part', 'key', ...COLUMNS],
    [
      row('ALL', null, { ...report.reached, ...report.bought }),
      ...all('STEP', report.bySteps),
      ...all('CHANNEL', report.byChannels),
      ...all('TEMPLATE', report.byTemplates),
      ...all('TIER', report.byTiers),
    ],
  )
}

/** The lift as a table: of everybody, then tier by tier. Amounts in minor units a member. */
export function liftsCsv({ treated, control, lifts, byTiers }: Report): string {
  const finite = (value: number | undefined): CsvCell => (value === undefined || !Number.isFinite(value) ? null : value)
  const rows = (part: string, key: string | null, members: readonly [number, number], of: readonly Lift[]): CsvCell[][] =>
    of.map(({ metric, verdict, treated: t, control: c, absolute: a, relative: r }) => [
      part,
      key,
      metric,
      verdict,
      ...members,
      t,
      c,
      ...[a?.value, a?.low, a?.high, r?.value, r?.low, r?.high].map(finite),
    ])
  return toCsv(
    [
      'part',
      'key',
      'metric',
      'verdict',
      'treatedMembers',
      'controlMembers',
      'treated',
      'control',
      'absolute',
      'absoluteLow',
      'absoluteHigh',
      'relative',
      'relativeLow',
      'relativeHigh',
    ],
    [
      ...rows('ALL', null, [treated.members, control.members], lifts),
      ...byTiers.flatMap((tier) => rows('TIER', tier.key, [tier.treated.members, tier.control.members], tier.lifts)),
    ],
  )
}
