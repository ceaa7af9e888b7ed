import { describe, expect, test } from 'vitest'
import { instant } from '../kernel/clock.ts'
import { againAfter, asksToEnd, atOnce, bodyOf, faultOf, holdFor, settle, tidy } from './delivery.rules.ts'

const DAYS_3 = 3 * 86_400_000
const START = instant(Date.UTC(2026, 10, 22))

/** When something is tried that nobody ever takes, in milliseconds from its start. */
function schedule(chance: number): number[] {
  const tries: number[] = []
  for (let now = 0, attempts = 1; ; attempts += 1) {
    tries.push(now)
    const giveUpAt = instant(START + DAYS_3)
    const { status, dueAt } = settle({ status: 500, body: '' }, { attempts, giveUpAt, now: instant(START + now), chance })
    if (status === 'DEAD') return tries
    now = (dueAt ?? 0) - START
  }
}

describe('what nobody takes', () => {
  test('is tried again after 5 seconds, then after twice as long each time, and at most every six hours', () => {
    const seconds = Array.from({ length: 15 }, (_, i) => againAfter(i + 1, 0.5) / 1_000)
    expect(seconds).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 1_280, 2_560, 5_120, 10_240, 20_480, 21_600, 21_600])
  })

  test.each([0, 0.5, 1])('is tried for three days to the millisecond, whatever chance says (%d)', (chance) => {
    const tries = schedule(chance)
    expect(tries.at(-1)).toBe(DAYS_3)
    expect(tries.length).toBeGreaterThanOrEqual(20)
    expect(tries.length).toBeLessThanOrEqual(30)
    for (const [i, at] of tries.entries()) if (i > 0) expect(at).toBeGreaterThan(tries[i - 1] ?? at)
  })

  test('and waited for three days behind others is tried six times all the same', () => {
    const late = { giveUpAt: START, now: instant(START + 1), chance: 0.5 }
    const standings = [1, 2, 3, 4, 5, 6].map((attempts) => settle({ status: 500, body: '' }, { ...late, attempts }).status)
    expect(standings).toEqual(['WAITING', 'WAITING', 'WAITING', 'WAITING', 'WAITING', 'DEAD'])
  })

  test('comes back at other moments than what failed with it', () => {
    expect([againAfter(1, 0), againAfter(1, 1)]).toEqual([4_000, 6_000])
  })
})

describe('an answer', () => {
  const tried = { attempts: 1, giveUpAt: instant(START + DAYS_3), now: START, chance: 0.5 }
  test.each([200, 202, 204, 299])('of %d takes it', (status) => {
    expect(settle({ status, body: 'whatever' }, tried)).toEqual({ status: 'DELIVERED', answered: status, fault: null, dueAt: null })
  })

  test.each([
    [301, '', 'it leads elsewhere (301), which is not followed'],
    [404, 'No\nsuch page', 'it answered 404: No such page'],
    [410, '', 'it answered 410'],
    [500, '\u0000\ud800', 'it answered 500'],
  ])('of %d does not, and staff read why', (status, body, fault) => {
    expect(faultOf({ status, body })).toBe(fault)
    expect(settle({ status, body }, tried)).toEqual({ status: 'WAITING', answered: status, fault, dueAt: START + 5_000 })
  })

  test('that does not come is as one that does not take it', () => {
    const fault = 'it did not answer in time'
    expect(settle({ status: null, fault }, tried)).toEqual({ status: 'WAITING', answered: null, fault, dueAt: START + 5_000 })
  })

  test('of 410 asks to be told nothing any more, and no other does', () => {
    expect([200, 404, 410, 500].filter((status) => asksToEnd({ status, body: '' }))).toEqual([410])
  })

  test('is shown no longer than a line', () => {
    expect(tidy('x'.repeat(1_000))).toHaveLength(300)
  })
})

test('after twenty failures in a row a receiver is taken to be away: one attempt at a time, at most a minute apart', () => {
  expect([0, 1, 19].map(holdFor)).toEqual([0, 0, 0])
  expect([20, 21, 22, 23, 24, 1_000].map(holdFor)).toEqual([5_000, 10_000, 20_000, 40_000, 60_000, 60_000])
  expect([0, 19, 20, 1_000].map((failures) => atOnce(failures, 10))).toEqual([10, 10, 1, 1])
})

test('an event is sent as Standard Webhooks has it: type, timestamp, data, with the customer by their ids alone', () => {
  const event = {
    id: 'e1',
    topic: 'segment.left',
    at: START,
    data: { segment: { code: 'due' } },
    customer: { id: 'c1', externalId: 'mei' },
    into: null,
  }
  expect(JSON.parse(bodyOf(event))).toEqual({
    type: 'segment.left',
    timestamp: '2026-11-22T00:00:00.000Z',
    data: { segment: { code: 'due' }, customer: { id: 'c1', externalId: 'mei' } },
  })
  expect(JSON.parse(bodyOf({ ...event, customer: null })).data.customer).toBeNull()
})
