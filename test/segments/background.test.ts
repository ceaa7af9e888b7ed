import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, inject, test } from 'vitest'
import { type App, openApp } from '../../src/app.ts'
import { instant } from '../../src/kernel/clock.ts'
import { localTime } from '../../src/kernel/zone.ts'
import { rowsOf, sql } from '../../src/shell/sql.ts'
import { customers } from '../harness/acts.ts'
import { openTestDatabase } from '../harness/database.ts'
import { quietConfig } from '../harness/node.ts'
import { openServers } from '../harness/servers.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'
import { saveSegment } from './saving.ts'

const onServer = inject('template') !== null
const MINUTE = 60_000
/** What the log says of the last of the day's work. */
const DONE = /"job":"tags and segments"[^\n]*a daily job is done/

type Run = { readonly job: string; readonly day: string }
const runsOf = (shop: Pick<TestShop, 'world'>): Promise<Run[]> => {
  const { em, shopId } = shop.world()
  return rowsOf<Run>(
    em,
    sql`select job, day::text as day from daily_run where shop_id = ${shopId} and job = 'tags and segments' order by day`,
  )
}

/** Waits for what is done in the background, and says nothing of how long it takes. */
async function until<T>(look: () => Promise<T>, isSo: (seen: T) => boolean): Promise<T> {
  for (;;) {
    const seen = await look()
    if (isSo(seen)) return seen
    await sleep(50)
  }
}

async function awake(now?: () => Date): Promise<App & AsyncDisposable> {
  const database = await openTestDatabase()
  const app = await openApp(quietConfig(), { database, background: true, ...(now ? { now: () => instant(now()) } : {}) })
  return Object.assign(app, {
    [Symbol.asyncDispose]: async () => {
      await app.close()
      await database.close()
    },
  })
}

test('what a change lets into a segment, and what tag a rule gives, is found out without anybody asking', async () => {
  await using app = await awake()
  const shop = await openTestShop({ app })
  await saveSegment(shop, 'paris', "customer_cities CONTAINS 'Paris'")
  await shop.admin('mutation { saveTagRule(input: { tag: "Parisian", query: "in_segment = \'paris\'" }) { tag } }')
  await customers(shop, { a: { city: 'Paris' } })
  const seen = '{ customer(ref: { externalId: "a" }) { tags segments { code } } }'
  const customer = await until(
    async () => (await shop.admin(seen)).customer,
    ({ tags, segments }) => tags.length > 0 && segments.length > 0,
  )
  expect(customer).toEqual({ tags: ['Parisian'], segments: [{ code: 'paris' }] })
})

test("each shop's daily work is done on its own day, some minutes into it, and once", async () => {
  let now = new Date('2026-03-10T16:03:00Z')
  await using app = await awake(() => now)
  const shanghai = await openTestShop({ app, timeZone: 'Asia/Shanghai' })
  const first = openApp(quietConfig(), { database: app.database, background: true, now: () => instant(now) })
  const dayOf = async (shop: TestShop) =>
    (
      await until(
        () => runsOf(shop),
        (runs) => runs.length > 0,
      )
    ).map(({ day }) => day)
  // Three minutes past midnight of the 11th there: it is still the 10th that is looked after.
  expect(await dayOf(shanghai)).toEqual(['2026-03-10'])
  await (await first).close()
  now = new Date('2026-03-10T16:06:00Z')
  const rome = await openTestShop({ app, timeZone: 'Europe/Rome' })
  const second = await openApp(quietConfig(), { database: app.database, background: true, now: () => instant(now) })
  expect(await dayOf(rome)).toEqual(['2026-03-10'])
  await until(
    () => runsOf(shanghai),
    (runs) => runs.length === 2,
  )
  expect((await runsOf(shanghai)).map(({ day }) => day)).toEqual(['2026-03-10', '2026-03-11'])
  await second.close()
})

test('time alone lets customers in, once a day', async () => {
  let now = new Date('2026-03-10T08:00:00Z')
  await using app = await awake(() => now)
  const shop = await openTestShop({ app })
  await customers(shop, { a: null })
  await saveSegment(shop, 'a-week-here', 'customer_added_date <= -7d')
  await until(
    async () => (await shop.admin('{ segment(code: "a-week-here") { refreshedAt } }')).segment.refreshedAt,
    (at) => at !== null,
  )
  now = new Date('2026-03-20T08:00:00Z')
  const later = await openApp(quietConfig(), { database: app.database, background: true, now: () => instant(now) })
  const history = '{ segment(code: "a-week-here") { history { nodes { kind customer { externalId } } } } }'
  const { nodes } = await until(
    async () => (await shop.admin(history)).segment.history,
    ({ nodes }) => nodes.length > 0,
  )
  expect(nodes).toEqual([{ kind: 'ENTERED', customer: { externalId: 'a' } }])
  await later.close()
})

test('a shop whose work fails keeps no other shop from its own, and what failed is in the log and not in the queue', async () => {
  let now = new Date('2026-03-10T08:00:00Z')
  const lines: string[] = []
  await using app = await awake(() => now)
  const [broken, sound] = [await openTestShop({ app }), await openTestShop({ app })]
  for (const shop of [broken, sound]) await saveSegment(shop, 'all', 'number_of_orders >= 0')
  const { em, shopId } = broken.world()
  await rowsOf(em, sql`update segment set query = 'Mei Secret (' where shop_id = ${shopId}`)
  now = new Date('2026-03-20T08:00:00Z')
  const later = await openApp(
    { ...quietConfig(), logLevel: 'info' },
    { database: app.database, background: true, now: () => instant(now), log: { write: (line) => void lines.push(line) } },
  )
  await until(
    () => runsOf(sound),
    (runs) => runs.some(({ day }) => day === '2026-03-20'),
  )
  await until(
    async () => lines.join(''),
    (said) => said.includes('a daily job failed') && said.includes('following a change failed'),
  )
  await until(
    () =>
      rowsOf<{ output: string }>(app.database.fork(), sql`select output::text as output from regulars_jobs.job where output is not null`),
    (failed) => failed.length > 0,
  )
  await later.close()
  expect(await runsOf(broken)).not.toContainEqual(expect.objectContaining({ day: '2026-03-20' }))
  expect(
    await rowsOf(broken.world().em, sql`select 1 from daily_run where shop_id = ${shopId} and job = 'scores' and day = '2026-03-20'`),
  ).toHaveLength(1)
  const kept = await rowsOf<{ text: string }>(app.database.fork(), sql`select to_jsonb(j)::text as text from regulars_jobs.job j`)
  expect(kept.map(({ text }) => text).join('')).toContain('failed, as the log says')
  expect(kept.map(({ text }) => text).join('')).not.toContain('Mei Secret')
  expect(lines.join('')).not.toContain('Mei Secret')
})

describe.runIf(onServer)('several processes', () => {
  test(
    'do the daily work once between them',
    async () => {
      await using servers = await openServers()
      const [one, two] = [await servers.start(), await servers.start()]
      const said = () => one.program.said() + two.program.said()
      await until(
        async () => said(),
        (text) => DONE.test(text),
      )
      // Long enough for the other to have looked too.
      await sleep(5_000)
      expect(said().split(DONE)).toHaveLength(2)
      expect(await runsOf(one.shop)).toHaveLength(1)
    },
    2 * MINUTE,
  )

  test(
    'take over what one that was killed had begun, and do it once',
    async () => {
      await using servers = await openServers()
      const first = await servers.start()
      await until(
        () => runsOf(first.shop),
        (runs) => runs.length > 0,
      )
      const { em, shopId } = first.shop.world()
      await saveSegment(first.shop, 'everybody', 'number_of_orders = 0')
      // A day that was not begun: the queue is asked for it as the clock asks.
      await first.program[Symbol.asyncDispose]()
      await rowsOf(em, sql`delete from daily_run where shop_id = ${shopId}`)
      await rowsOf(em, sql`delete from regulars_jobs.job`)
      const world = first.shop.world()
      const [victim, heir] = await world.em.transactional(async (tx) => {
        // Whoever begins waits here, in the middle of its transaction.
        await rowsOf(tx as never, sql`select pg_advisory_xact_lock(7281449, ${shopId}::integer)`)
        const doomed = await servers.start()
        await until(
          () => rowsOf(em, sql`select 1 from regulars_jobs.job where name = 'daily' and state = 'active'`),
          (rows) => rows.length > 0,
        )
        const other = await servers.start()
        doomed.program.process.kill('SIGKILL')
        await doomed.program.ended
        return [doomed, other]
      })
      expect(await runsOf(heir.shop)).toEqual([])
      await until(
        () => runsOf(heir.shop),
        (runs) => runs.length > 0,
      )
      expect(victim.program.said()).not.toMatch(DONE)
      // What is committed is told a moment later.
      await until(
        async () => heir.program.said(),
        (said) => DONE.test(said),
      )
      expect(heir.program.said().split(DONE)).toHaveLength(2)
      expect(await runsOf(heir.shop)).toMatchObject([
        { job: 'tags and segments', day: localTime(instant(Date.now() - 5 * MINUTE), 'Asia/Shanghai').day },
      ])
    },
    3 * MINUTE,
  )

  test(
    'end cleanly while work is under way',
    async () => {
      await using servers = await openServers()
      const { program } = await servers.start()
      program.process.kill('SIGTERM')
      expect(await program.ended).toBe(0)
    },
    MINUTE,
  )
})
