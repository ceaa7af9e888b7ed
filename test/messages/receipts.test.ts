import fc from 'fast-check'
import request from 'supertest'
import { beforeAll, expect, test } from 'vitest'
import { LIMITS } from '../../src/api/shared/limits.ts'
import { EVENT_KINDS } from '../../src/messages/event.model.ts'
import { farthest } from '../../src/messages/event.rules.ts'
import { sendDue } from '../../src/messages/sending.service.ts'
import { newId } from '../../src/shell/ids.ts'
import { rowsOf, sql } from '../../src/shell/sql.ts'
import { customers } from '../harness/acts.ts'
import type { TestShop } from '../harness/shop.ts'
import { idOf, mailTemplate, queue } from './mailing.ts'
import { json, openReceiver, openShopBeside, type Receiver, report, SECRET, SMS_VARIANT, smsProvider } from './receiver.ts'

let shop: TestShop
let provider: Receiver

beforeAll(async () => {
  const opened = await openShopBeside()
  const receiver = await openReceiver()
  shop = opened
  provider = receiver
  await smsProvider(shop, { url: provider.url })
  await mailTemplate(shop, 'sms', SMS_VARIANT)
  return async () => {
    await receiver[Symbol.asyncDispose]()
    await opened[Symbol.asyncDispose]()
  }
})

let people = 0
/** A message that a provider has accepted: its id, and whose it is. */
async function accepted(): Promise<{ id: string; who: string; phone: string }> {
  people += 1
  const who = `c${people}`
  const phone = `1380000${String(people).padStart(4, '0')}`
  await customers(shop, { [who]: { name: '梅', phone } })
  provider.answer = json({ status: 'accepted', providerMessageId: `p-${people}` })
  const [queued] = await queue(shop, 'sms', [who], { channel: 'SMS' })
  await sendDue(shop.world())
  if (queued?.kind !== 'QUEUED') throw new Error('not queued')
  return { id: queued.id, who, phone }
}

const at = '2026-11-20T00:00:00Z'
const statusOf = async (id: string): Promise<string> => {
  const { em, shopId } = shop.world()
  const [row] = await rowsOf<{ status: string }>(em, sql`select status from message where shop_id = ${shopId} and id = ${id}::uuid`)
  return row?.status ?? 'none'
}
const eventsOf = (id: string): Promise<{ kind: string; detail: string | null }[]> => {
  const { em, shopId } = shop.world()
  return rowsOf(em, sql`select kind, detail from message_event where shop_id = ${shopId} and message_id = ${id}::uuid order by kind`)
}
const mayBeSent = async (who: string): Promise<boolean> => {
  const { customer } = await shop.admin('query ($ref: CustomerRef!) { customer(ref: $ref) { consents { channel granted } } }', {
    ref: { externalId: who },
  })
  const sms = customer.consents.filter(({ channel }: { channel: string }) => channel === 'SMS')
  return sms.every(({ granted }: { granted: boolean }) => granted)
}

test('a report by either name of a message takes it forward, once however often it is told', async () => {
  const { id } = await accepted()
  const events = [
    { id: newId(), type: 'message.sent', at, messageId: id },
    { id: newId(), type: 'message.delivered', at, providerMessageId: `p-${people}` },
  ]
  expect((await report(shop, { events })).body).toEqual({ taken: 2, known: 0, unknown: [] })
  expect(await statusOf(id)).toBe('DELIVERED')
  expect((await report(shop, { events: [...events, ...events] })).body).toEqual({ taken: 0, known: 4, unknown: [] })
  expect((await eventsOf(id)).map(({ kind }) => kind)).toEqual(['DELIVERED', 'SENT'])
  const { messages } = await shop.admin('{ messages { nodes { id events { kind providerCode } } } }')
  const shown = messages.nodes.find((message: { id: string }) => message.id === id)
  expect(shown.events).toContainEqual({ kind: 'SENT', providerCode: 'sms' })
})

test('in whatever order reports come, and however often, the message stands where the farthest of them says', async () => {
  const kinds = fc.uniqueArray(fc.constantFrom(...EVENT_KINDS.filter((kind) => kind !== 'UNSUBSCRIBED' && kind !== 'COMPLAINED')), {
    minLength: 1,
  })
  await fc.assert(
    fc.asyncProperty(kinds, fc.boolean(), async (events, together) => {
      const { id } = await accepted()
      const told = events.map((kind) => ({ id: newId(), type: `message.${kind.toLowerCase()}`, at, messageId: id }))
      if (together) await report(shop, { events: [...told, ...told.toReversed()] })
      else await Promise.all([...told, ...told].map((one) => report(shop, { events: [one] })))
      expect(await statusOf(id)).toBe(farthest(events))
      expect(await eventsOf(id)).toHaveLength(events.length)
    }),
    { numRuns: 12 },
  )
}, 60_000)

test('an opt-out word in a reply unsubscribes at once, also from what is queued; other replies do not', async () => {
  const { id, who } = await accepted()
  const kind = { channel: 'SMS' } as const
  await report(shop, { events: [{ id: newId(), type: 'message.replied', at, messageId: id, text: '谢谢！T恤很好' }] })
  expect(await mayBeSent(who)).toBe(true)
  const [waiting] = await queue(shop, 'sms', [who], kind)
  await report(shop, { events: [{ id: newId(), type: 'message.replied', at: new Date().toISOString(), messageId: id, text: ' ｔｄ ' }] })
  expect(await mayBeSent(who)).toBe(false)
  expect(await statusOf(waiting?.kind === 'QUEUED' ? waiting.id : '')).toBe('CANCELLED')
  expect((await eventsOf(id)).map(({ detail }) => detail)).toEqual(['谢谢！T恤很好', 'ｔｄ'])
})

test('a reply of which only the number is known is taken for whoever has it, sent anything or not', async () => {
  const { id, who, phone } = await accepted()
  await customers(shop, { silent: { phone: '13999999999' } })
  const reply = (from: string) => ({ id: newId(), type: 'message.replied', at: new Date().toISOString(), from, text: '退订' })
  expect((await report(shop, { events: [reply(`+86 ${phone}`)] })).body).toMatchObject({ taken: 1, unknown: [] })
  expect(await eventsOf(id)).toHaveLength(1)
  expect(await mayBeSent(who)).toBe(false)
  await report(shop, { events: [reply('13999999999'), reply('13777777777')] })
  expect(await mayBeSent('silent')).toBe(false)
})

test('who complains is unsubscribed; an address at which nobody is is not used again', async () => {
  const [spam, gone] = [await accepted(), await accepted()]
  await report(shop, {
    events: [
      { id: newId(), type: 'message.complained', at, messageId: spam.id },
      { id: newId(), type: 'message.bounced', at, messageId: gone.id, reason: 'no such\r\nnumber' },
    ],
  })
  expect(await mayBeSent(spam.who)).toBe(false)
  expect(await statusOf(gone.id)).toBe('BOUNCED')
  expect((await queue(shop, 'sms', [gone.who], { channel: 'SMS' }))[0]).toMatchObject({ kind: 'REFUSED', reason: 'UNREACHABLE' })
})

test('a receipt for what is still to be sent again is believed: it is not sent twice', async () => {
  people += 1
  await customers(shop, { [`c${people}`]: { name: '梅', phone: `1380000${String(people).padStart(4, '0')}` } })
  provider.answer = (_, response) => void response.writeHead(502).end()
  const [queued] = await queue(shop, 'sms', [`c${people}`], { channel: 'SMS' })
  const id = queued?.kind === 'QUEUED' ? queued.id : ''
  await sendDue(shop.world())
  const came = provider.came.length
  await report(shop, { events: [{ id: newId(), type: 'message.delivered', at: new Date().toISOString(), messageId: id }] })
  expect(await statusOf(id)).toBe('DELIVERED')
  provider.answer = json({ status: 'accepted' })
  await sendDue(shop.world(new Date(Date.now() + 120_000)))
  expect(provider.came.length).toBe(came)
})

test("nobody reports of another provider's messages, nor of another shop's", async () => {
  const { id } = await accepted()
  await smsProvider(shop, { url: provider.url, templates: [] }, { code: 'push', channel: 'PUSH' })
  const events = [{ id: newId(), type: 'message.delivered', at, messageId: id }]
  expect((await report(shop, { events }, { provider: 'push' })).body).toMatchObject({ taken: 0, unknown: [events[0]?.id] })
  await using other = await openShopBeside()
  await smsProvider(other, { url: provider.url })
  expect((await report(other, { events })).body).toMatchObject({ taken: 0, unknown: [events[0]?.id] })
  expect(await statusOf(id)).toBe('ACCEPTED')
})

test('what the provider did not sign just now is not taken, and all of it is answered alike', async () => {
  const { id } = await accepted()
  const body = { events: [{ id: newId(), type: 'message.delivered', at, messageId: id }] }
  const wrong = [
    await report(shop, body, { secret: `${SECRET.slice(0, -8)}AAAAAAA=` }),
    await report(shop, body, { signature: 'v1,AAAA' }),
    await report(shop, body, { signature: '' }),
    await report(shop, body, { at: new Date(Date.now() - 400_000) }),
    await report(shop, body, { at: new Date(Date.now() + 400_000) }),
    await report(shop, body, { provider: 'nobody' }),
    await report({ ...shop, code: 'no-such-shop' }, body),
    await report({ ...shop, code: 'main' }, body),
    await request(shop.app.fastify.server).post(`/m/events/${shop.code}/sms`).send(body),
  ]
  expect(wrong.map(({ status }) => status)).toEqual(wrong.map(() => 401))
  expect(new Set(wrong.map((answer) => JSON.stringify(answer.body))).size).toBe(1)
  expect(await statusOf(id)).toBe('ACCEPTED')
})

test('what cannot be read is refused whole, and what is too long is not read', async () => {
  const { id } = await accepted()
  const good = { id: newId(), type: 'message.delivered', at, messageId: id }
  expect((await report(shop, { events: [good, { ...good, id: '' }] })).status).toBe(400)
  expect((await report(shop, null, { raw: '{' })).status).toBe(400)
  expect((await report(shop, null, { raw: 'x'.repeat(LIMITS.bodyBytes + 1) })).status).toBe(413)
  expect((await report(shop, { events: [{ ...good, text: 'a\0b\ud800', type: 'message.replied', id: newId() }] })).status).toBe(200)
  expect(await statusOf(id)).toBe('DELIVERED')
  expect(await idOf(shop, 'c1')).toBeTruthy()
})
