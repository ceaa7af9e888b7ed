import { expect, test } from 'vitest'
import { runCampaigns } from '../../src/campaigns/pulse.service.ts'
import { noteAtDoor } from '../../src/messages/event.service.ts'
import { sendDue } from '../../src/messages/sending.service.ts'
import { rowsOf, sql } from '../../src/shell/sql.ts'
import { object } from '../../src/touches/objection.service.ts'
import { customers, orders, products } from '../harness/acts.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'
import { type Mailbox, openMailbox } from '../messages/mailbox.ts'
import { mailServer, mailTemplate } from '../messages/mailing.ts'
import { carry, exposuresOf, membersOf, saveCampaign } from './running.ts'

// Campaigns as customers feel them: a real mail server gets their mail, and the clock is the test's.

const HOUR = 3_600_000
const DAY = 24 * HOUR

type Sending = { readonly shop: TestShop; readonly box: Mailbox; readonly start: Date; readonly at: (days: number) => Promise<string[]> }

/** A shop whose customers said yes to mail, with a template, from a Monday at noon on. */
async function openSending(box: Mailbox, who: readonly string[], more: object = {}): Promise<Sending> {
  const shop = await openTestShop()
  await products(shop, { A: 1_000 })
  const person = (code: string) => ({
    email: `${code}@example.com`,
    emailVerified: true,
    consents: [{ channel: 'EMAIL', granted: true, at: '2025-01-01T00:00:00Z' }],
    ...more,
  })
  await customers(shop, Object.fromEntries(who.map((code) => [code, person(code)])))
  await mailServer(shop, box)
  await mailTemplate(shop, 'recall', { subject: 'Come back', text: 'Dear customer {{ unsubscribe_url }}' })
  const start = new Date()
  return {
    shop,
    box,
    start,
    at: async (days) => {
      const now = new Date(start.getTime() + days * DAY + 60_000)
      await runCampaigns(shop.world(now))
      const before = box.mails.length
      // On a busy machine what was claimed and not begun soon enough is given back, for the next look.
      for (let look = 0; look < 20; look++) {
        await sendDue(shop.world(now))
        if ((await dueMessages(shop, now)) === 0) break
      }
      return box.mails
        .slice(before)
        .map(({ to }) => to.replace('@example.com', ''))
        .sort()
    },
  }
}

async function dueMessages(shop: TestShop, now: Date): Promise<number> {
  const { em, shopId } = shop.world()
  const [row] = await rowsOf<{ n: string }>(
    em,
    sql`select count(*) as n from message where shop_id = ${shopId} and status = 'QUEUED' and due_at <= ${now.toISOString()}::timestamptz`,
  )
  return Number(row?.n)
}

const startNow = (shop: TestShop, code: string) =>
  shop.admin('mutation ($code: String!) { startCampaign(code: $code) { status } }', { code })
const step = (more: object = {}) => ({ channels: ['EMAIL'], templateCode: 'recall', ...more })

test('each who takes part gets each step once, in its time', async () => {
  await using box = await openMailbox()
  const { shop, at } = await openSending(box, ['mei', 'bo'])
  await saveCampaign(shop, { code: 'recall', steps: [step(), step({ delayDays: 10 }), step({ delayDays: 35, after: 'JOINED' })] })
  await startNow(shop, 'recall')
  expect(await at(0)).toEqual(['bo', 'mei'])
  expect(await at(0)).toEqual([])
  expect(await at(9.9)).toEqual([])
  expect(await at(10.1)).toEqual(['bo', 'mei'])
  expect(await at(34.9)).toEqual([])
  expect(await at(35.1)).toEqual(['bo', 'mei'])
  expect(await at(60)).toEqual([])
  expect((await exposuresOf(shop, 'recall')).map(({ status }) => status)).toEqual(['SENT', 'SENT', 'SENT', 'SENT', 'SENT', 'SENT'])
})

test('the control group gets nothing', async () => {
  await using box = await openMailbox()
  const who = Array.from({ length: 30 }, (_, i) => `c${i}`)
  const { shop, at } = await openSending(box, who)
  await saveCampaign(shop, { code: 'half', controlPercent: 50, steps: [step(), step({ delayDays: 10 })] })
  await startNow(shop, 'half')
  const [first, second] = [await at(0), await at(11)]
  const treated = (await membersOf(shop, 'half')).flatMap((member) => (member.treated ? member.who : [])).sort()
  expect(first).toEqual(treated)
  expect(second).toEqual(treated)
  expect(treated.length).toBeLessThan(30)
})

test('whoever buys gets nothing more, not even what is written and queued', async () => {
  await using box = await openMailbox()
  const { shop, at, start } = await openSending(box, ['mei', 'bo'])
  await saveCampaign(shop, { code: 'recall', steps: [step(), step({ delayDays: 10 })] })
  await startNow(shop, 'recall')
  await runCampaigns(shop.world(new Date(start.getTime() + 60_000)))
  expect((await exposuresOf(shop, 'recall')).map(({ status }) => status)).toEqual(['QUEUED', 'DUE', 'QUEUED', 'DUE'])
  await orders(shop, ['mei', 'A', 1_000, 1, new Date(start.getTime() + 120_000).toISOString()])
  expect(await at(0)).toEqual(['bo'])
  expect(await at(11)).toEqual(['bo'])
  expect(await exposuresOf(shop, 'recall')).toEqual([
    { who: 'bo', step: 1, status: 'SENT', reason: null },
    { who: 'bo', step: 2, status: 'SENT', reason: null },
    { who: 'mei', step: 1, status: 'DROPPED', reason: 'BOUGHT' },
    { who: 'mei', step: 2, status: 'DROPPED', reason: 'BOUGHT' },
  ])
  expect((await membersOf(shop, 'recall')).find(({ who }) => who === 'mei')?.left_reason).toBe('BOUGHT')
})

test('a pause holds what is due and what is queued; when it goes on, both go', async () => {
  await using box = await openMailbox()
  const { shop, at, start } = await openSending(box, ['mei'])
  await saveCampaign(shop, { code: 'recall', steps: [step(), step({ delayDays: 10 })] })
  await startNow(shop, 'recall')
  await runCampaigns(shop.world(new Date(start.getTime() + 60_000)))
  await shop.admin('mutation { pauseCampaign(code: "recall") { status } }')
  expect(await at(0)).toEqual([])
  expect(await at(1)).toEqual([])
  expect((await exposuresOf(shop, 'recall')).map(({ status }) => status)).toEqual(['QUEUED', 'DUE'])
  await shop.admin('mutation { resumeCampaign(code: "recall") { status } }')
  expect(await at(1.1)).toEqual(['mei'])
  expect(await at(12)).toEqual(['mei'])
})

test('cancelled is cancelled: what is queued does not go', async () => {
  await using box = await openMailbox()
  const { shop, at, start } = await openSending(box, ['mei'])
  await saveCampaign(shop, { code: 'recall', steps: [step(), step({ delayDays: 10 })] })
  await startNow(shop, 'recall')
  await runCampaigns(shop.world(new Date(start.getTime() + 60_000)))
  await shop.admin('mutation { cancelCampaign(code: "recall") { status } }')
  expect([...(await at(0)), ...(await at(11))]).toEqual([])
  expect((await exposuresOf(shop, 'recall')).map(({ status, reason }) => `${status} ${reason}`)).toEqual([
    'DROPPED CAMPAIGN_OVER',
    'DROPPED CAMPAIGN_OVER',
  ])
})

test('a step goes only to those whom its condition holds then, and the next goes on without it', async () => {
  await using box = await openMailbox()
  const { shop, at } = await openSending(box, ['mei', 'bo'])
  await saveCampaign(shop, {
    code: 'recall',
    steps: [step({ condition: "customer_tags CONTAINS 'gold'" }), step({ delayDays: 10 })],
  })
  await customers(shop, { mei: { tags: ['gold'] } })
  await startNow(shop, 'recall')
  expect(await at(0)).toEqual(['mei'])
  expect(await at(11)).toEqual(['bo', 'mei'])
  expect((await exposuresOf(shop, 'recall')).filter(({ who }) => who === 'bo').map(({ status, reason }) => [status, reason])).toEqual([
    ['DROPPED', 'CONDITION'],
    ['SENT', null],
  ])
})

test('whoever placed an order that does not count yet is left alone where the step says so', async () => {
  await using box = await openMailbox()
  const { shop, at, start } = await openSending(box, ['mei', 'bo'])
  await saveCampaign(shop, { code: 'recall', steps: [step({ delayDays: 1, onlyIf: 'NOT_BOUGHT' })] })
  await startNow(shop, 'recall')
  expect(await at(0)).toEqual([])
  await shop.storefront(
    'mutation ($at: DateTime!) { recordOrders(orders: [{ externalId: "o1", customer: { externalId: "mei" }, placedAt: $at, status: PLACED, lines: [{ sku: "A", quantity: 1, unitPrice: 100 }] }]) { id } }',
    { at: new Date(start.getTime() + HOUR).toISOString() },
  )
  expect(await at(1.1)).toEqual(['bo'])
})

test('whoever never said yes to mail is not written to, and the reason is kept', async () => {
  await using box = await openMailbox()
  const { shop, at } = await openSending(box, ['mei'])
  await customers(shop, { bo: { email: 'bo@example.com' }, li: {} })
  await saveCampaign(shop, { code: 'recall', steps: [step()] })
  await startNow(shop, 'recall')
  expect(await at(0)).toEqual(['mei'])
  expect((await exposuresOf(shop, 'recall')).map(({ who, reason }) => [who, reason])).toEqual([
    ['bo', 'NO_CONSENT'],
    ['li', 'UNREACHABLE'],
    ['mei', null],
  ])
})

test('of two campaigns that want the same customer on one day the one of higher priority goes first, and the other waits', async () => {
  await using box = await openMailbox()
  const { shop, at } = await openSending(box, ['mei'])
  await mailTemplate(shop, 'big', { subject: 'The big one', text: '{{ unsubscribe_url }}' })
  await saveCampaign(shop, { code: 'a-small', priority: 1, steps: [step()] })
  await saveCampaign(shop, { code: 'b-big', priority: 9, steps: [step({ templateCode: 'big' })] })
  await startNow(shop, 'a-small')
  await startNow(shop, 'b-big')
  expect(await at(0)).toEqual(['mei'])
  expect(box.mails.at(-1)?.headers.get('subject')).toBe('The big one')
  expect((await exposuresOf(shop, 'a-small')).map(({ status }) => status)).toEqual(['HELD'])
  expect(await at(1.5)).toEqual(['mei'])
  expect((await exposuresOf(shop, 'a-small')).map(({ status }) => status)).toEqual(['SENT'])
})

test('a budget is spent to its last message and no further', async () => {
  await using box = await openMailbox()
  const { shop, at } = await openSending(box, ['a', 'b', 'c', 'd', 'e'])
  await mailServer(shop, box, { costMinor: 30 })
  await saveCampaign(shop, { code: 'recall', budget: 100, steps: [step()] })
  await startNow(shop, 'recall')
  expect(await at(0)).toHaveLength(3)
  expect((await shop.admin('{ campaign(code: "recall") { spent } }')).campaign.spent).toBe(90)
  expect((await exposuresOf(shop, 'recall')).filter(({ reason }) => reason === 'BUDGET')).toHaveLength(2)
})

test('what cannot be written for somebody is not sent to them, and the touch does not count', async () => {
  await using box = await openMailbox()
  const { shop, at } = await openSending(box, ['mei'])
  await mailTemplate(shop, 'gift', { subject: 'A gift', text: '{{ coupon.code }} {{ unsubscribe_url }}' })
  await saveCampaign(shop, { code: 'none', priority: 5, steps: [step({ templateCode: 'gift' })] })
  await saveCampaign(shop, { code: 'other', steps: [step()] })
  await startNow(shop, 'none')
  expect(await at(0)).toEqual([])
  await startNow(shop, 'other')
  expect(await at(0)).toEqual(['mei'])
  expect((await exposuresOf(shop, 'none')).map(({ status, reason }) => [status, reason])).toEqual([['DROPPED', 'TEMPLATE_FAULT']])
})

test('whoever objects leaves at once, and what is queued for them does not go', async () => {
  await using box = await openMailbox()
  const { shop, at, start } = await openSending(box, ['mei', 'bo', 'li'])
  await saveCampaign(shop, { code: 'recall', steps: [step(), step({ delayDays: 10 })] })
  await saveCampaign(shop, { code: 'by-phone', steps: [step({ delayDays: 20, channels: ['SMS'], templateCode: 'by-sms' })] })
  await carry(shop, 'by-phone')
  await startNow(shop, 'recall')
  await startNow(shop, 'by-phone')
  await runCampaigns(shop.world(new Date(start.getTime() + 60_000)))
  await objectTo(shop, 'mei', 'EMAIL')
  await objectTo(shop, 'bo', 'PERSONAL')
  expect(await at(0)).toEqual(['li'])
  expect(await at(11)).toEqual(['li'])
  const left = async (code: string) => (await membersOf(shop, code)).map(({ who, left_reason }) => `${who} ${left_reason}`)
  expect(await left('recall')).toEqual(['bo OBJECTED', 'li null', 'mei OBJECTED'])
  expect(await left('by-phone')).toEqual(['bo OBJECTED', 'li null', 'mei null'])
})

test('a test goes to staff as a customer would get it, in any state, and counts nowhere', async () => {
  await using box = await openMailbox()
  const { shop, at } = await openSending(box, ['mei'], { name: 'Mei' })
  await mailTemplate(shop, 'gift', {
    subject: 'For {{ customer.name }}',
    text: '{{ coupon.code }} {{ campaign.name }} {{ unsubscribe_url }}',
  })
  await saveCampaign(shop, { code: 'spring', steps: [step({ templateCode: 'gift' })] })
  const { testCampaign } = await shop.admin(
    'mutation { testCampaign(code: "spring", step: 1, to: ["ann@shop.example", "bob@shop.example"]) { channel subject text results { to fault } } }',
  )
  expect(testCampaign).toMatchObject({
    channel: 'EMAIL',
    subject: 'For Mei',
    text: expect.stringContaining('spring'),
    results: [
      { to: 'ann@shop.example', fault: null },
      { to: 'bob@shop.example', fault: null },
    ],
  })
  expect(box.mails.map(({ to, headers }) => [to, headers.get('subject')])).toEqual([
    ['ann@shop.example', '[Test] For Mei'],
    ['bob@shop.example', '[Test] For Mei'],
  ])
  expect(await shop.admin('{ messages { totalCount } campaign(code: "spring") { spent progress { members } } }')).toEqual({
    messages: { totalCount: 0 },
    campaign: { spent: 0, progress: { members: 0 } },
  })
  // And mei may be written to as if nothing had been.
  await saveCampaign(shop, { code: 'recall', steps: [step()] })
  await startNow(shop, 'recall')
  expect(await at(0)).toEqual(['mei'])
})

test('a reminder goes only to those who opened what came before, where the step says so', async () => {
  await using box = await openMailbox()
  const { shop, at } = await openSending(box, ['mei', 'bo'])
  await saveCampaign(shop, { code: 'recall', steps: [step(), step({ delayDays: 10, onlyIf: 'OPENED_NOT_BOUGHT' })] })
  await startNow(shop, 'recall')
  expect(await at(0)).toEqual(['bo', 'mei'])
  const { messages } = await shop.admin('{ messages { nodes { id customer { externalId } } } }')
  const ofMei = messages.nodes.find(({ customer }: { customer: { externalId: string } }) => customer.externalId === 'mei')
  await noteAtDoor(shop.world(), ofMei.id, 'OPENED', null)
  expect(await at(11)).toEqual(['mei'])
  expect((await exposuresOf(shop, 'recall')).find(({ who, step: number }) => who === 'bo' && number === 2)).toMatchObject({
    status: 'DROPPED',
    reason: 'CONDITION',
  })
})

test('two processes at once work what is due once', async () => {
  await using box = await openMailbox()
  const who = Array.from({ length: 60 }, (_, i) => `c${i}`)
  const { shop, start } = await openSending(box, who)
  await saveCampaign(shop, { code: 'recall', steps: [step()] })
  await startNow(shop, 'recall')
  const now = new Date(start.getTime() + 60_000)
  await Promise.all([1, 2, 3].map(() => runCampaigns(shop.world(now))))
  await runCampaigns(shop.world(now))
  const statuses = (await exposuresOf(shop, 'recall')).map(({ status }) => status)
  expect(statuses).toEqual(who.map(() => 'QUEUED'))
  while ((await dueMessages(shop, now)) > 0) await Promise.all([1, 2, 3].map(() => sendDue(shop.world(now))))
  expect(box.mails.map(({ to }) => to).sort()).toEqual(who.map((code) => `${code}@example.com`).sort())
})

test('somebody who is merged goes on in campaigns as whom they are now, and nobody is in one twice', async () => {
  await using box = await openMailbox()
  const { shop, at } = await openSending(box, ['mei', 'bo', 'both'])
  await customers(shop, { bo: { tags: ['a'] }, both: { tags: ['a', 'b'] }, mei: { tags: ['b'] } })
  await saveCampaign(shop, { code: 'for-a', audience: "customer_tags CONTAINS 'a'", steps: [step({ delayDays: 1 })] })
  await saveCampaign(shop, { code: 'for-b', audience: "customer_tags CONTAINS 'b'", steps: [step({ delayDays: 10 })] })
  for (const code of ['for-a', 'for-b']) await startNow(shop, code)
  expect(await at(0)).toEqual([])
  for (const from of ['bo', 'both'])
    await shop.admin(
      'mutation ($from: String!) { mergeCustomers(from: { externalId: $from }, into: { externalId: "mei" }, reason: "one person") { id } }',
      { from },
    )
  expect(await at(1.1)).toEqual(['mei'])
  expect(await at(11)).toEqual(['mei'])
})

async function objectTo(shop: TestShop, externalId: string, scope: 'EMAIL' | 'PERSONAL'): Promise<void> {
  const said = await object(shop.world(), { by: 'externalId', value: externalId }, scope, { source: 'the phone', wording: null, at: null })
  if (!said.ok) throw new Error(said.problem.message)
}
