import { type ChildProcess, spawn } from 'node:child_process'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, inject, test } from 'vitest'
import { openApp } from '../../src/app.ts'
import { accept } from '../../src/kernel/result.ts'
import type { NewMessage } from '../../src/messages/message.model.ts'
import { queueMessages } from '../../src/messages/queue.service.ts'
import { sendDue } from '../../src/messages/sending.service.ts'
import { ROWS } from '../../src/registry.ts'
import { openDatabase } from '../../src/shell/database.ts'
import { newId } from '../../src/shell/ids.ts'
import { rowsOf, sql } from '../../src/shell/sql.ts'
import { transact } from '../../src/shell/world.ts'
import { customers } from '../harness/acts.ts'
import { cloneTemplate } from '../harness/database.ts'
import { quietConfig } from '../harness/node.ts'
import { openTestShop, type TestShop } from '../harness/shop.ts'
import { openMailbox } from './mailbox.ts'
import { mailServer, mailTemplate } from './mailing.ts'

// `npm run prove:mail`: 50,000 mails and ten kills; else so many that a run of the tests can wait for them.
const FULL = process.env.MAIL_ROUNDS === 'full'
const [MAILS, KILLS] = FULL ? [50_000, 10] : [600, 3]

test.runIf(inject('template') !== null)(
  `workers are killed ${KILLS} times while ${MAILS} mails go out: everybody got exactly one, or is listed as in doubt, and nobody got two`,
  { timeout: FULL ? 1_800_000 : 120_000 },
  async () => {
    const { url, drop } = await cloneTemplate()
    const database = await openDatabase({ url, dataDir: '', rows: ROWS })
    const app = await openApp(quietConfig(), { database })
    await using box = await openMailbox(FULL ? {} : { delayMs: 5 })
    const shop = await openTestShop({ app })
    const workers: Worker[] = []
    try {
      await manyCustomers(shop)
      await mailServer(shop, box)
      await mailTemplate(shop, 'hello', { subject: 'Hello', text: 'Hello {{ customer.external_id }}' })
      await queueAll(shop)
      for (let i = 0; i < 2; i += 1) workers.push(startWorker(url, shop.world().shopId))
      for (let kill = 1; kill <= KILLS; kill += 1) {
        while (box.mails.length < (MAILS * kill) / (KILLS + 1)) await sleep(1)
        // Whoever works longest, in the middle of it; another takes its place.
        const [worker] = workers.splice(0, 1)
        expect(worker?.process.exitCode).toBeNull()
        worker?.process.kill('SIGKILL')
        await worker?.ended
        workers.push(startWorker(url, shop.world().shopId))
      }
      while ((await countOf(shop, 'QUEUED')) > 0) await sleep(50)
      await sleep(500)
    } finally {
      for (const worker of workers) worker.process.kill('SIGKILL')
      await Promise.all(workers.map(({ ended }) => ended))
    }
    // Those who had something are gone for good, and some minutes later that is known.
    await sendDue(shop.world(new Date(Date.now() + 600_000)))
    const got = new Map<string, number>()
    for (const { to } of box.mails) got.set(to, (got.get(to) ?? 0) + 1)
    const rows = await rowsOf<{ email: string; status: string }>(
      shop.world().em,
      sql`select c.email, m.status from message m join customer c on c.shop_id = m.shop_id and c.id = m.customer_id where m.shop_id = ${shop.world().shopId}`,
    )
    const of = (status: string) => rows.filter((row) => row.status === status)
    const doubtful = await shop.admin('{ messages(status: DOUBTFUL) { totalCount } }')
    const tally = {
      mails: box.mails.length,
      sent: of('SENT').length,
      doubtful: of('DOUBTFUL').length,
      doubtfulThatArrived: of('DOUBTFUL').filter(({ email }) => got.has(email)).length,
    }
    if (FULL) console.log(tally)
    expect(rows).toHaveLength(MAILS)
    expect(tally.sent + tally.doubtful).toBe(MAILS)
    expect(of('SENT').filter(({ email }) => got.get(email) !== 1)).toEqual([])
    expect([...got].filter(([, times]) => times > 1)).toEqual([])
    expect(doubtful.messages.totalCount).toBe(tally.doubtful)
    // No more than what the killed ones had in their hands.
    expect(tally.doubtful).toBeLessThan(KILLS * 150)
    await app.close()
    await database.close()
    await drop()
  },
)

type Worker = { readonly process: ChildProcess; readonly ended: Promise<unknown> }

function startWorker(url: string, shopId: number): Worker {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'worker.ts'), url, String(shopId)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return { process: child, ended: new Promise((resolve) => child.once('exit', resolve)) }
}

async function manyCustomers(shop: TestShop): Promise<void> {
  for (let from = 0; from < MAILS; from += 500) {
    const some = Array.from({ length: Math.min(500, MAILS - from) }, (_, i) => `c${from + i}`)
    await customers(shop, Object.fromEntries(some.map((id) => [id, { email: `${id}@example.com` }])))
  }
}

async function queueAll(shop: TestShop): Promise<void> {
  const ids = await rowsOf<{ id: string }>(shop.world().em, sql`select id from customer where shop_id = ${shop.world().shopId}`)
  const rows = ids.map(
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
      variables: {},
      notAfter: null,
    }),
  )
  for (let from = 0; from < rows.length; from += 5_000)
    await transact(shop.world(), async (tx) => accept(await queueMessages(tx, rows.slice(from, from + 5_000))))
}

const countOf = async (shop: TestShop, status: string): Promise<number> =>
  (await shop.admin('query ($status: MessageStatus) { messages(status: $status) { totalCount } }', { status })).messages.totalCount
