import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { dataScript, SETTLE } from './customers-data.ts'
import { wholeShop } from './customers-whole.ts'
import { median, start, untilReady } from './processes.ts'

// A million customers with ten million orders (BENCH_CUSTOMERS, BENCH_ORDERS) in PostgreSQL, made set-based: every figure of the
// shop in seconds, queries of the commonest shapes beside SQL written by hand in the same run, and the memory of the process.

const CUSTOMERS = Number(process.env.BENCH_CUSTOMERS ?? 1_000_000)
const ORDERS = Number(process.env.BENCH_ORDERS ?? 10_000_000)
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3)
/** Of what concerns everybody at once and takes a minute or more. */
const WHOLE_ROUNDS = Number(process.env.BENCH_WHOLE_ROUNDS ?? 1)
/** Scores, tags and segments, tiers. */
const DAILY_WORK = '3'
const PORT = 4340

const server = process.env.DATABASE_URL
if (server === undefined)
  throw new Error('set DATABASE_URL to a PostgreSQL server: the bench makes a database of its own there and drops it')
const name = `regulars_bench_customers_${process.pid}`
const url = Object.assign(new URL(server), { pathname: `/${name}` }).href
const owner = 'bench-owner-key-0123456789abcdef0123456789abcdef'
const base = `http://127.0.0.1:${PORT}`
/** By node:http, as fetch gives up after five minutes, whatever it waits for. */
const admin = (query: string) =>
  new Promise<void>((done, fail) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${owner}` }
    // Not by a connection that was kept: while psql works nothing here sees that the server has closed it.
    const asking = request(`${base}/admin/graphql`, { method: 'POST', headers, agent: false }, async (response) => {
      const body = Buffer.concat(await response.toArray()).toString()
      if (response.statusCode === 200 && !('errors' in JSON.parse(body))) done()
      else fail(new Error(body))
    })
    asking.on('error', fail).end(JSON.stringify({ query }))
  })

const sql = (database: string, text: string) =>
  execFileSync('psql', ['-XqAt', '-v', 'ON_ERROR_STOP=1', '-d', database], { input: text, encoding: 'utf8' }).trim()

async function seconds(act: () => unknown): Promise<number> {
  const began = performance.now()
  await act()
  return (performance.now() - began) / 1_000
}

/** Both sides take turns; the first turn warms up and is not counted. */
async function beside(what: string, product: () => unknown, hand: string, aim: string): Promise<void> {
  const rounds: { ours: number; theirs: number }[] = []
  for (let i = 0; i <= ROUNDS; i += 1) {
    const round = { ours: await seconds(product), theirs: await seconds(() => sql(url, hand)) }
    if (i > 0) rounds.push(round)
  }
  const [ours, theirs] = [median(rounds.map((round) => round.ours)), median(rounds.map((round) => round.theirs))]
  console.log(
    `  ${what.padEnd(78)} ${ours.toFixed(2).padStart(7)} s  by hand ${theirs.toFixed(2).padStart(7)} s  ${(ours / theirs).toFixed(2)} times (aim: ${aim})`,
  )
}

sql(server, `create database ${name}`)
const product = start(null, [fileURLToPath(new URL('../dist/src/cli/main.js', import.meta.url)), 'serve'], {
  PORT: String(PORT),
  DATABASE_URL: url,
  REGULARS_BOOTSTRAP_KEY: owner,
  LOG_LEVEL: 'warn',
})
try {
  await untilReady(`${base}/readyz`)
  // The day's work of an empty shop is done in no time; later it would be in the way.
  while (sql(url, 'select count(*) from daily_run') !== DAILY_WORK) await new Promise((wait) => setTimeout(wait, 200))
  console.log(`load before: ${loadavg()[0]?.toFixed(1)}`)
  const made = await seconds(() => {
    sql(url, dataScript(CUSTOMERS, ORDERS))
    for (const statement of SETTLE) sql(url, statement)
  })
  console.log(`${CUSTOMERS.toLocaleString('en')} customers with ${ORDERS.toLocaleString('en')} orders, made in ${made.toFixed(0)} s`)
  await wholeShop({ url, rounds: WHOLE_ROUNDS, sql: (text) => sql(url, text), admin, seconds })
  await queries()
  await figures()
  console.log(`load after: ${loadavg()[0]?.toFixed(1)}`)
  console.log(`most memory of the process: ${memory()} MB (aim: under 300)`)
} finally {
  await product.stop()
  sql(server, `drop database ${name} with (force)`)
}

/** The ten commonest shapes, each with what somebody who knows the tables would write. */
async function queries(): Promise<void> {
  const who = (condition: string, tables = 'customer c') => `select count(*) from ${tables} where c.merged_into is null and ${condition}`
  const stats = 'customer c join customer_statistics s on s.shop_id = c.shop_id and s.customer_id = c.id'
  const since = (days: number) => `now()::date - ${days}`
  const shapes: readonly (readonly [string, string])[] = [
    ['number_of_orders = 2 AND last_order_date < -90d', who(`s.number_of_orders = 2 and s.last_order_at < ${since(90)}`, stats)],
    ['amount_spent >= 1000', who('s.amount_spent >= 100000', stats)],
    ['last_order_date >= -30d', who(`s.last_order_at >= ${since(30)}`, stats)],
    [
      "customer_tags CONTAINS 'tag-8'",
      who(`exists (select 1 from customer_tag t where t.shop_id = c.shop_id and t.customer_id = c.id and t.tag_key = 'tag-8')`),
    ],
    ["customer_countries CONTAINS 'CN' AND number_of_orders >= 5", who("c.country = 'CN' and s.number_of_orders >= 5", stats)],
    [
      "customer_gender = 'FEMALE' AND NOT last_order_date >= -180d",
      who(
        `c.gender = 'FEMALE' and coalesce(s.last_order_at < ${since(180)}, true)`,
        stats.replace('join customer_st', 'left join customer_st'),
      ),
    ],
    [
      'orders_placed MATCHES (date >= -365d, count >= 5)',
      who(`c.id in (select customer_id from shop_order where counted and placed_at >= ${since(365)} group by 1 having count(*) >= 5)`),
    ],
    [
      "products_purchased MATCHES (category = 'root-3', date >= -90d)",
      who(
        `c.id in (select o.customer_id from shop_order o join order_line l on l.shop_id = o.shop_id and l.order_id = o.id join product p on p.shop_id = l.shop_id and p.sku = l.sku where o.counted and o.placed_at >= ${since(90)} and l.quantity > l.returned_quantity and exists (select 1 from unnest(p.categories) x where x = 'root-3' or x like 'root-3/%'))`,
      ),
    ],
    [
      "products_purchased NOT MATCHES (sku = 'sku-77')",
      who(
        `not exists (select 1 from order_line l join shop_order o on o.shop_id = l.shop_id and o.id = l.order_id where l.shop_id = c.shop_id and l.sku = 'sku-77' and l.quantity > l.returned_quantity and o.customer_id = c.id and o.counted)`,
      ),
    ],
    ["attributes.size = 'M' OR customer_source = 'friend'", who(`(c.attributes ->> 'size' = 'M' or c.source = 'friend')`)],
  ]
  console.log('previewSegment beside the count by hand')
  for (const [query, hand] of shapes)
    await beside(query, () => admin(`{ previewSegment(query: ${JSON.stringify(query)}) { customerCount } }`), hand, 'at most 2')
}

async function figures(): Promise<void> {
  console.log('figures of the shop (aim: under 10 s each)')
  const bars = '{ parts { part values percentiles { percent value { number amount } } bars { values } } }'
  const measures = [
    'ORDERS_PER_CUSTOMER',
    'ORDERS_PER_MONTH',
    'ORDER_VALUE',
    'SPENT_PER_CUSTOMER',
    'PURCHASE_INTERVAL',
    'UNITS_PER_ORDER',
    'SKUS_PER_ORDER',
  ]
  const asked: readonly (readonly [string, string])[] = [
    ...measures.map((of) => [`distribution of ${of}`, `{ distribution(of: ${of}) ${bars} }`] as const),
    ['distribution of ORDER_VALUE by country', `{ distribution(of: ORDER_VALUE, by: "country") ${bars} }`],
    ['weekdayHours', '{ weekdayHours { orders } }'],
    ['customersBehind', '{ customersBehind(of: ORDERS_PER_CUSTOMER, atLeast: 20) { totalCount nodes { id } } }'],
    ['pareto by revenue', '{ pareto { total } }'],
    ['pareto by margin', '{ pareto(by: MARGIN) { total } }'],
    ['newAndReturning', '{ newAndReturning { month newCustomers } }'],
    ['cohorts', '{ cohorts { month customers } }'],
    ['secondOrders', '{ secondOrders { customers } }'],
    ...['PRODUCT', 'CATEGORY', 'BRAND', 'CHANNEL', 'OFFER'].map(
      (by) => [`whatMakesRegulars by ${by}`, `{ whatMakesRegulars(by: ${by}) { value } }`] as const,
    ),
    ['repurchaseRates by age_band', '{ repurchaseRates(by: "age_band") { part } }'],
    ['rfmGrid', '{ rfmGrid { customers } }'],
    ['diagnosis', '{ diagnosis { stage } }'],
  ]
  for (const [what, query] of asked) {
    const took = await seconds(() => admin(query))
    console.log(`  ${what.padEnd(50)} ${took.toFixed(2).padStart(7)} s`)
  }
}

/** The largest resident set that the process ever had, in MB. */
function memory(): number {
  const status = readFileSync(`/proc/${product.child.pid}/status`, 'utf8')
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1_024)
}
