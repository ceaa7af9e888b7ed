import { expect, test } from 'vitest'
import { runCampaigns } from '../../src/campaigns/pulse.service.ts'
import { sendDue } from '../../src/messages/sending.service.ts'
import { object } from '../../src/touches/objection.service.ts'
import { customers, orders, products } from '../harness/acts.ts'
import { openTestShop } from '../harness/shop.ts'
import { openMailbox } from '../messages/mailbox.ts'
import { mailServer, mailTemplate } from '../messages/mailing.ts'
import { exposuresOf, membersOf, saveCampaign } from './running.ts'

// Orders, objections, merges, pauses and several who work the same campaigns, all at once: nobody waits for another in a circle, and nobody is
// written to twice.

const onServer = process.env.DATABASE_URL !== undefined

test.runIf(onServer)(
  'whatever happens while campaigns are worked, each is written to once at most, and who left by then not at all',
  async () => {
    await using box = await openMailbox()
    const shop = await openTestShop()
    await products(shop, { A: 1_000 })
    const who = Array.from({ length: 120 }, (_, i) => `c${i}`)
    const person = (code: string) => ({
      email: `${code}@example.com`,
      emailVerified: true,
      consents: [{ channel: 'EMAIL', granted: true, at: '2025-01-01T00:00:00Z' }],
    })
    await customers(shop, Object.fromEntries(who.map((code) => [code, person(code)])))
    await mailServer(shop, box)
    await mailTemplate(shop, 'recall', { subject: 'Come back', text: '{{ unsubscribe_url }}' })
    for (const code of ['one', 'two']) await saveCampaign(shop, { code, controlPercent: 20 })
    await shop.admin('mutation { one: startCampaign(code: "one") { id } two: startCampaign(code: "two") { id } }')
    const later = () => new Date(Date.now() + 5_000)
    const bought = who.slice(0, 30)
    const objected = who.slice(30, 50)
    const merged = who.slice(50, 60)
    const tasks: (() => Promise<unknown>)[] = [
      ...Array.from({ length: 6 }, () => () => runCampaigns(shop.world(later()))),
      ...Array.from({ length: 6 }, () => () => sendDue(shop.world(later()))),
      ...bought.map((code) => () => orders(shop, [code, 'A', 1_000, 1, new Date(Date.now() + 60_000).toISOString()])),
      ...objected.map(
        (value) => () => object(shop.world(), { by: 'externalId', value }, 'EMAIL', { source: 'test', wording: null, at: null }),
      ),
      ...merged.map(
        (from, i) => () =>
          shop.admin(
            'mutation ($from: String!, $into: String!) { mergeCustomers(from: { externalId: $from }, into: { externalId: $into }, reason: "one") { id } }',
            { from, into: who[60 + i] },
          ),
      ),
      () => shop.admin('mutation { pauseCampaign(code: "two") { id } }'),
    ]
    const shuffled = tasks.map((task, i) => ({ task, at: (i * 7_919) % tasks.length })).toSorted((a, b) => a.at - b.at)
    const ended = await Promise.allSettled(shuffled.map(({ task }) => task()))
    expect(ended.flatMap((end) => (end.status === 'rejected' ? [String(end.reason)] : []))).toEqual([])
    await shop.admin('mutation { resumeCampaign(code: "two") { id } }')
    const before = box.mails.length
    for (let i = 0; i < 3; i++) {
      await runCampaigns(shop.world(later()))
      await sendDue(shop.world(later()))
    }
    // By one campaign alone: a second mail of the same day waits.
    const to = box.mails.map((mail) => mail.to)
    expect(to.filter((one, i) => to.indexOf(one) !== i)).toEqual([])
    const gone = new Set([...bought, ...objected].map((code) => `${code}@example.com`))
    expect(box.mails.slice(before).filter((mail) => gone.has(mail.to))).toEqual([])
    for (const code of ['one', 'two']) {
      const members = await membersOf(shop, code)
      const controls = new Set(members.flatMap((member) => (member.treated ? [] : member.who)))
      expect((await exposuresOf(shop, code)).filter((exposed) => controls.has(exposed.who))).toEqual([])
      // Whoever said no before they were drawn into the control group stays there: nobody speaks to them anyway.
      const still = members.filter((member) => member.treated && member.left_reason === null).map((member) => member.who)
      expect(still.filter((one) => bought.includes(one) || objected.includes(one))).toEqual([])
    }
  },
  120_000,
)
