import type { Instant } from '../kernel/clock.ts'
import { abandonedCheckoutAt } from './abandoned.ts'
import { everTakenPart, takingPartAt } from './campaigns.ts'
import { abcClass, buyerKind, lifecycle, rfmGroup, spendTier } from './catalogue.scores.ts'
import type { AverageColumn, BooleanColumn, DateColumn, EnumColumn, FigureColumn, TextColumn, WholeColumn } from './column.ts'
import { oneOf, texts } from './column.ts'
import { type ConsentStatus, type CustomerFacts, tagKey } from './facts.ts'
import { any, raw, sql } from './fragment.ts'
import type { QueryPlace } from './place.ts'
import { effectiveTierCode, effectiveTierSince } from './source.ts'

type Known<Column, Fact> = Column & {
  readonly name: string
  /** Its value in one customer's facts; null where it is not there. */
  readonly fact: (of: CustomerFacts) => Fact
  readonly refusedIn?: QueryPlace
  /** What the shop knows and its customers are not told, also not as what is missing for a tier. */
  readonly confidential?: true
  /** Known by an evaluation of everybody beside each other, and as old as that one. */
  readonly evaluated?: true
  /** Of what ends by the clock: where the database has it at the instant that is asked about. */
  readonly asOf?: (at: Instant) => Pick<TextColumn, 'holds' | 'missing'>
}

export type Ratio = { readonly total: number; readonly count: number }

/** One entry is all that an attribute is: its name, its type, where the database has it and where the facts have it. */
export type Attribute =
  | Known<WholeColumn, number | null>
  | Known<DateColumn, Instant | null>
  | Known<AverageColumn, Ratio | null>
  | Known<FigureColumn, number | null>
  | Known<BooleanColumn, boolean>
  | Known<Omit<TextColumn, 'type'> & { readonly type: 'text' }, string | null>
  | Known<EnumColumn, string | null>
  | Known<Omit<TextColumn, 'type'> & { readonly type: 'list' }, readonly string[]>

const one = (value: string | null): readonly string[] => (value === null ? [] : [value])
const ordered = <T>(of: CustomerFacts, value: T): T | null => (of.numberOfOrders > 0 ? value : null)

const NO_SCORES = {
  recency: null,
  frequency: null,
  monetary: null,
  rfmGroup: null,
  lifecycle: null,
  abcClass: null,
  spendPercentile: null,
  predictedSpendTier: null,
  predictedOrders: null,
  predictedAmount: null,
  probabilityAlive: null,
  buyerKind: null,
  expectedOrderAt: null,
}
const score = ({ scores }: CustomerFacts) => scores ?? NO_SCORES

/** One of the three scores, 1 to 5. */
const scored = (of: 'recency' | 'frequency' | 'monetary') =>
  ({
    name: `rfm_${of}`,
    type: 'integer',
    sql: raw(`sc.${of}`),
    absent: null,
    fact: (facts: CustomerFacts) => score(facts)[of],
    evaluated: true,
  }) as const

/** Mail to the address that they have came back for good. Who said no said no, whatever became of the address. */
const DEAD_EMAIL = sql`exists (select 1 from dead_address d where d.shop_id = c.shop_id and d.customer_id = c.id and d.channel = 'EMAIL' and d.address = lower(btrim(c.email)))`

/** Exists instead of a join: a customer without a row has never been asked. */
function consent(channel: string) {
  const row = (granted: boolean) =>
    sql`exists (select 1 from customer_consent_current k where k.shop_id = c.shop_id and k.customer_id = c.id and k.channel = ${channel}${raw(granted ? ' and k.granted' : ' and not k.granted')})`
  const asked = sql`exists (select 1 from customer_consent_current k where k.shop_id = c.shop_id and k.customer_id = c.id and k.channel = ${channel})`
  const values: readonly ConsentStatus[] = ['SUBSCRIBED', 'NOT_SUBSCRIBED', 'PENDING', 'UNSUBSCRIBED', 'INVALID', 'REDACTED']
  // Nobody is pending or redacted yet; the words are there because the queries that shops bring along say them.
  const held: Readonly<Record<string, ReturnType<typeof sql>>> =
    channel === 'EMAIL'
      ? {
          SUBSCRIBED: sql`(${row(true)} and not ${DEAD_EMAIL})`,
          UNSUBSCRIBED: row(false),
          NOT_SUBSCRIBED: sql`(not ${asked} and not ${DEAD_EMAIL})`,
          INVALID: sql`(${DEAD_EMAIL} and not ${row(false)})`,
        }
      : { SUBSCRIBED: row(true), UNSUBSCRIBED: row(false), NOT_SUBSCRIBED: sql`not ${asked}` }
  const holds = (wanted: readonly string[]) => any(wanted.flatMap((status) => held[status] ?? []))
  return { type: 'enum', values, holds, missing: raw('false') } as const
}

const tags = {
  type: 'list',
  holds: (wanted: readonly string[]) =>
    sql`exists (select 1 from customer_tag g where g.shop_id = c.shop_id and g.customer_id = c.id and ${oneOf(raw('g.tag_key'), wanted)})`,
  missing: raw('not exists (select 1 from customer_tag g where g.shop_id = c.shop_id and g.customer_id = c.id)'),
  key: tagKey,
} as const

const emailDomain = /@([^@]+)$/
// Only ASCII letters: what a database makes of others depends on its locale.
const lowered = (text: string) => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())

export const attributes: readonly Attribute[] = [
  { name: 'amount_spent', type: 'amount', sql: raw('s.amount_spent'), absent: 0, fact: (of) => of.amountSpent },
  { name: 'number_of_orders', type: 'integer', sql: raw('s.number_of_orders'), absent: 0, fact: (of) => of.numberOfOrders },
  {
    name: 'average_order_amount',
    type: 'average',
    total: raw('s.amount_spent'),
    count: raw('s.number_of_orders'),
    fact: (of) => ordered(of, { total: of.amountSpent, count: of.numberOfOrders }),
  },
  {
    name: 'largest_order_amount',
    type: 'amount',
    sql: raw('(case when s.number_of_orders > 0 then s.largest_order_amount end)'),
    absent: null,
    fact: (of) => ordered(of, of.largestOrderAmount),
  },
  { name: 'first_order_date', type: 'date', sql: raw('s.first_order_at'), absent: null, fact: (of) => of.firstOrderAt },
  { name: 'last_order_date', type: 'date', sql: raw('s.last_order_at'), absent: null, fact: (of) => of.lastOrderAt },
  { name: 'customer_added_date', type: 'date', sql: raw('c.registered_at'), absent: 'NEVER', fact: (of) => of.registeredAt },
  {
    name: 'abandoned_checkout_date',
    type: 'date',
    sql: abandonedCheckoutAt,
    absent: null,
    fact: (of) => of.abandonedCheckoutAt,
  },
  { name: 'customer_tags', ...tags, fact: (of) => of.tags.map(tagKey) },
  { name: 'customer_countries', type: 'list', ...texts('c.country'), fact: (of) => one(of.country) },
  { name: 'customer_regions', type: 'list', ...texts('c.region'), fact: (of) => one(of.region) },
  { name: 'customer_cities', type: 'list', ...texts('c.city'), fact: (of) => one(of.city) },
  {
    name: 'customer_email_domain',
    type: 'text',
    ...texts(`(lower(substring(c.email from '@([^@]+)$') collate "C"))`),
    fact: ({ email }) => (email === null ? null : lowered(emailDomain.exec(email)?.[1] ?? '') || null),
  },
  { name: 'customer_language', type: 'text', ...texts('c.language'), fact: (of) => of.language },
  { name: 'companies', type: 'text', ...texts('co.name'), fact: (of) => of.company?.name ?? null },
  { name: 'email_subscription_status', ...consent('EMAIL'), fact: (of) => of.emailStatus },
  { name: 'sms_subscription_status', ...consent('SMS'), fact: (of) => of.smsStatus },
  { name: 'customer_tier', type: 'text', ...texts(effectiveTierCode), fact: (of) => of.tierCode, refusedIn: 'TIER' },
  { name: 'customer_kind', type: 'enum', values: ['INDIVIDUAL', 'ENTERPRISE'], ...texts('c.kind'), fact: (of) => of.kind },
  { name: 'customer_role', type: 'enum', values: ['PURCHASER', 'ENGINEER', 'OTHER'], ...texts('c.role'), fact: (of) => of.role },
  {
    name: 'customer_industry',
    type: 'text',
    ...texts('coalesce(c.industry, co.industry)'),
    fact: (of) => of.industry ?? of.company?.industry ?? null,
  },
  { name: 'customer_gender', type: 'enum', values: ['FEMALE', 'MALE', 'OTHER'], ...texts('c.gender'), fact: (of) => of.gender },
  {
    name: 'customer_purpose',
    type: 'enum',
    values: ['RESALE', 'OWN_USE', 'PRODUCTION'],
    ...texts('c.purpose'),
    fact: (of) => of.purpose,
  },
  {
    name: 'certified_enterprise',
    type: 'boolean',
    isTrue: raw('(co.certified is not null and co.certified)'),
    fact: (of) => of.company?.certified ?? false,
  },
  {
    name: 'tier_since',
    type: 'date',
    sql: effectiveTierSince,
    absent: null,
    fact: (of) => of.tierSince,
  },
  { name: 'margin_earned', type: 'amount', sql: raw('s.margin_earned'), absent: null, fact: (of) => of.marginEarned, confidential: true },
  { name: 'purchase_interval_days', type: 'figure', sql: raw('s.interval_median_days'), fact: (of) => of.purchaseIntervalDays },
  {
    name: 'next_order_expected_date',
    type: 'date',
    sql: raw('sc.expected_order_at'),
    absent: null,
    fact: (of) => score(of).expectedOrderAt,
    evaluated: true,
  },
  { ...scored('recency'), confidential: true },
  { ...scored('frequency'), confidential: true },
  { ...scored('monetary'), confidential: true },
  { name: 'rfm_group', ...rfmGroup, fact: (of) => (of.numberOfOrders === 0 ? 'PROSPECTS' : score(of).rfmGroup), evaluated: true },
  { name: 'lifecycle', ...lifecycle, fact: (of) => (of.numberOfOrders === 0 ? 'PROSPECT' : score(of).lifecycle), evaluated: true },
  { name: 'abc_class', ...abcClass, fact: (of) => score(of).abcClass, evaluated: true },
  { name: 'spend_percentile', type: 'figure', sql: raw('sc.spend_percentile'), fact: (of) => score(of).spendPercentile, evaluated: true },
  { name: 'predicted_spend_tier', ...spendTier, fact: (of) => score(of).predictedSpendTier, evaluated: true },
  {
    name: 'predicted_orders',
    type: 'figure',
    sql: raw('sc.predicted_orders'),
    fact: (of) => score(of).predictedOrders,
    evaluated: true,
    confidential: true,
  },
  {
    name: 'predicted_amount',
    type: 'amount',
    sql: raw('sc.predicted_amount'),
    absent: null,
    fact: (of) => score(of).predictedAmount,
    evaluated: true,
    confidential: true,
  },
  {
    name: 'probability_alive',
    type: 'figure',
    sql: raw('sc.probability_alive'),
    fact: (of) => score(of).probabilityAlive,
    evaluated: true,
    confidential: true,
  },
  { name: 'buyer_kind', ...buyerKind, fact: (of) => score(of).buyerKind, evaluated: true },
  { name: 'campaigns', type: 'list', ...takingPartAt(), asOf: takingPartAt, fact: (of) => of.campaigns },
  { name: 'campaigns_ever', type: 'list', ...everTakenPart, fact: (of) => of.campaignsEver },
  { name: 'customer_source', type: 'text', ...texts('c.source'), fact: (of) => of.source },
]

const byName: ReadonlyMap<string, Attribute> = new Map(attributes.map((attribute) => [attribute.name, attribute]))
export const findAttribute = (name: string): Attribute | undefined => byName.get(name)
