import { loadavg } from 'node:os'
import { type Instant, instant } from '../src/kernel/clock.ts'
import { Memory } from '../src/shell/memory.ts'
import { rowsOf, sql } from '../src/shell/sql.ts'
import { openWorld, transact, type World } from '../src/shell/world.ts'
import { openShop } from '../src/shops/shop.service.ts'
import { decideTouches, foreseeTouches } from '../src/touches/decision.service.ts'
import type { WantedTouch } from '../src/touches/touch.model.ts'
import { median } from './processes.ts'
import { onScratchDatabase } from './scratch-database.ts'

// How many decisions a second one process makes of who may be spoken to: a thousand customers at a time, each with consents, a touch of
// last month and an event; beside it the least that any such decision takes: holding the customers and writing a row for each, by hand.
// On demand: DATABASE_URL=postgres://… npm run bench:touches. It makes a database of its own on that server and drops it again.

const CUSTOMERS = Number(process.env.BENCH_CUSTOMERS ?? 200_000)
const AT_ONCE = 1_000
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 40)

await onScratchDatabase('touches', async (database) => {
  const run = (statement: ReturnType<typeof sql>) => rowsOf<{ id: string }>(database.fork(), statement)
  const noon = instant(Date.UTC(2026, 2, 4, 4))
  const made = await openShop(database.fork(), { code: 'large', name: 'Large', currency: 'CNY', timeZone: 'Asia/Shanghai' }, noon)
  if (!made.ok) throw new Error(made.problem.message)
  const shopId = made.value.id
  const memory = new Memory()
  const actor = { kind: 'SYSTEM', id: null, name: 'bench' } as const
  const world = (now: Instant = noon): World => openWorld({ shopId, actor, now, memory, fork: database.fork })

  await run(sql`insert into customer (shop_id, id, external_id, email, phone, registered_at, created_at)
    select ${shopId}::integer, gen_random_uuid(), 'c' || i, 'c' || i || '@example.com', '139' || lpad(i::text, 8, '0'), now(), now()
    from generate_series(1, ${CUSTOMERS}::integer) i`)
  await run(sql`insert into customer_consent (shop_id, id, customer_id, channel, granted, at)
    select shop_id, gen_random_uuid(), id, channel, abs(hashtext(id::text || channel)) % 5 > 0, '2025-01-01'
    from customer, unnest(array['EMAIL', 'SMS', 'WECHAT']) as channel where shop_id = ${shopId}`)
  await run(sql`insert into touch (shop_id, id, key, customer_id, purpose, channel, status, decided_at, sent_at)
    select shop_id, gen_random_uuid(), id::text, id, 'MARKETING', 'EMAIL', 'DELIVERED', '2026-02-14T04:00:00Z', '2026-02-14T04:00:00Z'
    from customer where shop_id = ${shopId}`)
  await run(sql`insert into customer_event (shop_id, id, external_id, customer_id, kind, subject, at, recorded_at)
    select shop_id, gen_random_uuid(), id::text || e.what, id, e.what, 'o', at, at
    from customer, (values ('ORDER_DISPATCHED', '2026-02-01'::timestamptz), ('ORDER_DELIVERED', '2026-02-03')) as e (what, at)
    where shop_id = ${shopId}`)
  await run(sql`create table hand_touch (like touch including all)`)
  for (const table of ['customer', 'customer_consent', 'touch', 'customer_event']) await run(sql`vacuum (analyze) ${sql.table(table)}`)
  const ids = (await run(sql`select id from customer where shop_id = ${shopId} order by hashtext(id::text)`)).map(({ id }) => id)

  let asked = 0
  const wanted = (of: readonly string[]): WantedTouch[] =>
    of.map((customerId, i) => ({
      key: `bench-${asked++}`, customerId, purpose: 'MARKETING', channels: i % 2 === 0 ? ['SMS', 'EMAIL'] : ['EMAIL'], campaignId: null,
      campaignCode: null, step: null, priority: i % 3, shielded: false, notAfter: null,
    })) // biome-ignore format: one thing
  const byHand = (of: readonly string[]) =>
    transact(world(), async ({ em }) => {
      await rowsOf(em, sql`select id from customer where shop_id = ${shopId} and id = any(${of as string[]}::uuid[]) order by id for no key update`)
      await rowsOf(em, sql`insert into hand_touch (shop_id, id, key, customer_id, purpose, channel, status, decided_at)
        select ${shopId}::integer, gen_random_uuid(), ${`hand-${asked++}`} || id, id, 'MARKETING', 'EMAIL', 'DECIDED', now() from unnest(${of as string[]}::uuid[]) id`)
      return { ok: true, value: null } as const
    }) // biome-ignore format: one thing
  const seconds = async (act: () => Promise<unknown>) => {
    const from = performance.now()
    await act()
    return (performance.now() - from) / 1_000
  }
  const parts = Array.from({ length: ROUNDS + 3 }, (_, i) => ids.slice((i * AT_ONCE) % CUSTOMERS, ((i * AT_ONCE) % CUSTOMERS) + AT_ONCE))
  const figures: { decided: number; foreseen: number; hand: number }[] = []
  const outcomes = new Map<string, number>()
  console.log(`load before: ${loadavg()[0]?.toFixed(1)}; ${CUSTOMERS.toLocaleString('en')} customers, ${AT_ONCE} at a time`)
  for (const [round, of] of parts.entries()) {
    const foreseen = await seconds(() => foreseeTouches(world(), wanted(of)))
    const decided = await seconds(async () => {
      for (const { kind, ...rest } of await decideTouches(world(), wanted(of))) {
        const name = 'reason' in rest ? `${kind} ${rest.reason}` : kind
        outcomes.set(name, (outcomes.get(name) ?? 0) + 1)
      }
    })
    const hand = await seconds(() => byHand(of))
    if (round >= 3) figures.push({ decided, foreseen, hand })
  }
  const rate = (name: keyof (typeof figures)[number]) => Math.round(AT_ONCE / median(figures.map((one) => one[name])))
  console.log(`  outcomes: ${[...outcomes].map(([name, n]) => `${name} ${n}`).join(', ')}`)
  console.log(
    `  decided and written down: ${rate('decided').toLocaleString('en')} a second; foreseen: ${rate('foreseen').toLocaleString('en')};`,
  )
  console.log(`  by hand, held and written without asking anything: ${rate('hand').toLocaleString('en')}`)
})
