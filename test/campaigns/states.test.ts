import { expect, test } from 'vitest'
import { runCampaigns } from '../../src/campaigns/pulse.service.ts'
import { customers, orders, products } from '../harness/acts.ts'
import { bearer } from '../harness/client.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'
import { openMailbox } from '../messages/mailbox.ts'
import { mailServer, mailTemplate } from '../messages/mailing.ts'
import { carry, dueOf, exposuresOf, membersOf, saveCampaign, start } from './running.ts'

const DAY = 86_400_000
const inDays = (days: number) => new Date(Date.now() + days * DAY)

const act = (shop: TestShop, name: string, code: string) =>
  shop.admin(`mutation ($code: String!) { ${name}(code: $code) { status } }`, { code })
const stateOf = async (shop: TestShop, code: string) =>
  (await shop.admin('query ($code: String!) { campaign(code: $code) { status startedAt pausedAt endedAt nextJoinAt } }', { code })).campaign

test('a scheduled campaign starts by itself when its instant has come, and not before', async () => {
  const shop = await openTestShop()
  await customers(shop, { mei: {} })
  await saveCampaign(shop, { code: 'soon', start: { kind: 'ONCE', at: inDays(2) } })
  await carry(shop, 'soon')
  await act(shop, 'scheduleCampaign', 'soon')
  await runCampaigns(shop.world(inDays(1.9)))
  expect(await stateOf(shop, 'soon')).toMatchObject({ status: 'SCHEDULED', startedAt: null })
  expect(await membersOf(shop, 'soon')).toEqual([])
  const at = inDays(2.1)
  await runCampaigns(shop.world(at))
  expect(await stateOf(shop, 'soon')).toMatchObject({ status: 'RUNNING', startedAt: at.toISOString(), nextJoinAt: null })
  expect((await membersOf(shop, 'soon')).map(({ who }) => who)).toEqual(['mei'])
})

test('a daily campaign lets in each day whoever newly matches, nobody twice, until its joining is over', async () => {
  const shop = await openTestShop({ timeZone: 'Europe/Berlin' })
  await customers(shop, { mei: { tags: ['regular'] }, bo: {} })
  await saveCampaign(shop, {
    code: 'daily',
    audience: "customer_tags CONTAINS 'regular'",
    start: { kind: 'DAILY', time: '09:30', until: inDays(2.5) },
    steps: [],
    onSite: { title: 'Welcome back' },
  })
  await start(shop, 'daily')
  expect((await membersOf(shop, 'daily')).map(({ who }) => who)).toEqual(['mei'])
  const { nextJoinAt } = await stateOf(shop, 'daily')
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Berlin', hour: '2-digit', minute: '2-digit' })
  expect(clock.format(new Date(nextJoinAt))).toBe('09:30')
  await customers(shop, { bo: { tags: ['regular'] } })
  await runCampaigns(shop.world(new Date(Date.parse(nextJoinAt) - 1)))
  expect(await membersOf(shop, 'daily')).toHaveLength(1)
  await runCampaigns(shop.world(new Date(nextJoinAt)))
  await runCampaigns(shop.world(new Date(nextJoinAt)))
  expect((await membersOf(shop, 'daily')).map(({ who }) => who)).toEqual(['bo', 'mei'])
  for (const days of [1, 2, 3, 4]) await runCampaigns(shop.world(new Date(Date.parse(nextJoinAt) + days * DAY)))
  expect(await stateOf(shop, 'daily')).toMatchObject({ status: 'RUNNING', nextJoinAt: null })
  await customers(shop, { li: { tags: ['regular'] } })
  await runCampaigns(shop.world(inDays(10)))
  expect(await membersOf(shop, 'daily')).toHaveLength(2)
})

test('while it is paused nobody joins; once it goes on those join who should have', async () => {
  const shop = await openTestShop()
  await customers(shop, { mei: {} })
  await saveCampaign(shop, { code: 'wait' })
  await carry(shop, 'wait')
  await act(shop, 'startCampaign', 'wait')
  await act(shop, 'pauseCampaign', 'wait')
  await runCampaigns(shop.world())
  expect(await membersOf(shop, 'wait')).toEqual([])
  await act(shop, 'resumeCampaign', 'wait')
  await runCampaigns(shop.world())
  expect(await membersOf(shop, 'wait')).toHaveLength(1)
})

test('at its end everybody leaves and nothing more is due, whether time or staff end it', async () => {
  const shop = await openTestShop()
  await customers(shop, { mei: {}, bo: {} })
  const steps = [{ delayDays: 9, channels: ['EMAIL'], templateCode: 'recall' }]
  await saveCampaign(shop, { code: 'timed', endsAt: inDays(5), steps })
  await saveCampaign(shop, { code: 'called-off', steps })
  await start(shop, 'timed')
  await start(shop, 'called-off')
  await act(shop, 'cancelCampaign', 'called-off')
  await runCampaigns(shop.world(inDays(5)))
  for (const [code, status] of [
    ['timed', 'FINISHED'],
    ['called-off', 'CANCELLED'],
  ] as const) {
    expect(await stateOf(shop, code)).toMatchObject({ status, nextJoinAt: null })
    expect((await membersOf(shop, code)).map((member) => member.left_reason)).toEqual(['CAMPAIGN_OVER', 'CAMPAIGN_OVER'])
    expect((await exposuresOf(shop, code)).map(({ status: is, reason }) => `${is} ${reason}`)).toEqual([
      'DROPPED CAMPAIGN_OVER',
      'DROPPED CAMPAIGN_OVER',
    ])
  }
})

test('without an end it is over when nothing is due and everybody had the time in which their orders count', async () => {
  const shop = await openTestShop()
  await customers(shop, { mei: {} })
  await saveCampaign(shop, { code: 'site', attributionDays: 7, steps: [], onSite: { title: 'Welcome back' } })
  await start(shop, 'site')
  await runCampaigns(shop.world(inDays(6.9)))
  expect(await stateOf(shop, 'site')).toMatchObject({ status: 'RUNNING' })
  await runCampaigns(shop.world(inDays(7.1)))
  expect(await stateOf(shop, 'site')).toMatchObject({ status: 'FINISHED' })
})

test('whoever places an order that counts after joining leaves at once; an older order changes nothing', async () => {
  const shop = await openTestShop()
  await products(shop, { A: 1_000 })
  await customers(shop, { mei: {}, bo: {}, li: {} })
  await saveCampaign(shop, { code: 'recall', controlPercent: 0, steps: [{ delayDays: 1, channels: ['EMAIL'], templateCode: 'recall' }] })
  await start(shop, 'recall')
  await orders(shop, ['mei', 'A', 1_000, 1, new Date(Date.now() + 1_000).toISOString()], ['bo', 'A', 1_000, 1, '2026-01-01T00:00:00Z'])
  expect((await membersOf(shop, 'recall')).map(({ who, left_reason }) => [who, left_reason])).toEqual([
    ['bo', null],
    ['li', null],
    ['mei', 'BOUGHT'],
  ])
  expect(await exposuresOf(shop, 'recall')).toEqual([
    { who: 'bo', step: 1, status: 'DUE', reason: null },
    { who: 'li', step: 1, status: 'DUE', reason: null },
    { who: 'mei', step: 1, status: 'DROPPED', reason: 'BOUGHT' },
  ])
})

test("each one's usual hour is waited for, and the shop's where it is not known", async () => {
  const shop = await openTestShop({ timeZone: 'Asia/Tokyo' })
  await products(shop, { A: 1_000 })
  await customers(shop, { early: {}, late: {}, never: {} })
  // Tokyo is nine hours ahead: Mondays at 7, Thursdays at 22 twice, and once on a Monday.
  await orders(
    shop,
    ['early', 'A', 1_000, 1, '2026-01-04T22:10:00Z'],
    ['early', 'A', 1_000, 1, '2026-01-11T22:20:00Z'],
    ['late', 'A', 1_000, 1, '2026-01-08T13:10:00Z'],
    ['late', 'A', 1_000, 1, '2026-01-15T13:50:00Z'],
    ['late', 'A', 1_000, 1, '2026-01-15T13:55:00Z'],
  )
  await saveCampaign(shop, {
    code: 'usual',
    start: { kind: 'USUAL_HOUR' },
    steps: [{ delayDays: 3, channels: ['EMAIL'], templateCode: 'recall' }],
  })
  await start(shop, 'usual')
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Tokyo', weekday: 'short', hour: '2-digit', hourCycle: 'h23' })
  const due = await dueOf(shop, 'usual')
  const shown = (who: string) => clock.format(due[who])
  const wait = (who: string) => (due[who]?.getTime() ?? 0) - Date.now()
  expect([shown('early'), shown('late'), shown('never')]).toEqual(['Mon, 07', 'Thu, 22', 'Thu, 22'])
  for (const who of ['early', 'late', 'never']) {
    expect(wait(who)).toBeGreaterThan(2.99 * DAY)
    expect(wait(who)).toBeLessThan(10.01 * DAY)
  }
})

test('a segment that a campaign names cannot go until the campaign is over', async () => {
  const shop = await openTestShop()
  await shop.admin('mutation { saveSegment(input: { code: "regulars", name: "Regulars", query: "number_of_orders >= 2" }) { id } }')
  await saveCampaign(shop, { code: 'recall', exclusions: ["in_segment = 'regulars'"] })
  const remove = () => shop.ask('/admin/graphql', bearer(shop.keys.owner), 'mutation { deleteSegment(code: "regulars") }')
  const refused = await remove()
  expect(refused.errors[0]).toMatchObject({ extensions: { code: 'IN_USE' } })
  expect(refused.errors[0]?.message).toContain('campaign "recall"')
  await act(shop, 'cancelCampaign', 'recall')
  expect((await remove()).errors).toEqual([])
})

test('progress counts who takes part, who left and why, and where each sending stands', async () => {
  const shop = await openTestShop()
  await products(shop, { A: 1_000 })
  await customers(shop, { mei: {}, bo: {}, li: {} })
  await saveCampaign(shop, { code: 'recall', steps: [{ delayDays: 1, channels: ['EMAIL'], templateCode: 'recall' }] })
  await start(shop, 'recall')
  await orders(shop, ['mei', 'A', 1_000, 1, new Date(Date.now() + 1_000).toISOString()])
  const { campaign } = await shop.admin(
    '{ campaign(code: "recall") { progress { members treated control waiting left { reason count } exposures { step status reason count } } } }',
  )
  expect(campaign.progress).toEqual({
    members: 3,
    treated: 3,
    control: 0,
    waiting: 2,
    left: [{ reason: 'BOUGHT', count: 1 }],
    exposures: [
      { step: 1, status: 'DROPPED', reason: 'BOUGHT', count: 1 },
      { step: 1, status: 'DUE', reason: null, count: 2 },
    ],
  })
})

test('what could reach nobody does not start: a template that is not there, a channel that nobody carries', async () => {
  const shop = await openTestShop()
  await saveCampaign(shop, { code: 'recall', steps: [{ channels: ['SMS', 'EMAIL'], templateCode: 'recall' }] })
  const refused = async () => {
    const { errors } = await shop.ask('/admin/graphql', bearer(shop.keys.owner), 'mutation { startCampaign(code: "recall") { status } }')
    return errors.map(({ message, extensions }) => [extensions.code, message])
  }
  expect(await refused()).toEqual([['CONFLICT', 'Step 1 says template "recall", and there is none: save it first.']])
  await mailTemplate(shop, 'recall', { channel: 'SMS', text: 'Hello' })
  expect(await refused()).toEqual([['CONFLICT', 'Nobody carries SMS or EMAIL, by which step 1 goes: save a provider for it first.']])
  await using box = await openMailbox()
  await mailServer(shop, box)
  expect(await refused()).toEqual([['CONFLICT', 'Template "recall" of step 1 says nothing by EMAIL: save it with a variant for that.']])
  await mailTemplate(shop, 'recall', { subject: 'Hello', text: '{{ unsubscribe_url }}' })
  expect(await refused()).toEqual([])
})

test('where orders come to count otherwise, whoever bought meanwhile leaves', async () => {
  const shop = await openTestShop()
  await products(shop, { A: 1_000 })
  await customers(shop, { mei: {}, bo: {} })
  await shop.admin('mutation { updateShop(input: { orderCountsWhen: COMPLETED }) { code } }')
  await saveCampaign(shop, { code: 'recall', steps: [{ delayDays: 1, channels: ['EMAIL'], templateCode: 'recall' }] })
  await start(shop, 'recall')
  await orders(shop, ['mei', 'A', 1_000, 1, new Date(Date.now() + 1_000).toISOString()])
  expect((await membersOf(shop, 'recall')).map(({ left_reason }) => left_reason)).toEqual([null, null])
  await shop.admin('mutation { updateShop(input: { orderCountsWhen: PAID }) { code } }')
  expect((await membersOf(shop, 'recall')).map(({ left_reason }) => left_reason)).toEqual([null, 'BOUGHT'])
  await runCampaigns(shop.world(inDays(2)))
  expect((await exposuresOf(shop, 'recall')).find(({ who }) => who === 'mei')).toMatchObject({ status: 'DROPPED', reason: 'BOUGHT' })
})
