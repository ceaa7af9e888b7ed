import { instant } from '../src/kernel/clock.ts'
import { accept } from '../src/kernel/result.ts'
import type { Database } from '../src/shell/database.ts'
import { Memory } from '../src/shell/memory.ts'
import { giveRoom } from '../src/shell/room.ts'
import { rowsOf, sql } from '../src/shell/sql.ts'
import { openWorld, transact, type World } from '../src/shell/world.ts'
import { openShop } from '../src/shops/shop.service.ts'
import { evaluateTiers, followRecount } from '../src/tiers/evaluation.service.ts'
import { saveTier } from '../src/tiers/tier.service.ts'
import { onScratchDatabase } from './scratch-database.ts'

// How long it takes to evaluate the tiers of everybody, and of one who has just bought, in a shop of 200,000 customers with a
// million orders; beside it one statement written by hand that finds each one's tier. On demand:
// DATABASE_URL=postgres://… node bench/tiers.ts [customers]. It makes a database of its own on that server and drops it again.

const CUSTOMERS = Number(process.argv[2] ?? 200_000)
const YEAR = (amount: number) => `orders_placed MATCHES (date >= -365d, sum_amount >= ${amount})`
const PROGRAMME = [
  { code: 'bronze', qualification: 'number_of_orders >= 1', retention: null, graceDays: 0 },
  { code: 'silver', qualification: 'amount_spent >= 2000', retention: null, graceDays: 30 },
  { code: 'gold', qualification: YEAR(3_000), retention: YEAR(2_000), graceDays: 30 },
  { code: 'platinum', qualification: `${YEAR(6_000)} AND number_of_orders >= 5`, retention: YEAR(4_000), graceDays: 60 },
]

let database: Database
await onScratchDatabase('tiers', async (own) => {
  database = own
  await measure()
})

async function measure(): Promise<void> {
  const start = Date.now()
  const shop = await openShop(database.fork(), { code: 'large', name: 'Large', currency: 'CNY', timeZone: 'Asia/Shanghai' }, instant(start))
  if (!shop.ok) throw new Error(shop.problem.message)
  const shopId = shop.value.id
  const memory = new Memory()
  const world = (days = 0): World =>
    openWorld({
      shopId,
      actor: { kind: 'SYSTEM', id: null, name: 'bench' },
      now: instant(start + days * 86_400_000),
      memory,
      fork: database.fork,
    })
  await fill(shopId)
  for (const [i, tier] of PROGRAMME.entries()) {
    const saved = await saveTier(world(), { ...tier, name: tier.code, rank: i + 1 })
    if (!saved.ok) throw new Error(saved.problem.message)
  }
  await rowsOf(database.fork(), sql`analyze`)
  for (let round = 0; round < 3; round++) {
    await timed('by hand: one statement that finds the tier of each', () => byHand(world()))
    await timed('a dry run for everybody', async () => void (await evaluateTiers(world(), true)))
  }
  await timed('everybody, the first time', async () => console.log(await evaluateTiers(world(), false)))
  await rowsOf(database.fork(), sql`analyze`)
  await timed('by hand: one statement that finds the tier of each and writes those that differ (none)', () => byHand(world(), true))
  await timed('everybody, nothing new', async () => console.log(await evaluateTiers(world(), false)))
  await timed('everybody, thirty days later', async () => console.log(await evaluateTiers(world(30), false)))
  await timed('everybody, sixty-one days later', async () => console.log(await evaluateTiers(world(61), false)))
  const some = await rowsOf<{ id: string }>(
    database.fork(),
    sql`select id from customer where shop_id = ${shopId} order by md5(id::text) limit 500`,
  )
  const follow = async (ids: readonly string[]) =>
    void (await transact(world(61), async (tx) => {
      await followRecount(tx, ids)
      return accept(null)
    }))
  const nothing = async () => void (await transact(world(61), async (tx) => accept(await rowsOf(tx.em, sql`select 1`))))
  for (const { id } of some.slice(0, 50)) await follow([id])
  await timed('a transaction with nothing in it, mean of 500', () => each(some, nothing), some.length)
  await timed('one customer who bought, mean of 500, transaction and all', () => each(some, ({ id }) => follow([id])), some.length)
  await timed('500 customers of one act', () => follow(some.map(({ id }) => id)))
}

async function each<T>(all: readonly T[], act: (one: T) => Promise<unknown>): Promise<void> {
  for (const one of all) await act(one)
}

/** What an evaluation must at least find out: no retention, no grace, no history. */
async function byHand(world: World, writes = false): Promise<void> {
  await transact(world, async (tx) => {
    await giveRoom(tx)
    return accept(await runByHand(tx, writes))
  })
}

async function runByHand({ em, shopId, now }: World, writes: boolean): Promise<void> {
  const since = sql`${new Date(now).toISOString()}::timestamptz - interval '365 days'`
  const find = sql`
    select c.id, c.tier_id, (select t.id from tier t where t.shop_id = ${shopId} and t.code = case
      when coalesce(y.spent, 0) >= 600000 and s.number_of_orders >= 5 then 'platinum'
      when coalesce(y.spent, 0) >= 300000 then 'gold'
      when s.amount_spent >= 200000 then 'silver'
      when s.number_of_orders >= 1 then 'bronze' end) as to_id
    from customer c
    left join customer_statistics s on s.shop_id = c.shop_id and s.customer_id = c.id
    left join (select customer_id, sum(total) as spent from shop_order
               where shop_id = ${shopId} and counted and placed_at >= ${since} group by customer_id) y on y.customer_id = c.id
    where c.shop_id = ${shopId} and c.merged_into is null and c.pin_tier_id is null`
  await rowsOf(
    em,
    writes
      ? sql`with found as (${find}) update customer c set tier_id = f.to_id from found f
            where c.shop_id = ${shopId} and c.id = f.id and f.to_id is distinct from f.tier_id`
      : sql`with found as (${find}) select to_id, count(*) from found where to_id is distinct from tier_id group by 1`,
  )
}

async function timed(what: string, act: () => Promise<void>, times = 1): Promise<void> {
  const start = performance.now()
  await act()
  console.log(`${what}: ${((performance.now() - start) / times).toFixed(times === 1 ? 0 : 2)} ms`)
}

/** Five orders each on average, most of them of few; set by set, the same each time. */
async function fill(shopId: number): Promise<void> {
  const run = (statement: ReturnType<typeof sql>) => rowsOf(database.fork(), statement)
  await run(sql`select setseed(0.5)`)
  await run(sql`insert into customer (shop_id, id, external_id, registered_at, created_at)
    select ${shopId}::integer, gen_random_uuid(), 'c' || i, now(), now() from generate_series(1, ${CUSTOMERS}::integer) i`)
  await run(sql`insert into shop_order (shop_id, id, external_id, customer_id, placed_at, status, total, units, skus, counted, recorded_at)
    select ${shopId}::integer, gen_random_uuid(), c.external_id || '-' || n, c.id, now() - random() * interval '730 days', 'PAID',
           (2000 + 150000 * random() * random())::bigint, 1, 1, true, now()
    from (select id, external_id, 1 + (8 * random() * random() * (1 + random()) * 2.2)::integer as orders from customer where shop_id = ${shopId}) c
    cross join lateral generate_series(1, c.orders) n`)
  await run(sql`insert into customer_statistics (shop_id, customer_id, number_of_orders, amount_spent, largest_order_amount, first_order_at, last_order_at)
    select shop_id, customer_id, count(*), sum(total), max(total), min(placed_at), max(placed_at) from shop_order where shop_id = ${shopId} group by 1, 2`)
  const [size] = await rowsOf<{ n: string }>(database.fork(), sql`select count(*) as n from shop_order`)
  console.log(`${CUSTOMERS} customers, ${size?.n} orders`)
}
