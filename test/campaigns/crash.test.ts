import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { rowsOf, sql } from '../../src/shell/sql.ts'
import { openServers, type ServedShop } from '../harness/servers.ts'
import type { TestShop } from '../harness/shop.ts'
import { openMailbox } from '../messages/mailbox.ts'
import { mailServer, mailTemplate } from '../messages/mailing.ts'
import { saveCampaign } from './running.ts'

// Real processes, a real mail server, and SIGKILL at any instant: letting in, deciding, sending.

const CUSTOMERS = Number(process.env.CRASH_CUSTOMERS ?? 1_500)
const KILLS = Number(process.env.CRASH_KILLS ?? 5)

test.skipIf(process.env.DATABASE_URL === undefined)(
  'however often its process is killed, a campaign writes to nobody twice, and to everybody once but for those listed as in doubt',
  async () => {
    await using box = await openMailbox({ delayMs: 2 })
    await using servers = await openServers({ REGULARS_PUBLIC_URL: 'http://127.0.0.1:1' })
    let { program, shop } = await servers.start()
    await customersOf(shop)
    await mailServer(shop, box)
    await mailTemplate(shop, 'recall', { subject: 'Come back', text: 'Dear customer {{ unsubscribe_url }}' })
    await saveCampaign(shop, { code: 'recall' })
    await shop.admin('mutation { startCampaign(code: "recall") { status } }')
    for (let kill = 0; kill < KILLS; kill++) {
      // The first while it lets in, the others wherever it happens to be.
      await sleep(kill === 0 ? 40 : 100 + Math.random() * 700)
      program.process.kill('SIGKILL')
      ;({ program, shop } = await servers.start())
    }
    const over = Date.now() + 60_000
    while ((await waiting(shop)) > 0 && Date.now() < over) await sleep(100)
    expect(await waiting(shop)).toBe(0)

    const messages = await messagesOf(shop)
    expect(messages).toHaveLength(CUSTOMERS)
    const got = new Map<string, number>()
    for (const { to } of box.mails) got.set(to, (got.get(to) ?? 0) + 1)
    expect([...got.values()].filter((count) => count > 1)).toEqual([])
    const inHand = messages.filter(({ status }) => status === 'SENDING' || status === 'DOUBTFUL')
    const wrong = messages.filter(({ to, status }) => (got.get(to) ?? 0) !== 1 && !inHand.some((one) => one.to === to && status !== 'SENT'))
    expect(wrong).toEqual([])
    expect(inHand.length).toBeLessThanOrEqual(KILLS * 50)
    const { campaign } = await shop.admin('{ campaign(code: "recall") { progress { treated exposures { status count } } } }')
    expect(campaign.progress.treated).toBe(CUSTOMERS)
  },
  180_000,
)

async function customersOf(shop: ServedShop): Promise<void> {
  const all = Array.from({ length: CUSTOMERS }, (_, i) => ({
    externalId: `c${i}`,
    email: `c${i}@example.com`,
    emailVerified: true,
    consents: [{ channel: 'EMAIL', granted: true, at: '2025-01-01T00:00:00Z' }],
  }))
  for (let from = 0; from < all.length; from += 500)
    await shop.storefront('mutation ($customers: [CustomerInput!]!) { upsertCustomers(customers: $customers) { id } }', {
      customers: all.slice(from, from + 500),
    })
}

/** Exposures not yet decided, messages not yet sent, and whether anybody is still to be let in. */
async function waiting(shop: ServedShop): Promise<number> {
  const { em, shopId } = shop.world()
  const [row] = await rowsOf<{ n: string }>(
    em,
    sql`select (select count(*) from exposure where shop_id = ${shopId} and status in ('DUE', 'HELD'))
          + (select count(*) from message where shop_id = ${shopId} and status = 'QUEUED')
          + (select count(*) from campaign where shop_id = ${shopId} and next_join_at is not null) as n`,
  )
  return Number(row?.n)
}

async function messagesOf(shop: ServedShop & TestShop): Promise<{ to: string; status: string }[]> {
  const { em, shopId } = shop.world()
  return rowsOf(
    em,
    sql`select c.email as "to", m.status from message m join customer c on c.shop_id = m.shop_id and c.id = m.customer_id
        where m.shop_id = ${shopId}`,
  )
}
