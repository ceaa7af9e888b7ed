import request from 'supertest'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sendDue } from '../../src/messages/sending.service.ts'
import { rowsOf, sql } from '../../src/shell/sql.ts'
import { customers } from '../harness/acts.ts'
import { anotherNode } from '../harness/node.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'
import { type Mailbox, openMailbox } from './mailbox.ts'
import { mailServer, mailTemplate, queue } from './mailing.ts'

// Each test has a server with a memory of its own: wrong tokens of one test are not another's.

let shop: TestShop
let box: Mailbox

beforeEach(async () => {
  shop = await openTestShop({ app: await anotherNode() })
  box = await openMailbox()
  await customers(shop, { mei: { name: 'Mei', email: 'mei@example.com', language: 'en', consents: [{ channel: 'EMAIL', granted: true }] } })
  await mailServer(shop, box, {
    settings: { host: '127.0.0.1', port: box.port, security: 'NONE', from: 'shop@tea.example', trackOpens: true },
  })
  await mailTemplate(shop, 'hello', {
    subject: 'Hello',
    html: '<body><a href="https://shop.example/茶?a=1&amp;b=2">Tea</a> <a href="mailto:a@shop.example">Write</a></body>',
  })
})
afterEach(async () => {
  await box[Symbol.asyncDispose]()
  await shop.app.close()
})

const server = () => request(shop.app.fastify.server)
/** The mail that mei gets: where she unsubscribes, and what it holds. */
async function mail() {
  await queue(shop, 'hello', ['mei'])
  await sendDue(shop.world())
  const got = box.mails.at(-1)
  const { em, shopId } = shop.world()
  const [kept] = await rowsOf<{ html: string; id: string }>(
    em,
    sql`select content->>'html' as html, message_id as id from message_content where shop_id = ${shopId} order by message_id desc limit 1`,
  )
  const path = (url: string | undefined) => new URL(url ?? '').pathname
  const hrefs = [...(kept?.html ?? '').matchAll(/(?:href|src)="([^"]*)"/g)].map(([, href]) => href ?? '')
  return {
    unsubscribe: path(/<(.*)>/.exec(got?.headers.get('list-unsubscribe') ?? '')?.[1]),
    link: path(hrefs.find((href) => href.includes('/m/c/'))),
    picture: path(hrefs.find((href) => href.includes('/m/o/'))),
    hrefs,
    id: kept?.id ?? '',
  }
}
const consents = () => {
  const { em, shopId } = shop.world()
  return rowsOf<{ channel: string; granted: boolean; source: string; wording: string }>(
    em,
    sql`select channel, granted, source, wording from customer_consent where shop_id = ${shopId} and source <> '' order by at, id`,
  )
}
const events = () => {
  const { em, shopId } = shop.world()
  return rowsOf<{ kind: string; times: number }>(em, sql`select kind, times from message_event where shop_id = ${shopId} order by kind`)
}
const statuses = async () => {
  const { em, shopId } = shop.world()
  return (await rowsOf<{ status: string }>(em, sql`select status from message where shop_id = ${shopId} order by id`)).map(
    ({ status }) => status,
  )
}
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

test('to look at the page changes nothing, whoever looks', async () => {
  const { unsubscribe } = await mail()
  for (const method of ['get', 'head'] as const) {
    const answer = await server()[method](unsubscribe)
    expect(answer.status).toBe(200)
    expect(answer.headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
    })
    expect(answer.headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/)
  }
  await server().get(`${unsubscribe}?List-Unsubscribe=One-Click&action=all`)
  expect(await consents()).toEqual([])
  const page = (await server().get(unsubscribe)).text
  expect(page).toContain('value="EMAIL" checked')
  expect(page).not.toContain('mei')
  expect((await server().get(`${unsubscribe}?lang=zh`)).text).toContain('退订：电子邮件')
  expect(await statuses()).toEqual(['SENT'])
})

test('one click at the mailbox unsubscribes at once, also from what is queued, and the proof is kept', async () => {
  const { unsubscribe } = await mail()
  await queue(shop, 'hello', ['mei'])
  const answer = await server().post(unsubscribe).type('form').send('List-Unsubscribe=One-Click')
  expect([answer.status, answer.headers.location]).toEqual([200, undefined])
  expect(await statuses()).toEqual(['DELIVERED', 'CANCELLED'])
  expect(await consents()).toMatchObject([
    { channel: 'EMAIL', granted: false, source: 'one-click unsubscribe (RFC 8058)', wording: 'List-Unsubscribe=One-Click' },
  ])
  expect(await events()).toMatchObject([{ kind: 'UNSUBSCRIBED' }])
  await server().post(unsubscribe).type('form').send('List-Unsubscribe=One-Click')
  expect(await consents()).toHaveLength(1)
  const { customer } = await shop.admin('{ customer(ref: { externalId: "mei" }) { consents { channel granted } } }')
  expect(customer.consents).toContainEqual({ channel: 'EMAIL', granted: false })
})

test('a mailbox may post a form of the other kind', async () => {
  const { unsubscribe } = await mail()
  const answer = await server().post(unsubscribe).field('List-Unsubscribe', 'One-Click')
  expect(answer.status).toBe(200)
  expect(await consents()).toMatchObject([{ channel: 'EMAIL', granted: false }])
})

test('a person chooses on the page, sees what was done, and may come back', async () => {
  const { unsubscribe } = await mail()
  const post = (body: string) => server().post(unsubscribe).type('form').send(body)
  const done = await post('action=channel&lang=en')
  expect([done.status, done.headers.location]).toEqual([303, '?done=CHANNEL&lang=en'])
  expect((await server().get(`${unsubscribe}?done=CHANNEL&lang=en`)).text).toContain('role="status">Done.')
  expect((await server().get(unsubscribe)).text).toContain('value="EMAIL">')
  expect((await consents()).at(-1)).toMatchObject({ granted: false, source: 'preference page', wording: 'Unsubscribe: Email' })
  expect((await post('action=save&channel=EMAIL&personal=yes&lang=zh')).status).toBe(303)
  expect((await server().get(unsubscribe)).text).toContain('value="EMAIL" checked')
  expect((await consents()).at(-1)).toMatchObject({ channel: 'EMAIL', granted: true, wording: expect.stringContaining('可以通过以下方式') })
  await post('action=save&channel=EMAIL')
  expect((await server().get(unsubscribe)).text).toContain('name="personal" value="yes">')
  await post('action=all')
  const after = (await server().get(unsubscribe)).text
  expect(after).toContain('value="EMAIL">')
  expect((await post('action=save&channel=EMAIL&personal=yes')).status).toBe(303)
  expect((await server().get(unsubscribe)).text).toContain('value="EMAIL" checked')
})

test('whoever was merged is who they are now', async () => {
  const { unsubscribe } = await mail()
  await customers(shop, { other: { email: 'mei.other@example.com' } })
  await shop.admin('mutation { mergeCustomers(from: { externalId: "mei" }, into: { externalId: "other" }, reason: "one person") { id } }')
  expect((await server().post(unsubscribe).type('form').send('List-Unsubscribe=One-Click')).status).toBe(200)
  const { customer } = await shop.admin('{ customer(ref: { externalId: "other" }) { consents { channel granted } } }')
  expect(customer.consents).toContainEqual({ channel: 'EMAIL', granted: false })
})

test('a token that nobody wrote opens nothing, by no way, and says nothing', async () => {
  const { unsubscribe, link } = await mail()
  const token = unsubscribe.slice('/m/u/'.length)
  const other = await openTestShop({ app: shop.app })
  const wrong = [
    token.slice(0, -1),
    `${token}x`,
    token.replace(shop.code, other.code),
    'x',
    '',
    '..%2f..',
    '%00',
    `${shop.code}.${'A'.repeat(44)}.${'A'.repeat(22)}`,
  ]
  const seen = new Set<string>()
  for (const one of wrong) {
    const got = await server().get(`/m/u/${one}`)
    expect([one, got.status]).toEqual([one, 404])
    seen.add(got.text)
    expect((await server().post(`/m/u/${one}`).type('form').send('action=all')).status).toBe(404)
  }
  expect(seen.size).toBe(1)
  expect(await consents()).toEqual([])
  // A link's token is no token of the page, and the other way round.
  expect((await server().get(`/m/u/${link.slice('/m/c/'.length)}`)).status).toBe(404)
  expect((await server().get(`/m/c/${token}`)).status).toBe(404)
})

test('a form that asks for nothing, is too long or of another kind changes nothing', async () => {
  const { unsubscribe } = await mail()
  const post = (type: string, body: string) => server().post(unsubscribe).set('content-type', type).send(body)
  expect((await post('application/x-www-form-urlencoded', 'action=drop')).status).toBe(400)
  expect((await post('application/x-www-form-urlencoded', `action=all&x=${'y'.repeat(20_000)}`)).status).toBe(413)
  expect((await post('application/json', '{"action":"all"}')).status).toBe(415)
  expect((await post('text/plain', 'action=all')).status).toBe(415)
  expect(await consents()).toEqual([])
})

test('what a page is asked for cannot be made into markup, a header or another place', async () => {
  const { unsubscribe } = await mail()
  const page = await server().get(`${unsubscribe}?lang=${encodeURIComponent('"><script>')}&done=${encodeURIComponent('<script>')}`)
  expect(page.text).not.toContain('<script')
  const posted = await server()
    .post(unsubscribe)
    .type('form')
    .send(`action=channel&lang=${encodeURIComponent('en\r\nset-cookie: a=b')}`)
  expect(posted.headers['set-cookie']).toBeUndefined()
  expect(posted.headers.location).toMatch(/^\?done=CHANNEL/)
})

test('a link of a mail leads where the mail led and nowhere else, and counts whom it can', async () => {
  const { link, hrefs } = await mail()
  expect(hrefs).toContain('mailto:a@shop.example')
  const follow = (headers: Record<string, string> = {}, method: 'get' | 'head' = 'get') =>
    server()
      [method](link)
      .set({ 'user-agent': BROWSER, ...headers })
  for (const answer of [
    await follow(),
    await follow(),
    await follow({ 'sec-purpose': 'prefetch' }),
    await follow({}, 'head'),
    await follow({ 'user-agent': 'Googlebot/2.1' }),
  ])
    expect([answer.status, answer.headers.location]).toEqual([302, 'https://shop.example/%E8%8C%B6?a=1&b=2'])
  expect(await events()).toEqual([{ kind: 'CLICKED', times: 2 }])
  expect(await statuses()).toEqual(['DELIVERED'])
  const evil = link.replace(/\.[\w-]{22}$/, `.${'A'.repeat(22)}`)
  expect((await server().get(evil)).status).toBe(404)
  expect((await server().get(`/m/c/https://evil.example`)).status).toBe(404)
})

test('the picture of a mail says that it was opened, where staff want that', async () => {
  const { picture } = await mail()
  const got = await server().get(picture).set('user-agent', BROWSER)
  expect([got.status, got.headers['content-type']]).toEqual([200, 'image/gif'])
  await server().get(picture)
  expect(await events()).toEqual([{ kind: 'OPENED', times: 1 }])
  expect((await server().get('/m/o/x')).status).toBe(200)
})

test('who tries one wrong token after another is told to wait', async () => {
  for (let i = 0; i < 30; i++) expect((await server().get(`/m/u/x${i}`)).status).toBe(404)
  const answer = await server().get('/m/u/x')
  expect(answer.status).toBe(429)
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
})
