import { expect, test } from 'vitest'
import { type Random, random } from '../../src/demo/random.rules.ts'
import { newId } from '../../src/shell/ids.ts'
import { asJson, rowsOf, sql } from '../../src/shell/sql.ts'
import { customers, orders, products, tiers } from '../harness/acts.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'
import { type Among, EVERYBODY, figuresOf, type Person, recomputed } from './report-recomputed.ts'
import { membersOf, saveCampaign, start } from './running.ts'

// What the report says is held to raw rows, counted a second time in TypeScript, of campaigns in which anything may have happened.

const DAY = 86_400_000
const FIGURES = 'reached sent delivered opened clicked bought orders unitsPerBuyer revenue margin messageCost unsubscribed complained'
const GROUP = 'members buyers repeatBuyers orders returningOrders units revenue margin becameDormant'
const REPORT = `{ campaignReport(code: "any") { ${FIGURES} lost isFinal treated { ${GROUP} } control { ${GROUP} }
  cost { messages total perReturningOrder } lifts { metric treated control }
  bySteps { key ${FIGURES} } byChannels { key ${FIGURES} } byTemplates { key ${FIGURES} }
  byTiers { key ${FIGURES} treated { ${GROUP} } control { ${GROUP} } } } }`

/** A campaign of two steps among forty customers, and whatever may come of it: in any order, more often than once, or not at all. */
async function anything(shop: TestShop, chance: Random): Promise<void> {
  const { em, shopId } = shop.world()
  const who = Array.from({ length: 40 }, (_, i) => `c${i}`)
  const now = Date.now()
  const at = (days: number) => new Date(now - days * DAY).toISOString()
  await tiers(shop, 'silver', 'gold')
  await products(shop, { A: { listPrice: 1_000, costPrice: 400 }, B: 2_500 })
  await customers(shop, Object.fromEntries(who.map((code) => [code, chance.pick([{}, {}, 'silver', 'gold'])])))
  await saveCampaign(shop, {
    code: 'any',
    controlPercent: 30,
    attributionDays: chance.whole(5, 40),
    goal: { metric: 'ORDERS', target: 10 },
    steps: [
      { channels: ['EMAIL'], templateCode: 'first' },
      { channels: ['SMS'], templateCode: 'second', delayDays: 300 },
    ],
  })
  await start(shop, 'any')
  const members = await membersOf(shop, 'any')
  expect(members).toHaveLength(40)
  const bought = who.flatMap((code) =>
    Array.from(
      { length: chance.pick([0, 1, 2, 4]) },
      () => [code, chance.pick(['A', 'B']), 1_000, chance.whole(1, 4), at(60 * chance.fraction())] as const,
    ),
  )
  await orders(shop, ...bought)
  const joined = members.map((member) => ({
    id: member.customer_id,
    at: at(20 + 20 * chance.fraction()),
    left: chance.pick([null, null, null, 'OBJECTED', 'BOUGHT']),
  }))
  await rowsOf(
    em,
    sql`update campaign_member m set joined_at = w.at, left_reason = w."left", left_at = case when w."left" is not null then w.at end
        from jsonb_to_recordset(${asJson(joined)}) as w (id uuid, at timestamptz, "left" text) where m.shop_id = ${shopId} and m.customer_id = w.id`,
  )
  const messages = members
    .filter(({ treated }) => treated)
    .flatMap(({ customer_id }) =>
      [1, 2].flatMap((step) =>
        chance.happens(0.7)
          ? {
              id: newId(),
              customer: customer_id,
              step,
              channel: chance.pick(['EMAIL', 'SMS', 'WECOM']),
              template: step === 1 ? 'first' : 'second',
              status: chance.pick(['SENT', 'SENT', 'ACCEPTED', 'DELIVERED', 'BOUNCED', 'FAILED', 'QUEUED', 'AWAITING_STAFF']),
              at: at(40 * chance.fraction()),
              cost: chance.whole(0, 9),
            }
          : [],
      ),
    )
  await rowsOf(
    em,
    sql`insert into message (shop_id, id, customer_id, channel, purpose, campaign_id, campaign_code, step, template_code, template_version, status, queued_at, due_at, sent_at, cost_minor)
        select ${shopId}::integer, w.id, w.customer, w.channel, 'MARKETING', k.id, k.code, w.step, w.template, 1, w.status, w.at, w.at,
               case when w.status <> 'QUEUED' then w.at end, w.cost
        from jsonb_to_recordset(${asJson(messages)}) as w (id uuid, customer uuid, step integer, channel text, template text, status text, at timestamptz, cost bigint)
        join campaign k on k.shop_id = ${shopId} and k.code = 'any'`,
  )
  const events = messages.flatMap(({ id, at: sentAt }) =>
    chance
      .sample(['DELIVERED', 'OPENED', 'CLICKED', 'REPLIED', 'COMPLAINED', 'UNSUBSCRIBED', 'OPENED'], chance.whole(0, 4))
      .map((kind) => ({
        id: newId(),
        message: id,
        kind,
        at: sentAt,
      })),
  )
  await rowsOf(
    em,
    sql`insert into message_event (shop_id, id, message_id, kind, at, provider_code, event_id, received_at)
        select ${shopId}::integer, w.id, w.message, w.kind, w.at, 'test', w.id::text, w.at
        from jsonb_to_recordset(${asJson(events)}) as w (id uuid, message uuid, kind text, at timestamptz)`,
  )
  const seen = members.flatMap(({ customer_id, treated }) =>
    treated && chance.happens(0.4)
      ? chance
          .sample(['SEEN', 'CLICKED', 'DISMISSED'], chance.whole(1, 3))
          .map((kind) => ({ customer: customer_id, kind, at: at(35 * chance.fraction()) }))
      : [],
  )
  await rowsOf(
    em,
    sql`insert into campaign_event (shop_id, campaign_id, customer_id, kind, day, at)
        select ${shopId}::integer, k.id, w.customer, w.kind, w.at::date, w.at
        from jsonb_to_recordset(${asJson(seen)}) as w (customer uuid, kind text, at timestamptz) join campaign k on k.shop_id = ${shopId} and k.code = 'any'`,
  )
  const scores = members.flatMap(({ customer_id }) =>
    chance.happens(0.8)
      ? { customer: customer_id, lifecycle: chance.pick(['ACTIVE', 'AT_RISK', 'DORMANT', 'CHURNED']), p90: 2 + 10 * chance.fraction() }
      : [],
  )
  await rowsOf(
    em,
    sql`insert into customer_score (shop_id, customer_id, recency, frequency, monetary, rfm_group, lifecycle, rhythm_source, rhythm_median_days, rhythm_p90_days,
          expected_order_at, abc_class, spend_percentile, predicted_spend_tier)
        select ${shopId}::integer, w.customer, 1, 1, 1, 'NEW', w.lifecycle, 'OWN', 1, w.p90, now(), 'A', 50, 'LOW'
        from jsonb_to_recordset(${asJson(scores)}) as w (customer uuid, lifecycle text, p90 double precision)
        on conflict (shop_id, customer_id) do update set lifecycle = excluded.lifecycle, rhythm_median_days = 1, rhythm_p90_days = excluded.rhythm_p90_days`,
  )
}

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0)

function expected(people: readonly Person[], among: Among) {
  const { orders: placed, cost, ...who } = figuresOf(people, among)
  return {
    reached: who.REACHED.length,
    sent: who.SENT.length,
    delivered: who.DELIVERED.length,
    opened: who.OPENED.length,
    clicked: who.CLICKED.length,
    bought: who.BOUGHT.length,
    orders: placed.length,
    unitsPerBuyer: who.BOUGHT.length === 0 ? null : sum(placed.map(({ units }) => units)) / who.BOUGHT.length,
    revenue: sum(placed.map(({ total }) => total)),
    margin: sum(placed.map(({ margin }) => margin)),
    messageCost: cost,
    unsubscribed: who.UNSUBSCRIBED.length,
    complained: who.COMPLAINED.length,
  }
}

function expectedGroup(people: readonly Person[]) {
  const placed = people.flatMap(({ orders: own }) => own)
  return {
    members: people.length,
    buyers: people.filter(({ orders: own }) => own.length > 0).length,
    repeatBuyers: people.filter(({ orders: own }) => own.some(({ isFirst }) => !isFirst)).length,
    orders: placed.length,
    returningOrders: placed.filter(({ isFirst }) => !isFirst).length,
    units: sum(placed.map(({ units }) => units)),
    revenue: sum(placed.map(({ total }) => total)),
    margin: sum(placed.map(({ margin }) => margin)),
    becameDormant: people.filter(({ dormant }) => dormant).length,
  }
}

const by = (name: 'step' | 'channel' | 'template', key: string | null): Among => ({
  touch: (touch) => touch[name] === key,
  order: (touch) => (touch?.[name] ?? null) === key,
  isWhole: false,
})

test.each(['one', 'two', 'three', 'four'])('every figure is what the raw rows say, and opens the customers behind it: %s', async (seed) => {
  const shop = await openTestShop()
  await anything(shop, random(`report ${seed}`))
  const { campaignReport: report } = await shop.admin(REPORT)
  const people = await recomputed(shop, 'any')
  const [treated, control] = [people.filter((person) => person.treated), people.filter((person) => !person.treated)]
  expect(report).toMatchObject({
    ...expected(people, EVERYBODY),
    lost: treated.filter(({ dormant, objected, touches }) => dormant || objected || touches.some(({ kinds }) => kinds.has('UNSUBSCRIBED')))
      .length,
    isFinal: false,
    treated: expectedGroup(treated),
    control: expectedGroup(control),
  })
  const returning = expectedGroup(treated).returningOrders
  expect(report.cost).toEqual({
    messages: report.messageCost,
    total: report.messageCost,
    perReturningOrder: returning === 0 ? null : Math.floor(report.messageCost / returning + 0.5),
  })
  const orderLift = report.lifts.find(({ metric }: { metric: string }) => metric === 'ORDERS')
  expect(orderLift.treated).toBeCloseTo(report.orders / treated.length, 9)

  for (const [list, name] of [
    ['bySteps', 'step'],
    ['byChannels', 'channel'],
    ['byTemplates', 'template'],
  ] as const) {
    expect(report[list].length).toBeGreaterThan(1)
    for (const { key, ...figures } of report[list]) expect(figures, `${list} ${key}`).toEqual(expected(people, by(name, key)))
    expect(sum(report[list].map(({ orders: n }: { orders: number }) => n))).toBe(report.orders)
  }
  for (const { key, treated: t, control: c, ...figures } of report.byTiers) {
    const inTier = people.filter(({ tier }) => tier === key)
    expect(figures, `tier ${key}`).toEqual(expected(inTier, EVERYBODY))
    expect(t).toEqual(expectedGroup(inTier.filter((person) => person.treated)))
    expect(c).toEqual(expectedGroup(inTier.filter((person) => !person.treated)))
  }

  const behind = async (args: string): Promise<string[]> => {
    const ids: string[] = []
    for (let after = ''; ; ) {
      const { campaignCustomers: page } = await shop.admin(
        `{ campaignCustomers(code: "any", ${args}, first: 7${after}) { totalCount nodes { id } pageInfo { hasNextPage endCursor } } }`,
      )
      ids.push(...page.nodes.map(({ id }: { id: string }) => id))
      if (!page.pageInfo.hasNextPage) {
        expect(page.totalCount).toBe(ids.length)
        return ids
      }
      after = `, after: "${page.pageInfo.endCursor}"`
    }
  }
  const idsOf = (of: readonly Person[]) => of.map(({ id }) => id).sort()
  const { orders: _, cost: __, ...who } = figuresOf(people, EVERYBODY)
  for (const [figure, of] of Object.entries(who)) expect(await behind(`figure: ${figure}`), figure).toEqual(idsOf(of))
  expect(await behind('figure: CONTROL')).toEqual(idsOf(control))
  expect(await behind('figure: CONTROL_LOST')).toEqual(idsOf(control.filter(({ dormant }) => dormant)))
  expect((await behind('figure: LOST')).length).toBe(report.lost)
  expect(await behind('figure: OPENED, step: 1')).toEqual(idsOf(figuresOf(people, by('step', '1')).OPENED))
  expect(await behind('figure: BOUGHT, channel: EMAIL')).toEqual(idsOf(figuresOf(people, by('channel', 'EMAIL')).BOUGHT))
  expect(await behind('figure: BOUGHT, untouched: true')).toEqual(idsOf(figuresOf(people, by('channel', null)).BOUGHT))
  expect(await behind('figure: SENT, tier: "gold"')).toEqual(
    idsOf(
      figuresOf(
        people.filter(({ tier }) => tier === 'gold'),
        EVERYBODY,
      ).SENT,
    ),
  )
})
