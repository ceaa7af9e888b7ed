import fc from 'fast-check'
import { expect, test } from 'vitest'
import { instant } from '../kernel/clock.ts'
import type { Campaign, Step } from './campaign.model.ts'
import { type DueExposure, whyDropped, withinBudget } from './work.rules.ts'

const NOW = instant(Date.UTC(2026, 0, 10))

const STEP: Step = {
  number: 1,
  delayHours: 0,
  after: 'PREVIOUS',
  channels: ['EMAIL'],
  templateCode: 'recall',
  condition: null,
  onlyIf: null,
  purpose: 'MARKETING',
}
const CAMPAIGN = { endsAt: null } as Campaign
const DUE: DueExposure = {
  id: 'e',
  campaignId: 'k',
  step: 1,
  customerId: 'c',
  treated: true,
  leftReason: null,
  bought: false,
  ordered: false,
  opened: false,
  holds: true,
}

const due = fc.record({
  treated: fc.boolean(),
  leftReason: fc.constantFrom(null, 'BOUGHT', 'OBJECTED', 'FORGOTTEN', 'MERGED', 'CAMPAIGN_OVER' as const),
  bought: fc.boolean(),
  ordered: fc.boolean(),
  opened: fc.boolean(),
  holds: fc.boolean(),
})

test('nobody of the control group, who left, who bought or of whom the condition does not hold is ever asked for', () => {
  fc.assert(
    fc.property(due, fc.constantFrom(null, 'NOT_BOUGHT', 'OPENED_NOT_BOUGHT' as const), (facts, onlyIf) => {
      const reason = whyDropped(
        { ...DUE, ...(facts as Partial<DueExposure>) },
        CAMPAIGN,
        { ...STEP, onlyIf: onlyIf as Step['onlyIf'] },
        NOW,
      )
      const may =
        facts.treated &&
        facts.leftReason === null &&
        !facts.bought &&
        facts.holds &&
        (onlyIf === null || !facts.ordered) &&
        (onlyIf !== 'OPENED_NOT_BOUGHT' || facts.opened)
      expect(reason === null).toBe(may)
      if (!facts.treated) expect(reason).toBe('CONTROL_GROUP')
    }),
  )
})

test('what is over at this instant is over, and so is a step that is not there', () => {
  expect(whyDropped(DUE, { ...CAMPAIGN, endsAt: NOW }, STEP, NOW)).toBe('CAMPAIGN_OVER')
  expect(whyDropped(DUE, { ...CAMPAIGN, endsAt: instant(NOW + 1) }, STEP, NOW)).toBeNull()
  expect(whyDropped(DUE, CAMPAIGN, undefined, NOW)).toBe('CAMPAIGN_OVER')
})

test('a budget is never passed, and nothing is left out that it would have paid for', () => {
  const channel = fc.constantFrom('EMAIL', 'SMS', 'POST' as const)
  fc.assert(
    fc.property(
      fc.array(channel, { maxLength: 40 }),
      fc.option(fc.nat(200)),
      fc.nat(100),
      fc.tuple(fc.nat(20), fc.nat(20), fc.nat(20)),
      (channels, budget, spent, [mail, text, post]) => {
        const costOf = (by: string) => (by === 'EMAIL' ? mail : by === 'SMS' ? text : post)
        const sends = channels.map((by, i) => ({ channel: by as 'EMAIL' | 'SMS' | 'POST', i }))
        const { paid, unpaid, cost } = withinBudget(sends, budget, spent, costOf)
        expect([...paid, ...unpaid].map(({ i }) => i).sort((a, b) => a - b)).toEqual(channels.map((_, i) => i))
        expect(cost).toBe(paid.reduce((sum, { channel: by }) => sum + costOf(by), 0))
        if (budget === null) {
          expect(unpaid).toEqual([])
          return
        }
        if (cost > 0) expect(spent + cost).toBeLessThanOrEqual(budget)
        for (const { channel: by } of unpaid) expect(spent + cost + costOf(by)).toBeGreaterThan(budget)
      },
    ),
  )
})
