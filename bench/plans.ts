import { instant } from '../src/kernel/clock.ts'
import { recountAll } from '../src/orders/statistics.service.ts'
import { parseQuery } from '../src/query/parse.ts'
import { evaluateScores, followOrders } from '../src/scores/score.service.ts'
import { conditionOf } from '../src/segments/customer-query.service.ts'
import { customerSource } from '../src/segments/source.sql.ts'
import type { Database } from '../src/shell/database.ts'
import { Memory } from '../src/shell/memory.ts'
import { rowsOf, sql } from '../src/shell/sql.ts'
import { openWorld, transact } from '../src/shell/world.ts'
import { openShop } from '../src/shops/shop.service.ts'
import { onScratchDatabase } from './scratch-database.ts'

// How customer queries are answered in a shop of 200,000 customers: the plans of the commonest shapes, and how long it takes
// to score everybody, or one customer. On demand: DATABASE_URL=postgres://… node bench/plans.ts [customers] [--plans]
// It makes a database of its own on that server and drops it again.

const CUSTOMERS = Number(process.argv.find((word) => /^\d+$/.test(word)) ?? 200_000)
const SHOWS_PLANS = process.argv.includes('--plans')

const SHAPES = [
  "customer_tags CONTAINS 'vip'",
  'amount_spent >= 7000',
  'number_of_orders >= 12',
  'last_order_date >= -3d',
  "lifecycle = 'DORMANT'",
  "rfm_group = 'CHAMPIONS'",
  'spend_percentile >= 98',
  'next_order_expected_date BETWEEN today AND +1d',
  "products_purchased MATCHES (sku = 'S7', date >= -90d)",
  'orders_placed MATCHES (date >= -30d, sum_amount >= 1000)',
  "email_subscription_status = 'SUBSCRIBED' AND last_order_date < -365d AND number_of_orders >= 5",
  "customer_tier = 'gold' AND abc_class = 'A'",
]

let database: Database
await onScratchDatabase('plans', async (own) => {
  database = own
  await measure()
})

async function measure(): Promise<void> {
  const now = instant(Date.now())
  const shop = await openShop(database.fork(), { code: 'large', name: 'Large', currency: 'CNY', timeZone: 'Asia/Shanghai' }, now)
  if (!shop.ok) throw new Error(shop.problem.message)
  const shopId = shop.value.id
  const world = () =>
    openWorld({ shopId, actor: { kind: 'SYSTEM', id: null, name: 'bench' }, now, memory: new Memory(), fork: database.fork })
  await fill(shopId)
  await timed('statistics of everybody', async () => void (await transact(world(), async (tx) => done(await recountAll(tx)))))
  await rowsOf(database.fork(), sql`analyze`)
  await timed('scores of everybody, the first time', async () => void (await evaluateScores(world())))
  await timed('scores of everybody, nothing new', async () => void (await evaluateScores(world())))
  await rowsOf(database.fork(), sql`analyze`)
  const some = await rowsOf<{ id: string }>(
    database.fork(),
    sql`select customer_id as id from customer_statistics order by number_of_orders desc limit 200`,
  )
  const one = async (id: string) => void (await transact(world(), async (tx) => done(await followOrders(tx, [id]))))
  for (const { id } of some.slice(0, 20)) await one(id)
  await timed(
    'scores of one customer, mean of 200 with many orders',
    async () => {
      for (const { id } of some) await one(id)
    },
    some.length,
  )
  let isRunning = true
  let longest = 0
  const evaluation = evaluateScores(world()).finally(() => {
    isRunning = false
  })
  for (let i = 0; isRunning; i++) {
    const start = performance.now()
    await one(some[i % some.length]?.id ?? '')
    longest = Math.max(longest, performance.now() - start)
  }
  await evaluation
  console.log(`longest that one customer's scores waited for an evaluation of everybody: ${longest.toFixed(0)} ms`)
  const sizes = await rowsOf<{ orders: string; lines: string }>(
    database.fork(),
    sql`select (select count(*) from shop_order) as orders, (select count(*) from order_line) as lines`,
  )
  console.log(`${CUSTOMERS} customers, ${sizes[0]?.orders} orders, ${sizes[0]?.lines} lines\n`)
  console.log('| query | customers | count, ms | first page, ms | indexes of the count | whole tables read by the count |')
  console.log('| --- | --- | --- | --- | --- | --- |')
  for (const shape of SHAPES) await explain(shape)

  async function explain(query: string): Promise<void> {
    const parsed = parseQuery(query)
    if (!parsed.ok) throw new Error(parsed.problem[0]?.message)
    const condition = await conditionOf(world(), parsed.value)
    const from = sql`from ${customerSource(now)} where c.shop_id = ${shopId} and c.merged_into is null and ${condition}`
    const run = async (statement: ReturnType<typeof sql>) => {
      await rowsOf(database.fork(), statement)
      const rows = await rowsOf<{ 'QUERY PLAN': string }>(database.fork(), sql`explain (analyze, costs off, timing off) ${statement}`)
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
      return { plan, ms: Number(/Execution Time: ([\d.]+)/.exec(plan)?.[1]) }
    }
    const count = await run(sql`select count(*) as n ${from}`)
    const page = await run(sql`select c.id ${from} order by c.id limit 51`)
    const held = await rowsOf<{ n: string }>(database.fork(), sql`select count(*) as n ${from}`)
    const indexes = [...new Set([...count.plan.matchAll(/(?:using|Bitmap Index Scan on) (\w+)/g)].map(([, index]) => index))]
    const whole = [...new Set([...count.plan.matchAll(/Seq Scan on (\w+)/g)].map(([, table]) => table))]
    console.log(
      `| \`${query}\` | ${held[0]?.n} | ${count.ms.toFixed(0)} | ${page.ms.toFixed(0)} | ${indexes.join(', ') || 'none'} | ${whole.join(', ') || 'none'} |`,
    )
    if (SHOWS_PLANS) console.log(`\n${count.plan}\n\n${page.plan}\n`)
  }
}

function done(_: unknown) {
  return { ok: true, value: null } as const
}

async function timed(what: string, act: () => Promise<void>, times = 1): Promise<void> {
  const start = performance.now()
  await act()
  console.log(`${what}: ${((performance.now() - start) / times).toFixed(times === 1 ? 0 : 2)} ms`)
}

/** A shop whose customers buy as people do: most once, few often; set by set, the same each time. */
async function fill(shopId: number): Promise<void> {
  const run = (statement: ReturnType<typeof sql>) => rowsOf(database.fork(), statement)
  await run(sql`insert into tier (shop_id, id, code, name, rank) values (${shopId}, gen_random_uuid(), 'gold', 'Gold', 1)`)
  await run(sql`insert into product (shop_id, sku, name, list_price, cost_price, brand, categories, updated_at)
    select ${shopId}::integer, 'S' || i, 'Product ' || i, 1000, 600, 'Brand ' || i % 40, array['c' || i % 12 || '/d' || i % 60], now() from generate_series(1, 2000) i`)
  await run(sql`insert into customer (shop_id, id, external_id, registered_at, created_at, country, tier_id)
    select ${shopId}::integer, gen_random_uuid(), 'e' || i, now() - (i % 1500) * interval '1 day', now(), 'CN',
           case when i % 50 = 0 then (select id from tier where shop_id = ${shopId}) end from generate_series(1, ${CUSTOMERS}::integer) i`)
  await run(sql`insert into customer_tag (shop_id, customer_id, tag_key, tag)
    select shop_id, id, t, t from customer, lateral (values ('vip', 100), ('trade', 12), ('gift', 7)) v (t, every)
    where shop_id = ${shopId} and substr(external_id, 2)::integer % v.every = 0`)
  await run(sql`insert into customer_consent (shop_id, id, customer_id, channel, granted, at)
    select shop_id, gen_random_uuid(), id, 'EMAIL', substr(external_id, 2)::integer % 5 > 0, created_at from customer
    where shop_id = ${shopId} and substr(external_id, 2)::integer % 3 = 0`)
  await run(sql`insert into shop_order (shop_id, id, external_id, customer_id, placed_at, status, total, units, skus, counted, recorded_at)
    select c.shop_id, gen_random_uuid(), c.external_id || '-' || k, c.id,
           now() - (hashint8(substr(c.external_id, 2)::bigint * 31 + k) & 2147483647) % 63072000 * interval '1 second', 'PAID',
           1000 + (hashint8(substr(c.external_id, 2)::bigint * 7 + k) & 65535), 2, 2, true, now()
    from customer c cross join lateral generate_series(1, least(30, 6 / (1 + substr(c.external_id, 2)::integer % 13))
      + case when substr(c.external_id, 2)::integer % 97 = 0 then 12 else 0 end) k
    where c.shop_id = ${shopId}`)
  await run(sql`insert into order_line (shop_id, order_id, line_id, position, sku, quantity, unit_price, total, cost_price)
    select o.shop_id, o.id, i::text, i, 'S' || 1 + (hashtext(o.external_id || i) & 2147483647) % 2000, 1, o.total / 2, o.total / 2, 600
    from shop_order o, generate_series(0, 1) i where o.shop_id = ${shopId}`)
  await run(sql`analyze`)
}
