import { expect, test } from 'vitest'
import type { Message, MessageStatus } from '../../src/messages/message.model.ts'
import { afterMessages, beforeSending } from '../../src/messages/message.topic.ts'
import { secretOf, testProvider } from '../../src/messages/provider.service.ts'
import { resumeMessages } from '../../src/messages/queue.service.ts'
import { sendDue } from '../../src/messages/sending.service.ts'
import { readUnsubscriber, shopOfUnsubscriber } from '../../src/messages/unsubscribe.service.ts'
import { newId } from '../../src/shell/ids.ts'
import { customers } from '../harness/acts.ts'
import { openTestShop } from '../harness/shop.ts'
import { openMailbox } from './mailbox.ts'
import { idOf, mailServer, mailTemplate, queue } from './mailing.ts'

const TEMPLATE = { subject: 'Hello', text: 'Hello' }

test('whoever may keep a message from going is asked moments before, and what became of it is told', async () => {
  await using box = await openMailbox()
  const shop = await openTestShop()
  await customers(shop, { a: { email: 'a@example.com' }, b: { email: 'b@example.com' }, c: { email: 'c@example.com' } })
  await mailServer(shop, box)
  await mailTemplate(shop, 'hello', TEMPLATE)
  const [a, b, c] = [await idOf(shop, 'a'), await idOf(shop, 'b'), await idOf(shop, 'c')]
  const campaignId = newId()
  const reasons = new Map([[a, 'BOUGHT'], [b, 'PAUSED']]) // biome-ignore format: one line
  const told: (readonly [string, MessageStatus])[] = []
  const ours = (message: Message) => message.campaignId === campaignId
  beforeSending(
    shop.app.memory,
    async (_, messages) =>
      new Map(
        messages.filter(ours).flatMap(({ id, customerId }) => (reasons.has(customerId) ? [[id, reasons.get(customerId) ?? '']] : [])),
      ),
  )
  afterMessages(shop.app.memory, async (_, changes) => {
    for (const { message, status } of changes) if (ours(message)) told.push([message.customerId, status])
  })
  await queue(shop, 'hello', ['a', 'b', 'c'], { campaignId })
  await sendDue(shop.world())
  expect(box.mails.map(({ to }) => to)).toEqual(['c@example.com'])
  expect(new Map(told)).toEqual(new Map([[a, 'CANCELLED'], [c, 'SENT']])) // biome-ignore format: one line
  reasons.clear()
  await sendDue(shop.world())
  expect(box.mails).toHaveLength(1)
  expect(await resumeMessages(shop.world(), campaignId)).toBe(1)
  await sendDue(shop.world())
  expect(box.mails.map(({ to }) => to)).toEqual(['c@example.com', 'b@example.com'])
})

test("the address in a mail tells who unsubscribes, and nobody else's shop takes it", async () => {
  await using box = await openMailbox()
  const [shop, other] = [await openTestShop(), await openTestShop()]
  await customers(shop, { a: { email: 'a@example.com' } })
  await mailServer(shop, box)
  await mailTemplate(shop, 'hello', TEMPLATE)
  await queue(shop, 'hello', ['a'])
  await sendDue(shop.world())
  const token = /\/m\/u\/([\w.-]+)>/.exec(box.mails[0]?.headers.get('list-unsubscribe') ?? '')?.[1] ?? ''
  expect(shopOfUnsubscriber(token)).toBe(shop.code)
  expect(await readUnsubscriber(shop.world(), token)).toMatchObject({ customerId: await idOf(shop, 'a'), channel: 'EMAIL' })
  expect(await readUnsubscriber(other.world(), token)).toBeNull()
})

test('a mail server that asks who is there is told the secret that was saved, which nobody else is', async () => {
  await using box = await openMailbox({ login: { user: 'shop', pass: 'correct horse' } })
  const shop = await openTestShop()
  const settings = { host: '127.0.0.1', port: box.port, security: 'NONE', from: 'shop@tea.example', username: 'shop' }
  await mailServer(shop, box, { settings, secret: 'wrong horse' })
  expect(await testProvider(shop.world(), 'mail', null)).toMatchObject({ ok: true, value: expect.stringContaining('wrong login') })
  await mailServer(shop, box, { settings, secret: 'correct horse' })
  expect(await testProvider(shop.world(), 'mail', 'staff@tea.example')).toEqual({ ok: true, value: null })
  expect(box.mails.map(({ to }) => to)).toEqual(['staff@tea.example'])
  expect(await secretOf(shop.world(), 'mail')).toBe('correct horse')
})
