import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { letGoOfContents } from '../../src/messages/keeping.service.ts'
import { beforeSending } from '../../src/messages/message.topic.ts'
import { cancelMessages } from '../../src/messages/queue.service.ts'
import { sendDue } from '../../src/messages/sending.service.ts'
import { newId } from '../../src/shell/ids.ts'
import { customers, pin, tiers } from '../harness/acts.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'
import { type Mailbox, openMailbox } from './mailbox.ts'
import { idOf, mailServer, mailTemplate, queue } from './mailing.ts'

const MINUTE = 60_000

/** A shop with a mail server of its own, a template, and customers a, b, c … */
async function mailing(box: Pick<Mailbox, 'port'>, names = 'a', provider: object = {}): Promise<TestShop> {
  const shop = await openTestShop()
  await customers(shop, Object.fromEntries([...names].map((name) => [name, { email: `${name}@example.com`, name: name.toUpperCase() }])))
  await mailServer(shop, box, provider)
  await mailTemplate(shop, 'hello', { subject: 'Hello', text: 'Hello {{ customer.name }}' })
  return shop
}

const later = (ms: number) => new Date(Date.now() + ms)
const standing = async (shop: TestShop) =>
  (await shop.admin('{ messages { nodes { id status reason attempts customer { externalId } } } }')).messages.nodes
const toB = (address: string) => (address.startsWith('b@') ? { code: 550, text: '5.1.1 <b@example.com> is not here' } : null)

test('an address where nobody is bounces, is not tried again, and reads as INVALID until there is another', async () => {
  await using box = await openMailbox()
  const shop = await mailing(box, 'ab')
  box.toRecipient = toB
  await queue(shop, 'hello', ['a', 'b'])
  await sendDue(shop.world())
  expect(await standing(shop)).toMatchObject([
    { status: 'BOUNCED', reason: expect.not.stringContaining('example.com'), customer: { externalId: 'b' } },
    { status: 'SENT', reason: null, customer: { externalId: 'a' } },
  ])
  expect(await queue(shop, 'hello', ['b'])).toMatchObject([{ kind: 'REFUSED', reason: 'UNREACHABLE' }])
  const invalid = async () =>
    (await shop.admin(`{ customers(query: "email_subscription_status = 'INVALID'") { nodes { externalId } } }`)).customers.nodes
  expect(await invalid()).toEqual([{ externalId: 'b' }])
  await customers(shop, { b: { email: 'new-b@example.com' } })
  expect(await invalid()).toEqual([])
  expect(await queue(shop, 'hello', ['b'])).toMatchObject([{ kind: 'QUEUED' }])
})

test('a refusal about who writes is no fault of the address', async () => {
  await using box = await openMailbox()
  const shop = await mailing(box)
  box.toRecipient = () => ({ code: 550, text: '5.7.1 relaying denied' })
  await queue(shop, 'hello', ['a'])
  await sendDue(shop.world())
  expect(await standing(shop)).toMatchObject([{ status: 'FAILED', reason: expect.stringContaining('relaying denied') }])
  expect(await queue(shop, 'hello', ['a'])).toMatchObject([{ kind: 'QUEUED' }])
})

test('a server that asks to come back is come back to, ever later, and not for ever', async () => {
  await using box = await openMailbox()
  const shop = await mailing(box)
  box.toRecipient = () => ({ code: 450, text: '4.2.1 greylisted' })
  await queue(shop, 'hello', ['a'])
  await sendDue(shop.world())
  expect(await standing(shop)).toMatchObject([{ status: 'QUEUED', attempts: 1, reason: expect.stringContaining('greylisted') }])
  await sendDue(shop.world(later(0.9 * MINUTE)))
  expect(await standing(shop)).toMatchObject([{ status: 'QUEUED', attempts: 1 }])
  let at = 0
  for (const wait of [1.1, 5.1, 25.1, 125.1]) {
    at += wait * MINUTE
    await sendDue(shop.world(later(at)))
  }
  expect(await standing(shop)).toMatchObject([{ status: 'QUEUED', attempts: 5 }])
  await sendDue(shop.world(later(at + 626 * MINUTE)))
  expect(await standing(shop)).toMatchObject([{ status: 'FAILED', attempts: 6 }])
  expect(box.mails).toEqual([])
})

test('one that was asked to come back goes when it is taken', async () => {
  await using box = await openMailbox()
  const shop = await mailing(box)
  box.toMail = () => ({ code: 451, text: '4.3.0 later' })
  await queue(shop, 'hello', ['a'])
  await sendDue(shop.world())
  box.toMail = () => null
  await sendDue(shop.world(later(1.1 * MINUTE)))
  expect(await standing(shop)).toMatchObject([{ status: 'SENT', attempts: 2 }])
  expect(box.mails).toHaveLength(1)
})

test('a server that takes a mail and falls silent leaves it in doubt, and only staff send it again', async () => {
  await using box = await openMailbox()
  const shop = await mailing(box, 'ab')
  box.toMail = () => 'HANG_UP'
  await queue(shop, 'hello', ['a'])
  await sendDue(shop.world())
  box.toMail = () => null
  await sendDue(shop.world(later(600 * MINUTE)))
  expect(box.mails).toHaveLength(1)
  const { messages } = await shop.admin('{ messages(status: DOUBTFUL) { totalCount nodes { id customer { externalId } } } }')
  expect(messages).toMatchObject({ totalCount: 1, nodes: [{ customer: { externalId: 'a' } }] })
  const [{ id }] = messages.nodes
  const resolve = (resolution: string) =>
    shop.admin('mutation ($id: ID!, $as: DoubtResolution!) { resolveDoubtfulMessage(id: $id, resolution: $as) { status } }', {
      id,
      as: resolution,
    })
  expect(await resolve('SEND_AGAIN')).toEqual({ resolveDoubtfulMessage: { status: 'QUEUED' } })
  await expect(resolve('LEAVE')).rejects.toThrow(/NOT_FOUND/)
  await sendDue(shop.world(later(601 * MINUTE)))
  expect(box.mails).toHaveLength(2)
  expect(new Set(box.mails.map(({ headers }) => headers.get('message-id'))).size).toBe(1)
  expect(await standing(shop)).toMatchObject([{ status: 'SENT' }])
})

test('a server that is away costs nobody an attempt: it is left alone for a while, staff see why, and everything goes later', async () => {
  const box = await openMailbox()
  const shop = await mailing(box, 'abc')
  await box.close()
  await queue(shop, 'hello', ['a', 'b', 'c'])
  await sendDue(shop.world())
  const provider = async () => (await shop.admin('{ messageProviders { fault heldUntil } }')).messageProviders[0]
  expect(await provider()).toEqual({ fault: expect.stringContaining('ECONNREFUSED'), heldUntil: expect.any(String) })
  expect(await standing(shop)).toMatchObject([{ status: 'QUEUED', attempts: 0 }, { status: 'QUEUED', attempts: 0 }, { status: 'QUEUED', attempts: 0 }]) // biome-ignore format: one line
  await using back = await openMailbox()
  await mailServer(shop, back)
  await sendDue(shop.world())
  expect(back.mails).toHaveLength(3)
  expect(await provider()).toEqual({ fault: null, heldUntil: null })
})

test('no name and no subject puts anything into a header, and no address can be two', async () => {
  await using box = await openMailbox()
  const shop = await openTestShop()
  // What an API refuses an import may have let in: the world is as bad as it can be.
  const name = 'Mei\u2028Bcc: evil@example.com\u0085X-Evil: 1 "<evil@example.com>,'
  await customers(shop, {
    a: { email: 'a@example.com', name: name.replace(/[\u0085]/g, ''), city: 'Dali' },
    b: { email: 'b@example.com,evil@example.com' },
  })
  await mailServer(shop, box, {
    settings: {
      host: '127.0.0.1',
      port: box.port,
      security: 'NONE',
      from: 'shop@tea.example',
      fromName: 'Tea "House", <evil@example.com>',
    },
  })
  await mailTemplate(shop, 'hello', {
    subject: 'Hello {{ customer.name }}{{ order.external_id }}',
    text: 'Hello',
  })
  const variables = { order: { external_id: 'x\r\nBcc: evil@example.com\r\n\r\nbody' } }
  await queue(shop, 'hello', ['a'], { variables })
  expect(await queue(shop, 'hello', ['b'], { variables })).toMatchObject([{ kind: 'REFUSED' }])
  await sendDue(shop.world())
  const [mail] = box.mails
  expect(box.mails.map(({ to }) => to)).toEqual(['a@example.com'])
  expect([...(mail?.headers.keys() ?? [])].sort()).toEqual([
    'content-transfer-encoding', 'content-type', 'date', 'from', 'list-unsubscribe', 'list-unsubscribe-post', 'message-id', 'mime-version', 'subject', 'to',
  ]) // biome-ignore format: one list
  const addresses = (header: string) =>
    mail?.headers
      .get(header)
      ?.replace(/"(?:[^"\\]|\\.)*"/g, '')
      .match(/<[^>]*>/g)
  expect(addresses('from')).toEqual(['<shop@tea.example>'])
  expect(addresses('to')).toEqual(['<a@example.com>'])
})

test('each reader gets what is written in their language, for their tier, else what is for any', async () => {
  await using box = await openMailbox()
  const shop = await openTestShop()
  await tiers(shop, 'silver', 'gold')
  await customers(shop, {
    zhcn: { email: 'zhcn@example.com', language: 'zh-CN' },
    zhhk: { email: 'zhhk@example.com', language: 'zh-HK' },
    de: { email: 'de@example.com', language: 'de' },
    none: { email: 'none@example.com' },
  })
  await customers(shop, { gold: { email: 'gold@example.com', language: 'zh-Hans-CN' }, golden: { email: 'golden@example.com' } })
  for (const customer of ['gold', 'golden']) await pin(shop, customer, 'gold')
  await mailServer(shop, box)
  const say = (subject: string, more: object = {}) => ({ subject, text: 'Hello', ...more })
  await mailTemplate(
    shop,
    'hello',
    say('any'),
    say('zh', { language: 'zh' }),
    say('zh-CN', { language: 'zh-CN' }),
    say('zh gold', { language: 'zh', tierCode: 'gold' }),
    say('gold', { tierCode: 'gold' }),
  )
  await queue(shop, 'hello', ['zhcn', 'zhhk', 'de', 'none', 'gold', 'golden'])
  await sendDue(shop.world())
  expect(Object.fromEntries(box.mails.map(({ to, headers }) => [to.split('@')[0], headers.get('subject')]))).toEqual({
    zhcn: 'zh-CN',
    zhhk: 'zh',
    de: 'any',
    none: 'any',
    gold: 'zh gold',
    golden: 'gold',
  })
})

test('what a template cannot say of a customer is not sent to them, and why is told', async () => {
  await using box = await openMailbox()
  const shop = await mailing(box, 'a')
  await customers(shop, { noname: { email: 'n@example.com' }, nomail: { name: 'N' } })
  expect(await queue(shop, 'hello', ['a', 'noname', 'nomail'])).toMatchObject([
    { kind: 'QUEUED' },
    { kind: 'REFUSED', reason: 'TEMPLATE_FAULT', detail: expect.stringContaining('"customer.name" is not known here') },
    { kind: 'REFUSED', reason: 'UNREACHABLE' },
  ])
  expect(await queue(shop, 'no-such', ['a'])).toMatchObject([{ kind: 'REFUSED', reason: 'TEMPLATE_FAULT' }])
  expect(await queue(shop, 'hello', ['a'], { channel: 'SMS' })).toMatchObject([{ kind: 'REFUSED', reason: 'NO_PROVIDER' }])
})

test('of one exposure there is one message, whoever queues it again', async () => {
  await using box = await openMailbox()
  const shop = await mailing(box)
  const exposureId = newId()
  const [first] = await queue(shop, 'hello', ['a'], { exposureId })
  expect(await queue(shop, 'hello', ['a'], { exposureId })).toEqual([first])
  await sendDue(shop.world())
  expect(box.mails).toHaveLength(1)
})

test('what is cancelled, too late or forgotten while it waits does not go', async () => {
  await using box = await openMailbox()
  const shop = await mailing(box, 'abcd')
  await queue(shop, 'hello', ['a', 'd'])
  await queue(shop, 'hello', ['b'], { notAfter: (Date.now() + 1_000) as never })
  await queue(shop, 'hello', ['c'])
  expect(await cancelMessages(shop.world(), { customerIds: [await idOf(shop, 'a')], channel: 'EMAIL' }, 'OBJECTED')).toBe(1)
  await shop.admin('mutation { eraseCustomer(ref: { externalId: "c" }, reason: "asked") }')
  await sendDue(shop.world(later(5_000)))
  expect(box.mails.map(({ to }) => to)).toEqual(['d@example.com'])
  expect((await standing(shop)).map(({ status, reason }: { status: string; reason: string }) => [status, reason])).toEqual([
    ['CANCELLED', 'FORGOTTEN'],
    ['CANCELLED', 'TOO_LATE'],
    ['SENT', null],
    ['CANCELLED', 'OBJECTED'],
  ])
})

test('a rate holds over all who send at once', async () => {
  await using box = await openMailbox()
  const names = 'abcdefghijklmnopqrstuvwxyz'
  const shop = await mailing(box, names, { ratePerSecond: 10 })
  await queue(shop, 'hello', [...names])
  const over = Date.now() + 1_500
  const worker = async () => {
    while (Date.now() < over) await sendDue(shop.world())
  }
  const startedAt = Date.now()
  await Promise.all([worker(), worker(), worker()])
  const seconds = (Date.now() - startedAt) / 1_000
  expect(box.mails.length).toBeLessThanOrEqual(10 * seconds + 3)
  expect(box.mails.length).toBeGreaterThanOrEqual(8)
})

test('a pause holds within a second, however slow the server is', async () => {
  await using box = await openMailbox({ delayMs: 150 })
  const names = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
  const shop = await mailing(box, names)
  let pausedAt = Number.POSITIVE_INFINITY
  const campaignId = newId()
  beforeSending(
    shop.app.memory,
    async (_, messages) =>
      new Map(messages.flatMap((message) => (message.campaignId === campaignId && Date.now() > pausedAt ? [[message.id, 'PAUSED']] : []))),
  )
  await queue(shop, 'hello', [...names], { campaignId })
  const sending = sendDue(shop.world())
  await sleep(400)
  pausedAt = Date.now()
  await sleep(1_000)
  const after = box.mails.length
  await sending
  await sendDue(shop.world())
  expect(after).toBeGreaterThan(0)
  expect(box.mails.length).toBe(after)
  expect(after).toBeLessThan(names.length)
})

test('what a message said is let go of after 90 days, and that it went is not', async () => {
  await using box = await openMailbox()
  const shop = await mailing(box)
  await queue(shop, 'hello', ['a'])
  await sendDue(shop.world())
  const seen = async () => (await shop.admin('{ messages { nodes { status content { text } } } }')).messages.nodes[0]
  await letGoOfContents(shop.world(later(89 * 24 * 60 * MINUTE)))
  expect(await seen()).toMatchObject({ status: 'SENT', content: { text: expect.stringContaining('Hello A') } })
  await letGoOfContents(shop.world(later(91 * 24 * 60 * MINUTE)))
  expect(await seen()).toEqual({ status: 'SENT', content: null })
})

test('mail of marketing says where to unsubscribe, whatever the template says, and mail of care may leave it out', async () => {
  await using box = await openMailbox()
  const shop = await mailing(box, 'a')
  await mailTemplate(shop, 'page', { subject: 'page', html: '<html><body><p>Hi</p></body></html>', text: 'Hi' })
  await mailTemplate(shop, 'own', { subject: 'own', text: 'Hi. No more: {{ unsubscribe_url }}' })
  await mailTemplate(shop, 'care', { subject: 'care', text: 'Hi' })
  for (const code of ['page', 'own']) await queue(shop, code, ['a'])
  await queue(shop, 'care', ['a'], { purpose: 'CARE' })
  await sendDue(shop.world())
  const bodyOf = (subject: string) => {
    const source = box.mails.find(({ headers }) => headers.get('subject') === subject)?.source ?? ''
    return source
      .slice(source.indexOf('\r\n\r\n'))
      .replace(/=\r?\n/g, '')
      .replaceAll('=3D', '=')
  }
  const [page, own, care] = [bodyOf('page'), bodyOf('own'), bodyOf('care')]
  expect(page).toMatch(/Hi\s+Unsubscribe: https:\/\/regulars\.example\/m\/u\//)
  expect(page).toMatch(/<a href="https:\/\/regulars\.example\/m\/u\/[^"]+">Unsubscribe<\/a><\/p><\/body>/)
  expect(own.match(/\/m\/u\//g)).toHaveLength(1)
  expect(care).not.toContain('Unsubscribe')
})
