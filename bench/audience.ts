import { loadavg } from 'node:os'
import { saveCampaign } from '../src/campaigns/campaign.service.ts'
import { letJoin } from '../src/campaigns/joining.service.ts'
import { startCampaign } from '../src/campaigns/running.service.ts'
import { instant } from '../src/kernel/clock.ts'
import type { Problem } from '../src/kernel/problem.ts'
import type { Result } from '../src/kernel/result.ts'
import { saveProvider } from '../src/messages/provider.service.ts'
import { saveTemplate } from '../src/messages/template.service.ts'
import type { Database } from '../src/shell/database.ts'
import { Memory } from '../src/shell/memory.ts'
import { rowOf, rowsOf, sql } from '../src/shell/sql.ts'
import { openWorld, type World } from '../src/shell/world.ts'
import { openShop } from '../src/shops/shop.service.ts'
import { median } from './processes.ts'
import { onScratchDatabase } from './scratch-database.ts'

// How long it takes until an audience of a million customers takes part in a campaign, each drawn into the control group or not, with the
// first exposure of everybody else; beside it one statement written by hand that writes the same rows into tables of the same shape. On
// demand: DATABASE_URL=postgres://… npm run bench:audience. It makes a database of its own on that server and drops it again.

const AUDIENCE = Number(process.env.BENCH_AUDIENCE ?? 1_000_000)
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3)
const AIM = 3

let database: Database
await onScratchDatabase('audience', async (own) => {
  database = own
  await measure()
})

async function run(statement: ReturnType<typeof sql>): Promise<void> {
  await rowsOf(database.fork(), statement)
}

async function measure(): Promise<void> {
  const now = instant(Date.now())
  const made = taken(await openShop(database.fork(), { code: 'large', name: 'Large', currency: 'CNY', timeZone: 'Asia/Shanghai' }, now))
  const memory = new Memory()
  const actor = { kind: 'SYSTEM', id: null, name: 'bench' } as const
  const world = (): World => openWorld({ shopId: made.id, actor, now: instant(Date.now()), memory, fork: database.fork })
  await fill(made.id)
  await carry(world())
  console.log(`load before: ${loadavg()[0]?.toFixed(1)}`)
  const rounds: { ours: number; hand: number }[] = []
  for (let round = 0; round <= ROUNDS; round++) {
    const ours = await join(world, `round-${round}`)
    const hand = await byHand(made.id, `round-${round}`)
    await run(sql`truncate campaign_member, exposure`)
    await run(sql`truncate hand_member, hand_exposure`)
    console.log(`  ${round === 0 ? 'to warm up' : `round ${round}`}: ${ours.toFixed(1)} s, by hand ${hand.toFixed(1)} s`)
    if (round > 0) rounds.push({ ours, hand })
  }
  const [ours, hand] = [median(rounds.map((round) => round.ours)), median(rounds.map((round) => round.hand))]
  console.log(
    `${AUDIENCE.toLocaleString('en')} customers join, nine tenths with an exposure: ${ours.toFixed(1)} s, by hand ${hand.toFixed(1)} s, ${(ours / hand).toFixed(2)} times (aim: at most ${AIM})`,
  )
}

/** One in eleven has never bought, and is not in the audience. */
async function fill(shopId: number): Promise<void> {
  const customers = Math.round(AUDIENCE * 1.1)
  await run(sql`insert into customer (shop_id, id, external_id, email, registered_at, created_at)
    select ${shopId}::integer, gen_random_uuid(), 'c' || i, 'c' || i || '@example.com', now(), now() from generate_series(1, ${customers}::integer) i`)
  await run(sql`insert into customer_statistics (shop_id, customer_id, number_of_orders, amount_spent, largest_order_amount, first_order_at, last_order_at)
    select ${shopId}::integer, id, 1 + i % 7, 10000 * (1 + i % 7), 10000, now() - interval '500 days', now() - i % 400 * interval '1 day'
    from (select id, substr(external_id, 2)::integer as i from customer where shop_id = ${shopId}) c where i <= ${AUDIENCE}`)
  for (const name of ['campaign_member', 'exposure'])
    await run(sql`create table ${sql.raw(`hand_${name.replace('campaign_', '')}`)} (like ${sql.raw(name)} including all)`)
  await run(sql`alter table hand_member add foreign key (shop_id, campaign_id) references campaign (shop_id, id),
    add foreign key (shop_id, customer_id) references customer (shop_id, id)`)
  await run(
    sql`alter table hand_exposure add foreign key (shop_id, campaign_id, customer_id) references hand_member (shop_id, campaign_id, customer_id)`,
  )
  await run(sql`vacuum (analyze) customer`)
  await run(sql`vacuum (analyze) customer_statistics`)
}

/** What a campaign needs to start; nothing is sent by it. */
async function carry(world: World): Promise<void> {
  const blank = { language: null, tierCode: null, subject: null, html: null, providerTemplateId: null, parameters: [] }
  taken(await saveTemplate(world, { code: 'recall', name: 'Recall', variants: [{ ...blank, channel: 'POST', text: 'Come back' }] }))
  const cards = { code: 'cards', channel: 'POST', kind: 'TASK', name: 'Cards', settings: {}, enabled: true } as const
  taken(await saveProvider(world, { ...cards, ratePerSecond: null, costMinor: 0 }))
}

/** Saved and started before the clock runs: that is what a person does. */
async function join(world: () => World, code: string): Promise<number> {
  taken(
    await saveCampaign(world(), {
      code,
      name: code,
      kind: 'RECALL',
      audience: 'number_of_orders >= 1',
      controlPercent: 10,
      steps: [{ delayDays: 1, channels: ['POST'], templateCode: 'recall' }],
    }),
  )
  taken(await startCampaign(world(), code))
  const start = performance.now()
  taken(await letJoin(world(), code))
  const seconds = (performance.now() - start) / 1_000
  const [members, exposures] = await counts('campaign_member', 'exposure')
  if (members !== AUDIENCE) throw new Error(`${members} joined`)
  console.log(`  ${members} members, ${exposures} exposures`)
  return seconds
}

async function byHand(shopId: number, code: string): Promise<number> {
  const { id } = (await rowOf<{ id: string }>(
    database.fork(),
    sql`select id from campaign where shop_id = ${shopId} and code = ${code}`,
  )) ?? {
    id: '',
  }
  const start = performance.now()
  await run(sql`
    with joined as (
      insert into hand_member (shop_id, campaign_id, customer_id, treated, joined_at)
      select c.shop_id, ${id}::uuid, c.id,
             ('x' || left(encode(sha256(convert_to(${id}::text || ':' || c.id, 'UTF8')), 'hex'), 8))::bit(32)::bigint % 10000 >= 1000, now()
      from customer c join customer_statistics s on s.shop_id = c.shop_id and s.customer_id = c.id
      where c.shop_id = ${shopId} and c.merged_into is null and s.number_of_orders >= 1
      returning customer_id, treated)
    insert into hand_exposure (shop_id, id, campaign_id, step, customer_id, status, due_at)
    select ${shopId}::integer, gen_random_uuid(), ${id}::uuid, 1, customer_id, 'DUE', now() + interval '1 day' from joined where treated`)
  const seconds = (performance.now() - start) / 1_000
  const [ours] = await counts('campaign_member', 'exposure')
  const [theirs] = await counts('hand_member', 'hand_exposure')
  const row = await rowOf<{ n: string }>(
    database.fork(),
    sql`select count(*) as n from campaign_member m join hand_member h using (shop_id, campaign_id, customer_id, treated)`,
  )
  if (ours !== theirs || Number(row?.n) !== ours) throw new Error('these are not the same rows')
  return seconds
}

async function counts(...tables: readonly string[]): Promise<number[]> {
  const found = await Promise.all(
    tables.map((table) => rowOf<{ n: string }>(database.fork(), sql`select count(*) as n from ${sql.raw(table)}`)),
  )
  return found.map((row) => Number(row?.n))
}

function taken<T>(result: Result<T, Problem>): T {
  if (!result.ok) throw new Error(result.problem.message)
  return result.value
}
