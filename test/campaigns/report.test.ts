import { expect, test } from 'vitest'
import { campaignReport } from '../../src/campaigns/report.service.ts'
import { sendDue } from '../../src/messages/sending.service.ts'
import { rowsOf, sql } from '../../src/shell/sql.ts'
import { customers, orders, products, publishOffer } from '../harness/acts.ts'
import { commit, held, returnLines } from '../harness/checkout.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'
import { openMailbox } from '../messages/mailbox.ts'
import { mailServer, mailTemplate } from '../messages/mailing.ts'
import { membersOf, saveCampaign, start } from './running.ts'

// What a campaign did, told while it runs and after it.

const DAY = 86_400_000
const said = async (shop: TestShop, fields: string, args = '') =>
  (await shop.admin(`{ campaignReport(code: "recall"${args}) { ${fields} } }`)).campaignReport

test('a campaign of mail and an offer: sent, bought, given away, returned', async () => {
  await using box = await openMailbox()
  const shop = await openTestShop()
  const who = Array.from({ length: 12 }, (_, i) => `c${i}`)
  await products(shop, { A: { listPrice: 10_000, costPrice: 4_000 } })
  const person = (code: string) => ({
    email: `${code}@example.com`,
    emailVerified: true,
    consents: [{ channel: 'EMAIL', granted: true, at: '2025-01-01T00:00:00Z' }],
  })
  await customers(shop, Object.fromEntries(who.map((code) => [code, person(code)])))
  await orders(shop, ...who.map((code) => [code, 'A', 10_000, 1, '2026-01-05T03:00:00Z'] as const))
  await mailServer(shop, box, { costMinor: 3 })
  await mailTemplate(shop, 'recall', { subject: 'Come back', text: 'Dear customer {{ unsubscribe_url }}' })
  await saveCampaign(shop, { code: 'recall', controlPercent: 30, goal: { metric: 'REVENUE', target: 20_000 } })
  await start(shop, 'recall')
  while ((await sendDue(shop.world())).more);
  const members = await membersOf(shop, 'recall')
  const treated = members.filter((member) => member.treated).map((member) => member.who)
  const sent = box.mails.length
  expect(sent).toBe(treated.length)
  await publishOffer(shop, { code: 'ten', level: 'PRODUCT', product: { adjustment: { percentOff: 10 } }, campaign: 'recall' })

  expect(
    await said(
      shop,
      'sent bought isFinal goal { result share } cost { total perReturningOrder perNewCustomer } lifts { verdict absolute { value } }',
    ),
  ).toMatchObject({
    sent,
    bought: 0,
    isFinal: false,
    goal: { result: 0, share: 0 },
    cost: { total: 3 * sent, perReturningOrder: null, perNewCustomer: null },
    lifts: Array.from({ length: 6 }, () => ({ verdict: 'NOT_ENOUGH_DATA', absolute: null })),
  })

  const [one = '', other = ''] = treated
  for (const [as, order] of [
    [one, 'o1'],
    [other, 'o2'],
  ] as const)
    await commit(shop, (await held(shop, { cart: { A: 2 }, as })).id, order)
  expect(
    await said(
      shop,
      'bought orders unitsPerBuyer revenue margin discounts goal { result share } cost { messages discounts total perReturningOrder perNewCustomer }',
      ', newCustomerCost: 9000',
    ),
  ).toEqual({
    bought: 2,
    orders: 2,
    unitsPerBuyer: 2,
    revenue: 36_000,
    margin: 20_000,
    discounts: 4_000,
    goal: { result: 36_000, share: 1.8 },
    cost: {
      messages: 3 * sent,
      discounts: 4_000,
      total: 4_000 + 3 * sent,
      perReturningOrder: 2_000 + Math.floor((3 * sent) / 2 + 0.5),
      perNewCustomer: 9_000,
    },
  })
  const { campaignCustomers: discounted } = await shop.admin(
    '{ campaignCustomers(code: "recall", figure: DISCOUNTED) { totalCount nodes { externalId } } }',
  )
  expect(discounted.nodes.map(({ externalId }: { externalId: string }) => externalId).sort()).toEqual([one, other].sort())

  // One of the two units goes back: the revenue follows, and what was given away stays said.
  await returnLines(shop, 'o1', 'r1', { A: 1 })
  expect(await said(shop, 'bought revenue margin discounts: cost { discounts }')).toEqual({
    bought: 2,
    revenue: 27_000,
    margin: 15_000,
    discounts: { discounts: 4_000 },
  })
  await returnLines(shop, 'o1', 'r2', { A: 1 })
  expect(await said(shop, 'bought orders revenue')).toEqual({ bought: 1, orders: 1, revenue: 18_000 })

  await shop.admin('mutation { cancelCampaign(code: "recall") { status } }')
  expect(await said(shop, 'isFinal')).toEqual({ isFinal: false })
  const later = await campaignReport(shop.world(new Date(Date.now() + 15 * DAY)), 'recall')
  expect(later).toMatchObject({ ok: true, value: { isFinal: true } })
  expect((await said(shop, 'csv liftsCsv')).csv.split('\r\n').slice(0, 2)).toEqual([
    'part,key,reached,sent,delivered,opened,clicked,bought,orders,units,revenue,margin,messageCost,discounts,giftCost,unsubscribed,complained',
    `ALL,,${sent},${sent},0,0,0,1,1,2,18000,10000,${3 * sent},2000,0,0,0`,
  ])
})

test('a campaign on site: shown is reached, and an order after it belongs to it', async () => {
  const shop = await openTestShop()
  await products(shop, { A: 1_000 })
  await customers(shop, { mei: {}, bo: {}, ann: {} })
  await saveCampaign(shop, { code: 'recall', steps: [], onSite: { title: 'Welcome back' } })
  await start(shop, 'recall')
  const { em, shopId } = shop.world()
  await rowsOf(
    em,
    sql`insert into campaign_event (shop_id, campaign_id, customer_id, kind, day, at)
        select m.shop_id, m.campaign_id, m.customer_id, 'SEEN', current_date, m.joined_at from campaign_member m
        join customer c on c.shop_id = m.shop_id and c.id = m.customer_id where m.shop_id = ${shopId} and c.external_id <> 'ann'`,
  )
  const soon = new Date(Date.now() + 1_000).toISOString()
  await orders(shop, ['mei', 'A', 1_000, 1, soon], ['ann', 'A', 1_000, 1, soon])
  expect(await said(shop, 'reached sent bought byChannels { key reached bought }')).toEqual({
    reached: 2,
    sent: 0,
    bought: 2,
    byChannels: [
      { key: 'ON_SITE', reached: 2, bought: 1 },
      { key: null, reached: 0, bought: 1 },
    ],
  })
})

test('what is not told apart, or not there, is refused', async () => {
  const shop = await openTestShop()
  await saveCampaign(shop, { code: 'recall' })
  const wrong = async (query: string) => {
    const { errors } = await shop.ask('/admin/graphql', { authorization: `Bearer ${shop.keys.owner}` }, query)
    return errors.map(({ extensions }) => extensions?.code)
  }
  expect(await wrong('{ campaignReport(code: "nothing") { sent } }')).toEqual(['NOT_FOUND'])
  expect(await wrong('{ campaignCustomers(code: "nothing", figure: SENT) { totalCount } }')).toEqual(['NOT_FOUND'])
  expect(await wrong('{ campaignCustomers(code: "recall", figure: LOST, step: 1) { totalCount } }')).toEqual(['BAD_USER_INPUT'])
  expect(await wrong('{ campaignCustomers(code: "recall", figure: SENT, untouched: true) { totalCount } }')).toEqual(['BAD_USER_INPUT'])
  expect(await wrong('{ campaignCustomers(code: "recall", figure: BOUGHT, step: 1, untouched: true) { totalCount } }')).toEqual([
    'BAD_USER_INPUT',
  ])
  expect(await said(shop, 'sent lost isFinal treated { members unitsPerBuyer knownCostShare } lifts { verdict treated }')).toMatchObject({
    sent: 0,
    lost: 0,
    isFinal: false,
    treated: { members: 0, unitsPerBuyer: null, knownCostShare: null },
    lifts: Array.from({ length: 6 }, () => ({ verdict: 'NOT_ENOUGH_DATA', treated: null })),
  })
})
