import { fork } from 'node:child_process'
import { once } from 'node:events'
import { loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { instant } from '../src/kernel/clock.ts'
import type { Database } from '../src/shell/database.ts'
import { Memory } from '../src/shell/memory.ts'
import { allowPrivateAddresses } from '../src/shell/outbound.ts'
import { sealUnder, useSeal } from '../src/shell/seal.ts'
import { rowOf, rowsOf, sql } from '../src/shell/sql.ts'
import { openWorld, type World } from '../src/shell/world.ts'
import { openShop } from '../src/shops/shop.service.ts'
import { deliverDue } from '../src/webhooks/sending.service.ts'
import { saveSubscription } from '../src/webhooks/subscription.service.ts'
import { CUSTOMERS, fillCheckout } from './checkout-shop.ts'
import { median, start, untilReady } from './processes.ts'
import { onScratchDatabase } from './scratch-database.ts'
import { checkouts } from './webhooks-checkout.ts'

// What telling others costs: events a second to a receiver in another process, beside a bare loop of fetch; 100,000 moves of tiers written by
// one statement, and checkouts, without triggers, with them and nobody subscribed, and with one subscription. They take turns.

const EVENTS = Number(process.env.BENCH_EVENTS ?? 20_000)
const MOVES = Number(process.env.BENCH_MOVES ?? 100_000)
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 4)
const AT_ONCE = 10
const PORT = 4340
const SECRET = 'a-secret-of-the-bench-0123456789-0123456789'

/** What is compared. */
const WAYS = ['no triggers', 'nobody subscribed', 'one subscription'] as const

await onScratchDatabase('regulars_webhooks', async (database, url) => {
  const receiver = fork(fileURLToPath(new URL('./webhook-receiver.ts', import.meta.url)))
  try {
    const [{ port }] = (await once(receiver, 'message')) as [{ port: number }]
    await measureSending(database, `http://127.0.0.1:${port}/`)
    await measureMoves(database)
    await measureCheckouts(database, url)
  } finally {
    receiver.disconnect()
  }
})

async function newShop(database: Database, code: string): Promise<() => World> {
  const memory = new Memory()
  const seal = sealUnder(SECRET)
  useSeal(memory, () => seal)
  allowPrivateAddresses(memory, true)
  const shop = await openShop(database.fork(), { code, name: code, currency: 'CNY', timeZone: 'Asia/Shanghai' }, instant(Date.now()))
  if (!shop.ok) throw new Error(shop.problem.message)
  const actor = { kind: 'SYSTEM', id: null, name: 'bench' } as const
  return () => openWorld({ shopId: shop.value.id, actor, now: instant(Date.now()), memory, fork: database.fork })
}

async function subscribe(world: World, url: string, topics: readonly string[]): Promise<void> {
  const saved = await saveSubscription(world, { code: 'bench', url, topics, description: null, enabled: true })
  if (!saved.ok) throw new Error(saved.problem.message)
}

function perSecond(count: number, ms: number): number {
  return Math.round((1_000 * count) / ms)
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await act()
  return performance.now() - startedAt
}

async function measureSending(database: Database, url: string): Promise<void> {
  const world = await newShop(database, 'sending')
  await subscribe(world(), url, ['segment.entered'])
  const each = Math.floor(EVENTS / ROUNDS)
  const body = JSON.stringify({ type: 'segment.entered', timestamp: new Date().toISOString(), data: { segment: { code: 'due' }, customer: { id: crypto.randomUUID(), externalId: 'c1' } } }) // biome-ignore format: one line
  const bare = async () => {
    let left = each
    const loop = async () => {
      while (left-- > 0) await (await fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json' } })).arrayBuffer()
    }
    await Promise.all(Array.from({ length: AT_ONCE }, loop))
  }
  const rounds: [number, number][] = []
  for (let round = 1; round <= ROUNDS; round += 1) {
    const { em, shopId } = world()
    await rowsOf(
      em,
      sql`insert into webhook_event (shop_id, topic, lane, customer_id, at, data)
          select ${shopId}::integer, 'segment.entered', l.id, l.id, now(), '{"segment":{"code":"due"}}'
          from (select gen_random_uuid() as id from generate_series(1, ${each / 4})) l, generate_series(1, 4) order by random()`,
    )
    const product = await timed(async () => {
      while ((await deliverDue(world())).more);
    })
    rounds.push([product, await timed(bare)])
    console.log(`sending, round ${round}: ${perSecond(each, product)} events/s, bare loop ${perSecond(each, rounds.at(-1)?.[1] ?? 0)}/s (load ${loadavg()[0]?.toFixed(1)})`) // biome-ignore format: one line
  }
  const [product, floor] = [0, 1].map((side) => rounds.reduce((sum, round) => sum + (round[side] ?? 0), 0)) as [number, number]
  const total = each * ROUNDS
  const left = await rowOf<{ n: string }>(world().em, sql`select count(*) as n from webhook_delivery where status <> 'DELIVERED'`)
  console.log(`sending ${total}: ${perSecond(total, product)} events/s, bare loop ${perSecond(total, floor)}/s: ${Math.round((100 * floor) / product)} %; ${left?.n} left`) // biome-ignore format: one line
}

async function setUp(world: World, way: (typeof WAYS)[number]): Promise<void> {
  const { em, shopId } = world
  const tables = await rowsOf<{ name: string }>(
    em,
    sql`select distinct c.relname as name from pg_trigger t join pg_class c on c.oid = t.tgrelid where t.tgname like 'webhook_%' and not t.tgisinternal`,
  )
  for (const { name } of tables)
    await rowsOf(em, sql`alter table ${sql.table(name)} ${way === 'no triggers' ? sql`disable` : sql`enable`} trigger user`)
  await rowsOf(
    em,
    sql`update webhook_subscription set enabled = ${way === 'one subscription'}, held_until = now() + interval '1 day' where shop_id = ${shopId}`,
  )
}

async function measureMoves(database: Database): Promise<void> {
  const world = await newShop(database, 'moves')
  await subscribe(world(), 'http://127.0.0.1:9/', ['customer.tier_changed'])
  const { em, shopId } = world()
  await rowsOf(em, sql`insert into tier (shop_id, id, code, name, rank) select ${shopId}::integer, gen_random_uuid(), 'gold', 'Gold', 1`)
  const times = new Map<string, number[]>(WAYS.map((way) => [way, []]))
  for (let round = 0; round < ROUNDS; round += 1)
    for (const way of WAYS) {
      await setUp(world(), way)
      const ms = await timed(() =>
        rowsOf(
          em,
          sql`insert into tier_history (shop_id, holder, holder_id, since, tier_id, how)
              select ${shopId}::integer, 'CUSTOMER', gen_random_uuid(), now(), t.id, 'EVALUATED'
              from tier t, generate_series(1, ${MOVES}) where t.shop_id = ${shopId}`,
        ),
      )
      times.get(way)?.push(ms)
      await rowsOf(em, sql`truncate tier_history, webhook_delivery, webhook_event`)
    }
  for (const way of WAYS)
    console.log(`${MOVES} moves of tiers, ${way}: ${Math.round(median(times.get(way) ?? []))} ms (median of ${ROUNDS})`)
}

async function measureCheckouts(database: Database, url: string): Promise<void> {
  const owner = 'bench-owner-key-0123456789abcdef0123456789abcdef'
  const base = `http://127.0.0.1:${PORT}`
  const server = start(null, [fileURLToPath(new URL('../dist/src/cli/main.js', import.meta.url)), 'serve'], {
    PORT: String(PORT),
    DATABASE_URL: url,
    REGULARS_BOOTSTRAP_KEY: owner,
    REGULARS_SECRET: SECRET,
    REGULARS_ALLOW_PRIVATE_WEBHOOKS: 'true',
    LOG_LEVEL: 'warn',
  })
  try {
    await untilReady(`${base}/readyz`)
    const shop = await fillCheckout(base, owner)
    await shop.admin('mutation { saveWebhookSubscription(input: { code: "bench", url: "http://127.0.0.1:9/", topics: ["order.recorded", "coupon.issued", "link.used", "reservation.expired"] }) { secret } }') // biome-ignore format: one line
    const row = await rowOf<{ id: number }>(database.fork(), sql`select id from shop where code = 'main'`)
    const world = openWorld({ shopId: row?.id ?? 0, actor: { kind: 'SYSTEM', id: null, name: 'bench' }, now: instant(Date.now()), memory: new Memory(), fork: database.fork }) // biome-ignore format: one line
    await checkouts(base, shop, 0, CUSTOMERS / 2)
    const times = new Map<string, number[]>(WAYS.map((way) => [way, []]))
    for (let round = 0; round < 3 * ROUNDS; round += 1)
      for (const way of WAYS) {
        await setUp(world, way)
        times.get(way)?.push(...(await checkouts(base, shop, 1 + round * 3 + WAYS.indexOf(way), 100)))
      }
    for (const way of WAYS)
      console.log(
        `commit, ${way}: median ${median(times.get(way) ?? []).toFixed(2)} ms of ${times.get(way)?.length} (load ${loadavg()[0]?.toFixed(1)})`,
      )
    const events = await rowOf<{ n: string }>(world.em, sql`select count(*) as n from webhook_event`)
    console.log(`${events?.n} events were written`)
  } finally {
    await server.stop()
  }
}
