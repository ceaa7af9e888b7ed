import { fork } from 'node:child_process'
import { once } from 'node:events'
import { loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { createTransport } from 'nodemailer'
import { instant } from '../src/kernel/clock.ts'
import { accept } from '../src/kernel/result.ts'
import type { MessageContent, NewMessage } from '../src/messages/message.model.ts'
import { sendBy } from '../src/messages/message.topic.ts'
import { saveProvider } from '../src/messages/provider.service.ts'
import { queueMessages } from '../src/messages/queue.service.ts'
import { sendDue } from '../src/messages/sending.service.ts'
import { mailOf } from '../src/messages/smtp.rules.ts'
import { closeMail, SMTP } from '../src/messages/smtp.service.ts'
import { saveTemplate } from '../src/messages/template.service.ts'
import type { Database } from '../src/shell/database.ts'
import { newId } from '../src/shell/ids.ts'
import { Memory } from '../src/shell/memory.ts'
import { usePublicUrl } from '../src/shell/public-url.ts'
import { rowOf, rowsOf, sql } from '../src/shell/sql.ts'
import { openWorld, transact, type World } from '../src/shell/world.ts'
import { openShop } from '../src/shops/shop.service.ts'
import { onScratchDatabase } from './scratch-database.ts'

// Mails a second to a mail server in a process of its own: what is queued, sent by the product's worker, with every message claimed,
// committed before it leaves and written down after; beside a bare loop over nodemailer with the same pool and the same mails, which remembers
// nothing. They take turns.

const MAILS = Number(process.env.BENCH_MAILS ?? 50_000)
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 4)
const CONNECTIONS = 5
const A_ROUND = Math.floor(MAILS / ROUNDS)

const TEMPLATE = {
  channel: 'EMAIL',
  language: null,
  tierCode: null,
  subject: 'Your tea, {{ customer.name }}',
  html: `<html><body><p>Dear {{ customer.name }},</p><p>${'It has been a while. '.repeat(40)}</p><p><a href="{{ link.url }}">For you</a></p></body></html>`,
  text: `Dear {{ customer.name }},\n\n${'It has been a while. '.repeat(40)}\n\n{{ link.url }}\n`,
  providerTemplateId: null,
  parameters: [],
} as const

await onScratchDatabase('regulars_mail', async (database) => {
  const server = fork(fileURLToPath(new URL('./mail-server.ts', import.meta.url)))
  try {
    const [{ port }] = (await once(server, 'message')) as [{ port: number }]
    await measure(database, port, async () => {
      server.send('how many')
      const [{ taken }] = (await once(server, 'message')) as [{ taken: number }]
      return taken
    })
  } finally {
    server.disconnect()
  }
})

async function measure(database: Database, port: number, taken: () => Promise<number>): Promise<void> {
  const memory = new Memory()
  sendBy(memory, 'SMTP', SMTP)
  usePublicUrl(memory, 'https://regulars.example')
  const shop = await openShop(
    database.fork(),
    { code: 'bench', name: 'Bench', currency: 'CNY', timeZone: 'Asia/Shanghai' },
    instant(Date.now()),
  )
  if (!shop.ok) throw new Error(shop.problem.message)
  const actor = { kind: 'SYSTEM', id: null, name: 'bench' } as const
  const world = (): World => openWorld({ shopId: shop.value.id, actor, now: instant(Date.now()), memory, fork: database.fork })
  await fill(world(), port)
  await queued(world)
  const contents = await rowsOf<{ id: string; recipient: string; content: MessageContent }>(
    world().em,
    sql`select message_id as id, recipient, content from message_content order by message_id limit ${A_ROUND}`,
  )
  const rounds: { product: Speed; bare: Speed }[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const product = await timed(() => sendSome(world, A_ROUND))
    const bare = await timed(() => sendBare(port, contents))
    rounds.push({ product, bare })
    console.log(
      `round ${round + 1}: product ${shown(product)}, bare loop ${shown(bare)}: ${ratio(product, bare)} (load ${loadavg()[0]?.toFixed(1)})`,
    )
  }
  const mean = (speeds: readonly Speed[]): Speed => ({
    perSecond: speeds.length / speeds.reduce((sum, { perSecond }) => sum + 1 / perSecond, 0),
    processor: speeds.reduce((sum, { processor }) => sum + processor, 0) / speeds.length,
  })
  const [product, bare] = [mean(rounds.map((round) => round.product)), mean(rounds.map((round) => round.bare))]
  const left = await rowOf<{ sent: string; others: string }>(
    world().em,
    sql`select count(*) filter (where status = 'SENT') as sent, count(*) filter (where status <> 'SENT') as others from message`,
  )
  console.log(`${A_ROUND * ROUNDS} mails each: product ${shown(product)}, bare loop ${shown(bare)}: ${ratio(product, bare)}`)
  console.log(`${left?.sent} messages SENT, ${left?.others} others; the mail server took ${await taken()} mails`)
  closeMail(memory)
}

function shown({ perSecond, processor }: Speed): string {
  return `${Math.round(perSecond)} mails/s (${Math.round(processor)} ms of processor per 1,000)`
}

function ratio(product: Speed, bare: Speed): string {
  return `${Math.round((100 * product.perSecond) / bare.perSecond)} %`
}

async function fill(world: World, port: number): Promise<void> {
  await rowsOf(
    world.em,
    sql`insert into customer (shop_id, id, external_id, name, email, email_verified, kind, attributes, registered_at, created_at)
        select ${world.shopId}, gen_random_uuid(), 'c' || n, 'Customer ' || n, 'c' || n || '@example.com', true, 'INDIVIDUAL', '{}', now(), now()
        from generate_series(1, ${A_ROUND * ROUNDS}) n`,
  )
  const settings = { host: '127.0.0.1', port, security: 'NONE', from: 'shop@tea.example', fromName: 'Tea House', connections: CONNECTIONS }
  const provider = {
    code: 'mail',
    channel: 'EMAIL',
    kind: 'SMTP',
    name: 'Mail',
    settings,
    enabled: true,
    ratePerSecond: null,
    costMinor: 0,
  } as const
  for (const saved of [
    await saveProvider(world, provider),
    await saveTemplate(world, { code: 'hello', name: 'Hello', variants: [TEMPLATE] }),
  ])
    if (!saved.ok) throw new Error(saved.problem.message)
}

async function queued(world: () => World): Promise<void> {
  const { em, shopId } = world()
  const customers = await rowsOf<{ id: string }>(em, sql`select id from customer where shop_id = ${shopId}`)
  await rowsOf(em, sql`analyze customer`)
  const startedAt = performance.now()
  for (let from = 0; from < customers.length; from += 1_000)
    await transact(world(), async (tx) =>
      accept(
        await queueMessages(
          tx,
          customers.slice(from, from + 1_000).map(
            ({ id: customerId }): NewMessage => ({
              exposureId: newId(),
              campaignId: null,
              campaignCode: null,
              step: null,
              touchId: null,
              customerId,
              channel: 'EMAIL',
              purpose: 'MARKETING',
              templateCode: 'hello',
              variables: { link: { url: `https://shop.example/l/${customerId}` } },
              notAfter: null,
            }),
          ),
        ),
      ),
    )
  const seconds = (performance.now() - startedAt) / 1_000
  console.log(
    `${customers.length} messages written and queued in ${seconds.toFixed(1)} s: ${Math.round(customers.length / seconds)} a second`,
  )
}

async function sendSome(world: () => World, most: number): Promise<void> {
  for (let sent = 0; sent < most; ) {
    const worked = await sendDue(world(), { limit: Math.min(2_000, most - sent) })
    sent += worked.sent
    if (!worked.more && worked.sent === 0) throw new Error(`nothing more is due after ${sent}`)
  }
}

async function sendBare(port: number, contents: readonly { id: string; recipient: string; content: MessageContent }[]): Promise<void> {
  const pool = createTransport({ pool: true, host: '127.0.0.1', port, ignoreTLS: true, maxConnections: CONNECTIONS, maxMessages: 500 })
  const settings = {
    host: '127.0.0.1',
    port,
    security: 'NONE',
    username: null,
    from: 'shop@tea.example',
    fromName: 'Tea House',
    replyTo: null,
    connections: CONNECTIONS,
    trackClicks: false,
    trackOpens: false,
  } as const
  let next = 0
  const loop = async () => {
    for (let one = contents[next++]; one !== undefined; one = contents[next++])
      await pool.sendMail({ ...mailOf(one.id, one.recipient, one.content, settings) })
  }
  // One waits for each connection, so that none is ever idle.
  await Promise.all(Array.from({ length: 2 * CONNECTIONS }, loop))
  pool.close()
}

/** Mails a second, and milliseconds of this process's processor that 1,000 mails took. */
type Speed = { readonly perSecond: number; readonly processor: number }

async function timed(act: () => Promise<void>): Promise<Speed> {
  const [startedAt, before] = [performance.now(), process.cpuUsage()]
  await act()
  const { user, system } = process.cpuUsage(before)
  return { perSecond: (1_000 * A_ROUND) / (performance.now() - startedAt), processor: (user + system) / A_ROUND }
}
