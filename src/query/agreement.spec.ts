import { PGlite } from '@electric-sql/pglite'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Instant, instant } from '../kernel/clock.ts'
import type { Day } from '../kernel/zone.ts'
import { functions } from './catalogue.functions.ts'
import { attributes } from './catalogue.ts'
import type { CustomerFacts } from './facts.ts'
import { joined as joinedFragments, numbered, raw, type SqlFragment } from './fragment.ts'
import { functionKey } from './function-key.ts'
import { ANNIVERSARY_OPERATORS, OPERATORS, parameterOperators, type ValueType } from './operators.ts'
import { parseQuery } from './parse.ts'
import { toPredicate } from './predicate.ts'
import { printQuery } from './print.ts'
import { progressConditions } from './progress.ts'
import { isIn } from './range.ts'
import { resolveQuery } from './resolve.ts'
import type { ResolvedFunction, ResolvedParameter, ResolvedQuery } from './resolved.ts'
import { customerSource } from './source.ts'
import { toJoinedSql } from './sql.joined.ts'
import { functionClauses, toSql } from './sql.ts'
import type { CustomerQuery, DateValue, Operator, Parameter, Test, Value } from './tree.ts'

// One file, for the queries and the customers that they are asked of are made for each other.

const SHOP = 1
const AT = instant(Date.parse('2024-03-11T12:00:00Z'))
const ZONES = ['Asia/Shanghai', 'America/New_York', 'Pacific/Apia', 'UTC']

// --- queries -------------------------------------------------------------------------------------------------------

const TEXTS = ['a', 'A', 'b', "o'b\\c", '甲', 'gold', 'silver', 'CN', 'x.example', 'passives', 'passives/resistors', 'pass']
const text = fc.constantFrom(...TEXTS).map((of): Value => ({ kind: 'text', text: of }))
const integer = fc.constantFrom('0', '1', '2', '3', '007', '-1', '99999999999999999999').map((of): Value => ({ kind: 'integer', text: of }))
const decimal = fc
  .constantFrom('10.00', '33.333', '50.005', '0.1', '33.33', '-0.5', '1.50')
  .map((of): Value => ({ kind: 'decimal', text: of }))
const figure = fc.oneof(
  integer,
  decimal,
  fc.constantFrom('10', '50', '100').map((of): Value => ({ kind: 'integer', text: of })),
)
const truth = fc.boolean().map((value): Value => ({ kind: 'boolean', value }))
const date: fc.Arbitrary<DateValue> = fc.oneof(
  fc.constantFrom('2024-03-10', '2024-02-29', '2023-12-31', '2024-01-01', '2023-02-28').map((of) => ({ kind: 'day', text: of }) as const),
  fc.constantFrom('2024-03-10T02:30:00', '2024-01-01T00:00:00').map((of) => ({ kind: 'time', text: of }) as const),
  fc.constantFrom('today', 'yesterday', '30_days_ago', '12_months_ago').map((of) => ({ kind: 'named', text: of }) as const),
  fc.record({ kind: fc.constant('offset' as const), count: fc.integer({ min: -14, max: 3 }), unit: fc.constantFrom('d', 'w', 'm', 'y') }),
)
const quotedDate = fc.constantFrom('2024-03-10', '2024-01-01', 'today', '-30d').map((of): Value => ({ kind: 'text', text: of }))

function values(type: ValueType, words: readonly string[], op: Operator): fc.Arbitrary<Value> {
  switch (type) {
    case 'integer':
      return integer
    case 'amount':
    case 'average':
    case 'figure':
      return figure
    case 'date':
      return date
    case 'boolean':
      return truth
    case 'enum':
      return fc.constantFrom(...words).map((of): Value => ({ kind: 'text', text: of }))
    case 'free':
      return ['=', '!=', 'IN', 'NOT IN'].includes(op) ? fc.oneof(text, figure, truth, date, quotedDate) : fc.oneof(figure, date, quotedDate)
    default:
      return text
  }
}

function tests(type: ValueType, operators: readonly Operator[], words: readonly string[] = []): fc.Arbitrary<Test> {
  return fc.constantFrom(...operators).chain((op): fc.Arbitrary<Test> => {
    const value = values(type, words, op)
    if (op === 'IS NULL' || op === 'IS NOT NULL') return fc.constant({ op })
    if (op === 'IN' || op === 'NOT IN') return fc.array(value, { minLength: 1, maxLength: 3 }).map((of) => ({ op, values: of }))
    if (op !== 'BETWEEN') return value.map((of) => ({ op, value: of }))
    const spans = type === 'free' ? fc.oneof(fc.tuple(figure, figure), fc.tuple(date, quotedDate)) : fc.tuple(value, value)
    return spans.map(([low, high]) => ({ op, low, high }))
  })
}

const attributeClauses = fc
  .constantFrom(...attributes)
  .chain(({ name, ...column }) =>
    tests(column.type, OPERATORS[column.type], 'values' in column ? column.values : []).map(
      (of): CustomerQuery => ({ kind: 'attribute', attribute: name, test: of }),
    ),
  )
const freeClauses = fc
  .tuple(fc.constantFrom('word', 'figure', 'truth', 'day', 'ns.key', 'none', 'constructor'), tests('free', OPERATORS.free))
  .map(([name, of]): CustomerQuery => ({ kind: 'attribute', attribute: `attributes.${name}`, test: of }))
const functionClause = fc.constantFrom(...functions).chain((fn) =>
  fc.record({ names: fc.subarray(Object.keys(fn.parameters), { maxLength: 3 }), negated: fc.boolean() }).chain(({ names, negated }) => {
    const parameters = names.map((name): fc.Arbitrary<Parameter> => {
      const column = fn.parameters[name]
      const type = column?.type ?? 'text'
      return tests(type, parameterOperators(type), column && 'values' in column ? column.values : []).map((of) => ({ name, test: of }))
    })
    return fc.tuple(...parameters).map((of): CustomerQuery => ({ kind: 'function', name: fn.name, negated, parameters: of }))
  }),
)
const anniversaries = fc
  .tuple(fc.constantFrom('facts.birth_date', 'day'), tests('date', ANNIVERSARY_OPERATORS))
  .map(([attribute, of]): CustomerQuery => ({ kind: 'anniversary', attribute, test: of }))

const clauses = fc.oneof(
  { weight: 4, arbitrary: attributeClauses },
  { weight: 2, arbitrary: freeClauses },
  { weight: 2, arbitrary: functionClause },
  anniversaries,
)
const queries = fc.letrec<{ query: CustomerQuery }>((tie) => {
  const parts = fc.array(tie('query'), { minLength: 2, maxLength: 3 })
  return {
    query: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      { weight: 3, arbitrary: clauses },
      fc.record({ kind: fc.constantFrom('and' as const, 'or' as const), of: parts }),
      fc.record({ kind: fc.constant('not' as const), of: tie('query') }),
    ),
  }
}).query

// --- customers -----------------------------------------------------------------------------------------------------

type Line = { readonly sku: string; readonly quantity: number; readonly returned: number }
type Order = { readonly placedAt: Instant; readonly counted: boolean; readonly total: number; readonly lines: readonly Line[] }
type Coupon = {
  readonly offer: number
  readonly issuedAt: Instant
  readonly validUntil: Instant | null
  readonly revoked: boolean
  readonly use: 'NONE' | 'COMMITTED' | 'HELD' | 'OVER' | 'GIVEN_BACK'
}
type Cart = { readonly reservedAt: Instant; readonly became: 'EXPIRED' | 'OVER' | 'HELD' | 'COMMITTED' | 'RELEASED' }
/** An email, or something like it, and what became of it. */
type Mail = {
  readonly campaign: string | null
  readonly template: string
  readonly channel: 'EMAIL' | 'SMS'
  readonly status: 'QUEUED' | 'SENT' | 'DELIVERED' | 'BOUNCED'
  readonly at: Instant
  readonly events: readonly { readonly kind: 'OPENED' | 'CLICKED' | 'UNSUBSCRIBED'; readonly at: Instant }[]
}
type Membership = {
  readonly campaign: number
  readonly treated: boolean
  readonly left: boolean
  readonly joinedAt: Instant
  readonly seen: readonly Seen[]
}
/** Something of a campaign that reached somebody, or did not. */
type Seen = { readonly at: Instant; readonly how: 'EMAIL' | 'SMS' | 'ON_SITE'; readonly reached: boolean }
type Customer = {
  readonly facts: Omit<CustomerFacts, 'functions'>
  /** Of mail, and of which address it is known that nobody is there. */
  readonly said: 'SUBSCRIBED' | 'UNSUBSCRIBED' | 'NOT_SUBSCRIBED'
  readonly deadEmail: string | null
  readonly hasStatistics: boolean
  readonly orders: readonly Order[]
  readonly coupons: readonly Coupon[]
  readonly carts: readonly Cart[]
  readonly memberships: readonly Membership[]
  readonly mails: readonly Mail[]
  readonly own: number | null
  readonly companyNo: number | null
}

const TIERS = [
  { code: 'silver', rank: 1 },
  { code: 'gold', rank: 2 },
]
/** Since when companies have their tiers; before it they had none. */
const COMPANY_SINCE = instant(Date.parse('2025-02-01T00:00:00Z'))
const COMPANIES = [
  { name: 'a', industry: 'b', certified: true, tier: 1 },
  { name: 'b', industry: null, certified: false, tier: 0 },
]
const PRODUCTS = [
  { sku: 'a', brand: 'A', categories: ['passives/resistors'], tags: ['Gold'] },
  { sku: 'b', brand: null, categories: ['passives', 'b'], tags: [] },
  { sku: 'A', brand: 'b', categories: ['passivesx'], tags: ['甲', 'b'] },
]
/** A day that is still to come when this is run; all others are over. */
const LATER = instant(Date.UTC(2199, 0))
const OFFERS = [
  { code: 'A', validUntil: null },
  { code: 'gold', validUntil: instant(Date.parse('2024-03-10T16:00:00Z')) },
  { code: '甲', validUntil: LATER },
]
const CAMPAIGNS = [
  { code: 'a', status: 'RUNNING', endsAt: null, attributionDays: 1 },
  { code: 'A', status: 'PAUSED', endsAt: LATER, attributionDays: 365 },
  { code: 'b', status: 'RUNNING', endsAt: AT, attributionDays: 14 },
  { code: '甲', status: 'FINISHED', endsAt: null, attributionDays: 90 },
  { code: 'gold', status: 'CANCELLED', endsAt: null, attributionDays: 14 },
]
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null })
const moments = fc.constantFrom(
  ...[
    '2024-03-10T15:59:59.999Z',
    '2024-03-10T16:00:00Z',
    '2024-03-10T07:30:00Z',
    '2024-03-10T05:00:00Z',
    '2024-02-29T12:00:00Z',
    '2023-03-11T00:00:00Z',
    '2023-12-31T16:00:00Z',
    '2024-03-11T12:00:00Z',
  ].map((of) => instant(Date.parse(of))),
)
const line = fc.record({
  sku: fc.constantFrom('a', 'b', 'A', 'gone'),
  quantity: fc.integer({ min: 1, max: 3 }),
  returned: fc.integer({ min: 0, max: 1 }),
})
const order = fc.record({
  placedAt: moments,
  counted: fc.boolean(),
  total: fc.constantFrom(0, 10, 3333, 5000, 5001, 10000),
  lines: fc.array(line, { maxLength: 3 }),
})
const coupon: fc.Arbitrary<Coupon> = fc.record({
  offer: fc.nat({ max: OFFERS.length - 1 }),
  issuedAt: moments,
  validUntil: maybe(fc.oneof(moments, fc.constant(LATER))),
  revoked: fc.boolean(),
  use: fc.constantFrom('NONE', 'COMMITTED', 'HELD', 'OVER', 'GIVEN_BACK'),
})
const cart: fc.Arbitrary<Cart> = fc.record({
  reservedAt: moments,
  became: fc.constantFrom('EXPIRED', 'OVER', 'HELD', 'COMMITTED', 'RELEASED'),
})
const membership: fc.Arbitrary<Membership> = fc.record({
  campaign: fc.nat({ max: CAMPAIGNS.length - 1 }),
  treated: fc.boolean(),
  left: fc.boolean(),
  joinedAt: moments,
  seen: fc.array(fc.record({ at: moments, how: fc.constantFrom('EMAIL', 'SMS', 'ON_SITE'), reached: fc.boolean() }), { maxLength: 3 }),
})
const mail: fc.Arbitrary<Mail> = fc.record({
  campaign: maybe(fc.constantFrom('a', '甲')),
  template: fc.constantFrom('a', 'b', 'gold'),
  channel: fc.constantFrom('EMAIL', 'EMAIL', 'SMS'),
  status: fc.constantFrom('QUEUED', 'SENT', 'DELIVERED', 'BOUNCED'),
  at: moments,
  events: fc.array(fc.record({ kind: fc.constantFrom('OPENED', 'CLICKED', 'UNSUBSCRIBED'), at: moments }), { maxLength: 3 }),
})
const shopAttributes = fc.record(
  {
    word: fc.constantFrom<unknown>('a', 'A', 'today', "o'b\\c", 5, null, ['a']),
    figure: fc.constantFrom<unknown>(0, 1.5, 33.333, 0.1, 1e21, -0.5, '1', true),
    truth: fc.constantFrom<unknown>(true, false, 'true'),
    day: fc.constantFrom<unknown>(
      '2024-03-10',
      '2024-03-10T02:30:00',
      '2024-02-29',
      '2024-02-30',
      '2024-03-10T02:30:00Z',
      '2024-03-10T02:30:00.123456+14:00',
      '0000-01-01',
      '1999-12-31',
    ),
    'facts.birth_date': fc.constantFrom<unknown>('1992-02-29', '1991-03-11', 'unknown'),
    'ns.key': fc.constantFrom<unknown>('a', 10, '2024-01-01'),
  },
  { requiredKeys: [] },
)
const statuses = fc.constantFrom('SUBSCRIBED' as const, 'UNSUBSCRIBED' as const, 'NOT_SUBSCRIBED' as const)
const customers: fc.Arbitrary<Customer> = fc
  .record({
    kind: fc.constantFrom('INDIVIDUAL', 'ENTERPRISE'),
    role: maybe(fc.constantFrom('PURCHASER', 'ENGINEER')),
    purpose: maybe(fc.constantFrom('RESALE', 'OWN_USE')),
    gender: maybe(fc.constantFrom('FEMALE', 'OTHER')),
    birthDate: maybe(fc.constantFrom('1996-02-29', '1990-03-11', '1980-12-31', '2001-02-28').map((of) => of as Day)),
    email: maybe(fc.constantFrom('a@X.Example', 'b@a', 'nobody', '甲@甲')),
    industry: maybe(fc.constantFrom('a', 'b')),
    language: maybe(fc.constantFrom('a', 'A', '')),
    country: maybe(fc.constantFrom('CN', 'b')),
    region: maybe(fc.constantFrom('a')),
    city: maybe(fc.constantFrom('甲', 'a')),
    source: maybe(fc.constantFrom('a')),
    registeredAt: moments,
    tags: fc.subarray(['Gold', 'b', '甲', 'other']),
    attributes: shopAttributes,
    emailStatus: statuses,
    /** Mail to their address came back, whatever they had said; or it was another address. */
    deadEmail: fc.constantFrom('a@x.example', '甲@甲', 'gone@a', null),
    smsStatus: statuses,
    numberOfOrders: fc.integer({ min: 0, max: 3 }),
    amountSpent: fc.constantFrom(0, 999, 1000, 3333, 5000, 5001, 9999, 10_000),
    firstOrderAt: moments,
    lastOrderAt: moments,
    marginEarned: maybe(fc.constantFrom(-1, 0, 999, 5_000)),
    purchaseIntervalDays: maybe(fc.constantFrom(0, 0.1, 2, 33.333, 50.005)),
    scores: maybe(
      fc.record({
        recency: fc.integer({ min: 1, max: 5 }),
        frequency: fc.integer({ min: 1, max: 3 }),
        monetary: fc.integer({ min: 1, max: 2 }),
        rfmGroup: fc.constantFrom('CHAMPIONS', 'AT_RISK', '重要价值'),
        lifecycle: fc.constantFrom('NEW', 'CHURNED'),
        abcClass: fc.constantFrom('A', 'C'),
        spendPercentile: fc.constantFrom(0, 2, 10, 100),
        predictedSpendTier: fc.constantFrom('HIGH', 'LOW'),
        predictedOrders: maybe(fc.constantFrom(0, 0.1, 2, 33.333)),
        predictedAmount: maybe(fc.constantFrom(0, 3333, 5000)),
        probabilityAlive: maybe(fc.constantFrom(0, 0.1, 1)),
        buyerKind: maybe(fc.constantFrom('CROSS_CATEGORY')),
        expectedOrderAt: moments,
      }),
    ),
    tierSince: moments,
    orders: fc.array(order, { maxLength: 4 }),
    coupons: fc.array(coupon, { maxLength: 3 }),
    carts: fc.array(cart, { maxLength: 3 }),
    memberships: fc.uniqueArray(membership, { maxLength: 3, selector: ({ campaign }) => campaign }),
    mails: fc.array(mail, { maxLength: 3 }),
    own: maybe(fc.constantFrom(0, 1)),
    companyNo: maybe(fc.constantFrom(0, 1)),
    hasStatistics: fc.boolean(),
  })
  .map(({ orders, coupons, carts, memberships, mails, own, companyNo, hasStatistics, ...rest }) => {
    const none = !hasStatistics || rest.numberOfOrders === 0
    const company = companyNo === null ? null : (COMPANIES[companyNo] ?? null)
    const best = Math.max(own ?? -1, company?.tier ?? -1)
    const statistics = none
      ? {
          numberOfOrders: 0,
          amountSpent: 0,
          largestOrderAmount: null,
          firstOrderAt: null,
          lastOrderAt: null,
          marginEarned: null,
          purchaseIntervalDays: null,
          scores: null,
        }
      : { largestOrderAmount: rest.amountSpent }
    const { emailStatus: said, deadEmail, ...known } = rest
    const isDead = deadEmail !== null && known.email?.toLowerCase() === deadEmail && said !== 'UNSUBSCRIBED'
    return {
      said,
      deadEmail,
      facts: {
        ...known,
        emailStatus: isDead ? ('INVALID' as const) : said,
        company,
        tierCode: TIERS[best]?.code ?? null,
        abandonedCheckoutAt: abandonedAt(carts, orders),
        tierSince: best < 0 ? null : best === own ? rest.tierSince : COMPANY_SINCE,
        ...statistics,
        campaigns: memberships.filter(takesPart).map(codeOf),
        campaignsEver: memberships.filter(tookPart).map(codeOf),
      },
      orders,
      coupons,
      carts,
      memberships,
      mails,
      own,
      companyNo,
      hasStatistics,
    }
  })

/** The last cart that ran out, unless they bought since or are about to. */
function abandonedAt(carts: readonly Cart[], orders: readonly Order[]): Instant | null {
  const lost = carts.filter(({ became }) => became === 'EXPIRED' || became === 'OVER').map(({ reservedAt }) => reservedAt)
  const last = lost.sort((a, b) => b - a)[0] ?? null
  if (last === null || orders.some(({ placedAt, counted }) => counted && placedAt >= last)) return null
  return carts.some(({ reservedAt, became }) => reservedAt > last && (became === 'HELD' || became === 'COMMITTED')) ? null : last
}

const campaignOf = ({ campaign }: Membership) => CAMPAIGNS[campaign] ?? { code: '', status: '', endsAt: null, attributionDays: 0 }
const codeOf = (of: Membership) => campaignOf(of).code
const takesPart = (of: Membership) => of.treated && !of.left && ['a', 'A'].includes(codeOf(of))
const tookPart = (of: Membership) => of.treated && codeOf(of) !== 'gold'

// --- the database --------------------------------------------------------------------------------------------------

let db: PGlite
beforeAll(async () => {
  db = await PGlite.create()
  await db.exec(`
    create table tier (shop_id integer, id uuid, code text, rank integer);
    create table company (shop_id integer, id uuid, name text, industry text, certified boolean, tier_id uuid);
    create table customer (shop_id integer, id uuid, kind text, role text, company_id uuid, industry text, purpose text, gender text, birth_date date, email text,
      language text, country text, region text, city text, source text, attributes jsonb not null, registered_at timestamptz, tier_id uuid, tier_since timestamptz);
    create table tier_history (shop_id integer, holder text, holder_id uuid, since timestamptz, tier_id uuid, pin_tier_id uuid);
    create table customer_tag (shop_id integer, customer_id uuid, tag text, tag_key text);
    create table dead_address (shop_id integer, customer_id uuid, channel text, address text);
    create table customer_consent_current (shop_id integer, customer_id uuid, channel text, granted boolean);
    create table customer_statistics (shop_id integer, customer_id uuid, number_of_orders integer, amount_spent bigint, largest_order_amount bigint,
      first_order_at timestamptz, last_order_at timestamptz, margin_earned bigint, interval_median_days double precision);
    create table customer_score (shop_id integer, customer_id uuid, recency integer, frequency integer, monetary integer, rfm_group text, lifecycle text,
      abc_class text, spend_percentile integer, predicted_spend_tier text, predicted_orders double precision,
      predicted_amount bigint, probability_alive double precision, buyer_kind text, expected_order_at timestamptz);
    create table shop_order (shop_id integer, id uuid, customer_id uuid, placed_at timestamptz, status text, counted boolean, total bigint);
    create table order_line (shop_id integer, order_id uuid, line_id text, sku text, quantity integer, returned_quantity integer, total bigint);
    create table rule (shop_id integer, id uuid, code text, code_key text);
    create table rule_version (shop_id integer, rule_id uuid, state text, terms jsonb);
    create table coupon (shop_id integer, id uuid, rule_id uuid, customer_id uuid, issued_at timestamptz, valid_until timestamptz, revoked_at timestamptz);
    create table offer_use (shop_id integer, coupon_id uuid, reservation_id uuid, given_back_at timestamptz);
    create table reservation (shop_id integer, id uuid, customer_id uuid, status text, reserved_at timestamptz, expires_at timestamptz);
    create table campaign (shop_id integer, id uuid, code text, status text, ends_at timestamptz, attribution_days integer);
    create table campaign_member (shop_id integer, campaign_id uuid, customer_id uuid, treated boolean, joined_at timestamptz, left_at timestamptz);
    create table exposure (shop_id integer, campaign_id uuid, customer_id uuid, status text, decided_at timestamptz, due_at timestamptz, channel text);
    create table campaign_event (shop_id integer, campaign_id uuid, customer_id uuid, kind text, at timestamptz);
    create table message (shop_id integer, id uuid, customer_id uuid, channel text, campaign_code text, template_code text, status text,
      queued_at timestamptz, sent_at timestamptz);
    create table message_event (shop_id integer, message_id uuid, kind text, at timestamptz);
    create table product (shop_id integer, sku text, brand text, categories text[], tags text[], tag_keys text[]);`)
})
afterAll(() => db.close())

const uuid = (no: number) => `00000000-0000-4000-8000-${String(no).padStart(12, '0')}`
const iso = (at: number | null) => at && new Date(at).toISOString()
const ask = async (fragment: SqlFragment, before: string, after = '') => {
  const { text: condition, params } = numbered(fragment)
  return (await db.query<Record<string, unknown>>(`${before}${condition}${after}`, [...params])).rows
}

/** Two shops of the same people, of whom the second must not be seen; its people have bought everything. */
async function settle(people: readonly Customer[]): Promise<void> {
  const put = async (table: string, rows: readonly object[]) => {
    await db.query(`insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1::text::jsonb)`, [JSON.stringify(rows)])
  }
  await db.exec(
    'truncate tier, tier_history, company, customer, customer_tag, customer_consent_current, dead_address, customer_statistics, customer_score, shop_order, order_line, product, rule, rule_version, coupon, offer_use, reservation, campaign, campaign_member, exposure, campaign_event, message, message_event',
  )
  for (const shop_id of [SHOP, 2]) {
    await put(
      'tier',
      TIERS.map((tier, no) => ({ shop_id, id: uuid(no), ...tier })),
    )
    await put(
      'company',
      COMPANIES.map((company, no) => ({ shop_id, id: uuid(no), ...company, tier_id: uuid(company.tier) })),
    )
    await put(
      'tier_history',
      COMPANIES.flatMap((company, no) => [
        { shop_id, holder: 'COMPANY', holder_id: uuid(no), since: iso(COMPANY_SINCE - 1), tier_id: null, pin_tier_id: null },
        { shop_id, holder: 'COMPANY', holder_id: uuid(no), since: iso(COMPANY_SINCE), tier_id: null, pin_tier_id: uuid(company.tier) },
      ]),
    )
    await put(
      'product',
      PRODUCTS.map((product) => ({
        shop_id,
        ...product,
        tag_keys: product.tags.map((tag) => tag.toLowerCase()),
        ...(shop_id === SHOP ? {} : { brand: 'gold' }),
      })),
    )
    await put(
      'customer',
      people.map(({ facts, own, companyNo }, no) => ({
        ...facts,
        shop_id,
        id: uuid(no),
        company_id: companyNo === null ? null : uuid(companyNo),
        birth_date: facts.birthDate,
        registered_at: iso(facts.registeredAt),
        tier_id: own === null ? null : uuid(own),
        tier_since: iso(facts.tierSince ?? AT),
      })),
    )
    await put(
      'customer_tag',
      people.flatMap(({ facts }, no) =>
        (shop_id === SHOP ? facts.tags : ['Gold', 'a']).map((tag) => ({ shop_id, customer_id: uuid(no), tag, tag_key: tag.toLowerCase() })),
      ),
    )
    await put(
      'customer_consent_current',
      people.flatMap(({ facts, said }, no) =>
        [
          ['EMAIL', said],
          ['SMS', facts.smsStatus],
        ].flatMap(([channel, status]) =>
          status === 'NOT_SUBSCRIBED' ? [] : [{ shop_id, customer_id: uuid(no), channel, granted: status === 'SUBSCRIBED' }],
        ),
      ),
    )
    await put(
      'dead_address',
      people.flatMap(({ deadEmail }, no) =>
        deadEmail === null || shop_id !== SHOP ? [] : [{ shop_id, customer_id: uuid(no), channel: 'EMAIL', address: deadEmail }],
      ),
    )
    await put(
      'customer_statistics',
      people.flatMap(({ facts, hasStatistics }, no) =>
        hasStatistics
          ? [
              {
                shop_id,
                customer_id: uuid(no),
                number_of_orders: facts.numberOfOrders,
                amount_spent: facts.amountSpent,
                largest_order_amount: facts.largestOrderAmount,
                first_order_at: iso(facts.firstOrderAt),
                last_order_at: iso(facts.lastOrderAt),
                margin_earned: facts.marginEarned,
                interval_median_days: facts.purchaseIntervalDays,
              },
            ]
          : [],
      ),
    )
    await put(
      'customer_score',
      people.flatMap(({ facts: { scores } }, no) =>
        scores === null
          ? []
          : [
              {
                shop_id,
                customer_id: uuid(no),
                recency: scores.recency,
                frequency: scores.frequency,
                monetary: scores.monetary,
                rfm_group: scores.rfmGroup,
                lifecycle: scores.lifecycle,
                abc_class: scores.abcClass,
                spend_percentile: scores.spendPercentile,
                predicted_spend_tier: scores.predictedSpendTier,
                predicted_orders: scores.predictedOrders,
                predicted_amount: scores.predictedAmount,
                probability_alive: scores.probabilityAlive,
                buyer_kind: scores.buyerKind,
                expected_order_at: iso(scores.expectedOrderAt),
              },
            ],
      ),
    )
    const orders = people.flatMap((person, no) => person.orders.map((of, i) => ({ ...of, no, id: uuid(no * 100 + i) })))
    await put(
      'shop_order',
      orders.map(({ id, no, placedAt, counted, total }) => ({
        shop_id,
        id,
        customer_id: uuid(no),
        placed_at: iso(placedAt),
        status: counted ? 'PAID' : 'CANCELLED',
        counted: counted || shop_id !== SHOP,
        total,
      })),
    )
    await put(
      'order_line',
      orders.flatMap(({ id, lines }) =>
        lines.map(({ sku, quantity, returned }, i) => ({
          shop_id,
          order_id: id,
          line_id: String(i),
          sku: shop_id === SHOP ? sku : 'a',
          quantity,
          returned_quantity: returned,
          total: 0,
        })),
      ),
    )
    await put(
      'rule',
      OFFERS.map(({ code }, no) => ({ shop_id, id: uuid(no), code, code_key: code.toLowerCase() })),
    )
    await put(
      'rule_version',
      OFFERS.map(({ validUntil }, no) => ({ shop_id, rule_id: uuid(no), state: 'PUBLISHED', terms: { validUntil } })),
    )
    const coupons = people.flatMap((person, no) => person.coupons.map((of, i) => ({ ...of, no, id: uuid(no * 100 + i) })))
    await put(
      'coupon',
      coupons.map(({ id, no, offer, issuedAt, validUntil, revoked }) => ({
        shop_id,
        id,
        rule_id: uuid(shop_id === SHOP ? offer : 0),
        customer_id: uuid(no),
        issued_at: iso(issuedAt),
        valid_until: iso(validUntil),
        revoked_at: revoked ? iso(AT) : null,
      })),
    )
    const used = coupons.filter(({ use }) => use !== 'NONE')
    await put(
      'offer_use',
      used.map(({ id, use }) => ({ shop_id, coupon_id: id, reservation_id: id, given_back_at: use === 'GIVEN_BACK' ? iso(AT) : null })),
    )
    await put(
      'reservation',
      used.map(({ id, use }) => ({
        shop_id,
        id,
        status: use === 'COMMITTED' ? 'COMMITTED' : use === 'GIVEN_BACK' ? 'RELEASED' : 'HELD',
        expires_at: iso(use === 'HELD' ? LATER : AT),
      })),
    )
    await put(
      'reservation',
      people.flatMap(({ carts }, no) =>
        carts.map(({ reservedAt, became }, i) => ({
          shop_id,
          id: uuid(no * 100 + 50 + i),
          customer_id: uuid(no),
          status: became === 'OVER' ? 'HELD' : shop_id === SHOP ? became : 'EXPIRED',
          reserved_at: iso(reservedAt),
          expires_at: iso(became === 'HELD' ? LATER : AT),
        })),
      ),
    )
    await put(
      'campaign',
      CAMPAIGNS.map(({ code, status, endsAt, attributionDays }, no) => ({
        shop_id,
        id: uuid(no),
        code: shop_id === SHOP ? code : 'b',
        status: shop_id === SHOP ? status : 'RUNNING',
        ends_at: shop_id === SHOP ? iso(endsAt) : null,
        attribution_days: attributionDays,
      })),
    )
    const members = people.flatMap(({ memberships }, no) =>
      memberships.map((of) => ({ ...of, ids: { shop_id, campaign_id: uuid(of.campaign), customer_id: uuid(no) } })),
    )
    await put(
      'campaign_member',
      members.map(({ ids, treated, left, joinedAt }) => ({ ...ids, treated, joined_at: iso(joinedAt), left_at: left ? iso(AT) : null })),
    )
    const seen = members.flatMap(({ ids, seen: all }) => all.map((of) => ({ ...of, ids })))
    await put(
      'exposure',
      seen.flatMap(({ ids, at, how, reached }) =>
        how === 'ON_SITE' ? [] : [{ ...ids, status: reached ? 'SENT' : 'DROPPED', decided_at: iso(at), channel: how }],
      ),
    )
    await put(
      'campaign_event',
      seen.flatMap(({ ids, at, how, reached }) => (how === 'ON_SITE' ? [{ ...ids, kind: reached ? 'SEEN' : 'CLICKED', at: iso(at) }] : [])),
    )
    const mails = people.flatMap((person, no) => person.mails.map((of, i) => ({ ...of, no, id: uuid(no * 100 + i) })))
    await put(
      'message',
      mails.map(({ id, no, channel, campaign, template, status, at }) => ({
        shop_id,
        id,
        customer_id: uuid(no),
        channel,
        campaign_code: shop_id === SHOP ? campaign : 'b',
        template_code: template,
        status: shop_id === SHOP ? status : 'SENT',
        queued_at: iso(at),
        sent_at: status === 'BOUNCED' ? null : iso(at),
      })),
    )
    await put(
      'message_event',
      mails.flatMap(({ id, events }) => events.map(({ kind, at }) => ({ shop_id, message_id: id, kind, at: iso(at) }))),
    )
  }
  // So that it is known how few rows these are: nobody plans for thousands.
  await db.exec('analyze')
}

// --- what a function means, said a third time and as plainly as can be ---------------------------------------------

type Row = Readonly<Record<string, number | readonly string[]>>

function couponRow({ offer, issuedAt, validUntil, revoked, use }: Coupon): Row {
  const { code = '', validUntil: offerUntil = null } = OFFERS[offer] ?? {}
  const until = [validUntil, offerUntil].filter((at) => at !== null).sort((a, b) => a - b)[0]
  const free = until !== undefined && until < LATER ? 'EXPIRED' : 'AVAILABLE'
  const status = use === 'COMMITTED' ? 'USED' : revoked ? 'REVOKED' : use === 'HELD' ? 'HELD' : free
  return { offer: [code.toLowerCase()], status: [status], issued: issuedAt, ...(until === undefined ? {} : { expires: until }) }
}

/** What an email that was `what` is a row of; `of` tells emails apart, as they are counted and not what happened to them. */
const mailRows = (mails: readonly Mail[], what: string): readonly Row[] =>
  mails.flatMap((one, of): readonly Row[] => {
    if (one.channel !== 'EMAIL') return []
    const row = { activity_id: one.campaign === null ? [one.template] : [one.template, one.campaign], of }
    if (what === 'delivered') return ['SENT', 'DELIVERED'].includes(one.status) ? [{ ...row, date: one.at }] : []
    if (what === 'bounced') return one.status === 'BOUNCED' ? [{ ...row, date: one.at }] : []
    return one.events.filter(({ kind }) => kind === what.toUpperCase()).map(({ at }) => ({ ...row, date: at }))
  })

function rowsOf({ orders, coupons, memberships, mails }: Customer, name: string): readonly Row[] {
  if (name.startsWith('shopify_email.')) return mailRows(mails, name.slice('shopify_email.'.length))
  if (name === 'coupons_owned') return coupons.map(couponRow)
  const counted = orders.filter((of) => of.counted)
  if (name === 'campaign_exposure')
    return memberships.flatMap((of) =>
      of.seen.filter(({ reached }) => reached).map(({ at, how }) => ({ campaign: [codeOf(of)], channel: [how], date: at })),
    )
  if (name === 'campaign_conversion')
    return memberships.flatMap((of) => {
      const until = of.joinedAt + campaignOf(of).attributionDays * 86_400_000
      const within = counted.filter(({ placedAt }) => of.treated && placedAt >= of.joinedAt && placedAt < until)
      return within.map(({ placedAt }) => ({ campaign: [codeOf(of)], date: placedAt }))
    })
  if (name === 'orders_placed') return counted.map(({ placedAt, total }) => ({ date: placedAt, amount: total }))
  return counted.flatMap(({ placedAt, lines }) =>
    lines
      .filter(({ quantity, returned }) => quantity > returned)
      .map(({ sku, quantity, returned }): Row => {
        const product = PRODUCTS.find((of) => of.sku === sku)
        const above = (path: string) => path.split('/').map((_, i, all) => all.slice(0, i + 1).join('/'))
        return {
          id: [sku],
          sku: [sku],
          date: placedAt,
          quantity: quantity - returned,
          brand: product?.brand ? [product.brand] : [],
          tag: (product?.tags ?? []).map((tag) => tag.toLowerCase()),
          category: (product?.categories ?? []).flatMap(above),
        }
      }),
  )
}

function isSo(value: number | readonly string[] | undefined, { test: of, negated }: ResolvedParameter): boolean {
  if (of.kind === 'ranges') return of.ranges.some((range) => typeof value === 'number' && isIn(value, range)) !== negated
  return (of.kind === 'texts' && Array.isArray(value) && value.some((one) => of.texts.includes(one))) !== negated
}

function plainly(customer: Customer, clause: ResolvedFunction): boolean {
  const left = rowsOf(customer, clause.name).filter((row) => clause.rows.every((parameter) => isSo(row[parameter.name], parameter)))
  const sum = (of: string) => left.reduce((all, row) => all + Number(row[of]), 0)
  const many = clause.name.startsWith('shopify_email.') ? new Set(left.map(({ of }) => of)).size : left.length
  const totals: Record<string, number> = { count: many, sum_amount: sum('amount'), sum_quantity: sum('quantity') }
  return left.length > 0 && clause.totals.every((parameter) => isSo(totals[parameter.name], parameter))
}

const functionsIn = (query: ResolvedQuery): readonly ResolvedFunction[] =>
  query.kind === 'function'
    ? [query]
    : query.kind === 'not'
      ? functionsIn(query.of)
      : query.kind === 'and' || query.kind === 'or'
        ? query.of.flatMap(functionsIn)
        : []

const factsOf = (customer: Customer, query: ResolvedQuery): CustomerFacts => ({
  ...customer.facts,
  functions: new Map(functionsIn(query).map((clause) => [functionKey(clause), plainly(customer, clause)])),
})

// --- claims --------------------------------------------------------------------------------------------------------

const asking = fc.record({ at: fc.constant(AT), timeZone: fc.constantFrom(...ZONES), currencyDigits: fc.constantFrom(0, 2) })

test('a printed query, read again, is the same query, also by way of JSON', () => {
  fc.assert(
    fc.property(queries, (query) => {
      expect(parseQuery(printQuery(query))).toEqual({ ok: true, value: query })
      expect(JSON.parse(JSON.stringify(query))).toEqual(query)
    }),
    { numRuns: 500 },
  )
})

test('NOT is the exact complement', () => {
  fc.assert(
    fc.property(queries, asking, fc.array(customers, { minLength: 1, maxLength: 5 }), (query, how, people) => {
      const [is, isNot] = [resolveQuery(query, how), resolveQuery({ kind: 'not', of: query }, how)]
      for (const customer of people) {
        expect(toPredicate(isNot)(factsOf(customer, isNot))).toBe(!toPredicate(is)(factsOf(customer, is)))
      }
    }),
    { numRuns: 300 },
  )
})

/** Rare among all queries, and the calendar's own trap: who was born on a 29 February. */
const ANNIVERSARIES = ['2023-02-28', '2024-02-28', '2024-02-29', '2023-03-01'].map((day): CustomerQuery => {
  const parsed = parseQuery(`anniversary('metafields.facts.birth_date') = ${day}`)
  if (!parsed.ok) throw new Error('not read')
  return parsed.value
})

test('SQL and predicate name the same customers, and each function clause has the same answer for one as for all', async () => {
  const people = fc.sample(customers, { numRuns: 60, seed: 20_240_311 })
  await settle(people)
  await fc.assert(
    fc.asyncProperty(queries, asking, async (query, how) => {
      const resolved = resolveQuery(query, how)
      const isIn = toPredicate(resolved)
      const expected = people.flatMap((customer, no) => (isIn(factsOf(customer, resolved)) ? [uuid(no)] : []))
      const from = ` from ${customerSource.strings[0]} where c.shop_id = ${SHOP}`
      const chosen = await ask(toSql(resolved, SHOP), `select c.id${from} and `, ' order by c.id')
      expect(chosen.map(({ id }) => id)).toEqual(expected)
      const ofFew = await ask(toSql(resolved, SHOP, { ofFew: true }), `select c.id${from} and `, ' order by c.id')
      expect(ofFew.map(({ id }) => id)).toEqual(expected)
      const told = await ask(toSql(resolved, SHOP), 'select c.id, (', `) as held${from} order by c.id`)
      expect(told.map(({ held }) => held)).toEqual(people.map((_, no) => expected.includes(uuid(no))))
      const { conditions, joins } = toJoinedSql([resolved, resolved], SHOP)
      const everybody = joinedFragments([customerSource, joins, raw(`where c.shop_id = ${SHOP} and`), conditions[1] ?? raw('false')], ' ')
      expect((await ask(everybody, 'select c.id from ', ' order by c.id')).map(({ id }) => id)).toEqual(expected)
    }),
    { numRuns: 400, examples: ANNIVERSARIES.map((query) => [query, { at: AT, timeZone: 'UTC', currencyDigits: 2 }]) },
  )
})

test('one round answers the function clauses of one customer', async () => {
  const people = fc.sample(customers, { numRuns: 12, seed: 3 })
  await settle(people)
  await fc.assert(
    fc.asyncProperty(functionClause, asking, async (query, how) => {
      const resolved = resolveQuery(query, how)
      for (const [no, customer] of people.entries()) {
        const expected = factsOf(customer, resolved).functions
        for (const { key, exists } of functionClauses(resolved, { shopId: SHOP, customerId: uuid(no) })) {
          expect((await ask(exists, 'select ', ' as held'))[0]?.held).toBe(expected.get(key))
        }
      }
    }),
    { numRuns: 60 },
  )
})

test('the way to a tier is told in figures', async () => {
  const line = { sku: 'a', quantity: 1, returned: 0 }
  const bought = (total: number, counted = true): Order => ({ placedAt: AT, counted, total, lines: [line] })
  const [someone] = fc.sample(customers, { numRuns: 1, seed: 1 })
  if (!someone) throw new Error('nobody')
  await settle([{ ...someone, orders: [bought(5_000), bought(2_000), bought(9_000, false)] }])
  const parsed = parseQuery(
    "orders_placed MATCHES (date >= -365d, sum_amount >= 100, count > 3) AND amount_spent >= 2000 AND customer_tags CONTAINS 'x'",
  )
  if (!parsed.ok) throw new Error('not read')
  const conditions = progressConditions(resolveQuery(parsed.value, { at: AT, timeZone: 'UTC', currencyDigits: 2 }))
  const has = await Promise.all(
    conditions.map(async (condition) => {
      if (condition.has.from === 'facts') return condition.has.of({ ...someone.facts, amountSpent: 700, functions: new Map() })
      return Number((await ask(condition.has.select({ shopId: SHOP, customerId: uuid(0) }), 'select ', ' as has'))[0]?.has)
    }),
  )
  expect(conditions.map(({ attribute, isAmount, needs }, i) => [attribute, isAmount, has[i], needs])).toEqual([
    ['orders_placed.count', false, 2, 4],
    ['orders_placed.sum_amount', true, 7_000, 10_000],
    ['amount_spent', true, 700, 200_000],
  ])
})
