import { expect, test } from 'vitest'
import { foreseeTouches, markTouches, mayStillTouch, noteRefusals } from '../../src/touches/decision.service.ts'
import { object } from '../../src/touches/objection.service.ts'
import { customers } from '../harness/acts.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'
import { decide, idOf, inWords, outcome, send, wanted } from './decide.ts'

/** Noon of a Wednesday in Shanghai. */
const NOON = '2026-03-04T04:00:00Z'
const NIGHT = '2026-03-04T15:30:00Z'
const YES = (...channels: string[]) => ({ consents: channels.map((channel) => ({ channel, granted: true, at: '2025-01-01T00:00:00Z' })) })
const hours = (from: string, by: number) => new Date(Date.parse(from) + by * 3_600_000).toISOString()

async function shopWith(all: Readonly<Record<string, object>>): Promise<{ shop: TestShop; ids: Record<string, string> }> {
  const shop = await openTestShop()
  await customers(shop, all)
  return { shop, ids: Object.fromEntries(await Promise.all(Object.keys(all).map(async (name) => [name, await idOf(shop, name)]))) }
}

test('marketing goes to who said yes, care to who did not say no, and nothing to where nobody is', async () => {
  const { shop, ids } = await shopWith({
    yes: { email: 'yes@example.com', ...YES('EMAIL') },
    silent: { email: 'silent@example.com' },
    no: { email: 'no@example.com', consents: [{ channel: 'EMAIL', granted: false }] },
    nowhere: YES('EMAIL'),
    masked: { phone: '138****0000', ...YES('SMS') },
  })
  const ask = (name: string, more = {}) => outcome(shop, NOON, wanted(ids[name] ?? '', more))
  expect(await ask('yes')).toBe('SEND EMAIL')
  expect(await ask('silent')).toBe('DROP NO_CONSENT')
  expect(await ask('silent', { purpose: 'CARE' })).toBe('SEND EMAIL')
  expect(await ask('no')).toBe('DROP OBJECTED')
  expect(await ask('no', { purpose: 'CARE' })).toBe('DROP OBJECTED')
  expect(await ask('nowhere')).toBe('DROP UNREACHABLE')
  expect(await ask('masked', { channels: ['SMS'] })).toBe('DROP UNREACHABLE')
  expect(await outcome(shop, NOON, wanted('00000000-0000-7000-8000-000000000000'))).toBe('DROP FORGOTTEN')
})

test('a no for marketing leaves care, and a yes for care brings no marketing', async () => {
  const consents = (marketing: boolean, care: boolean) => ({
    consents: [
      { channel: 'EMAIL', purpose: 'MARKETING', granted: marketing, at: '2025-01-01T00:00:00Z' },
      { channel: 'EMAIL', purpose: 'CARE', granted: care, at: '2025-01-02T00:00:00Z' },
    ],
  })
  const { shop, ids } = await shopWith({
    care: { email: 'a@example.com', ...consents(false, true) },
    offers: { email: 'b@example.com', ...consents(true, false) },
  })
  expect(await outcome(shop, NOON, wanted(ids.care ?? ''))).toBe('DROP OBJECTED')
  expect(await outcome(shop, NOON, wanted(ids.care ?? '', { purpose: 'CARE' }))).toBe('SEND EMAIL')
  expect(await outcome(shop, NOON, wanted(ids.offers ?? ''))).toBe('SEND EMAIL')
  expect(await outcome(shop, NOON, wanted(ids.offers ?? '', { purpose: 'CARE' }))).toBe('DROP OBJECTED')
  const status = async (query: string) => (await shop.admin('query ($q: String!) { customers(query: $q) { nodes { externalId } } }', { q: query })).customers.nodes.map((node: { externalId: string }) => node.externalId) // biome-ignore format: one line
  expect(await status("email_subscription_status = 'SUBSCRIBED'")).toEqual(['offers'])
  expect(await status("email_subscription_status = 'UNSUBSCRIBED'")).toEqual(['care'])
})

test('the second marketing of a day waits, the third of a week too, and the fifth of thirty days is dropped', async () => {
  const { shop, ids } = await shopWith({ mei: { email: 'mei@example.com', ...YES('EMAIL') } })
  const ask = (at: string, more = {}) => send(shop, at, wanted(ids.mei ?? '', more))
  expect(await ask(NOON)).toBe('SEND EMAIL')
  expect(await ask(hours(NOON, 1))).toBe(`HOLD CAP until ${hours(NOON, 24)}`)
  expect(await ask(hours(NOON, 1), { purpose: 'CARE' })).toBe('SEND EMAIL')
  expect(await ask(hours(NOON, 24))).toBe('SEND EMAIL')
  expect(await ask(hours(NOON, 49))).toBe(`HOLD CAP until ${hours(NOON, 168)}`)
  expect(await ask(hours(NOON, 168))).toBe('SEND EMAIL')
  expect(await ask(hours(NOON, 192))).toBe('SEND EMAIL')
  expect(await ask(hours(NOON, 480))).toBe('DROP CAP')
  expect(await ask(hours(NOON, 720))).toBe('SEND EMAIL')
})

test('what fails or is called back counts no more, and what is sent counts from when it was sent', async () => {
  const { shop, ids } = await shopWith({ mei: { email: 'mei@example.com', ...YES('EMAIL') } })
  const [first] = await decide(shop, NOON, wanted(ids.mei ?? ''))
  const touchId = first?.kind === 'SEND' ? first.touchId : ''
  await markTouches(shop.world(new Date(hours(NOON, 2))), [{ touchId, status: 'SENT' }])
  expect(await outcome(shop, hours(NOON, 3), wanted(ids.mei ?? ''))).toBe(`HOLD CAP until ${hours(NOON, 26)}`)
  await markTouches(shop.world(), [{ touchId, status: 'BOUNCED' }])
  expect(await outcome(shop, hours(NOON, 3), wanted(ids.mei ?? ''))).toBe('SEND EMAIL')
})

test('nothing buzzes at night: it waits for the morning of the customer, wherever they live', async () => {
  const phone = (zone?: string) => ({ phone: '13800001111', attributes: zone ? { time_zone: zone } : {}, ...YES('SMS') })
  const { shop, ids } = await shopWith({ here: phone(), abroad: { ...phone('Europe/Paris'), phone: '+33612345678' }, odd: { ...phone('Mars/Olympus'), phone: '13800002222' } }) // biome-ignore format: one line
  const sms = { channels: ['SMS'] as const }
  expect(await outcome(shop, NIGHT, wanted(ids.here ?? '', sms))).toBe('HOLD QUIET_HOURS until 2026-03-05T01:00:00.000Z')
  expect(await outcome(shop, NIGHT, wanted(ids.odd ?? '', sms))).toBe('HOLD QUIET_HOURS until 2026-03-05T01:00:00.000Z')
  expect(await outcome(shop, NIGHT, wanted(ids.abroad ?? '', sms))).toBe('SEND SMS')
  expect(await outcome(shop, NIGHT, wanted(ids.here ?? '', { ...sms, notAfter: Date.parse(NIGHT) + 60_000 } as object))).toBe(
    'DROP QUIET_HOURS',
  )
})

test('a channel that may not be used is passed over for the next', async () => {
  const { shop, ids } = await shopWith({ mei: { email: 'mei@example.com', phone: '13800001111', ...YES('EMAIL') } })
  expect(await outcome(shop, NOON, wanted(ids.mei ?? '', { channels: ['PUSH', 'SMS', 'EMAIL'] }))).toBe('SEND EMAIL')
})

test('of two campaigns that want one customer the larger priority goes first, also when it waits', async () => {
  const { shop, ids } = await shopWith({
    mei: { email: 'mei@example.com', phone: '13800001111', ...YES('EMAIL', 'SMS') },
    bo: { email: 'bo@example.com', ...YES('EMAIL') },
  })
  const both = await decide(shop, NOON, wanted(ids.bo ?? '', { priority: 1 }), wanted(ids.bo ?? '', { priority: 5 }))
  expect(both.map(inWords)).toEqual([`HOLD PRIORITY until ${hours(NOON, 24)}`, 'SEND EMAIL'])
  expect(await outcome(shop, NIGHT, wanted(ids.mei ?? '', { channels: ['SMS'], priority: 5 }))).toBe(
    'HOLD QUIET_HOURS until 2026-03-05T01:00:00.000Z',
  )
  expect(await outcome(shop, NIGHT, wanted(ids.mei ?? '', { priority: 1 }))).toBe('HOLD PRIORITY until 2026-03-06T01:00:00.000Z')
  expect(await outcome(shop, NIGHT, wanted(ids.mei ?? '', { priority: 5 }))).toBe('SEND EMAIL')
})

test('the price shield drops marketing and no care', async () => {
  const { shop, ids } = await shopWith({ mei: { email: 'mei@example.com', ...YES('EMAIL') } })
  expect(await outcome(shop, NOON, wanted(ids.mei ?? '', { shielded: true }))).toBe('DROP PRICE_SHIELD')
  expect(await outcome(shop, NOON, wanted(ids.mei ?? '', { shielded: true, purpose: 'CARE' }))).toBe('SEND EMAIL')
})

test('the same key again is the same touch, and a preview writes nothing', async () => {
  const { shop, ids } = await shopWith({ mei: { email: 'mei@example.com', ...YES('EMAIL') } })
  const one = wanted(ids.mei ?? '')
  const world = shop.world(new Date(NOON))
  expect((await foreseeTouches(world, [one, wanted(ids.mei ?? '')])).map(({ kind }) => kind).sort()).toEqual(['HOLD', 'SEND'])
  expect((await foreseeTouches(world, [wanted(ids.mei ?? '')])).map(inWords)).toEqual(['SEND EMAIL'])
  const [first] = await decide(shop, NOON, one)
  expect(await decide(shop, hours(NOON, 1), one)).toEqual([first])
})

test('an objection counts at once, for what is decided and what is about to be sent', async () => {
  const { shop, ids } = await shopWith({ mei: { email: 'mei@example.com', phone: '13800001111', ...YES('EMAIL', 'SMS') } })
  const [sent] = await decide(shop, NOON, wanted(ids.mei ?? ''))
  const touchId = sent?.kind === 'SEND' ? sent.touchId : ''
  const world = shop.world(new Date(hours(NOON, 1)))
  expect(await mayStillTouch(world, [touchId])).toEqual(new Map())
  const said = await object(world, { by: 'externalId', value: 'mei' }, 'EMAIL', { source: 'phone', wording: null, at: null })
  expect(said.ok).toBe(true)
  expect(await mayStillTouch(world, [touchId])).toEqual(new Map([[touchId, 'OBJECTED']]))
  await markTouches(world, [{ touchId, status: 'CANCELLED' }])
  expect(await outcome(shop, hours(NOON, 48), wanted(ids.mei ?? '', { channels: ['EMAIL', 'SMS'] }))).toBe('SEND SMS')
  expect(await outcome(shop, hours(NOON, 48), wanted(ids.mei ?? '', { purpose: 'CARE' }))).toBe('DROP OBJECTED')
})

test('a reason that a campaign found is written down, and what waited of the same leaves its place', async () => {
  const { shop, ids } = await shopWith({ mei: { email: 'mei@example.com', phone: '13800001111', ...YES('EMAIL', 'SMS') } })
  const campaignId = '01900000-0000-7000-8000-000000000001'
  const held = wanted(ids.mei ?? '', { channels: ['SMS'], priority: 9, campaignId, step: 1 })
  expect(await outcome(shop, NIGHT, held)).toContain('HOLD QUIET_HOURS')
  await noteRefusals(shop.world(new Date(NIGHT)), [{ customerId: ids.mei ?? '', campaignId, step: 1, reason: 'BOUGHT' }])
  expect(await outcome(shop, NIGHT, wanted(ids.mei ?? ''))).toBe('SEND EMAIL')
})
