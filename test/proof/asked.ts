import { readFile } from 'node:fs/promises'
import { importOrders } from '../../src/imports/import.service.ts'
import { readMapping } from '../../src/imports/mapping.rules.ts'
import type { TestShop } from '../harness/shop.ts'
import type { Figure } from './recomputed.ts'

/** As of when the shop is looked at; online-retail.sql says the same. London is at winter time. */
export const AS_OF = new Date('2011-12-10T00:00:00Z')
const TODAY = '2011-12-10'

export type Asked = {
  readonly figures: ReadonlyMap<string, Figure>
  readonly customers: ReadonlyMap<string, readonly [standing: string, m: number, q: number]>
}

/** Takes the file into the shop as the guide to a first shop does. */
export async function takeIn(shop: TestShop, path: string): Promise<void> {
  const mapping = readMapping(JSON.parse(await readFile('docs/guides/mappings/online-retail.json', 'utf8')))
  if (!mapping.ok) throw new Error(mapping.problem.message)
  const file = { path, mapping: mapping.value, encoding: null }
  const done = await importOrders(shop.app.database, shop.world(AS_OF), file, { dryRun: false, rejectsPath: null })
  if (!done.ok) throw new Error(done.problem.message)
  if (done.value.rejectedRows > 0) throw new Error(`${done.value.rejectedRows} rows were rejected`)
}

type Entry = readonly [key: string, value: number]
type Counted = { readonly customers: number }
const FIGURE = '{ number amount }'

/** All that is recomputed, asked of the admin API. `shopRhythm`: for whom the shop's one rhythm is to hold for everybody. */
export async function askAll(shop: TestShop, shopRhythm: { medianDays: number; p90Days: number }): Promise<Asked> {
  const figures = new Map<string, readonly Entry[]>([...(await distributions(shop)), ...(await profit(shop)), ...(await programme(shop))])
  const own = await everybody(shop)
  const sizes = await lifecycles(shop)
  await shop.admin(
    'mutation ($medianDays: Float!, $p90Days: Float!) { saveRhythm(medianDays: $medianDays, p90Days: $p90Days) { p90Days } }',
    shopRhythm,
  )
  const shops = await everybody(shop)
  figures
    .set('lifecycle', sizes)
    .set('lifecycle_by_one_rhythm', await lifecycles(shop))
    .set('best_fifth_both_ways', bothWays(own, shops))
  return {
    figures: new Map([...figures].map(([name, entries]) => [name, new Map(entries)])),
    customers: new Map(own.map((one) => [one.externalId, [standingOf(one), one.scores.rhythm.medianDays, one.scores.rhythm.p90Days]])),
  }
}

async function distributions(shop: TestShop): Promise<[string, Entry[]][]> {
  const said = await shop.admin(
    `query ($bands: [Float!]) {
      orders: distribution(of: ORDERS_PER_CUSTOMER, bands: $bands) { parts { bars { from ${FIGURE} customers } } }
      values: distribution(of: ORDER_VALUE) { parts { values percentiles { percent value ${FIGURE} } } }
      days: distribution(of: PURCHASE_INTERVAL) { parts { percentiles { percent value ${FIGURE} } } }
      hours: weekdayHours { weekday hour orders customers revenue }
    }`,
    { bands: Array.from({ length: 100 }, (_, i) => i + 1) },
  )
  type Bar = Counted & { from: { number: number } }
  type Percentile = { percent: number; value: { number: number; amount: number } }
  type Hour = Counted & { weekday: number; hour: number; orders: number; revenue: number }
  const bars: Bar[] = said.orders.parts[0].bars
  const percentiles = (of: { parts: [{ percentiles: Percentile[] }] }, unit: 'number' | 'amount') =>
    of.parts[0].percentiles.map(({ percent, value }): Entry => [String(percent), value[unit]])
  return [
    ['orders_per_customer', bars.filter(({ customers }) => customers > 0).map(({ from, customers }) => [String(from.number), customers])],
    ['order_value', percentiles(said.values, 'amount')],
    ['interval_days', percentiles(said.days, 'number')],
    [
      'weekday_hour',
      said.hours.flatMap(({ weekday, hour, orders, customers, revenue }: Hour) => [
        [`${weekday} ${hour} orders`, orders],
        [`${weekday} ${hour} customers`, customers],
        [`${weekday} ${hour} pence`, revenue],
      ]),
    ],
  ]
}

async function profit(shop: TestShop): Promise<[string, Entry[]][]> {
  const said = await shop.admin(`{
    diagnosis { findings { name value } }
    pareto { customers total top20Share customersFor80 points { percent customers value } }
    repurchaseRates { rate { of hits share } }
    secondOrders { within { days rate { of hits } } }
    cohorts { month months { monthsLater customers revenue } }
    newAndReturning { month newCustomers returningCustomers orders newRevenue returningRevenue }
    rfmGrid { recency frequency monetary group customers revenue }
  }`)
  type Within = { days: number; rate: { of: number; hits: number } }
  type Cohort = { month: string; months: (Counted & { monthsLater: number; revenue: number })[] }
  type Month = Record<'newCustomers' | 'returningCustomers' | 'orders' | 'newRevenue' | 'returningRevenue', number> & { month: string }
  type Cell = Counted & { recency: number; frequency: number; monetary: number; group: string; revenue: number }
  const fifth = said.pareto.points[19]
  const [{ rate }] = said.repurchaseRates
  const months: Month[] = said.newAndReturning
  const cells: Cell[] = said.rfmGrid
  const signs: { name: string; value: number | null }[] = said.diagnosis.findings
  return [
    // The file knows nothing of categories and consents.
    ['diagnosis', signs.flatMap(({ name, value }): Entry[] => (value === null || name === 'reachableShare' ? [] : [[name, value]]))],
    [
      'shop',
      [
        ['orders', months.reduce((sum, { orders }) => sum + orders, 0)],
        ['customers', said.pareto.customers],
        ['revenue in pence', said.pareto.total],
      ],
    ],
    [
      'best_fifth',
      [
        ['customers', fifth.customers],
        ['revenue in pence', fifth.value],
        ['share', said.pareto.top20Share],
        ['customers for 80 %', said.pareto.customersFor80],
      ],
    ],
    [
      'repeat',
      [
        ['customers', rate.of],
        ['bought again', rate.hits],
        ['rate', rate.share],
        ...said.secondOrders.within.flatMap(({ days, rate: { of, hits } }: Within): Entry[] =>
          of === 0
            ? []
            : [
                [`first order ${days} days ago`, of],
                [`back within ${days} days`, hits],
              ],
        ),
      ],
    ],
    [
      'cohorts',
      said.cohorts.flatMap(({ month, months: later }: Cohort) =>
        later.flatMap(({ monthsLater, customers, revenue }): Entry[] => [
          [`${month.slice(0, 7)} + ${monthsLater} customers`, customers],
          [`${month.slice(0, 7)} + ${monthsLater} pence`, revenue],
        ]),
      ),
    ],
    [
      'new_and_returning',
      months.flatMap((row): Entry[] => {
        const month = row.month.slice(0, 7)
        return [
          [`${month} new`, row.newCustomers],
          [`${month} returning`, row.returningCustomers],
          [`${month} new pence`, row.newRevenue],
          [`${month} returning pence`, row.returningRevenue],
          [`${month} orders`, row.orders],
        ]
      }),
    ],
    [
      'rfm_grid',
      cells.flatMap(({ recency, frequency, monetary, group, customers, revenue }): Entry[] => [
        [`${recency} ${frequency} ${monetary} ${group} customers`, customers],
        [`${recency} ${frequency} ${monetary} ${group} pence`, revenue],
      ]),
    ],
  ]
}

const SEGMENTS = ['bought-again-once', 'first-order-not-followed', 'key-customers-silent', 'regulars', 'back-this-month', 'new-customers']

/** Evaluates scores and tiers as of the world's instant, and adopts what is ready-made. */
async function programme(shop: TestShop): Promise<[string, Entry[]][]> {
  await shop.admin('mutation { evaluateScores { evaluatedAt } }')
  await shop.admin('mutation ($codes: [String!]!) { adoptReadyMade(codes: $codes) { code } }', { codes: SEGMENTS })
  const said = await shop.admin(`{
    segments { nodes { code customerCount } }
    groupSizes(kind: RFM, from: "${TODAY}", to: "${TODAY}") { group customers }
  }`)
  return [
    ...(await programmes(shop)),
    ['segments', said.segments.nodes.map(({ code, customerCount }: Sized): Entry => [code, customerCount])],
    ['rfm_groups', sizesOf(said.groupSizes)],
  ]
}

type Sized = { readonly code: string; readonly customerCount: number }

type Fitted = { readonly code: string; readonly thresholds: readonly { code: string; value: number }[]; readonly tiers: readonly object[] }

/**
 * The ready-made programmes as they fit the shop, their thresholds and who is in their tiers: of one as it is tried out, of the other
 * as it is adopted and evaluated.
 */
async function programmes(shop: TestShop): Promise<[string, Entry[]][]> {
  const { readyMadeProgrammes }: { readyMadeProgrammes: Fitted[] } = await shop.admin(
    '{ readyMadeProgrammes { code thresholds { code value } tiers { code name rank qualification retention graceDays } } }',
  )
  const fitted = (code: string) => readyMadeProgrammes.find((one) => one.code === code)
  const { previewEvaluation } = await shop.admin(
    'query ($programme: [TierInput!]) { previewEvaluation(programme: $programme) { sizes { tier { code } after } } }',
    { programme: fitted('importance')?.tiers },
  )
  type Size = { tier: { code: string } | null; after: number }
  const tried = previewEvaluation.sizes.flatMap(({ tier, after }: Size) =>
    tier === null ? [] : [{ code: tier.code, customerCount: after }],
  )
  await shop.admin('mutation { adoptProgramme(code: "yearly-spend") { code } evaluateTiers { promoted } }')
  const { tiers } = await shop.admin('{ tiers { code customerCount } }')
  const entries = (from: string, code: string, sizes: readonly Sized[]): Entry[] => [
    ...(fitted(code)?.thresholds ?? []).map((threshold): Entry => [`${from} ${threshold.code}`, threshold.value]),
    ...sizes.filter(({ customerCount }) => customerCount > 0).map((tier): Entry => [tier.code, tier.customerCount]),
  ]
  return [
    ['tiers_by_importance', entries('from', 'importance', tried)],
    ['tiers_by_yearly_spend', entries('from pounds', 'yearly-spend', tiers)],
  ]
}

const sizesOf = (rows: (Counted & { group: string })[]) => rows.map(({ group, customers }): Entry => [group, customers])

async function lifecycles(shop: TestShop): Promise<Entry[]> {
  return sizesOf((await shop.admin(`{ groupSizes(kind: LIFECYCLE, from: "${TODAY}", to: "${TODAY}") { group customers } }`)).groupSizes)
}

type Standing = {
  readonly externalId: string
  readonly statistics: { readonly amountSpent: number }
  readonly scores: {
    readonly recency: number
    readonly frequency: number
    readonly monetary: number
    readonly rfmGroup: string
    readonly lifecycle: string
    readonly rhythm: { readonly source: string; readonly medianDays: number; readonly p90Days: number }
  }
}

const standingOf = ({ scores }: Standing) =>
  [scores.recency, scores.frequency, scores.monetary, scores.rfmGroup, scores.lifecycle, scores.rhythm.source].join(' ')

/** Every customer of the shop, page by page. */
async function everybody(shop: TestShop): Promise<Standing[]> {
  const all: Standing[] = []
  let after: string | null = null
  do {
    const { customers }: { customers: { nodes: Standing[]; pageInfo: { endCursor: string | null; hasNextPage: boolean } } } =
      await shop.admin(
        `query ($after: String) { customers(first: 250, after: $after) { pageInfo { endCursor hasNextPage }
          nodes { externalId statistics { amountSpent } scores { recency frequency monetary rfmGroup lifecycle rhythm { source medianDays p90Days } } } } }`,
        { after },
      )
    all.push(...customers.nodes)
    after = customers.pageInfo.hasNextPage ? customers.pageInfo.endCursor : null
  } while (after !== null)
  return all
}

/** The best fifth in each life cycle, by their own rhythm and by the shop's. */
function bothWays(own: readonly Standing[], shops: readonly Standing[]): Entry[] {
  const byShop = new Map(shops.map((one) => [one.externalId, one.scores.lifecycle]))
  const best = own
    .toSorted((a, b) => b.statistics.amountSpent - a.statistics.amountSpent || (a.externalId < b.externalId ? -1 : 1))
    .slice(0, Math.ceil(own.length * 0.2))
  const cells = Map.groupBy(best, (one) => `${one.scores.lifecycle} ${byShop.get(one.externalId)}`)
  return [...cells].flatMap(([cell, those]): Entry[] => [
    [`${cell} customers`, those.length],
    [`${cell} pence`, those.reduce((sum, { statistics }) => sum + statistics.amountSpent, 0)],
  ])
}
