import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { runCampaigns } from '../../src/campaigns/pulse.service.ts'
import { sendDue } from '../../src/messages/sending.service.ts'
import { rowsOf, sql } from '../../src/shell/sql.ts'
import { customers, orders, products, publishOffer } from '../harness/acts.ts'
import { totalOf } from '../harness/checkout.ts'
import { couponOffer, wallet } from '../harness/coupons.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'
import { type Mailbox, openMailbox } from '../messages/mailbox.ts'
import { mailServer, mailTemplate } from '../messages/mailing.ts'
import { exposuresOf, membersOf, saveCampaign } from './running.ts'

// What a campaign gives is in the message that tells of it: each customer's own coupon, their own link, the offers that are theirs.

const DAY = 86_400_000
const start = Date.now()
const LINK = { as: 'LINK', link: { message: 'For you', items: [{ sku: 'A', adjustment: { percentOff: 30 } }] } }
const TEXT =
  'coupon={{ coupon.code }} link={{ link.url }} offers={% for offer in offers %}{{ offer.name }};{% endfor %} {{ unsubscribe_url }}'

async function openSending(box: Mailbox, who: readonly string[]): Promise<TestShop> {
  const shop = await openTestShop()
  await products(shop, { A: 10_000, B: 10_000 })
  const consents = [{ channel: 'EMAIL', granted: true, at: '2025-01-01T00:00:00Z' }]
  await customers(shop, Object.fromEntries(who.map((code) => [code, { email: `${code}@example.com`, emailVerified: true, consents }])))
  await mailServer(shop, box)
  await mailTemplate(shop, 'gifts', { subject: 'For you', text: TEXT })
  return shop
}

const run = async (shop: TestShop, days: number): Promise<void> => {
  const now = new Date(start + days * DAY + 60_000)
  await runCampaigns(shop.world(now))
  while ((await sendDue(shop.world(now))).more);
}
/** A mail's text, as it was before it was made fit for mail. */
const plain = (source: string): string => source.replaceAll(/=\r?\n/g, '').replaceAll('=3D', '=')
const begin = (shop: TestShop, code: string) => shop.admin('mutation ($code: String!) { startCampaign(code: $code) { status } }', { code })
const step = (more: object = {}) => ({ channels: ['EMAIL'], templateCode: 'gifts', ...more })

test('each mail says its own reader’s coupon and link, the same in each step, and what is theirs on site', async () => {
  await using box = await openMailbox()
  const shop = await openSending(
    box,
    Array.from({ length: 12 }, (_, i) => `c${i}`),
  )
  await couponOffer(shop, 'thanks', {}, { campaign: 'spring' })
  await publishOffer(shop, {
    code: 'back',
    name: 'Welcome back',
    level: 'PRODUCT',
    product: { adjustment: { percentOff: 5 } },
    campaign: 'spring',
  })
  await saveCampaign(shop, {
    code: 'spring',
    controlPercent: 50,
    steps: [step(), step({ delayDays: 10 })],
    gives: [{ offerCode: 'thanks', as: 'COUPON' }, LINK, { offerCode: 'back', as: 'OFFER' }],
  })
  await begin(shop, 'spring')
  await run(shop, 0)
  await run(shop, 11)
  const members = await membersOf(shop, 'spring')
  const treated = members.flatMap((member) => (member.treated ? member.who : []))
  const control = members.flatMap((member) => (member.treated ? [] : member.who))
  expect(box.mails.length).toBe(2 * treated.length)
  const said = (who: string) =>
    box.mails
      .filter(({ to }) => to === `${who}@example.com`)
      .map(({ source }) => /coupon=(\S+) link=(\S+) offers=(.*?); /.exec(plain(source))?.slice(1))
  const { customers: reached } = await shop.admin(
    `{ customers(query: "shopify_email.delivered MATCHES (activity_id = 'spring', count = 2)") { nodes { externalId } } }`,
  )
  expect(reached.nodes.map(({ externalId }: { externalId: string }) => externalId).sort()).toEqual(treated.toSorted())
  const urls = new Set<string>()
  for (const who of treated) {
    const [first, second] = said(who)
    const [{ code }] = await wallet(shop, who)
    expect(first).toEqual([code, expect.stringMatching(/^https:\/\/regulars\.example\/l\/\S+$/), 'Welcome back'])
    expect(second).toEqual(first)
    const url = first?.[1] ?? ''
    urls.add(url)
    const token = url.split('/l/')[1] ?? ''
    expect(await totalOf(shop, { cart: { A: 1 }, as: who, token })).toBe(7_000)
    // Whoever was handed somebody else's has nothing of it.
    for (const other of control.slice(0, 1)) expect(await totalOf(shop, { cart: { A: 1 }, as: other, token })).toBe(10_000)
    await nothingTells(shop, token)
  }
  expect(urls.size).toBe(treated.length)
  for (const who of control) expect(await wallet(shop, who)).toEqual([])
})

/** Of a token its hash is kept, and what only the server's own secret opens. */
async function nothingTells(shop: TestShop, token: string): Promise<void> {
  const { em, shopId } = shop.world()
  const hash = createHash('sha256').update(token).digest('hex')
  const rows = await rowsOf<{ sealed: string; kept: string }>(
    em,
    sql`select encode(g.sealed, 'hex') as sealed, encode(l.token_hash, 'hex') as kept
        from campaign_given g join private_link l on l.shop_id = g.shop_id and l.id = g.link_id where g.shop_id = ${shopId}`,
  )
  expect(rows.map(({ kept }) => kept)).toContain(hash)
  for (const { sealed } of rows) expect(sealed).not.toContain(Buffer.from(token.split('.')[1] ?? '').toString('hex'))
}

test('whoever paid the full price lately hears nothing of a lower one, and it is written down why', async () => {
  await using box = await openMailbox()
  const shop = await openSending(box, ['mei', 'bo', 'li', 'wang'])
  const days = (count: number) => new Date(start - count * DAY).toISOString()
  await orders(
    shop,
    ['mei', 'A', 10_000, 1, days(3)],
    ['bo', 'B', 10_000, 1, days(3)],
    ['li', 'A', 9_000, 1, days(3)],
    ['wang', 'A', 10_000, 1, days(90)],
  )
  await couponOffer(shop, 'thanks', {}, { campaign: 'less', scope: { skus: ['A'] } })
  await mailTemplate(shop, 'plain', { subject: 'Less', text: '{{ coupon.code }} {{ unsubscribe_url }}' })
  await saveCampaign(shop, { code: 'less', steps: [step({ templateCode: 'plain' })], gives: [{ offerCode: 'thanks', as: 'COUPON' }] })
  await begin(shop, 'less')
  await run(shop, 0)
  expect(box.mails.map(({ to }) => to).sort()).toEqual(['bo@example.com', 'li@example.com', 'wang@example.com'])
  expect((await exposuresOf(shop, 'less')).find(({ who }) => who === 'mei')).toMatchObject({ status: 'DROPPED', reason: 'PRICE_SHIELD' })
})

test('gifts and free shipping make nothing dearer: whoever paid the full price hears of them', async () => {
  await using box = await openMailbox()
  const shop = await openSending(box, ['mei'])
  await orders(shop, ['mei', 'A', 10_000, 1, new Date(start - DAY).toISOString()])
  await publishOffer(shop, { code: 'cup', level: 'ORDER', order: { steps: [{ gifts: [{ sku: 'CUP' }] }] }, campaign: 'kind' })
  await mailTemplate(shop, 'plain', { subject: 'A cup', text: 'A cup {{ unsubscribe_url }}' })
  await saveCampaign(shop, { code: 'kind', steps: [step({ templateCode: 'plain' })], gives: [{ offerCode: 'cup', as: 'OFFER' }] })
  await begin(shop, 'kind')
  await run(shop, 0)
  expect(box.mails.map(({ to }) => to)).toEqual(['mei@example.com'])
})

test('a coupon for whatever they buy next says of no product that it is cheaper: whoever has just bought hears of it', async () => {
  await using box = await openMailbox()
  const shop = await openSending(box, ['mei'])
  await orders(shop, ['mei', 'A', 10_000, 1, new Date(start - DAY).toISOString()])
  await couponOffer(shop, 'next', {}, { campaign: 'second' })
  await mailTemplate(shop, 'plain', { subject: 'Next', text: '{{ coupon.code }} {{ unsubscribe_url }}' })
  await saveCampaign(shop, { code: 'second', steps: [step({ templateCode: 'plain' })], gives: [{ offerCode: 'next', as: 'COUPON' }] })
  await begin(shop, 'second')
  await run(shop, 0)
  expect(box.mails.map(({ to }) => to)).toEqual(['mei@example.com'])
})
