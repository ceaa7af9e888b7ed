import { loadavg } from 'node:os'
import { saveCampaign } from '../src/campaigns/campaign.service.ts'
import { letJoin } from '../src/campaigns/joining.service.ts'
import { campaignCustomers, campaignReport } from '../src/campaigns/report.service.ts'
import { startCampaign } from '../src/campaigns/running.service.ts'
import { instant } from '../src/kernel/clock.ts'
import type { Problem } from '../src/kernel/problem.ts'
import type { Result } from '../src/kernel/result.ts'
import type { Database } from '../src/shell/database.ts'
import { Memory } from '../src/shell/memory.ts'
import { rowsOf, sql } from '../src/shell/sql.ts'
import { openWorld, type World } from '../src/shell/world.ts'
import { openShop } from '../src/shops/shop.service.ts'
import { onScratchDatabase } from './scratch-database.ts'

// How long the report of a campaign takes in which a million customers take part: one mail each, two events for each of three mails, and half a
// million orders of which a part count for it. On demand: DATABASE_URL=postgres://… npm run bench:report. It makes a database of its own.

const AUDIENCE = Number(process.env.BENCH_AUDIENCE ?? 1_000_000)
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3)

let database: Database
await onScratchDatabase('report', async (own) => {
  database = own
  await measure()
})

async function run(statement: ReturnType<typeof sql>): Promise<void> {
  await rowsOf(database.fork(), statement)
}

async function measure(): Promise<void> {
  const made = taken(
    await openShop(database.fork(), { code: 'large', name: 'Large', currency: 'CNY', timeZone: 'Asia/Shanghai' }, instant(Date.now())),
  )
  const memory = new Memory()
  const actor = { kind: 'SYSTEM', id: null, name: 'bench' } as const
  const world = (): World => openWorld({ shopId: made.id, actor, now: instant(Date.now()), memory, fork: database.fork })
  await fill(made.id, world)
  console.log(`load before: ${loadavg()[0]?.toFixed(1)}`)
  for (let round = 1; round <= ROUNDS; round++) {
    await timed('the report', async () => {
      const { treated, control, reached } = taken(await campaignReport(world(), 'win-back'))
      return `${treated.members} treated, ${treated.orders.sum} orders, ${control.members} in the control group, ${reached.opened} opened`
    })
    const nobody = { step: null, channel: null, template: null, tier: null, untouched: false }
    for (const figure of ['BOUGHT', 'COMPLAINED'] as const)
      await timed(`a page of ${figure}`, async () => {
        const { page } = taken(await campaignCustomers(world(), 'win-back', figure, nobody, { first: 50, after: null }))
        return `${page.nodes.length} customers`
      })
    await timed('the count of BOUGHT', async () => {
      const { count } = taken(await campaignCustomers(world(), 'win-back', 'BOUGHT', nobody, { first: 1, after: null }))
      return String(await count())
    })
  }
}

async function timed(what: string, work: () => Promise<string>): Promise<void> {
  const start = performance.now()
  const said = await work()
  console.log(`  ${what}: ${((performance.now() - start) / 1_000).toFixed(2)} s (${said})`)
}

async function fill(shopId: number, world: () => World): Promise<void> {
  await run(sql`insert into customer (shop_id, id, external_id, email, registered_at, created_at)
    select ${shopId}::integer, gen_random_uuid(), 'c' || i, 'c' || i || '@example.com', now(), now() from generate_series(1, ${AUDIENCE}::integer) i`)
  await run(sql`insert into customer_statistics (shop_id, customer_id, number_of_orders, amount_spent, largest_order_amount, first_order_at, last_order_at)
    select ${shopId}::integer, id, 2, 20000, 10000, now() - interval '500 days', now() - interval '300 days' from customer where shop_id = ${shopId}`)
  for (const table of ['customer', 'customer_statistics']) await run(sql`vacuum (analyze) ${sql.raw(table)}`)
  taken(
    await saveCampaign(world(), {
      code: 'win-back',
      name: 'win-back',
      kind: 'WIN_BACK',
      controlPercent: 10,
      audience: 'number_of_orders > 0',
      steps: [],
    }),
  )
  taken(await startCampaign(world(), 'win-back'))
  taken(await letJoin(world(), 'win-back'))
  await run(sql`update campaign_member set joined_at = joined_at - interval '13 days' where shop_id = ${shopId}`)
  await run(sql`insert into message (shop_id, id, customer_id, channel, purpose, campaign_id, campaign_code, step, template_code, template_version, status, queued_at, due_at, sent_at, cost_minor)
    select shop_id, gen_random_uuid(), customer_id, 'EMAIL', 'MARKETING', campaign_id, 'win-back', 1, 'hello', 1, 'SENT', joined_at, joined_at, joined_at + interval '1 hour', 1
    from campaign_member where shop_id = ${shopId} and treated`)
  await run(sql`insert into message_event (shop_id, id, message_id, kind, at, provider_code, event_id, received_at)
    select m.shop_id, gen_random_uuid(), m.id, k.kind, m.sent_at, 'bench', gen_random_uuid()::text, m.sent_at
    from message m cross join (values ('DELIVERED'), ('OPENED')) as k (kind) where m.shop_id = ${shopId} and get_byte(uuid_send(m.id), 0) % 3 = 0`)
  await run(sql`insert into message_event (shop_id, id, message_id, kind, at, provider_code, event_id, received_at)
    select m.shop_id, gen_random_uuid(), m.id, 'COMPLAINED', m.sent_at, 'bench', gen_random_uuid()::text, m.sent_at
    from message m where m.shop_id = ${shopId} order by m.id desc limit 20`)
  await run(sql`insert into shop_order (shop_id, id, external_id, customer_id, placed_at, status, total, counted, recorded_at)
    select shop_id, gen_random_uuid(), external_id || '-' || i, id, now() - (get_byte(uuid_send(id), 2 + i) * 86400 / 4) * interval '1 second', 'PAID', 1000 + get_byte(uuid_send(id), 4) * 100, true, now()
    from customer cross join generate_series(1, 2) as i where shop_id = ${shopId} and get_byte(uuid_send(id), 1) % 4 = 0`)
  await run(sql`insert into order_line (shop_id, order_id, line_id, position, sku, quantity, unit_price, total, cost_price)
    select shop_id, id, l::text, l, 'A', 1, total, case l when 0 then total - total / 2 else total / 2 end, total / 4 from shop_order cross join generate_series(0, 1) as l where shop_id = ${shopId}`)
  for (const table of ['customer', 'customer_statistics', 'campaign_member', 'message', 'message_event', 'shop_order', 'order_line'])
    await run(sql`vacuum (analyze) ${sql.raw(table)}`)
}

function taken<T>(result: Result<T, Problem>): T {
  if (!result.ok) throw new Error(result.problem.message)
  return result.value
}
