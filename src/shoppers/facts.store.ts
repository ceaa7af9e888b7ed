import type { Instant } from '../kernel/clock.ts'
import type { Day } from '../kernel/zone.ts'
import { abandonedCheckoutAt } from '../query/abandoned.ts'
import { takesPart, tookPart } from '../query/campaigns.ts'
import type { ConsentStatus, CustomerFacts } from '../query/facts.ts'
import { sql as fragment } from '../query/fragment.ts'
import type { FunctionAnswer } from '../query/sql.ts'
import { customerSource, tierCode, tierSince } from '../segments/source.sql.ts'
import { preparedRowsOf } from '../shell/prepared.ts'
import { asUuids, fromFragment, rowsOf, sql, toInstant, toInstantOrNull } from '../shell/sql.ts'
import type { World } from '../shell/world.ts'
import type { Audiences } from './audiences.ts'

export type KnownFacts = { readonly id: string; readonly externalId: string | null; readonly facts: CustomerFacts }

/** All that prices and these audiences may ask of these customers, as it is at an instant: one statement for however many. */
export async function readFacts(
  world: World,
  ids: readonly string[],
  { functions, asksForCampaigns }: Pick<Audiences, 'functions' | 'asksForCampaigns'>,
  at: Instant,
): Promise<KnownFacts[]> {
  const { em, shopId } = world
  const answers = functions.map(({ exists }) => sql`, ${fromFragment(exists)}`)
  // What functions ask is another text in each book, and hangs on its values.
  const ask = functions.length === 0 ? preparedRowsOf<Row> : rowsOf<Row>
  const rows = await ask(
    em,
    sql`select c.id, c.external_id, c.kind, c.role, c.industry, c.purpose, c.gender, c.birth_date::text, c.email, c.language, c.country,
          c.region, c.city, c.source, c.registered_at, c.attributes, co.name as company_name, co.industry as company_industry,
          co.certified as company_certified, ${tierCode} as tier_code,
          s.margin_earned, s.interval_median_days, ${tierSince} as tier_since, ${fromFragment(abandonedCheckoutAt)} as abandoned_checkout_at,
          sc.recency, sc.frequency, sc.monetary, sc.rfm_group, sc.lifecycle, sc.abc_class, sc.spend_percentile, sc.predicted_spend_tier,
          sc.predicted_orders, sc.predicted_amount, sc.probability_alive, sc.buyer_kind, sc.expected_order_at, s.number_of_orders, s.amount_spent, s.largest_order_amount, s.first_order_at, s.last_order_at,
          array(select g.tag from customer_tag g where g.shop_id = c.shop_id and g.customer_id = c.id order by g.tag_key) as tags,
          ${asksForCampaigns ? campaigns(at) : sql`'{}'::text[]`} as campaigns,
          ${consent('EMAIL')} as email_granted, ${EMAIL_IS_DEAD} as email_is_dead, ${consent('SMS')} as sms_granted,
          array[false ${sql.join(answers, sql``)}] as answers
        from ${customerSource(at)} where c.shop_id = ${shopId} and ${among(ids)}`,
  )
  return rows.map((row) => ({ id: row.id, externalId: row.external_id, facts: toFacts(row, functions) }))
}

/** Mail to it came back for good. */
const EMAIL_IS_DEAD = sql`exists (select 1 from dead_address d where d.shop_id = c.shop_id and d.customer_id = c.id and d.channel = 'EMAIL' and d.address = lower(btrim(c.email)))`

const consent = (channel: string) =>
  sql`(select k.granted from customer_consent_current k where k.shop_id = c.shop_id and k.customer_id = c.id and k.channel = ${channel})`

/** One by one their plan is made once; of a list nobody knows how long it is, and it would be made anew each time. */
const among = (ids: readonly string[]) => (ids.length === 1 ? sql`c.id = ${ids[0]}::uuid` : sql`c.id = any(${asUuids(ids)})`)

/** Codes of campaigns, those in which they take part now with a plus before them. */
const campaigns = (at: Instant) => sql`array(
  select case when ${fromFragment(takesPart(fragment`${new Date(at).toISOString()}::timestamptz`))} then '+' else '-' end || k.code
  from campaign_member m join campaign k on k.shop_id = m.shop_id and k.id = m.campaign_id
  where m.shop_id = c.shop_id and m.customer_id = c.id and m.treated and ${fromFragment(tookPart)} order by k.code)`

type Row = {
  id: string
  external_id: string | null
  kind: string
  role: string | null
  industry: string | null
  purpose: string | null
  gender: string | null
  birth_date: string | null
  email: string | null
  language: string | null
  country: string | null
  region: string | null
  city: string | null
  source: string | null
  registered_at: string
  attributes: Record<string, unknown>
  company_name: string | null
  company_industry: string | null
  company_certified: boolean | null
  tier_code: string | null
  number_of_orders: number | null
  amount_spent: string | null
  largest_order_amount: string | null
  first_order_at: string | null
  last_order_at: string | null
  margin_earned: string | null
  interval_median_days: number | null
  tier_since: string | null
  abandoned_checkout_at: string | null
  recency: number | null
  frequency: number | null
  monetary: number | null
  rfm_group: string | null
  lifecycle: string | null
  abc_class: string | null
  spend_percentile: number | null
  predicted_spend_tier: string | null
  predicted_orders: number | null
  predicted_amount: string | null
  probability_alive: number | null
  buyer_kind: string | null
  expected_order_at: string | null
  tags: string[]
  campaigns: string[]
  email_granted: boolean | null
  email_is_dead: boolean
  sms_granted: boolean | null
  /** One more than there are functions, in front, so that the array is never empty. */
  answers: boolean[]
}

const toFacts = (row: Row, functions: readonly FunctionAnswer[]): CustomerFacts => ({
  kind: row.kind,
  role: row.role,
  industry: row.industry,
  purpose: row.purpose,
  gender: row.gender,
  birthDate: row.birth_date as Day | null,
  email: row.email,
  language: row.language,
  country: row.country,
  region: row.region,
  city: row.city,
  source: row.source,
  registeredAt: toInstant(row.registered_at),
  tags: row.tags,
  attributes: row.attributes,
  emailStatus: row.email_is_dead && row.email_granted !== false ? 'INVALID' : statusOf(row.email_granted),
  smsStatus: statusOf(row.sms_granted),
  company:
    row.company_name === null
      ? null
      : { name: row.company_name, industry: row.company_industry, certified: row.company_certified ?? false },
  tierCode: row.tier_code,
  numberOfOrders: row.number_of_orders ?? 0,
  amountSpent: Number(row.amount_spent ?? 0),
  largestOrderAmount: row.largest_order_amount === null ? null : Number(row.largest_order_amount),
  firstOrderAt: toInstantOrNull(row.first_order_at),
  lastOrderAt: toInstantOrNull(row.last_order_at),
  marginEarned: row.margin_earned === null ? null : Number(row.margin_earned),
  purchaseIntervalDays: row.interval_median_days,
  abandonedCheckoutAt: toInstantOrNull(row.abandoned_checkout_at),
  tierSince: toInstantOrNull(row.tier_since),
  scores: toScores(row),
  campaigns: row.campaigns.filter((code) => code.startsWith('+')).map((code) => code.slice(1)),
  campaignsEver: row.campaigns.map((code) => code.slice(1)),
  functions: new Map(functions.map(({ key }, i) => [key, row.answers[i + 1] ?? false])),
})

/** One row has all of them or none. */
function toScores({ recency, frequency, monetary, lifecycle, ...row }: Row): CustomerFacts['scores'] {
  const { rfm_group, abc_class, spend_percentile, predicted_spend_tier, expected_order_at } = row
  if (recency === null || frequency === null || monetary === null || rfm_group === null || lifecycle === null) return null
  if (abc_class === null || spend_percentile === null || predicted_spend_tier === null || expected_order_at === null) return null
  return {
    recency,
    frequency,
    monetary,
    rfmGroup: rfm_group,
    lifecycle,
    abcClass: abc_class,
    spendPercentile: spend_percentile,
    predictedSpendTier: predicted_spend_tier,
    predictedOrders: row.predicted_orders,
    predictedAmount: row.predicted_amount === null ? null : Number(row.predicted_amount),
    probabilityAlive: row.probability_alive,
    buyerKind: row.buyer_kind,
    expectedOrderAt: toInstant(expected_order_at),
  }
}

const statusOf = (granted: boolean | null): ConsentStatus => (granted === null ? 'NOT_SUBSCRIBED' : granted ? 'SUBSCRIBED' : 'UNSUBSCRIBED')
