import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { saveProvider, testProvider } from '../../src/messages/provider.service.ts'
import { sendDue } from '../../src/messages/sending.service.ts'
import { rowsOf, sql } from '../../src/shell/sql.ts'
import { customers } from '../harness/acts.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'
import { mailTemplate, queue } from './mailing.ts'
import { json, openReceiver, openShopBeside, SECRET, SETTINGS, SMS_VARIANT, smsProvider } from './receiver.ts'

type Sent = {
  readonly id: string
  readonly status: string
  readonly reason: string | null
  readonly attempts: number
  readonly cost: number
}
const messagesOf = (shop: TestShop): Promise<Sent[]> => {
  const { em, shopId } = shop.world()
  return rowsOf(
    em,
    sql`select id, status, reason, attempts, cost_minor::integer as cost from message where shop_id = ${shopId} order by id`,
  )
}
const later = (minutes: number) => new Date(Date.now() + minutes * 60_000)

async function smsTo(shop: TestShop, url: string, more: object = {}): Promise<void> {
  await customers(shop, { mei: { name: '梅', phone: '13800138000' } })
  await smsProvider(shop, { url, ...more })
  await mailTemplate(shop, 'sms', SMS_VARIANT)
  expect(await queue(shop, 'sms', ['mei'], { channel: 'SMS', campaignCode: 'recall' })).toMatchObject([{ kind: 'QUEUED' }])
}

test('an SMS goes to the provider as a text that it approved, with parameters, signed', async () => {
  await using shop = await openShopBeside()
  await using provider = await openReceiver()
  await smsTo(shop, provider.url)
  expect(await sendDue(shop.world())).toMatchObject({ sent: 1 })
  const [message] = await messagesOf(shop)
  expect(message).toMatchObject({ status: 'ACCEPTED', cost: 5 })
  expect(provider.came).toHaveLength(1)
  expect(provider.came[0]?.id).toBe(message?.id)
  expect(provider.came[0]?.body).toMatchObject({
    type: 'message.send',
    data: {
      messageId: message?.id,
      channel: 'SMS',
      purpose: 'MARKETING',
      to: '13800138000',
      campaign: 'recall',
      signature: '茶铺',
      templateId: 'SMS_1',
      parameters: { name: '梅', code: 'SPRING' },
      text: null,
      unsubscribeUrl: null,
    },
  })
})

test('what a provider does not answer is sent again, later, under the same id', async () => {
  await using shop = await openShopBeside()
  await using provider = await openReceiver()
  await smsTo(shop, provider.url)
  provider.answer = (_, response) => void response.writeHead(500).end()
  await sendDue(shop.world())
  expect(await messagesOf(shop)).toMatchObject([{ status: 'QUEUED', reason: 'the provider answered 500', attempts: 1 }])
  await sendDue(shop.world())
  expect(provider.came).toHaveLength(1)
  provider.answer = (_, response) => void response.socket?.destroy()
  await sendDue(shop.world(later(2)))
  expect(await messagesOf(shop)).toMatchObject([{ status: 'QUEUED', attempts: 2 }])
  provider.answer = json({ status: 'sent' })
  await sendDue(shop.world(later(4)))
  expect(provider.came).toHaveLength(2)
  // Its clock stands still: what is signed too far ahead it would not take.
  expect(new Set(provider.came.map(({ id }) => id)).size).toBe(1)
})

test('a provider that is slow is not waited for', async () => {
  await using shop = await openShopBeside()
  await using provider = await openReceiver()
  await smsTo(shop, provider.url, { timeoutSeconds: 1 })
  provider.answer = () => {}
  await sendDue(shop.world())
  expect(await messagesOf(shop)).toMatchObject([{ status: 'QUEUED', reason: 'it did not answer in time', attempts: 1 }])
})

test.each([
  [{ status: 'awaiting_staff' }, 200, { status: 'AWAITING_STAFF' }],
  [{ status: 'sent' }, 200, { status: 'SENT', cost: 7 }],
  [{ status: 'failed', permanent: true, reason: 'blocked' }, 200, { status: 'FAILED', reason: 'blocked' }],
  [{ status: 'failed', badAddress: true, reason: 'no such number' }, 200, { status: 'BOUNCED', reason: 'no such number' }],
  [{ reason: 'unknown template' }, 422, { status: 'FAILED', reason: 'unknown template' }],
  [{}, 503, { status: 'QUEUED', attempts: 0 }],
  [{}, 401, { status: 'QUEUED', attempts: 0 }],
])('the answer %j with %i leaves it as %j', async (answer, status, left) => {
  await using shop = await openShopBeside()
  await using provider = await openReceiver()
  await smsTo(shop, provider.url)
  provider.answer = json(answer, status)
  await sendDue(shop.world())
  expect(await messagesOf(shop)).toMatchObject([left])
})

test('a redirect is not followed, and an answer without end is not read', async () => {
  await using shop = await openShopBeside()
  await using provider = await openReceiver()
  const strangers: string[] = []
  const stranger = createServer((incoming, response) => {
    strangers.push(incoming.url ?? '')
    response.end('{"status":"sent"}')
  })
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve))
  const elsewhere = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}/`
  await smsTo(shop, provider.url)
  provider.answer = (_, response) => void response.writeHead(307, { location: elsewhere }).end()
  await sendDue(shop.world())
  expect(await messagesOf(shop)).toMatchObject([{ status: 'QUEUED', attempts: 0 }])
  expect(strangers).toEqual([])
  stranger.close()
  provider.answer = (_, response) => void response.writeHead(200).end(`{"status":"sent","reason":"${'x'.repeat(100_000)}"}`)
  await sendDue(shop.world(later(2)))
  expect(await messagesOf(shop)).toMatchObject([{ status: 'QUEUED', reason: 'its answer had more than 64000 bytes' }])
})

test('nothing goes to an address of our own network, by name or number, when it is saved nor when it is sent', async () => {
  await using provider = await openReceiver()
  const shop = await openTestShop()
  const save = (url: string) =>
    saveProvider(shop.world(), {
      code: 'sms',
      channel: 'SMS',
      kind: 'WEBHOOK',
      name: 'SMS',
      settings: { ...SETTINGS, url },
      secret: SECRET,
      enabled: true,
      ratePerSecond: null,
      costMinor: 0,
    })
  for (const url of [
    provider.url,
    provider.url.replace('http:', 'https:'),
    'https://10.0.0.1/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://169.254.169.254/latest/meta-data/',
    'https://2130706433/',
    'https://0x7f.1/',
    'http://sms.example.com/',
    'https://user:pass@sms.example.com/',
    'file:///etc/passwd',
    'ftp://sms.example.com',
    'x',
  ])
    expect([url, await save(url)]).toMatchObject([url, { ok: false, problem: { code: 'BAD_USER_INPUT' } }])
  // A name may lead anywhere: it is looked up when something is sent.
  const local = `https://localhost:${new URL(provider.url).port}/`
  expect(await save(local)).toMatchObject({ ok: true })
  expect(await testProvider(shop.world(), 'sms', null)).toMatchObject({ ok: true, value: expect.stringContaining('private address') })
  await customers(shop, { mei: { name: '梅', phone: '13800138000' } })
  await mailTemplate(shop, 'sms', SMS_VARIANT)
  await queue(shop, 'sms', ['mei'], { channel: 'SMS' })
  await sendDue(shop.world())
  expect(await messagesOf(shop)).toMatchObject([{ status: 'QUEUED', attempts: 0 }])
  expect(provider.came).toEqual([])
})

test('a text that the provider did not approve, or that holds a link, is refused before it is queued', async () => {
  await using shop = await openShopBeside()
  await using provider = await openReceiver()
  await customers(shop, {
    mei: { name: '梅', phone: '13800138000' },
    bo: { name: 'see t.cn/x', phone: '13800138001' },
    li: { name: '很'.repeat(21), phone: '13800138002' },
  })
  await smsProvider(shop, { url: provider.url })
  await mailTemplate(shop, 'good', SMS_VARIANT)
  await mailTemplate(shop, 'free', { channel: 'SMS', text: 'Hello' })
  await mailTemplate(shop, 'unknown', { ...SMS_VARIANT, providerTemplateId: 'SMS_2' })
  const refused = async (template: string, who: string) => (await queue(shop, template, [who], { channel: 'SMS' }))[0]
  expect(await refused('unknown', 'mei')).toMatchObject({ reason: 'TEMPLATE_FAULT', detail: expect.stringContaining('approved no text') })
  expect(await refused('free', 'mei')).toMatchObject({ reason: 'TEMPLATE_FAULT', detail: expect.stringContaining('no text of its own') })
  expect(await refused('good', 'bo')).toMatchObject({ reason: 'TEMPLATE_FAULT', detail: expect.stringContaining('holds a link') })
  expect(await refused('good', 'li')).toMatchObject({ reason: 'TEMPLATE_FAULT', detail: expect.stringContaining('more than 20') })
  expect(await refused('good', 'mei')).toMatchObject({ kind: 'QUEUED' })
})

test.each([
  ['a link of the customer', { ...SMS_VARIANT, parameters: [{ name: 'name', value: '{{ link.url }}' }] }],
  ['where to unsubscribe', { ...SMS_VARIANT, parameters: [{ name: 'name', value: '{{ unsubscribe_url }}' }] }],
  ['a link that is written out', { ...SMS_VARIANT, parameters: [{ name: 'name', value: 'https://shop.example' }] }],
])('a template for SMS that says %s is not saved', async (_, variant) => {
  const shop = await openTestShop()
  await expect(mailTemplate(shop, 'sms', variant)).rejects.toThrow(/SMS|link/)
})

test('outside its hours a provider is given nothing, and no attempt is counted', async () => {
  await using shop = await openShopBeside()
  await using provider = await openReceiver()
  const { em, shopId } = shop.world()
  const minute = (at: Date) => at.toLocaleTimeString('en-GB', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit' })
  await smsTo(shop, provider.url, { hours: { from: minute(later(60)), until: minute(later(120)) } })
  await sendDue(shop.world())
  expect(await messagesOf(shop)).toMatchObject([{ status: 'QUEUED', attempts: 0 }])
  expect(provider.came).toEqual([])
  const [held] = await rowsOf<{ minutes: string; failures: number }>(
    em,
    sql`select round(extract(epoch from held_until - now()) / 60) as minutes, failures from message_provider where shop_id = ${shopId}`,
  )
  expect(Number(held?.minutes)).toBeGreaterThanOrEqual(59)
  expect(Number(held?.minutes)).toBeLessThanOrEqual(61)
  expect(held?.failures).toBe(0)
})

test('a provider is tried out with a ping, and a secret is nowhere to be read', async () => {
  await using shop = await openShopBeside()
  await using provider = await openReceiver()
  await smsProvider(shop, { url: provider.url })
  expect(await testProvider(shop.world(), 'sms', null)).toEqual({ ok: true, value: null })
  expect(provider.came[0]?.body.type).toBe('ping')
  provider.answer = (_, response) => void response.writeHead(500).end()
  expect(await testProvider(shop.world(), 'sms', null)).toMatchObject({ ok: true, value: expect.stringContaining('500') })
  const { em } = shop.world()
  const kept = JSON.stringify([await rowsOf(em, sql`select * from message_provider`), await rowsOf(em, sql`select * from audit_entry`)])
  expect(kept).not.toContain(SECRET.slice(6, 30))
})

test.each(['', 'secret', 'whsec_short'])('"%s" is no secret to sign with', async (secret) => {
  await using shop = await openShopBeside()
  await expect(smsProvider(shop, { url: 'https://sms.example.com/' }, { secret })).rejects.toThrow(/whsec_|secret/)
})
