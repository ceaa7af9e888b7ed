import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Instant, instant } from '../kernel/clock.ts'
import type { Campaign, CampaignStatus, CampaignTerms } from './campaign.model.ts'
import { edit, type Move, move } from './state.rules.ts'

const NOW = instant(Date.UTC(2026, 0, 10))
const later = (hours: number) => instant(NOW + hours * 3_600_000)

const TERMS: CampaignTerms = {
  code: 'recall',
  name: 'Recall',
  kind: 'RECALL',
  goal: null,
  attributionDays: 14,
  budget: null,
  audience: 'number_of_orders >= 2',
  exclusions: [],
  controlBp: 1_000,
  priority: 0,
  start: { kind: 'ONCE', at: later(24), minute: null, until: null },
  endsAt: later(240),
  steps: [
    {
      number: 1,
      delayHours: 0,
      after: 'PREVIOUS',
      channels: ['EMAIL'],
      templateCode: 'recall',
      condition: null,
      onlyIf: null,
      purpose: 'MARKETING',
    },
  ],
  gives: [],
  onSite: null,
}

const made = (now: Instant = NOW) => ({ id: 'id' as Campaign['id'], now })

function draft(terms: Partial<CampaignTerms> = {}): Campaign {
  const saved = edit(null, { ...TERMS, ...terms }, made())
  if (!saved.ok) throw new Error(saved.problem.message)
  return saved.value
}

function after(campaign: Campaign, ...acts: readonly Move[]): Campaign {
  return acts.reduce((before, act) => {
    const moved = move(before, act, NOW)
    if (!moved.ok) throw new Error(moved.problem.message)
    return moved.value
  }, campaign)
}

const ACTS: readonly Move[] = ['SCHEDULE', 'START', 'PAUSE', 'RESUME', 'CANCEL', 'FINISH']

test('a campaign goes from draft over scheduled and running to finished, and may pause', () => {
  expect(after(draft(), 'SCHEDULE', 'START', 'PAUSE', 'RESUME', 'FINISH').status).toBe('FINISHED')
  expect(after(draft(), 'START').status).toBe('RUNNING')
  expect(after(draft(), 'CANCEL').status).toBe('CANCELLED')
})

test('whatever is done in whatever order, what is over stays over, and each state says the instants that belong to it', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...ACTS), { maxLength: 12 }), (acts) => {
      let campaign = draft()
      for (const act of acts) {
        const moved = move(campaign, act, NOW)
        const isOver = campaign.status === 'FINISHED' || campaign.status === 'CANCELLED'
        if (isOver) expect(moved.ok).toBe(false)
        if (!moved.ok) continue
        const before = campaign
        campaign = moved.value
        expect(campaign.pausedAt !== null).toBe(campaign.status === 'PAUSED')
        expect(campaign.endedAt !== null).toBe(campaign.status === 'FINISHED' || campaign.status === 'CANCELLED')
        if (campaign.status === 'RUNNING' || campaign.status === 'PAUSED' || campaign.status === 'FINISHED')
          expect(campaign.startedAt).not.toBeNull()
        if (campaign.endedAt !== null) expect(campaign.nextJoinAt).toBeNull()
        // A pause takes nobody's turn away, and starting again lets nobody in a second time.
        if (act === 'PAUSE' || act === 'RESUME') expect(campaign.nextJoinAt).toBe(before.nextJoinAt)
      }
    }),
  )
})

test('nothing leads back to a draft, and only what runs can be paused or finish', () => {
  const from = (act: Move, campaign: Campaign) => move(campaign, act, NOW).ok
  for (const act of ['PAUSE', 'RESUME', 'FINISH'] as const) expect(from(act, draft())).toBe(false)
  for (const act of ['SCHEDULE', 'START', 'RESUME'] as const) expect(from(act, after(draft(), 'START'))).toBe(false)
  for (const act of ['SCHEDULE', 'START', 'PAUSE'] as const) expect(from(act, after(draft(), 'START', 'PAUSE'))).toBe(false)
})

test('what would be over before it starts is refused, and so is a schedule without an instant ahead', () => {
  const refusal = (terms: Partial<CampaignTerms>, act: Move) => {
    const moved = move(draft(terms), act, NOW)
    return moved.ok ? null : moved.problem.message
  }
  expect(refusal({ endsAt: NOW }, 'START')).toContain('over before it starts')
  expect(refusal({ endsAt: later(1) }, 'SCHEDULE')).toContain('over before it starts')
  expect(refusal({ start: { ...TERMS.start, at: null } }, 'SCHEDULE')).toContain('says no start.at')
  expect(refusal({ start: { ...TERMS.start, at: NOW } }, 'SCHEDULE')).toContain('has passed')
})

test('a draft may become anything, and what is over nothing', () => {
  const other = { ...TERMS, kind: 'CARE', audience: null, steps: [] } as const
  expect(edit(draft(), other, made())).toMatchObject({ ok: true, value: { kind: 'CARE', steps: [], status: 'DRAFT' } })
  for (const last of ['FINISH', 'CANCEL'] as const) expect(edit(after(draft(), 'START', last), TERMS, made()).ok).toBe(false)
})

test('once it runs, only what does not change for whom it is and what they are sent can change', () => {
  const changes: readonly (readonly [Partial<CampaignTerms>, string | null])[] = [
    [{ name: 'Other' }, null],
    [{ budget: 5 }, null],
    [{ priority: 9 }, null],
    [{ endsAt: later(500) }, null],
    [{ goal: { metric: 'ORDERS', target: 3 } }, null],
    [{ audience: null }, 'audience'],
    [{ exclusions: ['number_of_orders > 9'] }, 'exclusions'],
    [{ controlBp: 0 }, 'controlPercent'],
    [{ attributionDays: 3 }, 'attributionDays'],
    [{ kind: 'CARE' }, 'kind'],
    [{ steps: [] }, 'steps'],
    [{ start: { kind: 'DAILY', at: null, minute: 0, until: null } }, 'start'],
  ]
  for (const status of ['RUNNING', 'PAUSED'] satisfies CampaignStatus[]) {
    const campaign = status === 'RUNNING' ? after(draft(), 'START') : after(draft(), 'START', 'PAUSE')
    expect(edit(campaign, structuredClone(TERMS), made()).ok).toBe(true)
    for (const [change, field] of changes) {
      const decision = edit(campaign, { ...TERMS, ...change }, made())
      if (field === null) expect(decision).toMatchObject({ ok: true, value: { ...change, status } })
      else expect(decision).toMatchObject({ ok: false, problem: { code: 'CONFLICT', path: ['input', field] } })
    }
  }
})

test('one that is scheduled keeps a start ahead of it', () => {
  const scheduled = after(draft(), 'SCHEDULE')
  expect(edit(scheduled, { ...TERMS, audience: null }, made()).ok).toBe(true)
  for (const at of [null, NOW]) {
    const decision = edit(scheduled, { ...TERMS, start: { ...TERMS.start, at } }, made())
    expect(decision).toMatchObject({ ok: false, problem: { path: ['input', 'start', 'at'] } })
  }
})
